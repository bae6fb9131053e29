// Where people sign in: a startup books and sees what is its own, a mentor likewise, and whoever
// shows no token can list and no more.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createDatabase, createSignedInStack, dateIn, mentorClaims,
  openHours, rpc, runScript, signedIn, startGateway, startupClaims } from './stack.mjs';

let database;
let gateway;
let tomorrow;

before(async () => {
  ({ database, gateway } = await createSignedInStack());
  for (const mentor of ['ada', 'grace']) await openHours(database, mentor);
  tomorrow = await dateIn(database, 1);
});
after(async () => {
  await gateway.stop();
  await database.drop();
});

const startup = (id) => signedIn(startupClaims(id));
const mentor = (id) => signedIn(mentorClaims(id));
const call = async (name, args, who = {}) => {
  const { status, body } = await rpc(gateway, name, args, who);
  return { status, ...(body !== null && typeof body === 'object' ? body : { body }) };
};
const book = (id, time, who = startup(id), more = {}) => call('book_session',
  { mentor_id: 'ada', startup_id: id, session_date: tomorrow, session_time: time, ...more }, who);
const statusOf = async (id) => (await database.admin.query(
  'SELECT status FROM mentor_startup_sessions WHERE id = $1', [id])).rows[0].status;

test('a startup books, moves, reads and cancels its own session', async () => {
  const { outcome, session_id } = await book(1, '09:00');
  assert.equal(outcome, 'booked');
  const moved = await call('reschedule_session',
    { session_id, session_date: tomorrow, session_time: '09:30' }, startup(1));
  assert.equal(moved.outcome, 'rescheduled');
  const { body } = await call('session_ics', { session_id }, startup(1));
  assert.match(body, /^BEGIN:VCALENDAR/);
  const cancelled = await call('cancel_session', { session_id, reason: 'ill' }, startup(1));
  assert.equal(cancelled.outcome, 'cancelled');
});

test('a startup holds a slot, is given the same token again, and books with it', async () => {
  const wish = { mentor_id: 'ada', startup_id: 2, session_date: tomorrow, session_time: '10:00' };
  const held = await call('hold_slot', wish, startup(2));
  assert.equal(held.outcome, 'held');
  const again = await call('hold_slot', wish, startup(2));
  assert.deepEqual([again.replayed, again.hold_token], [true, held.hold_token]);
  const { outcome } = await book(2, '10:00', startup(2), { hold_token: held.hold_token });
  assert.equal(outcome, 'booked');
});

test('a startup neither books nor holds as another', async () => {
  const wish = { mentor_id: 'ada', startup_id: 4, session_date: tomorrow, session_time: '10:30' };
  for (const name of ['book_session', 'hold_slot']) {
    const { status, code } = await call(name, wish, startup(3));
    assert.deepEqual([status, code], [403, '42501'], name);
  }
});

test('a startup finds no session of another, by any call', async () => {
  const { session_id } = await book(5, '11:00');
  for (const who of [startup(6), mentor('grace'), signedIn({ role: 'slotguard_startup' }),
    signedIn({ role: 'slotguard_mentor' })]) {
    assert.equal((await call('cancel_session', { session_id }, who)).outcome, 'not_found');
    assert.equal((await call('session_ics', { session_id }, who)).body, null);
  }
  const move = { session_id, session_date: tomorrow, session_time: '11:30' };
  assert.equal((await call('reschedule_session', move, startup(6))).outcome, 'not_found');
  assert.equal(await statusOf(session_id), 'scheduled');
});

test('a token that names no startup learns nothing of one, whether it is busy, free or has used a key', async () => {
  const grace = { mentor_id: 'grace' };
  const booked = await book(8, '10:30', startup(8), { ...grace, idempotency_key: 'k' });
  assert.equal(booked.outcome, 'booked');
  const unnamed = signedIn({ role: 'slotguard_startup' });
  const answers = [
    await book(8, '10:30', unnamed, { ...grace, idempotency_key: 'k' }),
    await book(8, '10:30', unnamed, grace),
    await book(8, '11:30', unnamed, grace),
    await book(8, '10:30', unnamed),
    await call('hold_slot', { mentor_id: 'ada', startup_id: 8, session_date: tomorrow,
      session_time: '10:30' }, unnamed),
  ];
  for (const { status, code, session_id } of answers) {
    assert.deepEqual([status, code, session_id], [403, '42501', undefined]);
  }
});

test('a mentor cancels with a reason, and reads the calendar file', async () => {
  const { session_id } = await book(7, '11:30');
  assert.match((await call('session_ics', { session_id }, mentor('ada'))).body, /^BEGIN:VCALENDAR/);
  const { outcome } = await call('cancel_session', { session_id, reason: 'ill' }, mentor('ada'));
  assert.equal(outcome, 'cancelled');
  const { rows } = await database.admin.query(
    'SELECT cancellation_reason FROM mentor_startup_sessions WHERE id = $1', [session_id]);
  assert.equal(rows[0].cancellation_reason, 'ill');
});

