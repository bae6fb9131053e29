// What the demo's gateway adds, and no other gateway has: tokens for its startups and mentors, to
// its own pages only, and a storm.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import { after, before, test } from 'node:test';
import { createBookingDatabase, dateIn, limitsByDefault, openHours, rpc, runScript, startGateway }
  from './stack.mjs';

let database;
let gateway;
let plain;
let tomorrow;

before(async () => {
  database = await createBookingDatabase();
  await runScript(database, 'web/server/signed_in_roles.sql');
  await openHours(database, 'ada');
  tomorrow = await dateIn(database, 1);
  const env = { DATABASE_URL: database.urlFor('slotguard_web'), ...limitsByDefault };
  gateway = await startGateway(env, 'web/demo/gateway.mjs');
  plain = await startGateway(env);
});
after(async () => {
  await gateway.stop();
  await plain.stop();
  await database.drop();
});

async function get(path, { at = gateway, headers = {} } = {}) {
  const response = await fetch(`${at.url}/${path}`, { headers });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type'));
  return { status: response.status, headers: response.headers,
    body: isJson ? JSON.parse(text) : text };
}

const bearer = async (who) =>
  ({ authorization: `Bearer ${(await get(`demo/token?${who}`)).body.token}` });

const book = async (startup, { by = `startup=${startup}`, time = '09:00' } = {}) =>
  rpc(gateway, 'book_session', { mentor_id: 'ada', startup_id: startup, session_date: tomorrow,
    session_time: time }, await bearer(by));

test('a startup books with its token, and another\'s is refused', async () => {
  const { body } = await book(1);
  assert.equal(body.outcome, 'booked');
  const passing = await book(1, { by: 'startup=2', time: '09:30' });
  assert.deepEqual([passing.status, passing.body.code], [403, '42501']);
});

test('a mentor cancels what is booked with the mentor, and no other mentor does', async () => {
  const { body: { session_id } } = await book(3, { time: '10:00' });
  const cancel = async (who) => rpc(gateway, 'cancel_session', { session_id }, await bearer(who));
  assert.equal((await cancel('mentor=grace')).body.outcome, 'not_found');
  assert.equal((await cancel('mentor=ada')).body.outcome, 'cancelled');
});

test('a token reads the sessions of its bearer, and no other', async () => {
  await book(4, { time: '10:30' });
  const asked = 'mentor_startup_sessions?session_time=eq.10:30:00';
  for (const [who, found] of [['mentor=ada', [4]], ['startup=4', [4]], ['mentor=grace', []],
    ['startup=5', []]]) {
    const { body } = await get(asked, { headers: await bearer(who) });
    assert.deepEqual(body.map((row) => row.startup_id), found, who);
  }
});

test('who is nobody in the demo gets no token, and is told who is', async () => {
  for (const query of ['', 'startup=0', 'startup=101', 'startup=1e1', 'startup=01', 'mentor=bob',
    'startup=1&mentor=ada', 'startup=1&startup=2']) {
    const { status, body } = await get(`demo/token?${query}`);
    assert.equal(status, 404, query);
    assert.match(body.message, /no token for/);
    assert.match(body.hint, /startup=100.*mentor=grace/);
  }
});

test('a token is kept by no cache, and not told to another site', async () => {
  assert.equal((await get('demo/token?startup=1')).headers.get('cache-control'), 'no-store');
  for (const headers of [{ origin: 'http://elsewhere.test' }, { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }]) {
    const { status, body } = await get('demo/token?startup=1', { headers });
    assert.deepEqual([status, body.token], [403, undefined], JSON.stringify(headers));
  }
});

test('a name that somebody has made to lead here is told no token', async () => {
  const asked = http.get(`${gateway.url}/demo/token?startup=1`, { headers: { host: 'elsewhere.test' } });
  const [answer] = await once(asked, 'response');
  answer.resume();
  assert.equal(answer.statusCode, 403);
});

test('each start of the demo has a secret of its own', async (t) => {
  const other = await startGateway({ DATABASE_URL: database.urlFor('slotguard_web') },
    'web/demo/gateway.mjs');
  t.after(() => other.stop());
  const headers = await bearer('startup=1');
  assert.equal((await rpc(other, 'mentor_info', { mentor_id: 'ada' }, headers)).status, 401);
});

test('a storm books one slot once, and tells every one of a hundred', async () => {
  const response = await fetch(`${gateway.url}/demo/storm`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ mentor_id: 'ada', session_date: tomorrow, session_time: '11:00' }),
  });
  const { told, milliseconds } = await response.json();
  const { rows } = await database.admin.query(`SELECT startup_id::int FROM mentor_startup_sessions
    WHERE session_date = $1 AND session_time = '11:00' AND status = 'scheduled'`, [tomorrow]);
  assert.equal(rows.length, 1);
  assert.deepEqual(told.filter(({ outcome }) => outcome === 'booked')
    .map((one) => one.startup_id), [rows[0].startup_id]);
  assert.equal(told.filter(({ outcome }) => outcome === 'slot_taken').length, 99);
  assert.ok(told.every((one) => one.milliseconds > 0 && one.milliseconds <= milliseconds));
});

test('storm after storm comes through, beside the pages that are open', async () => {
  const pages = Array.from({ length: 4 }, () => http.get(`${gateway.url}/events?mentor_id=ada`, { agent: false }));
  await Promise.all(pages.map((page) => once(page, 'response')));
  for (let minutes = 10; minutes < 60; minutes += 10) {
    const response = await fetch(`${gateway.url}/demo/storm`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ mentor_id: 'grace', session_date: tomorrow, session_time: `11:${minutes}` }),
    });
    const { told, message } = await response.json();
    assert.equal(response.status, 200, message);
    assert.deepEqual(told.filter(({ outcome }) => outcome === null), []);
  }
  for (const page of pages) page.destroy();
});

test('a storm at no time at all is refused by name', async () => {
  for (const body of [`{"mentor_id":"ada","session_date":"${tomorrow}"}`, '{"session_time":9}',
    '[]', 'null', 'now']) {
    const { status } = await fetch(`${gateway.url}/demo/storm`,
      { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    assert.equal(status, 400, body);
  }
});

test('the database\'s clock can be asked for', async () => {
  const earlier = Date.now();
  const { body: { now } } = await get('demo/clock');
  assert.ok(now > earlier - 60_000 && now < Date.now() + 60_000);
});

test('no other gateway has a token, a storm or the race', async () => {
  for (const path of ['demo/token?startup=1', 'demo/clock', 'race', 'race.html', 'race.css',
    'race.mjs']) {
    assert.equal((await get(path, { at: plain })).status, 404, path);
  }
  const { status } = await fetch(`${plain.url}/demo/storm`, { method: 'POST' });
  assert.equal(status, 404);
});
