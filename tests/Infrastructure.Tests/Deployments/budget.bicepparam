using '../../../infra/main.bicep'

param environmentName = 'dev'
param location = 'westeurope'
param alertEmail = 'operator@example.com'
param monthlyBudget = 50
param budgetStart = '2026-11-01'
