// Writing rows by the table routes, as PostgREST has it, and under the policies of who asks.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { PostgrestClient } from '@supabase/postgrest-js';
import { createProtocolDatabase, dateIn, jwtSecret, mentorClaims, rpc, signedIn, startGateway,
  startupClaims } from './stack.mjs';
import { ada, createTableStack, whole } from './table_stack.mjs';

let stack;
let database;
let gateway;

before(async () => {
  stack = await createTableStack();
  ({ database, gateway } = stack);
});
after(() => stack.end());
beforeEach(() => stack.fill());

const ask = (path, how) => stack.ask(path, how);
const hoursOf = (mentor) => stack.hoursOf(mentor);

test('a row is added, and told where that is asked', async () => {
  const row = { mentor_id: 'ada', opens: '16:00', closes: '17:00', rrule: 'FREQ=WEEKLY;BYDAY=FR' };
  const quiet = await ask('mentor_availability', { method: 'POST', body: row });
  assert.deepEqual([quiet.status, quiet.text], [201, '']);
  const told = await ask('mentor_availability?select=opens,rrule',
    { method: 'POST', body: { ...row, opens: '16:30' }, prefer: whole });
  assert.deepEqual([told.status, told.body, told.headers.get('preference-applied')],
    [201, [{ opens: '16:30:00', rrule: row.rrule }], 'return=representation']);
  assert.deepEqual(await hoursOf('ada'), ['08:00', '09:00', '13:00', '16:00', '16:30']);
});

test('several rows are added at once, or none', async () => {
  const rows = ['16:00', '18:00'].map((at) => ({ mentor_id: 'ada', opens: at, closes: '19:00' }));
  const two = await ask('mentor_availability', { method: 'POST', body: rows, prefer: whole });
  assert.deepEqual(two.body.map((row) => row.opens), ['16:00:00', '18:00:00']);
  const third = { mentor_id: 'grace', opens: '20:00', closes: '21:00' };
  const { status } = await ask('mentor_availability', { method: 'POST',
    body: [{ ...third, mentor_id: 'ada' }, third] });
  assert.equal(status, 403);
  assert.deepEqual(await hoursOf('ada'), ['08:00', '09:00', '13:00', '16:00', '18:00']);
  const none = await ask('mentor_availability', { method: 'POST', body: [], prefer: whole });
  assert.deepEqual([none.status, none.body], [201, []]);
});

test('time off is a range whose ends may be on a clock', async () => {
  const { status, body } = await ask('mentor_availability_overrides', { method: 'POST',
    prefer: whole, body: { mentor_id: 'ada', available: false, reason: 'away',
      during: '[2026-12-01 09:00 Europe/Berlin,2026-12-01 17:00 Europe/Berlin)' } });
  assert.equal(status, 201);
  assert.equal(body[0].during, '["2026-12-01 08:00:00+00","2026-12-01 16:00:00+00")');
});

test('rows that a filter finds are changed, and told where that is asked', async () => {
  const change = { closes: '12:30' };
  const quiet = await ask('mentor_availability?opens=eq.09:00', { method: 'PATCH', body: change });
  assert.deepEqual([quiet.status, quiet.text], [204, '']);
  const told = await ask('mentor_availability?opens=lt.12:00&select=opens,closes',
    { method: 'PATCH', body: change, prefer: whole });
  assert.equal(told.status, 200);
  assert.deepEqual(told.body.toSorted((one, other) => (one.opens < other.opens ? -1 : 1)),
    [{ opens: '08:00:00', closes: '12:30:00' }, { opens: '09:00:00', closes: '12:30:00' }]);
});

test('settings are changed, and a change of nobody\'s is told too', async () => {
  const told = await ask('mentor_settings?mentor_id=eq.ada&select=slot_duration',
    { method: 'PATCH', body: { slot_duration: '45 minutes' }, prefer: whole });
  assert.deepEqual([told.status, told.body], [200, [{ slot_duration: '00:45:00' }]]);
  const nobody = await ask('mentor_settings?mentor_id=eq.grace',
    { method: 'PATCH', body: { slot_duration: '45 minutes' }, prefer: whole });
  assert.deepEqual([nobody.status, nobody.body], [200, []]);
  const nothing = await ask('mentor_settings?mentor_id=eq.ada', { method: 'PATCH', body: {} });
  assert.equal(nothing.status, 204);
});

test('rows that a filter finds are removed', async () => {
  const told = await ask('mentor_availability?opens=eq.09:00&select=opens',
    { method: 'DELETE', prefer: whole });
  assert.deepEqual([told.status, told.body], [200, [{ opens: '09:00:00' }]]);
  const quiet = await ask('mentor_availability?opens=eq.13:00', { method: 'DELETE' });
  assert.deepEqual([quiet.status, quiet.text], [204, '']);
  assert.deepEqual(await hoursOf('ada'), ['08:00']);
});

