// The stream of events: whoever listens to a mentor is told each day that changed, and nothing of
// those who changed it.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { EventStream, listen } from './event_stream.mjs';
import { createBookingDatabase, dateIn, openHours, rpc, startGateway } from './stack.mjs';

let database;
let gateway;
let heartbeat;
let day;
let nextDay;
let farDay;
let mentors = 0;
/** A mentor and a startup of each test's own. */
let mentor;
let startup;

before(async () => {
  database = await createBookingDatabase();
  gateway = await startGateway({ DATABASE_URL: database.urlFor('slotguard_web'),
    SLOTGUARD_EVENTS_INTERVAL: '20' });
  day = await dateIn(database, 2);
  nextDay = await dateIn(database, 3);
  farDay = await dateIn(database, 40);
  await openHours(database, 'quiet');
  heartbeat = await listen(gateway, 'quiet');
});
after(async () => {
  await gateway.stop();
  await database.drop();
});
beforeEach(async () => {
  startup = mentors += 1;
  mentor = `mentor ${startup}`;
  await openHours(database, mentor);
});

const query = (text, values) => database.admin.query(text, values);
const book = async (date, time) => (await query(
  'SELECT * FROM book_session($1, $2, $3, $4)', [mentor, startup, date, time])).rows[0];
const listed = async (from, to) => (await rpc(gateway, 'available_slots',
  { mentor_id: mentor, from_date: from, to_date: to })).body;

test('the first event is the whole list, from today to the horizon', async () => {
  const stream = await listen(gateway, mentor);
  const { rows: [{ today, last }] } = await query(`SELECT CURRENT_DATE::text AS today,
    least((now() + '1 year')::date, CURRENT_DATE + 365)::text AS last`);
  assert.equal(stream.first.type, 'slots');
  assert.deepEqual(stream.first.slots, await listed(today, last));
  assert.deepEqual([stream.first.dates.at(0), stream.first.dates.at(-1)], [today, last]);
  assert.equal(stream.response.headers['content-type'], 'text/event-stream; charset=utf-8');
  assert.equal(stream.response.headers['cache-control'], 'no-store');
  stream.close();
});

test('a booking is told to all who listen, with the rows of that day and no other', async () => {
  const streams = await Promise.all([1, 2, 3].map(() => listen(gateway, mentor)));
  await book(day, '10:00');
  const told = await Promise.all(streams.map((stream) => stream.next()));
  for (const event of told) {
    assert.deepEqual(event, { type: 'slots', dates: [day], slots: await listed(day, day) });
  }
  assert.equal(streams[0].stateOf(day, '10:00'), 'booked');
  for (const stream of streams) stream.close();
});

test('a booking at another mentor\'s is not told', async () => {
  const stream = await listen(gateway, mentor);
  await query("SELECT book_session('quiet', 999, $1, '10:00')", [day]);
  await book(day, '11:00');
  await stream.until(() => stream.stateOf(day, '11:00') === 'booked');
  assert.equal(stream.stateOf(day, '10:00'), 'available');
  stream.close();
});

test('every change of a session is told, whoever writes', async () => {
  const stream = await listen(gateway, mentor);
  const becomes = (time, state, date = day) =>
    stream.until(() => stream.stateOf(date, time) === state);
  const { session_id } = await book(day, '09:00');
  await becomes('09:00', 'booked');
  await query("SELECT reschedule_session($1, $2, '09:30')", [session_id, farDay]);
  await becomes('09:30', 'booked', farDay);
  await becomes('09:00', 'available');
  await query('SELECT cancel_session($1)', [session_id]);
  await becomes('09:30', 'available', farDay);
  await query("UPDATE mentor_startup_sessions SET status = 'scheduled' WHERE id = $1",
    [session_id]);
  await becomes('09:30', 'booked', farDay);
  await query('DELETE FROM mentor_startup_sessions WHERE id = $1', [session_id]);
  await becomes('09:30', 'available', farDay);
  await query(`INSERT INTO mentor_startup_sessions
    (mentor_id, startup_id, session_date, session_time) VALUES ($1, 999, $2, '11:00')`,
  [mentor, day]);
  await becomes('11:00', 'booked');
  stream.close();
});

test('a session that goes to another mentor is told to both', async () => {
  const other = `${mentor} too`;
  await openHours(database, other);
  const [from, to] = await Promise.all([mentor, other].map((one) => listen(gateway, one)));
  const { session_id } = await book(day, '09:00');
  await from.until(() => from.stateOf(day, '09:00') === 'booked');
  await query('UPDATE mentor_startup_sessions SET mentor_id = $1 WHERE id = $2',
    [other, session_id]);
  await Promise.all([from.until(() => from.stateOf(day, '09:00') === 'available'),
    to.until(() => to.stateOf(day, '09:00') === 'booked')]);
  from.close();
  to.close();
});

test('a hold is told, and its end, though nobody writes that', async () => {
  const stream = await listen(gateway, mentor);
  const hold = (time, length) => query(
    'SELECT (hold_slot($1, $2, $3, $4, hold_for => $5)).hold_token',
    [mentor, startup, day, time, length]);
  const { rows: [{ hold_token }] } = await hold('09:00', '5 minutes');
  await stream.until(() => stream.stateOf(day, '09:00') === 'held');
  await query('SELECT release_hold($1)', [hold_token]);
  await stream.until(() => stream.stateOf(day, '09:00') === 'available');
  await hold('10:00', '3 seconds');
  await stream.until(() => stream.stateOf(day, '10:00') === 'held');
  await stream.until(() => stream.stateOf(day, '10:00') === 'available');
  stream.close();
});

