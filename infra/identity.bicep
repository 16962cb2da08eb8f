// Who the app is. User-assigned, so that its roles are there before the app is.

import { tagMap } from 'types.bicep'

@description('The region.')
param location string

@description('The name of the identity.')
param name string

@description('The tags of everything here.')
param tags tagMap

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('The resource.')
output id string = identity.id

@description('The object in the directory, which roles are given to.')
output principalId string = identity.properties.principalId

@description('What the app calls itself when it asks for a token.')
output clientId string = identity.properties.clientId
