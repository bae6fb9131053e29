// Bookings over HTTP: the functions of the contract, as a stranger's program calls them.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { PostgrestClient } from '@supabase/postgrest-js';
import { createBookingDatabase, createDatabase, dateIn, openHours, root, rpc, runScript,
  startGateway } from './stack.mjs';

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

const book = (startup, time, more = {}) => rpc(gateway, 'book_session',
  { mentor_id: 'ada', startup_id: startup, session_date: tomorrow, session_time: time, ...more });
const sessionsAt = async (time) => (await database.admin.query(
  'SELECT startup_id::int FROM mentor_startup_sessions WHERE session_date = $1 AND session_time = $2',
  [tomorrow, time])).rows;

test('a free slot is booked, with every key of booking_result', async () => {
  const { status, body } = await book(1, '09:00');
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(body), ['outcome', 'session_id', 'mentor_id', 'startup_id',
    'session_date', 'session_time', 'starts_at', 'ends_at', 'time_zone', 'replayed', 'hold_token',
    'expires_at', 'message', 'hint', 'alternatives']);
  assert.equal(body.outcome, 'booked');
  assert.equal(body.message, 'Your session is booked.');
});

test('a lost race is an answer with status 200, with times that can be booked', async () => {
  await book(1, '09:30');
  const lines = gateway.log.length;
  const { status, body } = await book(2, '09:30');
  assert.deepEqual([status, body.outcome], [200, 'slot_taken']);
  assert.ok(body.alternatives.length > 0);
  const [{ session_date, session_time }] = body.alternatives;
  const second = await rpc(gateway, 'book_session',
    { mentor_id: 'ada', startup_id: 2, session_date, session_time });
  assert.equal(second.body.outcome, 'booked');
  assert.equal(gateway.log.length, lines, 'and no log line');
});

test('of many who ask at once exactly one wins', async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => book(100 + n, '11:00')));
  const outcomes = answers.map(({ body }) => body.outcome);
  assert.equal(outcomes.filter((word) => word === 'booked').length, 1);
  assert.equal(outcomes.filter((word) => word === 'slot_taken').length, 29);
  assert.equal((await sessionsAt('11:00')).length, 1);
});

test('an answer tells nobody who holds the slot', async () => {
  await book(31337, '10:30');
  const { text } = await book(2, '10:30');
  assert.ok(!text.includes('31337'));
  const list = await rpc(gateway, 'available_slots',
    { mentor_id: 'ada', from_date: tomorrow, to_date: tomorrow });
  assert.ok(!list.text.includes('31337'));
});

test('every outcome has the shape that pg_regress wrote down', async () => {
  const fixture = JSON.parse(await readFile(`${root}tests/fixtures/outcomes.json`, 'utf8'));
  const { body } = await book(1, '09:00');
  for (const [word, example] of Object.entries(fixture)) {
    assert.deepEqual(Object.keys(example).sort(), Object.keys(body).sort(), word);
  }
});

test('lists and what a page must know of a mentor can be fetched by GET', async () => {
  const query = `mentor_id=ada&from_date=${tomorrow}&to_date=${tomorrow}`;
  for (const path of [`available_slots?${query}`, 'next_available_slots?mentor_id=ada',
    'mentor_info?mentor_id=ada']) {
    const response = await fetch(`${gateway.url}/rpc/${path}`);
    assert.equal(response.status, 200, path);
    await response.json();
  }
});

test('a long list is packed for who takes gzip, is the same, and a short answer is left alone', async () => {
  const list = (encoding, to) => fetch(`${gateway.url}/rpc/available_slots?${new URLSearchParams(
    { mentor_id: 'ada', from_date: tomorrow, to_date: to })}`, { headers: { 'Accept-Encoding': encoding } });
  const later = await dateIn(database, 30);
  const [packed, plain, short] = await Promise.all(
    [list('gzip', later), list('identity', later), list('gzip', tomorrow)]);
  assert.deepEqual([packed, plain, short].map(({ headers }) => headers.get('content-encoding')),
    ['gzip', null, null]);
  assert.match(packed.headers.get('vary'), /Accept-Encoding/);
  assert.match(plain.headers.get('vary'), /Accept-Encoding/);
  const length = ({ headers }) => Number(headers.get('content-length'));
  assert.ok(length(packed) * 10 < length(plain), `${length(packed)} of ${length(plain)} bytes`);
  const text = await plain.text();
  assert.equal(Buffer.byteLength(text), length(plain));
  assert.equal(await packed.text(), text);
  assert.equal((await short.json()).length, 6);
});

