// A logical replica takes rows as they come, as it does past foreign keys; with the guard's triggers
// ENABLE ALWAYS it guards them too.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';

import { ask, eventually, setUp, startServer } from './servers.mjs';

let publisher;
let subscriber;
let here;
let there;
before(async () => {
  publisher = await startServer('publisher', { settings: ['wal_level = logical'] });
  subscriber = await startServer('subscriber', { settings: ['wal_retrieve_retry_interval = 100'] });
  here = await publisher.connect();
  there = await subscriber.connect();
  await setUp(here);
  await setUp(there);
  // Sessions of its own have numbers of their own.
  await there.query('ALTER TABLE mentor_startup_sessions ALTER id RESTART WITH 1000001');
  await here.query('CREATE PUBLICATION sessions FOR TABLE mentor_startup_sessions');
  const { searchParams } = new URL(publisher.url);
  await there.query(`CREATE SUBSCRIPTION sessions
    CONNECTION 'host=${searchParams.get('host')} port=${searchParams.get('port')} user=postgres dbname=postgres'
    PUBLICATION sessions`);
});
after(async () => {
  await subscriber?.stop();
  await publisher?.stop();
});

const bookHere = (startup, day, start) => ask(here,
  "SELECT outcome FROM book_session('ada', $1, current_date + $2::int, $3, '1 hour')", [startup, day, start]);
const insertThere = (startup, day, start) => there.query(
  "INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration) "
  + "VALUES ('ada', $1, current_date + $2::int, $3, '1 hour')", [startup, day, start]);
const arrives = (startup) => eventually(`the session of startup ${startup} arrives`, async () =>
  await ask(there, 'SELECT count(*) FROM mentor_startup_sessions WHERE startup_id = $1', [startup]) === '1');
// What arrives fires no trigger, so the replica's own journal does not tell of it.
const faults = () => ask(there,
  "SELECT count(*) FROM check_booking() WHERE NOT ok AND check_name <> 'journal is whole'");
const journalIsWhole = () => ask(there, "SELECT bool_and(ok)::text FROM check_booking() WHERE check_name = 'journal is whole'");

test('rows arrive as they are, and check_booking() tells where they overlap', async () => {
  await insertThere(101, 7, '10:30');
  assert.equal(await bookHere(1, 7, '10:00'), 'booked');
  await arrives(1);
  assert.equal(await faults(), '1');
  assert.equal(await journalIsWhole(), 'false');
  // Whoever writes there is guarded against both.
  await assert.rejects(insertThere(102, 7, '10:15'), { code: '23P01', constraint: 'no_overlapping_sessions' });
  await there.query('DELETE FROM mentor_startup_sessions WHERE startup_id = 101');
  assert.equal(await faults(), '0');
});

test('a cancellation and a move arrive too', async () => {
  assert.equal(await bookHere(2, 8, '10:00'), 'booked');
  await arrives(2);
  await here.query("UPDATE mentor_startup_sessions SET session_time = '14:00' WHERE startup_id = 2");
  await here.query("UPDATE mentor_startup_sessions SET status = 'cancelled' WHERE startup_id = 1");
  await eventually('both arrive', async () => await ask(there, `SELECT count(*) FROM mentor_startup_sessions
    WHERE startup_id = 2 AND starts_at = (current_date + 8 + time '14:00') AT TIME ZONE 'UTC'
       OR startup_id = 1 AND status = 'cancelled'`) === '2');
});

test('with ENABLE ALWAYS a session that overlaps one of the replica\'s own stops the replication', async () => {
  await there.query(`ALTER TABLE mentor_startup_sessions ENABLE ALWAYS TRIGGER zz_prepare_session,
    ENABLE ALWAYS TRIGGER no_overlapping_sessions, ENABLE ALWAYS TRIGGER no_overlapping_startup_sessions,
    ENABLE ALWAYS TRIGGER aa_journal_session`);
  assert.equal(await bookHere(3, 9, '08:00'), 'booked');
  await arrives(3);
  assert.equal(await ask(there, 'SELECT string_agg(event, $1) FROM booking_events WHERE startup_id = 3', [' ']), 'booked');
  await insertThere(103, 9, '10:30');
  assert.equal(await bookHere(4, 9, '10:00'), 'booked');
  await eventually('the refusal is in the log', async () => (await subscriber.log()).includes(
    'ERROR:  conflicting session violates exclusion constraint "no_overlapping_sessions"'));
  assert.equal(await faults(), '0');
  // It goes on once the replica's own session has made room.
  await there.query('DELETE FROM mentor_startup_sessions WHERE startup_id = 103');
  await arrives(4);
  assert.equal(await faults(), '0');
});
