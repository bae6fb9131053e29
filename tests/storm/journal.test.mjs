// Sixteen writers of all kinds, and readers who follow them: each reader is told each committed event
// once, in the order of the numbers, however many it asks for, and though its answers get lost.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';

import { createBookingDatabase, openClients } from '../gateway/stack.mjs';
import { Random, seed } from './random.mjs';

const writers = 16;
const deedsEach = 120;
const isolations = ['read committed', 'repeatable read', 'serializable'];
// A race that was lost, or a status that may not follow, is no news.
const isRefusal = ({ code }) => ['23505', '23P01', '23514', '40001', '40P01', '55000'].includes(code);

let database;
let clients;
let readers;

before(async () => {
  database = await createBookingDatabase();
  clients = await openClients(database, writers);
  readers = await openClients(database, isolations.length);
});
after(async () => {
  await Promise.all([...clients ?? [], ...readers ?? []].map((client) => client.end()));
  await database?.drop();
});

const place = (random) => [`mentor ${random.below(20)}`, random.below(200), 1 + random.below(40),
  `${String(random.below(24)).padStart(2, '0')}:${random.chance(0.5) ? '30' : '00'}`];
const chosen = 'id = (SELECT id FROM mentor_startup_sessions WHERE startup_id = $1 ORDER BY id LIMIT 1)';

const deeds = {
  call: (client, random) => client.query('SELECT book_session($1, $2, current_date + $3::int, $4)', place(random)),
  insert: (client, random) => client.query(`INSERT INTO mentor_startup_sessions
    (mentor_id, startup_id, session_date, session_time) VALUES ($1, $2, current_date + $3::int, $4)`, place(random)),
  insertMany: (client, random) => client.query(`INSERT INTO mentor_startup_sessions
    (mentor_id, startup_id, session_date, session_time)
    SELECT 'of many', 1000 + $1 * 100 + n, current_date + $2::int, make_time(n, 0, 0) FROM generate_series(0, 5) n`,
  [random.below(100), 1 + random.below(300)]),
  cancel: (client, random) => client.query(
    `SELECT cancel_session(id) FROM mentor_startup_sessions WHERE ${chosen}`, [random.below(200)]),
  move: (client, random) => client.query(
    `UPDATE mentor_startup_sessions SET session_date = session_date + 1 WHERE ${chosen}`, [random.below(200)]),
  remove: (client, random) => client.query(
    `DELETE FROM mentor_startup_sessions WHERE ${chosen}`, [random.below(200)]),
  hold: (client, random) => client.query('SELECT hold_slot($1, $2, current_date + $3::int, $4)', place(random)),
  open: (client, random) => client.query(`INSERT INTO mentor_availability_overrides (mentor_id, during, available)
    VALUES ($1, '[2090-01-01, 2090-01-02)', false)`, [`mentor ${random.below(20)}`]),
};

const within = (client, statement, what) => client.query(statement).then(what, what);

/** Several deeds in one transaction, some of them in a savepoint, which ends this way or that. */
async function transact(client, random) {
  await client.query('BEGIN');
  try {
    for (let i = random.below(4); i >= 0; i -= 1) {
      const inSavepoint = random.chance(0.5);
      if (inSavepoint) await client.query('SAVEPOINT here');
      await random.pick(Object.values(deeds))(client, random);
      if (inSavepoint) await client.query(random.chance(0.5) ? 'ROLLBACK TO here' : 'RELEASE here');
    }
    await client.query(random.chance(0.3) ? 'ROLLBACK' : 'COMMIT');
  } catch (error) {
    await within(client, 'ROLLBACK', () => {});
    throw error;
  }
}

async function write(client, random) {
  await client.query(`SET default_transaction_isolation TO '${random.pick(isolations)}';
                      SET deadlock_timeout TO '20ms'`);
  for (let i = 0; i < deedsEach; i += 1) {
    const deed = random.chance(0.5) ? transact : random.pick(Object.values(deeds));
    await deed(client, random).catch((error) => {
      if (!isRefusal(error)) throw error;
    });
  }
}

/** Follows the journal until the writers are done and nothing is left; gives what it was told. */
async function follow(client, random, isOver) {
  const told = [];
  let cursor = null;
  for (;;) {
    const wasOver = isOver();
    const { rows } = await client.query('SELECT * FROM booking_events_after($1, $2)', [cursor, 1 + random.below(30)]);
    // An answer that is lost on its way: it is asked for again, from where the reader stood.
    if (rows.length && random.chance(0.2)) continue;
    for (const { event_id: id } of rows) told.push(id);
    cursor = rows.at(-1)?.cursor ?? cursor;
    if (wasOver && rows.length === 0) return told;
  }
}

test(`readers miss no event and see none twice, whatever ${writers} writers do (seed ${seed})`, async () => {
  let isOver = false;
  const following = readers.map(async (client, i) => {
    await client.query(`SET default_transaction_isolation TO '${isolations[i]}'`);
    return follow(client, new Random(seed - 1 - i), () => isOver);
  });
  const writing = clients.map((client, i) => write(client, new Random(seed + 7919 * i)));
  await Promise.allSettled(writing);
  isOver = true;
  await Promise.allSettled(following);
  await Promise.all(writing);
  const told = await Promise.all(following);

  const { rows } = await database.admin.query('SELECT event_id FROM booking_events ORDER BY event_id');
  const written = rows.map(({ event_id: id }) => id);
  assert.ok(written.length > writers * deedsEach / 2, `${written.length} events`);
  for (const [i, seen] of told.entries())
    assert.deepEqual(seen, written, `${isolations[i]}: ${seen.length} told of ${written.length} written`);
  const { rows: faults } = await database.admin.query('SELECT check_name, detail FROM check_booking() WHERE NOT ok');
  assert.deepEqual(faults, []);
});
