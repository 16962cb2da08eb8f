// The app's settings are one list, which tests/Functions.Tests holds against what the app reads.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { all, propertiesOf, read, resourcesOf, textOf, treeOf } from './bicep.js';

const listed = JSON.parse(read('tests/app-settings.json'));

describe('app.bicep', () => {
  test('sets what the app and its host read, and nothing else', () => {
    const [, merged] = /appSettings: concat\((.+?)\)/.exec(treeOf('app.bicep').text);
    const variables = all(treeOf('app.bicep'), 'variable_declaration').filter(variable => merged.split(', ').includes(variable.namedChild(0).text));
    const names = variables.flatMap(variable => all(variable, 'object')).map(object => propertiesOf(object).name).filter(name => name).map(textOf);

    assert.deepEqual(names.sort(), [...listed.app, ...listed.host].sort());
  });

  test('has no setting that Flex Consumption does not take', () => {
    const text = treeOf('app.bicep').text;

    assert.doesNotMatch(text, /FUNCTIONS_EXTENSION_VERSION|FUNCTIONS_WORKER_RUNTIME|WEBSITE_\w+|linuxFxVersion|alwaysOn|ftpsState/);
  });

  test('stands before the identity route alone', () => {
    const authentication = resourcesOf('app.bicep').find(resource => resource.name === 'authsettingsV2');
    const excluded = all(authentication.node, 'object_property').find(property => property.namedChild(0).text === 'excludedPaths');

    assert.deepEqual(all(excluded, 'string').map(textOf), ['/api/health', '/api/reports']);
  });

  test('is there only once its roles are', () => {
    const app = all(treeOf('main.bicep'), 'module_declaration').find(module => module.namedChild(0).text === 'app');

    assert.match(app.text, /dependsOn: \[access\]/);
  });
});