test('a mentor books for nobody', async () => {
  const { status, code } = await book(8, '11:30', mentor('ada'));
  assert.deepEqual([status, code], [403, '42501']);
});

test('who shows no token lists, and neither books nor holds', async () => {
  const wish = { mentor_id: 'ada', startup_id: 9, session_date: tomorrow, session_time: '11:30' };
  for (const name of ['book_session', 'hold_slot']) {
    const { status, code } = await call(name, wish);
    assert.deepEqual([status, code], [401, '42501'], name);
  }
  const list = await rpc(gateway, 'available_slots',
    { mentor_id: 'ada', from_date: tomorrow, to_date: tomorrow });
  assert.equal(list.body.length, 6);
});

test('everybody who is signed in lists', async () => {
  for (const who of [startup(1), mentor('grace')]) {
    const list = await rpc(gateway, 'next_available_slots', { mentor_id: 'ada' }, who);
    assert.ok(list.body.length > 0);
  }
});

test('the journal is nobody\'s but the reader\'s', async () => {
  for (const role of ['slotguard_web', 'slotguard_startup', 'slotguard_mentor']) {
    const { rows: [may] } = await database.admin.query(`SELECT
      has_table_privilege($1, 'booking_events', 'SELECT') AS look,
      has_function_privilege($1, 'booking_events_after(text, int)', 'EXECUTE') AS follow`, [role]);
    assert.deepEqual(may, { look: false, follow: false }, role);
  }
  const { rows } = await database.admin.query(`SELECT c.relname, p.privilege
    FROM pg_class c, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) p(privilege)
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
      AND has_table_privilege('slotguard_journal', c.oid, p.privilege)`);
  assert.deepEqual(rows, [{ relname: 'booking_events', privilege: 'SELECT' }]);
});

test('the roles can be set up again, and the guard stays whole', async () => {
  for (const file of ['api_role', 'signed_in_roles']) {
    await runScript(database, `web/server/${file}.sql`);
  }
  const { status } = await book(9, '11:30', {});
  assert.equal(status, 401, 'what the first gives to strangers, the second takes away again');
  const { rows } = await database.admin.query('SELECT * FROM check_booking() WHERE NOT ok');
  assert.deepEqual(rows, []);
});

test('mentors whose keys are uuids have their own rows too', async () => {
  const uuids = await createDatabase();
  await uuids.admin.query(`CREATE EXTENSION slotguard;
    CREATE TABLE mentor_startup_sessions (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      mentor_id uuid NOT NULL, startup_id bigint NOT NULL, session_date date NOT NULL,
      session_time time NOT NULL, status text NOT NULL DEFAULT 'scheduled');
    SELECT setup_booking()`);
  for (const file of ['api_role', 'signed_in_roles']) {
    await runScript(uuids, `web/server/${file}.sql`);
  }
  const [own, other] = ['11111111-1111-4111-8111-111111111111',
    '22222222-2222-4222-8222-222222222222'];
  await uuids.admin.query(`BEGIN;
    INSERT INTO mentor_settings (mentor_id) VALUES ('${own}'), ('${other}');
    SET LOCAL ROLE slotguard_mentor`);
  await uuids.admin.query("SELECT set_config('request.jwt.claims', $1, true)",
    [JSON.stringify(mentorClaims(own))]);
  const { rows } = await uuids.admin.query('SELECT mentor_id FROM mentor_settings');
  await uuids.admin.query('ROLLBACK');
  await uuids.drop();
  assert.deepEqual(rows, [{ mentor_id: own }]);
});

test('the roles serve a schema of another name', async () => {
  const elsewhere = await createDatabase();
  await elsewhere.admin.query(`CREATE SCHEMA "my app"; CREATE EXTENSION slotguard SCHEMA "my app";
    SELECT "my app".setup_booking()`);
  for (const file of ['api_role', 'signed_in_roles']) {
    await runScript(elsewhere, `web/server/${file}.sql`, { schema: 'my app' });
  }
  const other = await startGateway({ DATABASE_URL: elsewhere.urlFor('slotguard_web'),
    SLOTGUARD_SCHEMA: 'my app', SLOTGUARD_JWT_SECRET: 'x'.repeat(40) });
  const { body } = await rpc(other, 'book_session', { mentor_id: 'new', startup_id: 1,
    session_date: tomorrow, session_time: '09:00' },
  signedIn(startupClaims(1), { secret: 'x'.repeat(40) }));
  await other.stop();
  await elsewhere.drop();
  assert.equal(body.outcome, 'booked');
});
