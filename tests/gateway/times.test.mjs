// Dates and times from strangers: none that PostgreSQL would load a time zone for, and none at all for who may not ask.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createSignedInStack, mentorClaims, openHours, rpc, signedIn, startGateway } from './stack.mjs';

let database;
let gateway;

before(async () => {
  ({ database, gateway } = await createSignedInStack({ SLOTGUARD_POOL_SIZE: '1' }));
  await openHours(database, 'ada');
});
after(async () => {
  await gateway.stop();
  await database.drop();
});

const ask = async (path, headers = {}, how = {}) => {
  const response = await fetch(`${gateway.url}/${path}`, { ...how, headers: { ...headers, ...(how.body ? { 'Content-Type': 'application/json' } : {}) } });
  const body = await response.text();
  return { status: response.status, body: body ? JSON.parse(body) : undefined };
};
const ada = signedIn(mentorClaims('ada'));

test('an instant is ISO 8601 with an offset in digits', async () => {
  for (const after of ['2050-12-01T10:00:00Z', '2050-12-01T10:00:00+01:00', '2050-12-01 10:00+01', '2050-12-01T10:00:00.123456-05:30', 'infinity']) {
    assert.equal((await rpc(gateway, 'next_available_slots', { mentor_id: 'ada', after })).status, 200, after);
    assert.equal((await ask(`rpc/next_available_slots?mentor_id=ada&after=${encodeURIComponent(after)}`)).status, 200, after);
  }
  for (const after of ['2050-12-01 00:00 aaaab+5', '2050-12-01T10:00:00', '2050-12-01', 'tomorrow', '2050-12-01 10:00 Europe/Paris',
    '2050-12-01T10:00:00 01:00', '', '<aaaaa>5', true, ['2050-12-01T10:00:00Z'], {}]) {
    const { status, body } = await rpc(gateway, 'next_available_slots', { mentor_id: 'ada', after });
    assert.deepEqual([status, body.code], [400, '22007'], JSON.stringify(after));
    assert.match(body.message, /^"after" is no timestamp with time zone in ISO 8601: /);
    assert.match(body.hint, /2027-05-03T10:00:00\+02:00/);
  }
  assert.equal((await rpc(gateway, 'next_available_slots', { mentor_id: 'ada', after: null })).body.code, '22004');
});

test('so are dates and times, in arguments, filters and rows', async () => {
  const refused = async (answer, name) => {
    const { status, body } = await answer;
    assert.deepEqual([status, body.code, body.message.split(' ')[0]], [400, '22007', `"${name}"`]);
  };
  await refused(rpc(gateway, 'available_slots', { mentor_id: 'ada', from_date: '2050-12-01 00:00 aaaab+5', to_date: '2050-12-02' }), 'from_date');
  await refused(rpc(gateway, 'preview_hours', { rrule: 'FREQ=DAILY', opens: '09:00 aaaab+5', closes: '10:00' }), 'opens');
  await refused(ask('mentor_startup_sessions?starts_at=gt.2050-12-01 00:00 aaaab%2B5', ada), 'starts_at');
  await refused(ask('mentor_availability?valid_from=eq.today', ada), 'valid_from');
  await refused(ask('mentor_availability_overrides?during=eq.[2050-12-01 aaaab%2B5,)', ada), 'during');
  await refused(ask('mentor_availability', ada, { method: 'POST',
    body: JSON.stringify([{ mentor_id: 'ada', opens: '20:00', closes: '21:00' }, { mentor_id: 'ada', opens: '20:00', closes: '21:00 x+5' }]) }), 'closes');
  await refused(ask('mentor_availability_overrides', ada, { method: 'POST',
    body: JSON.stringify({ mentor_id: 'ada', available: false, during: '[2050-12-01 00:00 aaaab+5,2050-12-02T00:00:00Z)' }) }), 'during');
  await refused(ask('mentor_availability_overrides', ada, { method: 'POST',
    body: JSON.stringify({ mentor_id: 'ada', available: false, during: '[2050-12-01 00:00 aaaab/ccc+5,2050-12-02T00:00:00Z)' }) }), 'during');
  for (const during of ['[2050-12-01T00:00:00Z,2050-12-02T00:00:00+00:00)', '["2051-12-01 00:00:00+00","2051-12-02 00:00:00+00")', '[2052-12-01T00:00:00Z,)', '[2053-12-01T00:00:00Z,infinity]', '[2054-12-01 09:00 Europe/Berlin,2054-12-01 10:00 Etc/GMT+5)']) {
    assert.equal((await ask('mentor_availability_overrides', ada, { method: 'POST', body: JSON.stringify({ mentor_id: 'ada', available: false, during }) })).status, 201, during);
  }
  // What PostgreSQL wrote itself can be passed back.
  const { body: rows } = await ask('mentor_availability_overrides?order=id', ada);
  for (const { during } of rows) {
    assert.equal((await ask(`mentor_availability_overrides?during=eq.${encodeURIComponent(during)}`, ada)).body.length, 1, during);
  }
  assert.equal((await ask('mentor_availability?valid_from=lt.infinity&valid_until=is.null&opens=eq.09:00:00', ada)).body.length, 1);
});

test('who may not ask is told so before a value of his is read', async () => {
  // 22P02 would tell that it was.
  for (const [path, how] of [['mentor_startup_sessions?id=eq.none', {}], ['mentor_settings?max_sessions_per_day=eq.many', {}],
    ['mentor_settings?max_sessions_per_day=eq.many', { method: 'DELETE' }],
    ['mentor_settings?mentor_id=eq.ada', { method: 'PATCH', body: JSON.stringify({ max_sessions_per_day: 'many' }) }],
    ['mentor_settings', { method: 'POST', body: JSON.stringify({ mentor_id: 'eve', max_sessions_per_day: 'many' }) }]]) {
    const { status, body } = await ask(path, {}, how);
    assert.deepEqual([status, body.code], [401, '42501'], `${how.method} ${path}`);
  }
  assert.equal((await ask('mentor_settings?max_sessions_per_day=eq.many', ada)).body.code, '22P02');
});

test('no more rows are given at once than the site has set', async (t) => {
  const small = await startGateway({ DATABASE_URL: database.urlFor('slotguard_web'), SLOTGUARD_MAX_ROWS: '2', SLOTGUARD_JWT_SECRET: 'a secret of the tests, long enough for HS256' });
  t.after(() => small.stop());
  const read = async (query) => {
    const response = await fetch(`${small.url}/mentor_availability_overrides?order=id&${query}`, { headers: { ...ada, Prefer: 'count=exact' } });
    return [(await response.json()).length, response.headers.get('content-range')];
  };
  assert.deepEqual(await read(''), [2, '0-1/5']);
  assert.deepEqual(await read('limit=1000'), [2, '0-1/5']);
  assert.deepEqual(await read('limit=1'), [1, '0-0/5']);
  assert.deepEqual(await read('offset=4'), [1, '4-4/5']);
});
