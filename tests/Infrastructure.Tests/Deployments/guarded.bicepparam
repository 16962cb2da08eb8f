using '../../../infra/main.bicep'

param environmentName = 'dev'
param location = 'westeurope'
param alertEmail = 'operator@example.com'
param allowedAddresses = ['203.0.113.0/24', '2001:db8::/32']
param zoneRedundant = true
param purgeProtection = true
