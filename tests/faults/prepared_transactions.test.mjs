// A session in a prepared transaction holds its time like any other that is not committed yet, also
// over a crash of the server.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';

import { ask, setUp, startServer, untilWaiting } from './servers.mjs';

let server;
before(async () => { server = await startServer('prepared', { settings: ['max_prepared_transactions = 5'] }); });
after(() => server?.stop());

const book = 'SELECT outcome FROM book_session($1, $2, current_date + 7, $3, $4)';
const insert = 'INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration) '
  + 'VALUES ($1, $2, current_date + 7, $3, $4)';

test('a prepared session outlives a crash: whoever wants its time waits, and is told', async () => {
  const early = await server.connect();
  await setUp(early);
  for (const mentor of ['ada', 'bob']) {
    await early.query('BEGIN');
    await early.query(insert, [mentor, mentor === 'ada' ? 1 : 2, '10:00', '1 hour']);
    assert.equal(await ask(early, book, [mentor, 3, mentor === 'ada' ? '12:00' : '13:00', '1 hour']), 'booked');
    await early.query(`PREPARE TRANSACTION '${mentor}'`);
  }

  await server.crash();
  const clerk = await server.connect();
  assert.equal(await ask(clerk, "SELECT string_agg(gid, ' ' ORDER BY gid) FROM pg_prepared_xacts"), 'ada bob');

  const visitors = await Promise.all(Array.from({ length: 5 }, () => server.connect()));
  const wishes = [
    ask(visitors[0], book, ['ada', 4, '10:30', '1 hour']),
    visitors[1].query(insert, ['ada', 5, '12:30', '1 hour']).then(() => 'written', (error) => error),
    ask(visitors[2], book, ['eve', 1, '10:45', '30 minutes']),
    ask(visitors[3], book, ['bob', 6, '10:30', '1 hour']),
    visitors[4].query(insert, ['bob', 7, '13:30', '1 hour']).then(() => 'written', (error) => error),
  ];
  await untilWaiting(clerk, 5);
  await clerk.query("COMMIT PREPARED 'ada'");
  await clerk.query("ROLLBACK PREPARED 'bob'");

  const [call, writer, elsewhere, freed, freedForAWriter] = await Promise.all(wishes);
  assert.equal(call, 'slot_taken');
  assert.deepEqual([writer.code, writer.constraint], ['23P01', 'no_overlapping_sessions']);
  assert.equal(elsewhere, 'startup_busy');
  assert.equal(freed, 'booked');
  assert.equal(freedForAWriter, 'written');
  assert.equal(await ask(clerk, 'SELECT count(*) FROM check_booking() WHERE NOT ok'), '0');
});

test('a prepared hold, and a prepared confirmation, keep others waiting over a crash', async () => {
  const hold = 'SELECT outcome FROM hold_slot($1, $2, current_date + 8, $3)';
  const onThatDay = 'SELECT outcome FROM book_session($1, $2, current_date + 8, $3)';
  const early = await server.connect();
  assert.equal(await ask(early, hold, ['ivy', 22, '12:00']), 'held');
  await early.query('BEGIN');
  assert.equal(await ask(early, hold, ['ivy', 21, '10:00']), 'held');
  await early.query("PREPARE TRANSACTION 'hold'");
  await early.query('BEGIN');
  assert.equal(await ask(early, onThatDay, ['ivy', 22, '12:00']), 'booked');
  await early.query("PREPARE TRANSACTION 'confirmation'");
  await server.crash();

  const clerk = await server.connect();
  const [rival, other] = [await server.connect(), await server.connect()];
  const [wish, release] = [ask(rival, onThatDay, ['ivy', 23, '10:00']),
    ask(other, 'SELECT outcome FROM slot_holds h, release_hold(h.hold_token) WHERE h.startup_id = 22')];
  await untilWaiting(clerk, 2);
  await clerk.query("COMMIT PREPARED 'hold'");
  await clerk.query("ROLLBACK PREPARED 'confirmation'");
  assert.equal(await wish, 'slot_held');
  assert.equal(await release, 'released');
  assert.equal(await ask(clerk, onThatDay, ['ivy', 21, '10:00']), 'booked');
  assert.equal(await ask(clerk, 'SELECT count(*) FROM slot_holds'), '0');
  assert.equal(await ask(clerk, 'SELECT count(*) FROM check_booking() WHERE NOT ok'), '0');
});

test('a prepared bulk load holds the table over a crash', async () => {
  const importer = await server.connect();
  await importer.query('BEGIN');
  await importer.query("INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time) "
    + "SELECT 'many', 1, current_date + 30 + n, '10:00' FROM generate_series(1, 1000) n");
  await importer.query("PREPARE TRANSACTION 'bulk'");
  await server.crash();

  const clerk = await server.connect();
  const visitor = await server.connect();
  const wish = ask(visitor, "SELECT outcome FROM book_session('many', 2, current_date + 200, '10:15')");
  await untilWaiting(clerk, 1);
  await clerk.query("COMMIT PREPARED 'bulk'");
  assert.equal(await wish, 'slot_taken');
});

test('readers of the journal wait for a prepared transaction over a crash, and miss nothing of it', async () => {
  const early = await server.connect();
  const start = await ask(early, 'SELECT latest_booking_cursor()');
  await early.query('BEGIN');
  assert.equal(await ask(early, book, ['fay', 11, '10:00', '1 hour']), 'booked');
  await early.query("PREPARE TRANSACTION 'fay'");
  await early.query('BEGIN');
  assert.equal(await ask(early, book, ['gus', 12, '10:00', '1 hour']), 'booked');
  await early.query("PREPARE TRANSACTION 'gus'");
  assert.equal(await ask(early, book, ['hal', 13, '10:00', '1 hour']), 'booked');

  const told = async (client) => (await client.query(
    'SELECT startup_id FROM booking_events_after($1)', [start])).rows.map(({ startup_id: id }) => id);
  assert.deepEqual(await told(early), [], 'before the crash');
  await server.crash();
  const reader = await server.connect();
  assert.deepEqual(await told(reader), [], 'after the crash');
  await reader.query("ROLLBACK PREPARED 'gus'");
  assert.deepEqual(await told(reader), []);
  await reader.query("COMMIT PREPARED 'fay'");
  assert.deepEqual(await told(reader), ['11', '13']);
  assert.equal(await ask(reader, 'SELECT count(*) FROM check_booking() WHERE NOT ok'), '0');
});
