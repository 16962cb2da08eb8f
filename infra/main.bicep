targetScope = 'resourceGroup'

@description('Where everything is put.')
param location string = resourceGroup().location

@minLength(1)
@maxLength(20)
@description('Tells this environment from others in the same subscription; part of every name.')
param environmentName string

var tags = { 'azd-env-name': environmentName }
var token = uniqueString(resourceGroup().id, environmentName)

module storage 'storage.bicep' = {
  name: 'storage'
  params: {
    location: location
    name: 'st${token}'
    tags: tags
  }
}

@description('The storage account that holds the queues and the state.')
output storageAccountName string = storage.outputs.name
