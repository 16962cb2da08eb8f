import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { all, read, root, treeOf } from './bicep.js';

const yaml = read('azure.yaml');
const matches = (text, expression) => [...text.matchAll(expression)].map(match => match[1]);

describe('azure.yaml', () => {
  test('deploys a project that is there, to the app that is tagged with it', () => {
    const [service] = matches(yaml, /^services:\n {2}(\w+):/gm);
    const [project] = matches(yaml, /^ {4}project: (\S+)$/gm);

    assert.match(readdirSync(join(root, project)).join(), /\.csproj/);
    assert.match(treeOf('app.bicep').text, new RegExp(`'azd-service-name': '${service}'`));
    assert.ok(existsSync(join(root, 'infra/main.bicep')) && existsSync(join(root, 'infra/main.parameters.json')));
  });

  test('runs the same on Linux, macOS and Windows', () => {
    const posix = matches(yaml, /posix: \{ shell: sh, run: (.+), interactive: true, continueOnError: true \}/g);
    const windows = matches(yaml, /windows: \{ shell: pwsh, run: (.+), interactive: true, continueOnError: true \}/g);

    assert.equal(posix.length, 3);
    assert.deepEqual(windows, posix);
  });

  test('runs commands that are there', () => {
    const commands = matches(read('src/Operations/Commands.cs'), /^ +\["(\w+)"/gm);

    for (const [, project, command] of yaml.matchAll(/run: dotnet run --project (\S+) -- (\w+),/g)) {
      assert.match(readdirSync(join(root, project)).join(), /\.csproj/);
      assert.ok(commands.includes(command), command);
    }
  });
});

describe('main.parameters.json', () => {
  const parameters = JSON.parse(read('infra/main.parameters.json')).parameters;

  test('sets each parameter of main.bicep from a variable of its own', () => {
    const declared = all(treeOf('main.bicep'), 'parameter_declaration').map(parameter => parameter.namedChild(0).text);
    const variables = Object.values(parameters).map(parameter => /^\$\{(\w+)\}$/.exec(parameter.value)[1]);

    assert.deepEqual(Object.keys(parameters), declared);
    assert.equal(new Set(variables).size, declared.length);
  });

  test('takes no variable that provisioning puts out', () => {
    const outputs = all(treeOf('main.bicep'), 'output_declaration').map(output => output.namedChild(0).text);
    const variables = Object.values(parameters).map(parameter => parameter.value.slice(2, -1));

    assert.deepEqual(outputs.filter(output => variables.includes(output)), []);
  });

  test('has each of them explained', () => {
    const explained = read('docs/deploy.md');
    const short = { RELAY_GROUP_INTERVAL: '…_GROUP_INTERVAL', RELAY_REPEAT_INTERVAL: '…_REPEAT_INTERVAL', RELAY_STALE_AFTER: '…_STALE_AFTER' };

    for (const { value } of Object.values(parameters)) {
      const variable = value.slice(2, -1);
      assert.ok(explained.includes(`\`${short[variable] ?? variable}\``), variable);
    }
  });
});

describe('what provisioning puts out', () => {
  test('is all that the commands read', () => {
    const sources = readdirSync(join(root, 'src/Operations')).filter(name => name.endsWith('.cs')).map(name => read(`src/Operations/${name}`)).join();
    const asked = matches(sources, /(?:Require|Find)\("(\w+)"\)/g).filter(name => name !== 'RELAY_ALLOWED_SLACK_HOSTS');
    const outputs = all(treeOf('main.bicep'), 'output_declaration').map(output => output.namedChild(0).text);

    assert.deepEqual([...new Set(asked)].sort(), outputs.sort());
  });
});
