// Clients of few startups repeat their requests, hold slots of few mentors, and confirm, release and forget
// what they hold, all at once. Afterwards each key is one session, and nobody's hold was stepped over.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';

import { createBookingDatabase, openClients } from '../gateway/stack.mjs';
import { Client, deeds, mentors } from './deeds_of_retries.mjs';
import { countDeadlocks, findOverlaps, findWhatCheckTells } from './findings.mjs';
import { Random, seed } from './random.mjs';
import { Tally } from './tally.mjs';

const clientCount = 12;
const deedsEach = 150;
const isolations = ['read committed', 'repeatable read', 'serializable'];
const ofTwoStartups = `a.mentor_id = b.mentor_id AND a.startup_id <> b.startup_id
  AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at`;
const trodden = `
  WITH live AS (SELECT * FROM slot_holds WHERE expires_at > clock_timestamp())
  SELECT format('%s is held by startups %s and %s', a.mentor_id, a.startup_id, b.startup_id) AS finding
  FROM live a JOIN live b ON ${ofTwoStartups} AND a.startup_id < b.startup_id
  UNION ALL
  SELECT format('%s is held by startup %s and booked by %s', a.mentor_id, a.startup_id, b.startup_id)
  FROM live a JOIN mentor_startup_sessions b ON ${ofTwoStartups} AND b.status = 'scheduled'`;

let database;
let connections;
let clients;
const tally = new Tally();

before(async () => {
  database = await createBookingDatabase();
  for (const { id, before: early = 0, after: late = 0, perDay } of mentors)
    await database.admin.query(`INSERT INTO mentor_settings (mentor_id, slot_duration, buffer_before, buffer_after,
        max_sessions_per_day) VALUES ($1, '15 minutes', $2 * interval '1 minute', $3 * interval '1 minute', $4)`,
    [id, early, late, perDay]);
  const days = (await rowsOf("SELECT (current_date + 6 + n)::text AS day FROM generate_series(1, 5) n"))
    .map(({ day }) => day);
  connections = await openClients(database, 2 * clientCount);
  const shared = { admin: database.admin, requests: [], tokens: [], expired: 0 };
  clients = Array.from({ length: clientCount }, (_, i) => new Client({
    connections: connections.slice(2 * i, 2 * i + 2), startup: 100 + i, random: new Random(seed + 7919 * i), shared, days,
  }));
  await Promise.all(connections.map((connection, i) => connection.query(
    `SET default_transaction_isolation TO '${isolations[Math.floor(i / 2) % 3]}'; SET deadlock_timeout TO '20ms'`)));
});
after(async () => {
  await Promise.all((connections ?? []).map((connection) => connection.end()));
  await database?.drop();
});

const rowsOf = async (text) => (await database.admin.query(text)).rows;

/** A session that somebody else has changed meanwhile, or ended: as for every UPDATE of it. What is taken back is
 *  not asked again. */
const isExpected = (name, { code }) => ['cancel', 'reschedule'].includes(name) && ['40001', '55000'].includes(code)
  || name === 'takeBack' && code === '40001';

async function act(client) {
  for (let i = 0; i < deedsEach; i += 1) {
    const name = client.random.pick(Object.keys(deeds));
    const word = await deeds[name](client).catch((error) => {
      if (isExpected(name, error)) return error.code;
      throw new Error(`${name} (STORM_SEED=${seed}): ${error.code ?? ''} ${error.message}`, { cause: error });
    });
    tally.count(name, word);
  }
}

test('whoever retries, holds, confirms and releases meets no deadlock, and nobody steps over a hold', async (t) => {
  const seen = new Set();
  let isOver = false;
  let looks = 0;
  const watching = (async () => {
    for (; !isOver; looks += 1)
      for (const { finding } of await rowsOf(trodden)) seen.add(finding);
  })();
  const acting = await Promise.allSettled(clients.map(act));
  isOver = true;
  await watching;
  t.diagnostic(`STORM_SEED=${seed}: ${tally.total} deeds, ${looks} looks`);
  for (const line of tally.lines) t.diagnostic(line);
  for (const { askedAgain } of clients) for (const why of askedAgain) t.diagnostic(`asked again: ${why}`);
  assert.deepEqual(acting.filter(({ reason }) => reason).map(({ reason }) => reason.message), []);
  assert.deepEqual([...seen], []);
  assert.equal(await countDeadlocks(database, connections), 0);
  assert.deepEqual([...await findOverlaps(database.admin), ...await findWhatCheckTells(database.admin)], []);
});

test('what was told is what the tables say: each session, each hold, one session a key', async () => {
  const told = clients.flatMap(({ booked }) => booked).toSorted((one, other) => one - other);
  assert.deepEqual((await rowsOf('SELECT id::int FROM mentor_startup_sessions ORDER BY id')).map(({ id }) => id), told);
  const [counts] = await rowsOf(`
    SELECT count(*) FILTER (WHERE event = 'booked')::int AS booked, count(*) FILTER (WHERE event = 'held')::int AS held,
           (SELECT count(*) FROM slot_holds)::int + count(*) FILTER (WHERE event = 'released')::int AS held_or_gone
    FROM booking_events`);
  const { requests, expired } = clients[0].shared;
  const held = clients.reduce((sum, client) => sum + client.held, expired);
  assert.deepEqual(counts, { booked: told.length, held, held_or_gone: held });
  const [keys] = await rowsOf(`SELECT count(idempotency_key)::int AS sessions,
    count(DISTINCT (startup_id, idempotency_key)) FILTER (WHERE idempotency_key IS NOT NULL)::int AS keys
    FROM mentor_startup_sessions`);
  assert.equal(keys.sessions, keys.keys);
  assert.equal(keys.keys, requests.filter(({ isBooked }) => isBooked).length);
});

for (const word of ['replayed', 'booked and replayed', 'hold_expired', 'slot_held', 'limit_reached', 'released',
  'booked and already_yours', '22023'])
  test(`somebody was told ${word}, or it was no storm`, () => {
    assert.ok(tally.of(word) > 0, `STORM_SEED=${seed}`);
  });
