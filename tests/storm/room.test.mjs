// The lock table is small and belongs to all: loads that are open at the same time, each too small to
// be told to lock the table, must not fill it together.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';

import { createBookingDatabase, openClients } from '../gateway/stack.mjs';

const loads = 6;
const sessionsEach = 1400;
let database;
let clients;

before(async () => {
  database = await createBookingDatabase();
  clients = await openClients(database, loads + 2);
});
after(async () => {
  await Promise.all((clients ?? []).map((client) => client.end()));
  await database?.drop();
});

const load = (i) => `
  INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
  SELECT 'mentor ${i}', ${100 + i}, start::date, start::time
  FROM (SELECT current_date + 30 + make_interval(hours => n) AS start
        FROM generate_series(1, ${sessionsEach}) n) hours`;

test('loads that are open at the same time leave room for each other and for a visitor', async () => {
  const [writer, visitor, ...loaders] = clients;
  const book = (client, time) => client.query(
    "SELECT outcome FROM book_session('anna', 1, current_date + 7, $1)", [time]);
  // Who writes meanwhile keeps each load from taking the table instead of its half-hours.
  await writer.query('BEGIN');
  await book(writer, '10:00');
  const words = await Promise.all(loaders.map(async (loader, i) => {
    await loader.query('BEGIN');
    return loader.query(load(i)).then(() => 'written', ({ code }) => code);
  }));
  const { rows: [{ outcome }] } = await book(visitor, '11:00');
  await Promise.all([writer, ...loaders].map((client) => client.query('COMMIT')));

  assert.equal(outcome, 'booked');
  // 54000 says what to do; 53200, out of shared memory, may hit anybody.
  assert.deepEqual(words.filter((word) => word !== 'written' && word !== '54000'), []);
});
