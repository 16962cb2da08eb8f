// The whole relay in Azure, in a resource group of its own. `azd up` deploys it; docs/deploy.md says how.

import { objectId, route } from 'types.bicep'

targetScope = 'subscription'

@minLength(1)
@maxLength(64)
@description('Tells this environment from others in the same subscription; part of the name of its resource group, and hashed into every other name.')
param environmentName string

// Where Flex Consumption is offered: az functionapp list-flexconsumption-locations. New ones are added here.
@allowed([
  'australiaeast'
  'centralindia'
  'centralus'
  'eastasia'
  'eastus'
  'eastus2'
  'francecentral'
  'germanywestcentral'
  'northcentralus'
  'northeurope'
  'southcentralus'
  'southeastasia'
  'swedencentral'
  'uksouth'
  'westcentralus'
  'westeurope'
  'westus2'
])
@metadata({ azd: { type: 'location' } })
@description('The region of everything.')
param location string

@minLength(6)
@description('Who is told by e-mail of what Slack cannot be told.')
param alertEmail string

@secure()
@description('The webhook or bot token of the default route. Empty leaves the secret in the vault as it is; after provisioning it is asked for where there is none.')
param slackSecret string = ''

@description('Further routes, each an object with a name and, for a bot token, a channel. The secret of the route db is slack-webhook-url-db; the default route needs to be here only for its channel.')
param routes route[] = []

@description('Hosts that a webhook may have besides those of Slack, parted by commas.')
param allowedSlackHosts string = ''

@description('From the first event of an incident to its announcement.')
param groupWait string = '00:00:05'

@description('From one message about an incident to the next that names more hosts.')
param groupInterval string = '00:01:00'

@description('From one message about an incident to the reminder that nothing has changed.')
param repeatInterval string = '04:00:00'

@description('An incident that was not seen for so long is over.')
param staleAfter string = '1.00:00:00'

@description('Whether hosts may report with a function key.')
param keyRoute bool = true

@description('The client id of the app registration for callers with an identity of Microsoft Entra. Empty: there is no identity route.')
param authClientId string = ''

@description('The app role that such callers need. Empty lets in whoever gets a token, which is by default everybody in the tenant.')
param callerRole string = 'Reports.Send'

@maxLength(13)
@description('Object ids of the only identities that may call the identity route. Empty: the role alone decides.')
param allowedCallers objectId[] = []

@allowed([512, 2048, 4096])
@description('The memory of an instance, in MB.')
param instanceMemory int = 2048

@minValue(1)
@maxValue(1000)
@description('The most instances at once of each group that scales by itself: all that HTTP calls is one, each queue another. Below 40 is not open to every subscription.')
param maximumInstances int = 40

@minValue(30)
@maxValue(3650)
@description('For how many days what is known of an incident is kept after its last change: longer than staleAfter. News for a route that is dead for as long are lost.')
param stateDays int = 90

@minValue(7)
@maxValue(3650)
@description('For how many days parked messages are kept.')
param parkedDays int = 90

@description('Whether nobody can purge the vault before its 90 days are over. Cannot be turned off again; the environment cannot be made anew under its name meanwhile.')
param purgeProtection bool = false

@minValue(30)
@maxValue(730)
@description('For how many days telemetry is kept; more than 31 cost.')
param telemetryDays int = 30

@minValue(1)
@maxValue(100)
@description('How many GB of telemetry are taken in a day. Alerts are blind for the rest of a day that reaches it.')
param telemetryDailyGigabytes int = 1

@description('Whether the app is asked for its health from two places every quarter of an hour. No good answer is an alarm, and so is a day without telemetry.')
param availabilityTest bool = true

@maxLength(200)
@description('The only addresses that may call the app, as 203.0.113.0/24. Empty: every address may.')
param allowedAddresses string[] = []

@description('Whether app and storage are spread over the zones of the region. To be chosen at first: what storage there is already cannot change.')
param zoneRedundant bool = false

@description('Whether storage and vault are reachable through private endpoints alone.')
param privateNetworking bool = false

@description('The addresses of the virtual network, at least a /26.')
param networkAddresses string = '10.90.0.0/24'

@minValue(0)
@description('What the resource group may cost in a month, in the currency of the subscription, before an e-mail is sent. 0: no budget.')
param monthlyBudget int = 0

@description('The first day of the month in which the budget begins. It cannot be changed: azd keeps the first one, which this deployment puts out.')
param budgetStart string = utcNow('yyyy-MM-01')

@minLength(36)
@maxLength(36)
@description('Who writes secrets and replays parked messages: the object id of a user, a group or an app. By default whoever deploys.')
param operatorId string = deployer().objectId

var tags = { 'azd-env-name': environmentName }
var token = uniqueString(subscription().id, environmentName, location)

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-slack-relay-${environmentName}'
  location: location
  tags: tags
}

