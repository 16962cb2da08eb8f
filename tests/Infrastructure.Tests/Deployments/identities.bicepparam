using '../../../infra/main.bicep'

param environmentName = 'dev'
param location = 'westeurope'
param alertEmail = 'operator@example.com'
param keyRoute = false
param authClientId = '00000000-0000-0000-0000-00000000000a'
param allowedCallers = ['00000000-0000-0000-0000-00000000000b']
param operatorId = '00000000-0000-0000-0000-00000000000c'
