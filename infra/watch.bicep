// Looks at the relay from outside: these alarms need neither the app nor its log.

import { tagMap } from 'types.bicep'

@description('The region.')
param location string

@description('Makes names unique.')
param token string

@description('The tags of everything here.')
param tags tagMap

@description('Who is told.')
param peopleId string

@description('The address of the app.')
param url string

@description('The Application Insights component.')
param insightsName string

@description('The storage account.')
param storageName string

@description('Whether the app is asked for its health.')
param availabilityTest bool

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource storage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageName
}

resource queues 'Microsoft.Storage/storageAccounts/queueServices@2025-06-01' existing = {
  parent: storage
  name: 'default'
}

resource health 'Microsoft.Insights/webtests@2022-06-15' = if (availabilityTest) {
  name: 'health-${token}'
  location: location
  // The portal shows the test with the component that this tag names.
  tags: union(tags, { 'hidden-link:${insights.id}': 'Resource' })
  kind: 'standard'
  properties: {
    SyntheticMonitorId: 'health-${token}'
    Name: 'Slack relay: health'
    Kind: 'standard'
    Enabled: true
    // Each test is paid for; two places every quarter of an hour are about 3 $ a month.
    Frequency: 900
    Timeout: 120
    RetryEnabled: true
    Locations: [{ Id: 'emea-nl-ams-azr' }, { Id: 'us-va-ash-azr' }]
    Request: { RequestUrl: '${url}/api/health', HttpVerb: 'GET', ParseDependentRequests: false }
    ValidationRules: { ExpectedHttpStatusCode: 200, SSLCheck: true, SSLCertRemainingLifetimeCheck: 7 }
  }
}

resource unhealthy 'Microsoft.Insights/metricAlerts@2018-03-01' = if (availabilityTest) {
  name: 'unhealthy-${token}'
  location: 'global'
  tags: tags
  properties: {
    description: 'Slack relay: /api/health is not answered, or with bad news. The app does not start, or storage does not answer.'
    enabled: true
    severity: 1
    scopes: [health.id, insights.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: health.id
      componentId: insights.id
      // Both: a road that is broken between one place and the app is nobody's alarm.
      failedLocationCount: 2
    }
    autoMitigate: true
    actions: [{ actionGroupId: peopleId }]
  }
}

// The number is of both queues together and an hour's mean. What waits for its time counts too, one or two messages a route.
resource backlog 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'backlog-${token}'
  location: 'global'
  tags: tags
  properties: {
    description: 'Slack relay: more than 1,000 messages have waited in the queues for an hour. Nobody handles them, or not fast enough.'
    enabled: true
    severity: 2
    scopes: [queues.id]
    evaluationFrequency: 'PT1H'
    windowSize: 'PT1H'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'messages'
          metricNamespace: 'Microsoft.Storage/storageAccounts/queueServices'
          metricName: 'QueueMessageCount'
          timeAggregation: 'Average'
          operator: 'GreaterThan'
          threshold: 1000
          // A new account has no such number yet.
          skipMetricValidation: true
        }
      ]
    }
    autoMitigate: true
    actions: [{ actionGroupId: peopleId }]
  }
}
