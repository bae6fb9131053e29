// Who loads thousands of sessions, and who books one beside it: nobody is turned away for want of
// memory, and nobody waits in a circle.
import assert from 'node:assert/strict';
import test from 'node:test';

import { deedsBesideLoads, openBulkScene, startLoads } from './bulk.mjs';
import { seed } from './random.mjs';
import { storm } from './storm.mjs';

test('loads of thousands of sessions leave room and way for visitors', async (t) => {
  let loads;
  const result = await storm({
    scene: await openBulkScene(8),
    deeds: deedsBesideLoads,
    beside: (scene, ledger) => loads = startLoads(scene, ledger),
    goOn: (done) => loads.areRunning || done < 60,
    isWatched: false,
  });
  t.diagnostic(`STORM_SEED=${seed}: ${result.tally.total} deeds beside loads, then ${result.sessions} sessions`);
  assert.deepEqual(result.findings.slice(0, 20), [], `STORM_SEED=${seed}`);
  assert.equal(result.deadlocks, 0);

  const words = (name) => result.other.filter(({ mentor }) => mentor === name)
    .map(({ word }) => word).sort();
  for (const name of ['by statement', 'by copy', 'one by one']) assert.deepEqual(words(name), ['done']);
  assert.deepEqual(words('wanted twice'), ['23P01', 'done'], 'the whole of one, nothing of the other');
});
