// The only place that holds secrets of Slack.

import { tagMap } from 'types.bicep'

@description('The region.')
param location string

@minLength(3)
@maxLength(24)
@description('The name of the vault, unique in all of Azure.')
param name string

@description('The tags of everything here.')
param tags tagMap

@description('Whether the vault is reachable through private endpoints alone.')
param isPrivate bool

@description('Whether nobody can purge it before its time.')
param purgeProtection bool

@secure()
@description('The webhook or bot token of the default route. Empty leaves what is there as it is.')
param slackSecret string

resource vault 'Microsoft.KeyVault/vaults@2026-02-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    // The platform takes true or nothing.
    enablePurgeProtection: purgeProtection ? true : null
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: { bypass: 'AzureServices', defaultAction: isPrivate ? 'Deny' : 'Allow' }
  }
}

resource secret 'Microsoft.KeyVault/vaults/secrets@2026-02-01' = if (!empty(slackSecret)) {
  parent: vault
  name: 'slack-webhook-url'
  properties: { value: slackSecret, contentType: 'text/plain' }
}

@description('The resource.')
output id string = vault.id

@description('The name of the vault.')
output name string = vault.name

@description('The address of the vault.')
output uri string = vault.properties.vaultUri
