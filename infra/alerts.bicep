// Alarms by e-mail, on ways that Slack has no part in. All of these read the log; docs/operations.md says what to do.

import { tagMap } from 'types.bicep'

@description('The region.')
param location string

@description('Makes names unique.')
param token string

@description('The tags of everything here.')
param tags tagMap

@description('The workspace that is asked.')
param workspaceId string

@description('Who is told.')
param email string

@description('Whether a day without telemetry is one: only where something is sure to call the app.')
param silence bool

// A line of the log that has an exception with it arrives in AppExceptions, any other one in AppTraces.
var rules = [
  {
    name: 'parked'
    title: 'Slack relay: a message was put aside'
    text: 'Something could not be handled or told; it is kept in the container relay-state.'
    severity: 1
    // It stays there after this line has left the window, so nobody is told that all is well.
    resolves: false
    query: '''
      union isfuzzy=true AppTraces, AppExceptions
      | where tostring(Properties.EventId) in ('1001', '1004') or Message has 'Message has reached MaxDequeueCount'
    '''
  }
  {
    name: 'dead-route'
    title: 'Slack relay: a route is dead or fails'
    text: 'Slack says that the destination of a route is gone, or has taken nothing for minutes. Nothing is lost yet.'
    severity: 1
    resolves: true
    query: '''
      union isfuzzy=true AppTraces, AppExceptions
      | where tostring(Properties.EventId) in ('1002', '1003')
    '''
  }
  {
    name: 'old-outbox'
    title: 'Slack relay: news have waited for 15 minutes'
    text: 'The oldest news that a flush found had been waiting for more than 15 minutes.'
    severity: 2
    resolves: true
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
    resolves: true
    query: '''
      AppRequests
      | where OperationName has_any ('ReceiveReport', 'ReceiveIdentityReport') or Url has '/reports'
      | where not(Success) and not(ResultCode startswith '4')
    '''
  }
  {
    // One caller that mistypes a key is no alarm, many hosts with an expired one are.
    name: 'refused'
    title: 'Slack relay: hosts are refused'
    text: 'Callers were answered with a 401: their key or token is wrong or has expired. They keep their spools and tell nobody.'
    severity: 2
    resolves: true
    query: '''
      AppRequests
      | where ResultCode == '401' and Url has '/reports'
      | summarize Requests = sum(ItemCount), Addresses = dcount(ClientIP)
      | where Requests >= 5 or Addresses >= 3
    '''
  }
  {
    // What was accepted in the last ten minutes may still be handled. toscalar gives null where nothing was, which is not above 0.
    name: 'standstill'
    title: 'Slack relay: nothing is handled'
    text: 'Events were accepted, and NotifySlack has not run since: they wait in the queue.'
    severity: 1
    resolves: true
    query: '''
      let accepted = toscalar(AppMetrics | where Name == 'relay.events.accepted' and TimeGenerated < ago(10m) | summarize sum(Sum));
      AppRequests
      | where OperationName == 'NotifySlack'
      | summarize Handled = count()
      | where accepted > 0 and Handled == 0
    '''
  }
  {
    // The workspace says so in a table of its own, which has no part in the cap.
    name: 'daily-cap'
    title: 'Slack relay: telemetry has reached its daily cap'
    text: 'Nothing is logged until the cap is reset, so that the alarms which read the log are blind.'
    severity: 2
    resolves: true
    query: '''
      _LogOperation
      | where Category =~ 'Ingestion' and Detail has 'OverQuota'
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

resource alert 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
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
      // A quarter of an hour costs a third of what five minutes do. Rows arrive minutes late: each look goes back over the one before.
      evaluationFrequency: 'PT15M'
      windowSize: 'PT30M'
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
      autoMitigate: rule.resolves
      // Two looks see the same line. An alarm that resolves is sent once by itself.
      muteActionsDuration: rule.resolves ? null : 'PT30M'
      actions: { actionGroups: [people.id] }
      // A new workspace has no table before its first row.
      skipQueryValidation: true
    }
  }
]

resource silent 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = if (silence) {
  name: 'silence-${token}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Slack relay: no sign of life for a day'
    description: 'Neither a request nor a line in the log has come in for 24 hours: all other alarms that read the log are blind.'
    enabled: true
    severity: 2
    scopes: [workspaceId]
    evaluationFrequency: 'PT1H'
    windowSize: 'P1D'
    criteria: {
      allOf: [
        {
          query: 'union isfuzzy=true AppRequests, AppTraces, AppExceptions, AppMetrics'
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

@description('Who is told.')
output peopleId string = people.id
