// Alarms by e-mail, on ways that Slack has no part in. All of them read the log; docs/operations.md says what to do.

@description('The region.')
param location string

@description('Makes names unique.')
param token string

@description('The tags of everything here.')
param tags object

@description('The workspace that is asked.')
param workspaceId string

@description('Who is told.')
param email string

@description('Whether a day without telemetry is one.')
param silence bool

var rules = [
  {
    name: 'parked'
    title: 'Slack relay: a message was put aside'
    text: 'Something could not be handled or told; it is kept in the container relay-state.'
    severity: 1
    query: '''
      AppTraces
      | where tostring(Properties.EventId) in ('1001', '1004') or Message has 'Message has reached MaxDequeueCount'
    '''
  }
  {
    name: 'dead-route'
    title: 'Slack relay: a route is dead or fails'
    text: 'Slack says that the destination of a route is gone, or has taken nothing for minutes. Nothing is lost yet.'
    severity: 1
    query: '''
      AppTraces
      | where tostring(Properties.EventId) in ('1002', '1003')
    '''
  }
  {
    name: 'old-outbox'
    title: 'Slack relay: news have waited for 15 minutes'
    text: 'The oldest news that a flush found had been waiting for more than 15 minutes.'
    severity: 2
    query: '''
      AppMetrics
      | where Name == 'relay.outbox.age' and Max > 900
    '''
  }
  {
    // The host refuses a wrong key with a 401, and bad reports get a 4xx: the caller knows of these. A request that never ended has no code.
    name: 'failing-receipt'
    title: 'Slack relay: reports are not accepted'
    text: 'ReceiveReport failed. The hosts keep their spools and try again.'
    severity: 2
    query: '''
      AppRequests
      | where OperationName has_any ('ReceiveReport', 'ReceiveIdentityReport') or Url has '/reports'
      | where not(Success) and not(ResultCode startswith '4')
    '''
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'people-${token}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'SlackRelay'
    emailReceivers: [{ name: 'operator', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource alert 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for rule in rules: {
  name: '${rule.name}-${token}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: rule.title
    description: rule.text
    enabled: true
    severity: rule.severity
    scopes: [workspaceId]
    // A quarter of an hour costs a third of what five minutes do.
    evaluationFrequency: 'PT15M'
    windowSize: 'PT15M'
    criteria: {
      allOf: [
        {
          query: rule.query
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    autoMitigate: true
    actions: { actionGroups: [people.id] }
    // A new workspace has no table before its first row.
    skipQueryValidation: true
  }
}]

resource silent 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = if (silence) {
  name: 'silence-${token}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Slack relay: no sign of life for a day'
    description: 'Neither a request nor a line in the log has come in for 24 hours.'
    enabled: true
    severity: 2
    scopes: [workspaceId]
    evaluationFrequency: 'PT1H'
    windowSize: 'P1D'
    criteria: {
      allOf: [
        {
          query: 'union AppRequests, AppTraces, AppMetrics'
          timeAggregation: 'Count'
          operator: 'LessThan'
          threshold: 1
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    autoMitigate: true
    actions: { actionGroups: [people.id] }
    skipQueryValidation: true
  }
}
