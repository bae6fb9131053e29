// Under SERIALIZABLE who books is told by outcome or by constraint, and nobody fails with 40001 for
// what the guard has read of strangers.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';

import { createBookingDatabase, openClients } from '../gateway/stack.mjs';
import { Random, seed } from './random.mjs';

const visitors = 8;
const deedsEach = 300;
let database;
let clients;

before(async () => {
  database = await createBookingDatabase();
  clients = await openClients(database, visitors);
  await Promise.all(clients.map((client) => client.query(
    "SET default_transaction_isolation TO 'serializable'",
  )));
});
after(async () => {
  await Promise.all((clients ?? []).map((client) => client.end()));
  await database?.drop();
});

const won = ['booked', 'done', 'held', 'released'];
const lost = ['slot_taken', 'slot_held', 'not_found', '23505', '23P01'];

/** Of a mentor and a startup who meet nobody of the other test. */
const wish = (random, way, startup) => [
  `mentor of a ${way} ${random.below(100)}`, startup + Object.keys(deeds).indexOf(way) * visitors * deedsEach,
  1 + random.below(100),
  `${String(random.below(24)).padStart(2, '0')}:${random.chance(0.5) ? '30' : '00'}`,
];
const holdFirst = (next) => `SELECT told.outcome FROM hold_slot($1, $2, current_date + $3::int, $4) held,
  LATERAL ${next} told`;
const deeds = {
  call: 'SELECT outcome FROM book_session($1, $2, current_date + $3::int, $4)',
  insert: `INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
           VALUES ($1, $2, current_date + $3::int, $4)`,
  hold: `SELECT outcome FROM hold_slot($1, $2, current_date + $3::int, $4)`,
  confirmation: holdFirst('book_session($1, $2, current_date + $3::int, $4, NULL, NULL, held.hold_token)'),
  release: holdFirst('release_hold(coalesce(held.hold_token, gen_random_uuid()))'),
};

for (const [name, statement] of Object.entries(deeds)) {
  test(`a ${name} under SERIALIZABLE does not fail for what strangers do (seed ${seed})`, async () => {
    const ends = (await Promise.all(clients.map(async (client, number) => {
      const random = new Random(seed + number);
      const told = [];
      for (let i = 0; i < deedsEach; i += 1) {
        const startup = number * deedsEach + i;
        told.push(await client.query(statement, wish(random, name, startup))
          .then(({ rows: [answer] }) => answer?.outcome ?? 'done', ({ code }) => code));
      }
      return told;
    }))).flat();
    assert.deepEqual(ends.filter((end) => ![...won, ...lost].includes(end)), []);
    assert.ok(ends.filter((end) => won.includes(end)).length > visitors * deedsEach / 2);
  });
}
