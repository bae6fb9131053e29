// Calls and plain statements of every kind on few mentors at once: afterwards no slot is held twice,
// nobody deadlocked, and what callers were told is what the table says.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';

import { createBookingDatabase, openClients } from '../gateway/stack.mjs';

const clientCount = 16;
const deedsEach = 400;
let database;
let clients;

before(async () => {
  database = await createBookingDatabase();
  clients = await openClients(database, clientCount);
});
after(async () => {
  await Promise.all((clients ?? []).map((client) => client.end()));
  await database?.drop();
});

/** The same numbers for each run: a storm that fails can be looked at again. */
function* numbers(seed) {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

const mentors = ['anna', 'bert', 'carl'];
const times = Array.from({ length: 8 }, (_, i) => `${10 + Math.floor(i / 2)}:${i % 2 ? '30' : '00'}`);
const refusals = ['23505', '23P01'];

/** Each deed is one session a transaction, as the promise of no deadlock has it. */
const deeds = {
  async call(client, { startup, mentor, time }, told) {
    const { rows: [answer] } = await client.query(
      'SELECT outcome, session_id FROM book_session($1, $2, current_date + 7, $3)',
      [mentor, startup, time],
    );
    assert.match(answer.outcome, /^(booked|slot_taken|already_yours|startup_busy)$/);
    if (answer.outcome === 'booked') told.set(answer.session_id, { startup, mentor, time });
  },
  insert: (client, { startup, mentor, time }) => client.query(
    `INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
     VALUES ($1, $2, current_date + 7, $3)`,
    [mentor, startup, time],
  ),
  move: (client, { startup, time }) => client.query(
    `UPDATE mentor_startup_sessions SET session_time = $2
     WHERE id = (SELECT id FROM mentor_startup_sessions
                 WHERE startup_id = $1 AND status = 'scheduled' ORDER BY id DESC LIMIT 1)`,
    [startup, time],
  ),
  cancel: (client, { mentor, time }) => client.query(
    `SELECT cancel_session(id) FROM mentor_startup_sessions
     WHERE mentor_id = $1 AND session_time = $2 AND status = 'scheduled' LIMIT 1`,
    [mentor, time],
  ),
  uncancel: (client, { startup }) => client.query(
    `UPDATE mentor_startup_sessions SET status = 'scheduled'
     WHERE id = (SELECT id FROM mentor_startup_sessions
                 WHERE startup_id = $1 AND status = 'cancelled' ORDER BY id DESC LIMIT 1)`,
    [startup],
  ),
  remove: (client, { mentor, time }) => client.query(
    `DELETE FROM mentor_startup_sessions
     WHERE id = (SELECT id FROM mentor_startup_sessions
                 WHERE mentor_id = $1 AND session_time = $2 AND status = 'cancelled' LIMIT 1)`,
    [mentor, time],
  ),
  async change_of_mind(client, { startup, mentor, time }) {
    await client.query('BEGIN');
    await client.query('SELECT book_session($1, $2, current_date + 7, $3)', [mentor, startup, time]);
    await client.query('ROLLBACK');
  },
};

async function storm(client, startup, told, done) {
  const random = numbers(startup + 1);
  const pick = (list) => list[Math.floor(random.next().value * list.length)];
  for (let i = 0; i < deedsEach; i += 1) {
    const name = pick(Object.keys(deeds));
    try {
      await deeds[name](client, { startup, mentor: pick(mentors), time: pick(times) }, told);
      done[name] = (done[name] ?? 0) + 1;
    } catch (error) {
      assert.ok(refusals.includes(error.code), `${name}: ${error.message}`);
      done.refused = (done.refused ?? 0) + 1;
    }
  }
}

test('a storm of calls and plain statements leaves no slot held twice and no deadlock', async () => {
  const told = new Map();
  const done = {};
  await Promise.all(clients.map((client, startup) => storm(client, startup, told, done)));
  for (const name of Object.keys(deeds)) assert.ok(done[name] > 0, `${name} never succeeded`);
  assert.ok(done.refused > 0, 'no plain statement was ever refused: the storm was no storm');

  const { rows: twice } = await database.admin.query(
    `SELECT a.id, b.id AS other FROM mentor_startup_sessions a
     JOIN mentor_startup_sessions b
       ON a.mentor_id = b.mentor_id AND a.starts_at = b.starts_at AND a.id < b.id
     WHERE a.status = 'scheduled' AND b.status = 'scheduled'`,
  );
  assert.deepEqual(twice, []);
  const { rows: [{ deadlocks }] } = await database.admin.query(
    'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
  );
  assert.equal(deadlocks, '0');
  const { rows: wrong } = await database.admin.query('SELECT * FROM check_booking() WHERE NOT ok');
  assert.deepEqual(wrong, []);

  // Whoever was told "booked" has a row of that id and nobody else's; removed ones were cancelled.
  const { rows } = await database.admin.query(
    'SELECT id, startup_id, mentor_id FROM mentor_startup_sessions',
  );
  const written = new Map(rows.map((row) => [row.id, row]));
  for (const [id, { startup, mentor }] of told) {
    const row = written.get(id);
    if (row) assert.deepEqual([row.startup_id, row.mentor_id], [String(startup), mentor]);
  }
  assert.ok([...told.keys()].some((id) => written.has(id)));
});
