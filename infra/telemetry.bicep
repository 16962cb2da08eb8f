// Logs and numbers, taken only from who has a role here: no instrumentation key opens it.

import { tagMap } from 'types.bicep'

@description('The region.')
param location string

@description('Makes names unique.')
param token string

@description('The tags of everything here.')
param tags tagMap

@description('For how many days telemetry is kept.')
param days int

@description('How many GB are taken in a day.')
param dailyGigabytes int

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: 'log-${token}'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: days
    features: { disableLocalAuth: true }
    workspaceCapping: { dailyQuotaGb: dailyGigabytes }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-${token}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
    // Of hosts that are refused nothing but their address is known.
    DisableIpMasking: true
  }
}

@description('The workspace that alerts and the workbook ask.')
output workspaceId string = workspace.id

@description('The name of the Application Insights component.')
output insightsName string = insights.name
