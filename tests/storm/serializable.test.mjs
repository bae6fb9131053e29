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

/** Of a mentor and a startup who meet nobody of the other test. */
const wish = (random, way, startup) => [
  `mentor of a ${way} ${random.below(100)}`, startup + (way === 'call' ? 0 : visitors * deedsEach), 1 + random.below(100),
  `${String(random.below(24)).padStart(2, '0')}:${random.chance(0.5) ? '30' : '00'}`,
];
const deeds = {
  call: 'SELECT outcome FROM book_session($1, $2, current_date + $3::int, $4)',
  insert: `INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
           VALUES ($1, $2, current_date + $3::int, $4)`,
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
    const strange = ends.filter((end) => !['booked', 'done', 'slot_taken', '23505', '23P01'].includes(end));
    assert.deepEqual(strange, []);
    assert.ok(ends.filter((end) => end === 'booked' || end === 'done').length > visitors * deedsEach / 2);
  });
}
