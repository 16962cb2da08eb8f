import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { all, files, resourcesOf, treeOf } from './bicep.js';

const secretLike = /secret|passw|keys?$|webhook|connection|credential|sas$/i;

const everywhere = type => files.flatMap(({ tree }) => all(tree, type));

/** What stands above a declaration. */
const decorators = declaration => declaration.previousNamedSibling?.text ?? '';

describe('Bicep', () => {
  for (const { name, tree } of files) {
    test(`${name} parses`, () => {
      const wrong = all(tree, 'ERROR')[0];

      assert.equal(tree.hasError, false, `line ${(wrong?.startPosition.row ?? 0) + 1}`);
    });
  }

  test('no output is a secret', () => {
    for (const output of everywhere('output_declaration')) {
      const [name, , value] = output.namedChildren;
      assert.doesNotMatch(name.text, secretLike);
      assert.doesNotMatch(value.text, /secret|passw|list\w*\(|ConnectionString|InstrumentationKey/i, name.text);
    }
  });

  test('a parameter is secure where it holds a secret, and only there', () => {
    const secure = everywhere('parameter_declaration').filter(parameter => decorators(parameter).includes('@secure()')).map(parameter => parameter.namedChild(0).text);
    const secrets = everywhere('parameter_declaration').map(parameter => parameter.namedChild(0).text).filter(name => secretLike.test(name));

    assert.deepEqual(secure, ['slackSecret', 'slackSecret']);
    assert.deepEqual(secrets, secure);
  });

  test('everything that is taken or put out says what it is', () => {
    for (const declaration of [...everywhere('parameter_declaration'), ...everywhere('output_declaration')]) {
      assert.match(decorators(declaration), /@description\(/, declaration.text);
    }
  });

  test('every environment has names of its own', () => {
    assert.match(treeOf('main.bicep').text, /var token = uniqueString\(subscription\(\)\.id, environmentName, location\)/);
    for (const { name: file } of files) {
      for (const { type, name, properties, node } of resourcesOf(file).filter(one => !one.node.text.includes(' existing = '))) {
        // A child's name is its parent's to tell apart; zones are told apart by their resource group.
        const own = !properties.parent && !/^\w+\.Authorization|privateDnsZones/.test(type);
        assert.ok(!own || /token|environmentName|^name$/.test(properties.name.text), `${file}: ${name ?? node.text}`);
      }
    }
  });

  test('nothing asks for a key', () => {
    for (const { name, text } of files) {
      assert.doesNotMatch(text, /list(Account)?(Keys|Sas|Secrets)\(|AccountKey=|SharedAccess/i, name);
    }
  });
});
