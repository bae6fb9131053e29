// Keys, holds and moves over HTTP: each step can be asked for again, and what is not a visitor's is
// refused or not there.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createBookingDatabase, dateIn, openHours, rpc, startGateway } from './stack.mjs';

let database;
let gateway;
let tomorrow;

before(async () => {
  database = await createBookingDatabase();
  await openHours(database, 'ada');
  tomorrow = await dateIn(database, 1);
  gateway = await startGateway({ DATABASE_URL: database.urlFor('slotguard_web') });
});
after(async () => {
  await gateway.stop();
  await database.drop();
});

const slotAt = (startup, time) =>
  ({ mentor_id: 'ada', startup_id: startup, session_date: tomorrow, session_time: time });
const book = (startup, time, more = {}) =>
  rpc(gateway, 'book_session', { ...slotAt(startup, time), ...more });
const hold = (startup, time, more = {}) =>
  rpc(gateway, 'hold_slot', { ...slotAt(startup, time), ...more });
const release = (token) => rpc(gateway, 'release_hold', { hold_token: token });
const codeOf = ({ status, body }) => [status, body.code];

test('a booking that is asked for again with its key is answered as it was, and is one', async () => {
  const first = await book(1, '09:00', { idempotency_key: 'first' });
  const again = await book(1, '09:00', { idempotency_key: 'first' });
  assert.deepEqual([first.body.outcome, first.body.replayed], ['booked', false]);
  assert.deepEqual(again.body, { ...first.body, replayed: true, hint: again.body.hint });
  assert.deepEqual(codeOf(await book(1, '09:30', { idempotency_key: 'first' })), [400, '22023']);
  assert.deepEqual(codeOf(await book(1, '09:30', { idempotency_key: '' })), [400, '22023']);
});

test('a stranger holds a time, and books it with the token', async () => {
  const held = await hold(2, '09:30', { hold_for: '90 seconds' });
  assert.deepEqual([held.status, held.body.outcome], [200, 'held']);
  const refused = await book(3, '09:30');
  assert.deepEqual([refused.status, refused.body.outcome], [200, 'slot_held']);
  assert.equal(refused.body.expires_at, held.body.expires_at);
  assert.ok(!refused.text.includes(held.body.hold_token));
  assert.equal((await hold(2, '09:30')).body.hold_token, held.body.hold_token);
  const booked = await book(2, '09:30', { hold_token: held.body.hold_token });
  assert.equal(booked.body.outcome, 'booked');
});

test('whoever has the token gives the time back, once', async () => {
  const { body: { hold_token: token } } = await hold(2, '10:00');
  assert.equal((await release(token)).body.outcome, 'released');
  assert.equal((await release(token)).body.outcome, 'not_found');
  assert.equal((await hold(3, '10:00')).body.outcome, 'held');
});

test('a token or a length that is none is the caller\'s mistake', async () => {
  assert.deepEqual(codeOf(await release('no-token')), [400, '22P02']);
  assert.deepEqual(codeOf(await book(4, '10:30', { hold_token: 'no-token' })), [400, '22P02']);
  assert.deepEqual(codeOf(await hold(4, '10:30', { hold_for: 'soon' })), [400, '22007']);
  assert.deepEqual(codeOf(await hold(4, '10:30', { hold_for: '2 hours' })), [400, '22023']);
  assert.deepEqual(codeOf(await release(null)), [400, '22004']);
});

test('a GET neither holds nor releases', async () => {
  const { body: { hold_token: token } } = await hold(5, '10:30');
  for (const call of [`hold_slot?${new URLSearchParams(slotAt(5, '11:00'))}`,
    `release_hold?hold_token=${token}`]) {
    const response = await fetch(`${gateway.url}/rpc/${call}`);
    assert.deepEqual([response.status, (await response.json()).code], [405, '25006'], call);
  }
  assert.equal((await release(token)).body.outcome, 'released');
});

test('nobody who has not shown who he is moves a session', async () => {
  const { body: { session_id: id } } = await book(6, '11:00');
  const moved = await rpc(gateway, 'reschedule_session',
    { session_id: id, session_date: tomorrow, session_time: '11:30' });
  assert.deepEqual(codeOf(moved), [401, '42501']);
  const { rows } = await database.admin.query(
    'SELECT session_time FROM mentor_startup_sessions WHERE startup_id = 6');
  assert.deepEqual(rows, [{ session_time: '11:00:00' }]);
});

test('a site that names them serves moves, the journal and calendar files to a role of its own', async () => {
  const { body: { session_id: id } } = await book(7, '11:30');
  const calls = [['booking_events_after', { max_events: 2 }], ['session_ics', { session_id: id }]];
  const unasked = await Promise.all(calls.map(async (call) => codeOf(await rpc(gateway, ...call))));
  assert.deepEqual(unasked, [[404, 'PGRST202'], [401, '42501']]);

  const clerk = `${database.name}_clerk`;
  const named = 'booking_events_after session_ics reschedule_session';
  await database.admin.query(`CREATE ROLE ${clerk} LOGIN; GRANT USAGE ON SCHEMA public TO ${clerk};
    GRANT SELECT ON booking_events, mentor_startup_sessions TO ${clerk};
    GRANT UPDATE ON mentor_startup_sessions TO ${clerk};
    GRANT EXECUTE ON FUNCTION booking_events_after, session_ics TO ${clerk}`);
  const [strangers, clerks] = await Promise.all(['slotguard_web', clerk].map((role) =>
    startGateway({ DATABASE_URL: database.urlFor(role), SLOTGUARD_FUNCTIONS: named })));
  try {
    for (const call of calls) assert.deepEqual(codeOf(await rpc(strangers, ...call)), [401, '42501']);
    const [events, file] = await Promise.all(calls.map((call) => rpc(clerks, ...call)));
    assert.deepEqual([events.status, events.body.length], [200, 2]);
    const next = await rpc(clerks, 'booking_events_after',
      { cursor: events.body[1].cursor, max_events: 1 });
    assert.ok(next.body[0].event_id > events.body[1].event_id);
    assert.match(file.body, /^BEGIN:VCALENDAR\r\n/);
    const moved = await rpc(clerks, 'reschedule_session',
      { session_id: id, session_date: await dateIn(database, 2), session_time: '11:30' });
    assert.equal(moved.body.outcome, 'rescheduled');
  } finally {
    await Promise.all([strangers.stop(), clerks.stop()]);
    await database.admin.query(`DROP OWNED BY ${clerk}; DROP ROLE ${clerk}`);
  }
});