test('a week that is full is told on all its days', async () => {
  await query('UPDATE mentor_settings SET max_sessions_per_week = 1 WHERE mentor_id = $1',
    [mentor]);
  const stream = await listen(gateway, mentor);
  await book(farDay, '09:00');
  const { dates } = await stream.next();
  assert.equal(dates.length, 7);
  const weekday = new Date(dates[0]).getUTCDay();
  assert.equal(weekday, 1, 'from Monday on');
  for (const date of dates) assert.equal(stream.stateOf(date, '11:00'), 'closed');
  stream.close();
});

test('settings, hours and time off are told at once', async () => {
  const stream = await listen(gateway, mentor);
  await query(`INSERT INTO mentor_availability (mentor_id, rrule, opens, closes)
    VALUES ($1, 'FREQ=DAILY', '14:00', '15:00')`, [mentor]);
  await stream.until(() => stream.stateOf(farDay, '14:30') === 'available');
  await query(`INSERT INTO mentor_availability_overrides (mentor_id, during, available)
    VALUES ($1, tstzrange($2::date, $2::date + 1), false)`, [mentor, day]);
  const off = await stream.next();
  assert.deepEqual(off, { type: 'slots', dates: [day], slots: [] });
  await query("UPDATE mentor_settings SET slot_duration = '1 hour' WHERE mentor_id = $1", [mentor]);
  await stream.until(() => stream.stateOf(farDay, '14:30') === undefined);
  assert.equal(stream.stateOf(farDay, '14:00'), 'available');
  await query('DELETE FROM mentor_availability WHERE mentor_id = $1', [mentor]);
  await stream.until(() => stream.days.size === 0);
  stream.close();
});

test('a horizon that comes nearer closes what lies behind it', async () => {
  const stream = await listen(gateway, mentor);
  await query("UPDATE mentor_settings SET booking_horizon = '10 days' WHERE mentor_id = $1",
    [mentor]);
  await stream.until(() => stream.stateOf(farDay, '09:00') === 'closed');
  assert.equal(stream.stateOf(day, '09:00'), 'available');
  stream.close();
});

test('that all sessions, holds or hours are gone at once is told too', async () => {
  const stream = await listen(gateway, mentor);
  await book(day, '09:00');
  await stream.until(() => stream.stateOf(day, '09:00') === 'booked');
  await query('TRUNCATE mentor_startup_sessions');
  await stream.until(() => stream.stateOf(day, '09:00') === 'available');
  await query("SELECT hold_slot($1, $2, $3, '09:00')", [mentor, startup, day]);
  await stream.until(() => stream.stateOf(day, '09:00') === 'held');
  await query('TRUNCATE slot_holds');
  await stream.until(() => stream.stateOf(day, '09:00') === 'available');
  stream.close();
});

test('nothing told names who booked, what, or under which key', async () => {
  const stream = await listen(gateway, mentor);
  const { session_id, startup_id } = (await query(
    "SELECT * FROM book_session($1, 8315662, $2, '09:00', idempotency_key => 'key of mine')",
    [mentor, day])).rows[0];
  await query("SELECT cancel_session($1, 'reason of mine')", [session_id]);
  await query("SELECT hold_slot($1, 8315662, $2, '10:00')", [mentor, day]);
  await stream.until(() => stream.stateOf(day, '10:00') === 'held');
  for (const secret of [startup_id, 'of mine', 'startup', 'session_id', 'token', mentor]) {
    assert.ok(!stream.text.includes(secret), secret);
  }
  const columns = new Set([...stream.days.values()].flat().flatMap((row) => Object.keys(row)));
  assert.deepEqual([...columns], ['session_date', 'session_time', 'starts_at', 'ends_at', 'state']);
  stream.close();
});

// Coming back ----------------------------------------------------------------------------------

test('who comes back is told what changed meanwhile, and only that', async () => {
  const [stream, other] = [await listen(gateway, mentor), await listen(gateway, mentor)];
  await book(day, '09:00');
  await stream.until(() => stream.stateOf(day, '09:00') === 'booked');
  stream.close();
  await book(nextDay, '09:00');
  await book(farDay, '09:00');
  await other.until(() => other.stateOf(farDay, '09:00') === 'booked');
  await stream.open();
  assert.deepEqual((await stream.next()).dates, [nextDay, farDay]);
  stream.close();
  await stream.open();
  assert.deepEqual(await stream.next(), { type: 'slots', dates: [], slots: [] });
  stream.close();
  other.close();
});

test('who was the only one to listen is told what he missed as well', async () => {
  const stream = await listen(gateway, mentor);
  stream.close();
  await book(day, '09:00');
  await stream.open();
  await stream.until(() => stream.stateOf(day, '09:00') === 'booked');
  stream.close();
});

test('who is told all is told of the days that have no slots any more', async () => {
  const stream = await listen(gateway, mentor);
  stream.close();
  await query('DELETE FROM mentor_availability WHERE mentor_id = $1', [mentor]);
  stream.lastId = '1-1';
  await stream.open();
  await stream.until(() => stream.days.size === 0);
  stream.close();
});

test('who comes with an id of long ago, or of elsewhere, is told all', async () => {
  for (const lastId of ['1-1', 'nonsense', '999999-848962091283597']) {
    const stream = new EventStream(gateway, mentor);
    stream.lastId = lastId;
    await stream.open();
    assert.ok((await stream.next()).dates.length > 300, lastId);
    stream.close();
  }
});

test('a comment now and then keeps a quiet stream open', async () => {
  while (heartbeat.comments === 0) {
    await new Promise((resolve) => { heartbeat.response.once('data', resolve); });
  }
  assert.equal(heartbeat.isOpen, true);
});
