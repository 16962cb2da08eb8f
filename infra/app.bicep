// The function app on Flex Consumption: everything by identity, no key in any setting.

import { objectId, route, tagMap } from 'types.bicep'

@description('The region.')
param location string

@description('Makes names unique.')
param token string

@description('The tags of everything here.')
param tags tagMap

@description('The identity of the app.')
param identityId string

@description('What the identity calls itself.')
param identityClientId string

@description('The blob service.')
param blobs string

@description('The queue service.')
param queues string

@description('The container that the app is deployed from.')
param packages string

@description('The address of the key vault.')
param vaultUri string

@description('The Application Insights component.')
param insightsName string

@description('The subnet that the app calls from. Empty: it has none.')
param subnetId string

@description('The memory of an instance, in MB.')
param instanceMemory int

@description('The most instances at once of each group that scales by itself.')
param maximumInstances int

@description('Whether the instances are spread over the zones of the region.')
param zoneRedundant bool

@description('The only addresses that may call; empty for every address.')
param allowedAddresses string[]

@description('Whether Azure Monitor asks for the health of the app.')
param availabilityTest bool

@description('Further routes, each with a name and perhaps a channel.')
param routes route[]

@description('Hosts that a webhook may have besides those of Slack.')
param allowedSlackHosts string

@description('From the first event to the announcement.')
param groupWait string

@description('From one message to the next that names more hosts.')
param groupInterval string

@description('From one message to the reminder.')
param repeatInterval string

@description('What was not seen for so long is over.')
param staleAfter string

@description('Whether hosts may report with a function key.')
param keyRoute bool

@description('The app registration for callers with an identity. Empty: there is no such route.')
param authClientId string

@description('The app role that they need.')
param callerRole string

@description('The only identities that may call; empty for no such limit.')
param allowedCallers objectId[]

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

var settings = [
  { name: 'AzureWebJobsStorage__blobServiceUri', value: blobs }
  { name: 'AzureWebJobsStorage__queueServiceUri', value: queues }
  // Without these two nobody could wake the app: what scales it signs in as the app.
  { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
  { name: 'AzureWebJobsStorage__clientId', value: identityClientId }
  // Names the place and opens nothing, since telemetry is taken by identity alone.
  { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: insights.properties.ConnectionString }
  { name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING', value: 'Authorization=AAD;ClientId=${identityClientId}' }
  { name: 'Relay__KeyVault', value: vaultUri }
  { name: 'Relay__AllowedSlackHosts', value: allowedSlackHosts }
  { name: 'Relay__CallerRole', value: callerRole }
  { name: 'Relay__Incidents__GroupWait', value: groupWait }
  { name: 'Relay__Incidents__GroupInterval', value: groupInterval }
  { name: 'Relay__Incidents__RepeatInterval', value: repeatInterval }
  { name: 'Relay__Incidents__StaleAfter', value: staleAfter }
  { name: 'AzureWebJobs.ReceiveReport.Disabled', value: keyRoute ? 'false' : 'true' }
]

// The name of a setting cannot have a hyphen on Linux: the app reads an underscore as one.
var secrets = [
  for route in routes: {
    name: 'Relay__Routes__${replace(route.name, '-', '_')}__Secret'
    value: route.name == 'default' ? 'slack-webhook-url' : 'slack-webhook-url-${route.name}'
  }
]
var channels = [
  for route in routes: {
    name: 'Relay__Routes__${replace(route.name, '-', '_')}__Channel'
    value: route.?channel ?? ''
  }
]

// What is not named is shut out as soon as anything is.
var open = [for (address, i) in allowedAddresses: { name: 'hosts-${i}', action: 'Allow', priority: 100 + i, ipAddress: address }]
var monitor = {
  name: 'health'
  action: 'Allow'
  priority: 400
  tag: 'ServiceTag'
  ipAddress: 'ApplicationInsightsAvailability'
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: 'plan-${token}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true, zoneRedundant: zoneRedundant }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: 'func-${token}'
  location: location
  // azd finds by it where to deploy the service of this name.
  tags: union(tags, { 'azd-service-name': 'relay' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      appSettings: concat(settings, secrets, channels)
      ipSecurityRestrictionsDefaultAction: empty(allowedAddresses) ? 'Allow' : 'Deny'
      ipSecurityRestrictions: empty(allowedAddresses) ? [] : concat(open, availabilityTest ? [monitor] : [])
      // azd deploys from anywhere, with an identity that has a role.
      scmIpSecurityRestrictionsUseMain: false
      scmIpSecurityRestrictionsDefaultAction: 'Allow'
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${blobs}${packages}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: { instanceMemoryMB: instanceMemory, maximumInstanceCount: maximumInstances }
    }
  }
}

// Nobody deploys with a password.
resource publishing 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'scm'
  properties: { allow: false }
}

// Stands before the identity route alone: the host itself checks the keys of the other one.
resource authentication 'Microsoft.Web/sites/config@2025-03-01' = if (!empty(authClientId)) {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: { enabled: true }
    httpSettings: { requireHttps: true }
    globalValidation: {
      requireAuthentication: true
      unauthenticatedClientAction: 'Return401'
      excludedPaths: ['/api/health', '/api/reports']
    }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: {
          clientId: authClientId
          openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
        }
        validation: {
          // A token of version 2 names the client id, one of version 1 may name the address of the app.
          allowedAudiences: [authClientId, 'api://${authClientId}']
          defaultAuthorizationPolicy: empty(allowedCallers) ? {} : { allowedPrincipals: { identities: allowedCallers } }
        }
      }
    }
  }
}

@description('The name of the app.')
output name string = app.name

@description('The address of the app.')
output url string = 'https://${app.properties.defaultHostName}'