test('a GET never books', async () => {
  const query = `mentor_id=ada&startup_id=5&session_date=${tomorrow}&session_time=11:30`;
  const response = await fetch(`${gateway.url}/rpc/book_session?${query}`);
  assert.deepEqual([response.status, (await response.json()).code], [405, '25006']);
  assert.deepEqual(await sessionsAt('11:30'), []);
});

test('a program\'s mistake is an error, with the SQLSTATE', async () => {
  const nothing = await book(null, '11:30');
  assert.deepEqual([nothing.status, nothing.body.code], [400, '22004']);
  const never = await book(1, '11:30', { duration: '0 minutes' });
  assert.deepEqual([never.status, never.body.code], [400, '22023']);
});

test('nobody who has not shown who he is cancels a session', async () => {
  const { body: { session_id: sessionId } } = await book(6, '11:30');
  const { status, body } = await rpc(gateway, 'cancel_session', { session_id: sessionId });
  assert.deepEqual([status, body.code], [401, '42501']);
  assert.equal((await sessionsAt('11:30')).length, 1);
});

test('triggers and other internals are not to be called', async () => {
  const { rows } = await database.admin.query(
    "SELECT DISTINCT proname FROM pg_proc WHERE pronamespace = 'slotguard_internal'::regnamespace");
  assert.ok(rows.length > 0);
  for (const { proname } of rows) {
    assert.equal((await rpc(gateway, proname, {})).body.code, 'PGRST202', proname);
  }
});

test('the gateway\'s role may insert sessions and holds and touch nothing else', async () => {
  const { rows } = await database.admin.query(`
    SELECT c.relname, p.privilege
    FROM pg_class c, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS p(privilege)
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
      AND has_table_privilege('slotguard_web', c.oid, p.privilege)
    ORDER BY c.relname`);
  assert.deepEqual(rows, ['mentor_startup_sessions', 'slot_holds'].map((relname) =>
    ({ relname, privilege: 'INSERT' })));
  const { rows: [role] } = await database.admin.query(`
    SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls AS mighty
    FROM pg_roles WHERE rolname = 'slotguard_web'`);
  assert.equal(role.mighty, false);
});

/** What of slotguard's API a role may execute. */
const executableBy = async (role) => (await database.admin.query(`
  SELECT p.proname FROM pg_proc p
  JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
  JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
  WHERE e.extname = 'slotguard' AND p.pronamespace = e.extnamespace
    AND has_function_privilege($1, p.oid, 'EXECUTE')
  ORDER BY p.proname`, [role])).rows.map(({ proname }) => proname);

test('the gateway\'s role may execute the calls for visitors and nothing else', async () => {
  assert.deepEqual(await executableBy('slotguard_web'),
    ['available_slots', 'book_session', 'cancel_session', 'hold_slot', 'mentor_info',
      'next_available_slots', 'preview_hours', 'release_hold', 'reschedule_session']);
});

test('a writer with no right to execute anything writes settings, hours and sessions', async () => {
  await database.admin.query(`CREATE ROLE ${database.name}_writer`);
  await database.admin.query(`GRANT INSERT ON ALL TABLES IN SCHEMA public TO ${database.name}_writer`);
  await database.admin.query(`SET ROLE ${database.name}_writer`);
  try {
    await openHours(database, 'written by a role of few rights');
    await database.admin.query(`INSERT INTO mentor_startup_sessions (mentor_id, startup_id,
      session_date, session_time) VALUES ('someone', 99, '2030-01-01', '10:00')`);
  } finally {
    await database.admin.query('RESET ROLE');
    await database.admin.query(`DROP OWNED BY ${database.name}_writer`);
    await database.admin.query(`DROP ROLE ${database.name}_writer`);
  }
});

