using '../../../infra/main.bicep'

param environmentName = 'dev'
param location = 'westeurope'
param alertEmail = 'operator@example.com'
param routes = [{ name: 'db' }, { name: 'on-call', channel: '#ops' }]
