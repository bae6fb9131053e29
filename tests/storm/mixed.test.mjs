// Everything at once on few mentors and few startups. Afterwards nobody is in two places, and what
// callers were told is what the table says.
import assert from 'node:assert/strict';
import test from 'node:test';

import { blow, phases, wrongsOf } from './phases.mjs';
import { seed } from './random.mjs';

const tallies = [];

for (const phase of phases) {
  test(phase.promise, async (t) => {
    const result = await blow(phase, (done) => done < phase.deedsEach);
    const { tally, deadlocks, watch, judged } = result;
    tallies.push(tally);
    t.diagnostic(`STORM_SEED=${seed}: ${tally.total} deeds, ${deadlocks} deadlocks, `
      + `${judged} refusals judged, ${watch.looks} looks for overlaps`);
    assert.deepEqual(wrongsOf(phase, result).slice(0, 20), [], `STORM_SEED=${seed}`);
  });
}

for (const word of ['slot_taken', 'startup_busy', 'mentor_unavailable', 'limit_reached',
  '23505', '23P01', '40001']) {
  test(`somebody met with ${word}, or it was no storm`, () => {
    assert.ok(tallies.some((tally) => tally.of(word) > 0), `STORM_SEED=${seed}`);
  });
}
