using '../../../../infra/main.bicep'

param environmentName = '' // BCP333
param location = 'mars' // BCP033
param alertEmail = 'operator@example.com'
param routes = [
  { name: 'db', channel: '#x' }
  { name: 'db', chanel: '#x' } // BCP089
  { channel: '#x' } // BCP035
  { name: '' } // BCP333
]
param keyRoute = 'no' // BCP033
param allowedCallers = ['somebody'] // BCP333
param allowedAddresses = [1] // BCP034
param instanceMemory = 1024 // BCP033
param maximumInstances = 0 // BCP328
param stateDays = 7 // BCP328
param operatorId = 'me@example.com' // BCP333
param silenceAlert = true // BCP259