test('a change or removal of all rows is refused: a filter was forgotten', async () => {
  for (const [method, body] of [['PATCH', { closes: '23:00' }], ['DELETE', undefined]]) {
    const answer = await ask('mentor_availability', { method, body });
    assert.deepEqual([answer.status, answer.body.code], [400, '21000'], method);
    const limited = await ask('mentor_availability?opens=eq.09:00&limit=1', { method, body });
    assert.deepEqual([limited.status, limited.body.code], [400, 'PGRST100'], method);
  }
  assert.equal((await hoursOf('ada')).length, 3);
});

test('what cannot be told as one object is undone', async () => {
  const { status } = await ask('mentor_availability?opens=gt.00:00', { method: 'DELETE',
    prefer: { ...whole, Accept: 'application/vnd.pgrst.object+json' } });
  assert.equal(status, 406);
  assert.equal((await hoursOf('ada')).length, 3);
});

test('what the database refuses, it says in its own words', async () => {
  const zone = await ask('mentor_settings?mentor_id=eq.ada',
    { method: 'PATCH', body: { time_zone: 'Mars/Olympus' } });
  assert.deepEqual([zone.status, zone.body.code], [400, '22023']);
  assert.match(zone.body.hint, /Europe\/Paris/);
  const twice = await ask('mentor_settings', { method: 'POST', body: { mentor_id: 'ada' } });
  assert.deepEqual([twice.status, twice.body.code], [409, '23505']);
  const missing = await ask('mentor_availability', { method: 'POST',
    body: { mentor_id: 'ada' } });
  assert.deepEqual([missing.status, missing.body.code], [400, '23502']);
});

test('a number too large for JavaScript is written as it is', async () => {
  const { body } = await ask('mentor_settings?mentor_id=eq.ada', { method: 'PATCH',
    body: '{"max_sessions_per_day": 9007199254740993}' });
  assert.deepEqual([body.code, body.message], ['22003',
    'value "9007199254740993" is out of range for type integer']);
});

for (const [what, body, code] of [
  ['an unknown column', { mentor_id: 'ada', no_such: 1 }, 'PGRST204'],
  ['a column with SQL in it', { 'opens) VALUES (now()); --': 1 }, 'PGRST204'],
  ['rows of different keys', [{ mentor_id: 'ada' }, { opens: '09:00' }], 'PGRST102'],
  ['a word', '"ada"', 'PGRST102'], ['nothing', '', 'PGRST102'],
  ['half an object', '{"a":', 'PGRST102'],
  ['a list of words', ['ada'], 'PGRST102'], ['two rows of nothing', [{}, {}], 'PGRST102'],
]) {
  test(`${what} is not written`, async () => {
    const answer = await ask('mentor_availability', { method: 'POST', body });
    assert.deepEqual([answer.status, answer.body.code], [400, code]);
  });
}

test('an upsert is refused, not taken for an insert', async () => {
  const { status, body } = await ask('mentor_settings', { method: 'POST',
    body: { mentor_id: 'ada' }, prefer: { Prefer: 'resolution=merge-duplicates' } });
  assert.deepEqual([status, body.code], [400, 'PGRST100']);
});

// Who ------------------------------------------------------------------------------------------

test('a mentor writes nothing of another\'s', async () => {
  const add = await ask('mentor_availability', { method: 'POST',
    body: { mentor_id: 'grace', opens: '09:00', closes: '10:00' } });
  assert.deepEqual([add.status, add.body.code], [403, '42501']);
  const give = await ask('mentor_availability?opens=eq.09:00',
    { method: 'PATCH', body: { mentor_id: 'grace' } });
  assert.deepEqual([give.status, give.body.code], [403, '42501']);
  const remove = await ask('mentor_availability?mentor_id=eq.grace',
    { method: 'DELETE', prefer: whole });
  assert.deepEqual([remove.status, remove.body], [200, []]);
  assert.deepEqual(await hoursOf('grace'), ['10:00']);
});

test('a startup and a stranger see and write no hours', async () => {
  for (const [headers, status] of [[signedIn(startupClaims(7)), 403], [{}, 401]]) {
    for (const asked of [{}, { method: 'DELETE' },
      { method: 'POST', body: { mentor_id: 'ada', opens: '09:00', closes: '10:00' } }]) {
      const answer = await ask('mentor_availability?mentor_id=eq.ada', { ...asked, headers });
      assert.deepEqual([answer.status, answer.body.code], [status, '42501'], asked.method);
    }
  }
});

test('a wrong token sees nothing', async () => {
  const { status, body } = await ask('mentor_settings',
    { headers: signedIn(mentorClaims('ada'), { secret: 'not the secret' }) });
  assert.deepEqual([status, body.code], [401, 'PGRST301']);
});