test('of all that stands in the schema only the calls for visitors are served', async () => {
  await database.admin.query("CREATE FUNCTION ours_alone() RETURNS int LANGUAGE sql AS 'SELECT 1'");
  for (const name of ['ours_alone', 'setup_booking', 'check_booking', 'prune_booking_events',
    'latest_booking_cursor']) {
    assert.equal((await rpc(gateway, name, {})).body.code, 'PGRST202', name);
  }
  const other = await startGateway({ DATABASE_URL: database.urlFor('slotguard_web'),
    SLOTGUARD_FUNCTIONS: 'ours_alone, setup_booking' });
  try {
    assert.equal((await rpc(other, 'ours_alone', {})).body, 1);
    assert.equal((await rpc(other, 'mentor_info', { mentor_id: 'ada' })).status, 404);
    const { status, body } = await rpc(other, 'setup_booking', {});
    assert.deepEqual([status, body.code], [401, '42501']);
  } finally {
    await other.stop();
  }
});

test('before setup_booking() the answer says what to do', async () => {
  const bare = await createDatabase();
  await bare.admin.query('CREATE EXTENSION slotguard');
  const other = await startGateway({ DATABASE_URL: bare.urlFor('slotguard_web') });
  try {
    const { status, body } = await rpc(other, 'book_session',
      { mentor_id: 'ada', startup_id: 1, session_date: tomorrow, session_time: '09:00' });
    assert.deepEqual([status, body.code], [404, '42P01']);
    assert.match(body.hint, /setup_booking/);
  } finally {
    await other.stop();
    await bare.drop();
  }
});

test('only functions of the schema that it is told of are served', async () => {
  const elsewhere = await createDatabase();
  await elsewhere.admin.query('CREATE SCHEMA app');
  await elsewhere.admin.query('CREATE EXTENSION slotguard SCHEMA app');
  await elsewhere.admin.query('SELECT app.setup_booking()');
  await runScript(elsewhere, 'web/server/api_role.sql', { schema: 'app' });
  const url = elsewhere.urlFor('slotguard_web');
  const [right, wrong] = [await startGateway({ DATABASE_URL: url, SLOTGUARD_SCHEMA: 'app' }),
    await startGateway({ DATABASE_URL: url })];
  try {
    const call = [{ mentor_id: 'new', startup_id: 1, session_date: tomorrow, session_time: '09:00' }];
    assert.equal((await rpc(right, 'book_session', ...call)).body.outcome, 'booked');
    assert.equal((await rpc(wrong, 'book_session', ...call)).body.code, 'PGRST202');
  } finally {
    await Promise.all([right.stop(), wrong.stop()]);
    await elsewhere.drop();
  }
});

test('@supabase/postgrest-js books, is refused and lists, unchanged', async () => {
  const client = new PostgrestClient(gateway.url, { schema: 'public' });
  const args = { mentor_id: 'ada', startup_id: 8, session_date: tomorrow, session_time: '11:00' };
  const refused = await client.rpc('book_session', args).single();
  assert.equal(refused.error, null);
  assert.equal(refused.data.outcome, 'slot_taken');

  const { session_date, session_time } = refused.data.alternatives[0];
  const booked = await client.rpc('book_session', { ...args, session_date, session_time });
  assert.deepEqual([booked.status, booked.data.outcome], [200, 'booked']);

  const range = { mentor_id: 'ada', from_date: tomorrow, to_date: tomorrow };
  const list = await client.rpc('available_slots', range, { get: true, count: 'exact' });
  assert.equal(list.data.length, 6);
  assert.equal(list.count, 6);
  const counted = await client.rpc('available_slots', range, { head: true, count: 'exact' });
  assert.deepEqual([counted.error, counted.count], [null, 6]);

  const first = await client.rpc('next_available_slots', { mentor_id: 'ada', how_many: 1 }).single();
  assert.equal(first.data.state, 'available');
  const none = await client.rpc('available_slots', { ...range, mentor_id: 'nobody' }).maybeSingle();
  assert.deepEqual([none.error, none.data], [null, null]);

  const wrong = await client.rpc('book_session', { mentor_id: 'ada' });
  assert.deepEqual([wrong.status, wrong.error.code], [404, 'PGRST202']);
  const failing = await client.rpc('book_session', { ...args, startup_id: 'seven' });
  assert.deepEqual([failing.status, failing.error.code], [400, '22P02']);
});
