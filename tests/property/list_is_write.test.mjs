// The short form of the property test: few mentors, the same ones at each run of the same day.
import assert from 'node:assert/strict';
import test from 'node:test';

import { clocks } from './clocks.mjs';
import { checkMentors, numbersOf } from './mentors.mjs';

const seed = 20261125;
const mentorsEach = 60;
const met = new Set();

for (const [i, clock] of clocks.entries()) {
  test(`the list is the write, on a server that stands at ${clock}`, async (t) => {
    const tally = await checkMentors({ clock, seed, numbers: numbersOf(i, mentorsEach) });
    t.diagnostic(`${tally.mentors} mentors, ${tally.asked} questions`);
    for (const word of tally.outcomes.keys()) met.add(word);
    assert.equal(tally.mentors, mentorsEach);
    assert.equal(tally.wrong.length, 0, `${tally.wrong.length} mentors:\n${tally.wrong.slice(0, 3).join('\n')}`);
  });
}

for (const word of ['booked', 'already_yours', 'slot_taken', 'startup_busy', 'slot_held', 'mentor_unavailable',
  'outside_booking_window', 'limit_reached', 'invalid_time']) {
  test(`somebody was told ${word}, or nothing was shown of it`, () => {
    assert.ok(met.has(word));
  });
}