// Modules have names of their own: a preview does not see through names that are made while it is deployed.
module identity 'identity.bicep' = {
  name: 'identity'
  scope: group
  params: { location: location, name: 'id-${token}', tags: tags }
}

module storage 'storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    location: location
    name: 'st${token}'
    tags: tags
    isPrivate: privateNetworking
    zoneRedundant: zoneRedundant
    stateDays: stateDays
    parkedDays: parkedDays
  }
}

module vault 'vault.bicep' = {
  name: 'vault'
  scope: group
  params: {
    location: location
    name: 'kv-${token}'
    tags: tags
    isPrivate: privateNetworking
    purgeProtection: purgeProtection
    slackSecret: slackSecret
  }
}

module telemetry 'telemetry.bicep' = {
  name: 'telemetry'
  scope: group
  params: { location: location, token: token, tags: tags, days: telemetryDays, dailyGigabytes: telemetryDailyGigabytes }
}

module audit 'audit.bicep' = {
  name: 'audit'
  scope: group
  params: { vaultName: vault.outputs.name, workspaceId: telemetry.outputs.workspaceId }
}

module access 'access.bicep' = {
  name: 'access'
  scope: group
  params: {
    appPrincipalId: identity.outputs.principalId
    operatorId: operatorId
    storageName: storage.outputs.name
    vaultName: vault.outputs.name
    insightsName: telemetry.outputs.insightsName
  }
}

module network 'network.bicep' = if (privateNetworking) {
  name: 'network'
  scope: group
  params: {
    location: location
    token: token
    tags: tags
    addresses: networkAddresses
    storageId: storage.outputs.id
    vaultId: vault.outputs.id
  }
}

module app 'app.bicep' = {
  name: 'app'
  scope: group
  // Whatever the app does first, it may do already. Where roles take minutes to be known, every minute helps.
  dependsOn: [access]
  params: {
    location: location
    token: token
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    blobs: storage.outputs.blobs
    queues: storage.outputs.queues
    packages: storage.outputs.packages
    vaultUri: vault.outputs.uri
    insightsName: telemetry.outputs.insightsName
    subnetId: privateNetworking ? network!.outputs.appSubnetId : ''
    instanceMemory: instanceMemory
    maximumInstances: maximumInstances
    zoneRedundant: zoneRedundant
    allowedAddresses: allowedAddresses
    availabilityTest: availabilityTest
    routes: routes
    allowedSlackHosts: allowedSlackHosts
    groupWait: groupWait
    groupInterval: groupInterval
    repeatInterval: repeatInterval
    staleAfter: staleAfter
    keyRoute: keyRoute
    authClientId: authClientId
    callerRole: callerRole
    allowedCallers: allowedCallers
  }
}

module alerts 'alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    location: location
    token: token
    tags: tags
    workspaceId: telemetry.outputs.workspaceId
    email: alertEmail
    silence: availabilityTest
  }
}

module watch 'watch.bicep' = {
  name: 'watch'
  scope: group
  params: {
    location: location
    token: token
    tags: tags
    peopleId: alerts.outputs.peopleId
    url: app.outputs.url
    insightsName: telemetry.outputs.insightsName
    storageName: storage.outputs.name
    availabilityTest: availabilityTest
  }
}

module workbook 'workbook.bicep' = {
  name: 'workbook'
  scope: group
  params: { location: location, token: token, tags: tags, workspaceId: telemetry.outputs.workspaceId }
}

module budget 'budget.bicep' = if (monthlyBudget > 0) {
  name: 'budget'
  scope: group
  params: { token: token, amount: monthlyBudget, start: budgetStart, email: alertEmail }
}

@description('The resource group that holds everything.')
output AZURE_RESOURCE_GROUP string = group.name

@description('The function app.')
output RELAY_APP string = app.outputs.name

@description('Where hosts report with a function key; empty where they may not.')
output RELAY_URL string = keyRoute ? '${app.outputs.url}/api/reports' : ''

@description('Where hosts report with their identity; empty where they may not.')
output RELAY_IDENTITY_URL string = empty(authClientId) ? '' : '${app.outputs.url}/api/identity/reports'

@description('Whom the token of such a host is for.')
output RELAY_AUDIENCE string = empty(authClientId) ? '' : 'api://${authClientId}'

@description('The key vault that holds the secrets of the routes.')
output RELAY_VAULT string = vault.outputs.uri

@description('The blob service that holds state and parked messages.')
output RELAY_BLOBS string = storage.outputs.blobs

@description('The queue service.')
output RELAY_QUEUES string = storage.outputs.queues

@description('When the budget began; empty where there is none. azd keeps it and hands it in again.')
output RELAY_BUDGET_START string = monthlyBudget > 0 ? budgetStart : ''
