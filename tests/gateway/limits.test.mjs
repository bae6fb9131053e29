// What one address, or one who is signed in, may ask for, and who else does not suffer from it.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { askFrom, createSignedInStack, dateIn, jwtSecret, mentorClaims, openHours, rpc, signedIn, startGateway, startupClaims,
  tokenFor } from './stack.mjs';

let database;
let gateway;
let date;

before(async () => {
  ({ database, gateway } = await createSignedInStack());
  await openHours(database, 'ada');
  date = await dateIn(database, 3);
});
after(async () => {
  await gateway.stop();
  await database.drop();
});

const withLimits = async (t, env) => {
  const limited = await startGateway({ DATABASE_URL: database.urlFor('slotguard_web'), SLOTGUARD_JWT_SECRET: jwtSecret, ...env });
  t.after(() => limited.stop());
  return limited;
};
const booking = (startup) => ({ mentor_id: 'ada', startup_id: startup, session_date: date, session_time: '03:00' });
const startup = (id) => signedIn(startupClaims(id));

test('one who is signed in writes so often a minute, from wherever; reading goes on', async (t) => {
  const limited = await withLimits(t, { SLOTGUARD_WRITES_PER_CALLER: '3' });
  const statuses = [];
  for (let i = 0; i < 5; i += 1) statuses.push((await rpc(limited, 'book_session', booking(7), startup(7))).status);
  assert.deepEqual(statuses, [200, 200, 200, 429, 429]);
  const refused = await rpc(limited, 'hold_slot', booking(7), startup(7));
  assert.equal(refused.status, 429);
  const seconds = Number(refused.headers.get('retry-after'));
  assert.ok(seconds >= 1 && seconds <= 60, refused.headers.get('retry-after'));
  assert.deepEqual({ ...refused.body, hint: undefined },
    { code: '53400', details: null, hint: undefined, message: 'Too many writes.' });
  assert.match(refused.body.hint, /Try again in \d+ seconds?\./);
  const elsewhere = await askFrom('127.0.0.2', `${limited.url}/rpc/book_session`, { method: 'POST',
    headers: { 'Content-Type': 'application/json', ...startup(7) }, body: JSON.stringify(booking(7)) });
  assert.equal(elsewhere.status, 429, 'it is the caller, not the address');
  assert.equal((await rpc(limited, 'available_slots', { mentor_id: 'ada', from_date: date, to_date: date }, startup(7))).status, 200);
  assert.equal((await rpc(limited, 'book_session', booking(8), startup(8))).status, 200, 'another one writes');
});

test('where tokens name people by claims of their own, each is one', async (t) => {
  const limited = await withLimits(t, { SLOTGUARD_WRITES_PER_CALLER: '2' });
  const write = async (claims) => (await rpc(limited, 'book_session', booking(7), signedIn({ role: 'slotguard_startup', ...claims }))).status;
  const now = Math.floor(Date.now() / 1000);
  const ada = [];
  // The same one, whose token is renewed.
  for (let i = 0; i < 3; i += 1) ada.push(await write({ email: 'ada@startup.example', iat: now - i, exp: now + 60 + i, nbf: now - i, jti: `${i}` }));
  assert.equal(ada[2], 429);
  assert.ok(!ada.slice(0, 2).includes(429));
  assert.notEqual(await write({ email: 'grace@startup.example' }), 429);
  const known = [];
  for (let i = 0; i < 3; i += 1) known.push(await write({ sub: 'u1', startup_id: 7, session_id: `${i}` }));
  assert.deepEqual(known, [200, 200, 429]);
});

