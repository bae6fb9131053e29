// Who loads thousands of sessions, and who books one beside it: nobody is turned away for want of
// memory, and nobody waits in a circle.
import assert from 'node:assert/strict';
import test from 'node:test';

import { blowLoads, wrongsOfLoads } from './bulk.mjs';
import { seed } from './random.mjs';

test('loads of thousands of sessions leave room and way for visitors', async (t) => {
  const result = await blowLoads();
  t.diagnostic(`STORM_SEED=${seed}: ${result.tally.total} deeds beside and after loads, `
    + `${result.sessions} sessions`);
  assert.deepEqual(wrongsOfLoads(result).slice(0, 20), [], `STORM_SEED=${seed}`);
});
