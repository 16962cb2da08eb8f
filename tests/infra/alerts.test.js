import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { read } from './bicep.js';

const ids = Object.fromEntries([...read('src/Relay/Telemetry/RelayEvents.cs').matchAll(/int (\w+) = (\d+)/g)].map(([, name, id]) => [name, id]));
const instruments = [...read('src/Relay/Telemetry/RelayMeter.cs').matchAll(/_meter\.Create\w+(?:<\w+>)?\("([\w.]+)"/g)].map(([, name]) => name).sort();
const alerts = read('infra/alerts.bicep');

describe('alerts.bicep', () => {
  test('looks for the events that the relay logs', () => {
    assert.match(alerts, new RegExp(`EventId\\) in \\('${ids.Parked}', '${ids.Unreadable}'\\)`));
    assert.match(alerts, new RegExp(`EventId\\) in \\('${ids.RouteDead}', '${ids.RouteFailing}'\\)`));
    assert.equal(Object.keys(ids).length, 4);
  });

  test('looks for functions and numbers that there are', () => {
    assert.ok(instruments.includes(/Name == '([\w.]+)' and Max/.exec(alerts)[1]));
    for (const name of ['ReceiveReport', 'ReceiveIdentityReport']) {
      assert.ok(alerts.includes(`'${name}'`));
      assert.match(read(`src/Functions/Http/${name}.cs`), /\[Function\(nameof\(/);
    }
  });
});

describe('workbook.json', () => {
  const queries = JSON.parse(read('infra/workbook.json')).items.map(item => item.content.query ?? '').join();

  test('draws every number of the relay', () => {
    assert.deepEqual([...queries.matchAll(/Name == '([\w.]+)'/g)].map(([, name]) => name).sort(), instruments);
  });
});
