import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { all, propertiesOf, resourcesOf, textOf, treeOf } from './bicep.js';

// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
const builtIn = {
  'Key Vault Secrets Officer': 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7',
  'Key Vault Secrets User': '4633458b-17de-408a-b874-0445c86b69e6',
  'Monitoring Metrics Publisher': '3913510d-42f4-4e42-8a64-420c390055eb',
  'Storage Blob Data Contributor': 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
  'Storage Blob Data Owner': 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
  'Storage Queue Data Contributor': '974c5e8b-45b9-4653-ba55-5f855dd0fb88',
  'Storage Queue Data Message Sender': 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a',
};

describe('access.bicep', () => {
  const grants = resourcesOf('access.bicep').filter(resource => resource.type === 'Microsoft.Authorization/roleAssignments');
  const roleOf = node => /role\['([^']+)'\]/.exec(node.text)[1];

  test('names roles by their ids', () => {
    const variable = all(treeOf('access.bicep'), 'variable_declaration').find(one => one.namedChild(0).text === 'role');
    const roles = Object.fromEntries(Object.entries(propertiesOf(all(variable, 'object')[0])).map(([name, id]) => [name, textOf(id)]));

    assert.deepEqual(roles, builtIn);
  });

  test('gives each role where it is needed and nowhere else', () => {
    const given = grants.map(({ properties }) => `${propertiesOf(properties.properties).principalId.text}: ${roleOf(propertiesOf(properties.properties).roleDefinitionId)} on ${properties.scope.text}`);

    assert.deepEqual(given, [
      'appPrincipalId: Storage Blob Data Owner on storage',
      'appPrincipalId: Storage Queue Data Contributor on reports',
      'appPrincipalId: Storage Queue Data Contributor on poison',
      'appPrincipalId: Key Vault Secrets User on vault',
      'appPrincipalId: Monitoring Metrics Publisher on insights',
      'operatorId: Key Vault Secrets Officer on vault',
      'operatorId: Storage Blob Data Contributor on state',
      'operatorId: Storage Queue Data Message Sender on reports',
    ]);
  });

  test('names an assignment after all that it is', () => {
    for (const { properties } of grants) {
      const { principalId, roleDefinitionId } = propertiesOf(properties.properties);
      assert.equal(properties.name.text, `guid(${properties.scope.text}.id, ${principalId.text}, role['${roleOf(roleDefinitionId)}'])`);
    }
  });

  test('knows no queue and no container that is not provisioned', () => {
    const namesIn = file => resourcesOf(file).filter(resource => /\/(queues|containers)$/.test(resource.type)).map(resource => resource.name);

    assert.deepEqual(namesIn('access.bicep').filter(name => !namesIn('storage.bicep').includes(name)), []);
    assert.deepEqual(namesIn('access.bicep'), ['reports', 'reports-poison', 'relay-state']);
  });

  test('no role is given anywhere else', () => {
    for (const file of ['app.bicep', 'main.bicep', 'storage.bicep', 'vault.bicep', 'telemetry.bicep']) {
      assert.doesNotMatch(treeOf(file).text, /roleAssignments/);
    }
  });
});

describe('storage.bicep', () => {
  test('forgets nothing that has not been told, and no route', () => {
    const prefixes = all(treeOf('storage.bicep'), 'object_property').filter(property => property.namedChild(0).text === 'prefixMatch').flatMap(property => all(property, 'string').map(textOf));

    assert.deepEqual(prefixes, ['*/incidents/', '*/parked/']);
  });
});