test('sessions are read by the startup and the mentor, and written by calls alone', async () => {
  const date = await dateIn(database, 30);
  const booked = await Promise.all([[7, '09:00'], [8, '09:30']].map(([id, time]) =>
    rpc(gateway, 'book_session', { mentor_id: 'ada', startup_id: id, session_date: date,
      session_time: time }, signedIn(startupClaims(id)))));
  assert.deepEqual(booked.map(({ body }) => body.outcome), ['booked', 'booked']);
  const coming = 'mentor_startup_sessions?status=eq.scheduled'
    + `&ends_at=gt.${new Date().toISOString()}&order=starts_at&select=startup_id,session_time`;
  const sees = async (claims) => (await ask(coming, { headers: signedIn(claims) })).body;
  const seven = { startup_id: 7, session_time: '09:00:00' };
  assert.deepEqual(await sees(startupClaims(7)), [seven]);
  assert.deepEqual(await sees(mentorClaims('ada')),
    [seven, { startup_id: 8, session_time: '09:30:00' }]);
  assert.deepEqual(await sees(mentorClaims('grace')), []);
  for (const method of ['POST', 'PATCH', 'DELETE']) {
    const answer = await ask('mentor_startup_sessions?id=gt.0',
      { method, body: { status: 'cancelled' } });
    assert.deepEqual([answer.status, answer.body.code], [405, 'PGRST117'], method);
  }
});

// Which ----------------------------------------------------------------------------------------

test('only the tables that it is told of are served', async () => {
  for (const table of ['slot_holds', 'booking_events', 'pg_roles', 'follower']) {
    const { status, body } = await ask(table);
    assert.deepEqual([status, body.code], [404, 'PGRST125'], table);
  }
  const other = await startGateway({ DATABASE_URL: database.urlFor('slotguard_web'),
    SLOTGUARD_JWT_SECRET: jwtSecret, SLOTGUARD_TABLES: 'notes' });
  try {
    const get = async (table) => {
      const response = await fetch(`${other.url}/${table}`, { headers: ada });
      return [response.status, (await response.json()).code];
    };
    assert.deepEqual(await get('mentor_settings'), [404, 'PGRST125']);
    assert.deepEqual(await get('notes'), [404, 'PGRST205']);
    await database.admin.query('CREATE TABLE notes (word text)');
    // Not before a second after the last reading.
    while ((await get('notes')).join() !== '403,42501') ;
    await database.admin.query('GRANT SELECT ON notes TO slotguard_mentor');
    assert.equal((await get('notes'))[0], 200);
  } finally {
    await other.stop();
  }
});

test('a column that is added later is found, and its loss noticed', async () => {
  const noted = () => ask('mentor_settings?select=note');
  assert.equal((await noted()).body.code, '42703');
  await database.admin.query('ALTER TABLE mentor_settings ADD COLUMN note text');
  while ((await noted()).status !== 200) ;
  await database.admin.query('ALTER TABLE mentor_settings DROP COLUMN note');
  assert.equal((await noted()).body.code, '42703');
  assert.equal((await ask('mentor_settings')).status, 200);
});

test('another schema or method is refused', async () => {
  const schema = await ask('mentor_settings', { prefer: { 'Accept-Profile': 'hidden' } });
  assert.deepEqual([schema.status, schema.body.code], [406, 'PGRST106']);
  const method = await ask('mentor_settings', { method: 'PUT', body: { mentor_id: 'ada' } });
  assert.deepEqual([method.status, method.body.code], [405, 'PGRST117']);
});

test('before setup_booking() the answer says what to do', async () => {
  const bare = await createProtocolDatabase();
  const other = await startGateway({ DATABASE_URL: bare.urlFor('slotguard_web') });
  const response = await fetch(`${other.url}/mentor_settings`);
  const body = await response.json();
  await other.stop();
  await bare.drop();
  assert.deepEqual([response.status, body.code], [404, 'PGRST205']);
  assert.match(body.hint, /setup_booking/);
});

test('@supabase/postgrest-js reads and writes, unchanged', async () => {
  const client = new PostgrestClient(gateway.url, { headers: ada });
  const list = await client.from('mentor_availability').select('opens', { count: 'exact' })
    .eq('mentor_id', 'ada').gte('opens', '09:00').is('valid_until', null)
    .order('opens', { ascending: false }).limit(5);
  assert.deepEqual([list.error, list.data, list.count], [null, [{ opens: '09:00:00' }], 1]);
  const added = await client.from('mentor_availability')
    .insert([{ mentor_id: 'ada', opens: '20:00', closes: '21:00' }]).select('id, opens').single();
  assert.deepEqual([added.error, added.status, added.data.opens], [null, 201, '20:00:00']);
  const changed = await client.from('mentor_availability').update({ closes: '22:00' })
    .eq('id', added.data.id).select('closes');
  assert.deepEqual([changed.error, changed.data], [null, [{ closes: '22:00:00' }]]);
  const quiet = await client.from('mentor_availability').delete().eq('id', added.data.id);
  assert.deepEqual([quiet.error, quiet.status, quiet.data], [null, 204, null]);
  const one = await client.from('mentor_settings').select('time_zone').maybeSingle();
  assert.deepEqual([one.error, one.data], [null, { time_zone: 'Europe/Berlin' }]);
  const wrong = await client.from('mentor_settings').select('no_such');
  assert.deepEqual([wrong.status, wrong.error.code], [400, '42703']);
});
