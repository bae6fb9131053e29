// Many clients at once, whose replies are lost, whose backends are killed, whose patience ends, and a server
// that is killed: the recorded history is one that some serial order explains.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';

import { Round } from './round.mjs';
import { startTorture } from './server.mjs';

const seed = Number(process.env.TORTURE_SEED ?? Date.now() % 2 ** 31);
const tallies = [];
let server;
before(async () => { server = await startTorture(); });
after(() => server?.stop());

async function torture(t, plan) {
  const result = await new Round({ server, seed, clients: 20, ...plan }).run();
  tallies.push(result.tally);
  t.diagnostic(`TORTURE_SEED=${seed}: ${result.tally.total} calls, ${result.judged} refusals judged, `
    + `${result.history.journal.length} events, the reader cut ${result.cuts} times, `
    + [...result.strikes].map(([name, count]) => `${name} ${count}`).join(', '));
  assert.deepEqual(result.findings.slice(0, 20), [], `TORTURE_SEED=${seed}`);
}

test('whatever is cut, killed or timed out, every answer fits one serial order, and the journal tells it',
  (t) => torture(t, { calls: 16_000, faults: 600, crashes: 0 }));

test('so it does where a transaction is several calls, which commit together or not at all',
  (t) => torture(t, { calls: 8000, faults: 300, crashes: 0, callsInTransaction: 2 }));

test('a server that is killed five times and started again has lost nothing that was answered',
  (t) => torture(t, { calls: 8000, faults: 100, crashes: 5 }));

for (const word of ['booked', 'booked (replayed)', 'slot_taken', 'startup_busy', 'mentor_unavailable',
  'limit_reached', 'held', 'slot_held', 'hold_expired', 'released', 'rescheduled', 'cancelled',
  'already_cancelled', 'not_found', '22023', '55P03', '57014', 'no answer'])
  test(`somebody was told ${word}, or it was no torture`, () => {
    assert.ok(tallies.some((tally) => tally.of(word) > 0), `TORTURE_SEED=${seed}`);
  });
