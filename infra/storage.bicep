// The host's own storage, the queues and the state of the incidents. No shared key, nothing public.

import { tagMap } from 'types.bicep'

@description('The region.')
param location string

@minLength(3)
@maxLength(24)
@description('The name of the account, unique in all of Azure.')
param name string

@description('The tags of everything here.')
param tags tagMap

@description('Whether the account is reachable through private endpoints alone.')
param isPrivate bool

@description('Whether the account is spread over the zones of the region.')
param zoneRedundant bool

@description('For how many days an unchanged record of an incident is kept.')
param stateDays int

@description('For how many days a parked message is kept.')
param parkedDays int

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: zoneRedundant ? 'Standard_ZRS' : 'Standard_LRS' }
  properties: {
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    // Without a network of its own the app comes from anywhere: denying all but "Azure services" would lock it out.
    networkAcls: { bypass: 'AzureServices', defaultAction: isPrivate ? 'Deny' : 'Allow' }
  }
}

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2025-06-01' = {
  parent: account
  name: 'default'
}

// The trigger does not create its own queue: without this the app never wakes.
resource reports 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-06-01' = {
  parent: queueService
  name: 'reports'
}

resource poison 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-06-01' = {
  parent: queueService
  name: 'reports-poison'
}

resource blobService 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' = {
  parent: account
  name: 'default'
}

resource state 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = {
  parent: blobService
  name: 'relay-state'
}

resource packages 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = {
  parent: blobService
  name: 'app-package'
}

// What is below outbox/ and routes/ has no rule: a mark stays until it is told, and a route for as long as it posts.
resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'forget-incidents'
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['${state.name}/incidents/'] }
            actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: stateDays } } }
          }
        }
        {
          name: 'forget-parked'
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['${state.name}/parked/'] }
            actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: parkedDays } } }
          }
        }
      ]
    }
  }
}

@description('The resource.')
output id string = account.id

@description('The name of the account.')
output name string = account.name

@description('The blob service.')
output blobs string = account.properties.primaryEndpoints.blob

@description('The queue service.')
output queues string = account.properties.primaryEndpoints.queue

@description('The container that the app is deployed from.')
output packages string = packages.name