test('table routes count as writes too', async (t) => {
  const limited = await withLimits(t, { SLOTGUARD_WRITES_PER_CALLER: '2' });
  const ask = (method, path, body) => fetch(`${limited.url}/${path}`, { method,
    headers: { 'Content-Type': 'application/json', ...signedIn(mentorClaims('ada')) }, body: JSON.stringify(body) });
  assert.equal((await ask('PATCH', 'mentor_settings?mentor_id=eq.ada', { buffer_after: '0' })).status, 204);
  assert.equal((await ask('DELETE', 'mentor_availability?id=eq.0')).status, 204);
  assert.equal((await ask('POST', 'mentor_availability', { mentor_id: 'ada', opens: '20:00', closes: '21:00' })).status, 429);
  assert.equal((await ask('GET', 'mentor_availability')).status, 200);
});

test('all who are signed in at one address, and who is not signed in there, write so often a minute', async (t) => {
  const limited = await withLimits(t, { SLOTGUARD_WRITES_PER_CALLER: '2', SLOTGUARD_WRITES_PER_ADDRESS: '3' });
  const signed = [];
  for (const id of [21, 22, 23, 24]) signed.push((await rpc(limited, 'book_session', booking(id), startup(id))).status);
  assert.deepEqual(signed, [200, 200, 200, 429]);
  const strangers = [];
  for (let i = 0; i < 3; i += 1) strangers.push((await rpc(limited, 'book_session', booking(9))).status);
  assert.deepEqual(strangers, [401, 401, 429]);
  const elsewhere = await askFrom('127.0.0.3', `${limited.url}/rpc/book_session`, { method: 'POST',
    headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(booking(9)) });
  assert.equal(elsewhere.status, 401);
});

