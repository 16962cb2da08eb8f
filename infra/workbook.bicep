// The relay's own numbers as a page in the portal.

import { tagMap } from 'types.bicep'

@description('The region.')
param location string

@description('Makes names unique.')
param token string

@description('The tags of everything here.')
param tags tagMap

@description('The workspace that holds the numbers.')
param workspaceId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  // The platform wants a GUID for a name.
  name: guid(workspaceId, token)
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    category: 'workbook'
    displayName: 'Ansible Slack Relay'
    sourceId: workspaceId
    serializedData: replace(loadTextContent('workbook.json'), '<workspace>', workspaceId)
  }
}
