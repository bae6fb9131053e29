// Everything at once on few mentors and few startups. Afterwards nobody is in two places, and what
// callers were told is what the table says.
import assert from 'node:assert/strict';
import test from 'node:test';

import { mixedDeeds, orderlyDeeds } from './deeds_of_many.mjs';
import { deedsAroundCancels, deedsOfOne } from './deeds_of_one.mjs';
import { seed } from './random.mjs';
import { openScene } from './scene.mjs';
import { storm } from './storm.mjs';

const clientCount = 16;

async function blow(t, deeds, deedsEach) {
  const result = await storm({
    scene: await openScene(clientCount), deeds, goOn: (done) => done < deedsEach,
  });
  t.diagnostic(`STORM_SEED=${seed}: ${result.tally.total} deeds, ${result.watch.looks} looks`);
  assert.deepEqual(result.findings.slice(0, 20), [], `STORM_SEED=${seed}`);
  for (const name of Object.keys(deeds))
    assert.ok(result.tally.succeeded(name), `${name} never succeeded: it was no storm`);
  assert.equal(result.deadlocks, result.tally.of('40P01'), 'each deadlock was told to a client');
  return result;
}

test('who writes one session a transaction never overlaps and never deadlocks', async (t) => {
  const { deadlocks, tally } = await blow(t, deedsOfOne, 220);
  assert.equal(deadlocks, 0);
  for (const word of ['slot_taken', 'startup_busy', 'mentor_unavailable', '23505', '23P01', '40001'])
    assert.ok(tally.of(word) > 0, `nobody ever met with ${word}: it was no storm`);
});

test('who cancels, and whose trigger books for another, never deadlocks', async (t) => {
  const { deadlocks } = await blow(t, deedsAroundCancels, 250);
  assert.equal(deadlocks, 0);
});

test('who takes the table before writing several never overlaps and never deadlocks', async (t) => {
  const { deadlocks } = await blow(t, orderlyDeeds, 120);
  assert.equal(deadlocks, 0);
});

test('who writes several sessions as they come never overlaps, at worst deadlocks', async (t) => {
  const { deadlocks } = await blow(t, mixedDeeds, 120);
  t.diagnostic(`${deadlocks} deadlocks`);
});