test('X-Forwarded-For is believed from trusted proxies alone', async (t) => {
  const limited = await withLimits(t, { SLOTGUARD_WRITES_PER_CALLER: '1', SLOTGUARD_TRUSTED_PROXIES: '127.0.0.4, 10.0.0.0/8' });
  const write = (from, forwarded) => askFrom(from, `${limited.url}/rpc/book_session`, { method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': forwarded }, body: JSON.stringify(booking(9)) });
  assert.equal((await write('127.0.0.4', '203.0.113.1')).status, 401);
  assert.equal((await write('127.0.0.4', '203.0.113.2')).status, 401);
  assert.equal((await write('127.0.0.4', '203.0.113.1')).status, 429);
  assert.equal((await write('127.0.0.4', '198.51.100.9, 203.0.113.1')).status, 429, 'what a client writes before it is not believed');
  assert.equal((await write('127.0.0.5', '203.0.113.77')).status, 401);
  assert.equal((await write('127.0.0.5', '203.0.113.78')).status, 429, 'a stranger names whom he likes');
});

test('an address is the same with a port beside it, and in either way of writing it', async (t) => {
  const limited = await withLimits(t, { SLOTGUARD_WRITES_PER_CALLER: '1', HOST: '::', SLOTGUARD_TRUSTED_PROXIES: '127.0.0.4 2001:db8:ffff::1' });
  const write = (forwarded, from = '127.0.0.4') => askFrom(from, `http://127.0.0.1:${new URL(limited.url).port}/rpc/book_session`, {
    method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': forwarded }, body: JSON.stringify(booking(9)) });
  for (const spellings of [['192.0.2.1', '192.0.2.1:5044', '::ffff:192.0.2.1', '192.0.2.1:80, 127.0.0.4:1234', '192.0.2.1, [2001:db8:ffff::1]:9'],
    ['2001:db8::1', '[2001:db8::2]:5044', '[2001:DB8::3]']]) {
    const statuses = [];
    for (const one of spellings) statuses.push((await write(one)).status);
    assert.deepEqual(statuses, [401, ...Array(spellings.length - 1).fill(429)], spellings[0]);
  }
  assert.equal((await write('unknown')).status, 401, 'what is no address at all does no harm');
});

test('a proxy that is not named is told to the log, once', async (t) => {
  const limited = await withLimits(t, { SLOTGUARD_TRUSTED_PROXIES: '127.0.0.4' });
  for (const from of ['127.0.0.4', '127.0.0.5', '127.0.0.5', '127.0.0.6']) {
    await askFrom(from, `${limited.url}/health`, { headers: { 'X-Forwarded-For': '192.0.2.1' } });
  }
  assert.deepEqual(limited.log, ['slotguard gateway: X-Forwarded-For of 127.0.0.5 is not believed: '
    + 'if that is a proxy, SLOTGUARD_TRUSTED_PROXIES should name it, else all who come by it count as one']);
});

test('settings that are wrong are named at the start', async () => {
  for (const [name, value] of [['SLOTGUARD_TRUSTED_PROXIES', 'my-proxy'], ['SLOTGUARD_TRUSTED_PROXIES', '10.0.0.0/99'],
    ['SLOTGUARD_CALLS_PER_ADDRESS', '0'], ['SLOTGUARD_MAX_ROWS', 'all'], ['SLOTGUARD_JWT_MUST_EXPIRE', 'yes']]) {
    await assert.rejects(startGateway({ DATABASE_URL: database.urlFor('slotguard_web'), [name]: value }), new RegExp(name));
  }
});

test('a token that never expires can be refused', async (t) => {
  const strict = await withLimits(t, { SLOTGUARD_JWT_MUST_EXPIRE: 'on' });
  const list = (headers) => rpc(strict, 'available_slots', { mentor_id: 'ada', from_date: date, to_date: date }, headers);
  assert.equal((await list(startup(7))).status, 401);
  assert.equal((await list(signedIn({ ...startupClaims(7), exp: 4102444800 }))).status, 200);
});

test('an address has so many connections and streams, and another its own', async (t) => {
  const limited = await withLimits(t, { SLOTGUARD_CONNECTIONS_PER_ADDRESS: '5', SLOTGUARD_STREAMS_PER_ADDRESS: '2' });
  const { port } = new URL(limited.url);
  const open = [];
  t.after(() => open.forEach((socket) => socket.destroy()));
  const stream = async () => {
    const request = http.get(`${limited.url}/events?mentor_id=ada`, { agent: false, localAddress: '127.0.0.6' });
    const [response] = await once(request, 'response');
    open.push(request);
    response.resume();
    return response;
  };
  assert.deepEqual([(await stream()).statusCode, (await stream()).statusCode], [200, 200]);
  const third = await stream();
  assert.deepEqual([third.statusCode, third.headers['retry-after']], [429, '60']);
  open.pop().destroy();
  open.shift().destroy();
  await untilTrue(async () => (await stream()).statusCode === 200);
  for (let i = open.length; i < 5; i += 1) open.push(net.connect({ port, host: '127.0.0.1', localAddress: '127.0.0.6' }));
  const more = net.connect({ port, host: '127.0.0.1', localAddress: '127.0.0.6' });
  more.on('error', () => {});
  await once(more, 'close');
  assert.equal((await askFrom('127.0.0.7', `${limited.url}/health`)).status, 200);
});

test('streams that are asked for in advance on one connection take no place', async (t) => {
  const limited = await withLimits(t, { SLOTGUARD_STREAMS_PER_ADDRESS: '3' });
  for (let i = 0; i < 3; i += 1) {
    const socket = net.connect(new URL(limited.url).port, '127.0.0.1');
    socket.write('GET /events?mentor_id=ada HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(3));
    await once(socket, 'data');
    const other = await askFrom('127.0.0.1', `${limited.url}/events`);
    assert.equal(other.status, 400, 'those asked for have come in, too');
    socket.destroy();
    await once(socket, 'close');
  }
  const streams = [1, 2, 3].map(() => http.get(`${limited.url}/events?mentor_id=ada`, { agent: false }));
  const answers = await Promise.all(streams.map((stream) => once(stream, 'response')));
  assert.deepEqual(answers.map(([{ statusCode }]) => statusCode), [200, 200, 200]);
  for (const stream of streams) stream.destroy();
});

test('what is said to nobody else is kept nowhere, and has the security headers', async () => {
  for (const [path, how] of [
    ['/mentor_startup_sessions', { headers: startup(7) }], ['/rpc/session_ics?session_id=1', { headers: startup(7) }],
    ['/calendar/ada.ics', { headers: signedIn(mentorClaims('ada')) }], ['/mentor_settings', {}], ['/nowhere', {}],
  ]) {
    const { headers } = await fetch(`${gateway.url}${path}`, how);
    assert.equal(headers.get('cache-control'), 'no-store', path);
    assert.match(headers.get('vary'), /Authorization/, path);
    assert.match(headers.get('content-security-policy'), /default-src 'none'/, path);
  }
});

const ownHeaders = ['content-security-policy', 'x-content-type-options', 'referrer-policy', 'cache-control: no-store'];

test('what reaches no route has the security headers too, and the shape of an error', async () => {
  const { port } = new URL(gateway.url);
  for (const [said, status] of [
    ['GET / HTTP/1.1\r\nno header\r\n\r\n', 400], [`GET / HTTP/1.1\r\nA: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['GET / HTTP/1.1\r\n\r\n', 400], ['GET / HTTP/1.1\r\nHost: a\r\nExpect: a miracle\r\n\r\n', 417],
    ['GET /rpc/%zz HTTP/1.1\r\nHost: a\r\n\r\n', 400], [`GET /calendar/${'x'.repeat(200)}.ics HTTP/1.1\r\nHost: a\r\n\r\n`, 414],
  ]) {
    const socket = net.connect(port, '127.0.0.1');
    socket.end(said);
    const answer = await text(socket);
    assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `), said.slice(0, 60));
    for (const header of ownHeaders) assert.ok(answer.includes(header), `${status} ${header}`);
    const body = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')));
    assert.deepEqual(Object.keys(body), ['code', 'details', 'hint', 'message'], String(status));
  }
});

test('a request has its time to come in, however it drips', async (t) => {
  const limited = await withLimits(t, { SLOTGUARD_REQUEST_TIMEOUT: '1000' });
  const { port } = new URL(limited.url);
  for (const beginning of ['POST /rpc/mentor_info HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{',
    'GET /health HTTP/1.1\r\nHost: a\r\nX-Slow: ', '']) {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('error', () => {});
    if (beginning) socket.write(beginning);
    const drip = setInterval(() => beginning && socket.write(' '), 100);
    const began = performance.now();
    const answer = await text(socket);
    clearInterval(drip);
    if (beginning) assert.match(answer, /^HTTP\/1.1 408 /);
    // Node looks each second; that it looks twice a minute only is what this is about.
    assert.ok(performance.now() - began < 10_000, `it was given up after ${performance.now() - began} ms`);
  }
});

test('no query is told to the log, however a token is spelled in it', async (t) => {
  const unset = await withLimits(t, { SLOTGUARD_JWT_SECRET: '' });
  const token = tokenFor(mentorClaims('ada'));
  for (const name of ['token', '%74oken', 'Token', 'access_token']) {
    await fetch(`${unset.url}/calendar/ada.ics?token=x&${name}=${token}`);
  }
  const socket = net.connect(new URL(unset.url).port, '127.0.0.1');
  socket.end(`GET /calendar/ada.ics#token=${token} HTTP/1.1\r\nHost: a\r\n\r\n`);
  assert.match(await text(socket), /^HTTP\/1.1 500 /, 'it is read as a query');
  assert.equal(unset.log.length, 5);
  for (const line of unset.log) assert.match(line, /^slotguard gateway: GET \/calendar\/ada\.ics 500 PGRST300 /);
});

async function text(socket) {
  const pieces = [];
  socket.on('data', (piece) => pieces.push(piece));
  await once(socket, 'close');
  return Buffer.concat(pieces).toString();
}

async function untilTrue(isTrue) {
  while (!await isTrue()) await new Promise((done) => { setTimeout(done, 20); });
}
