// What the parameters are made of.

@export()
@sealed()
@description('A further route of the relay.')
type route = {
  @minLength(1)
  @maxLength(60)
  @description('Lower-case letters, digits and single hyphens.')
  name: string

  @minLength(1)
  @description('Where a bot token posts.')
  channel: string?
}

@export()
@minLength(36)
@maxLength(36)
@description('The id of an object in the directory, a GUID.')
type objectId = string

@export()
@description('What Azure shows beside a resource, and finds it by.')
type tagMap = {
  @description('The value of any one of them.')
  *: string
}
