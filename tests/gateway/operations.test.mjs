// What whoever runs the gateway relies on: how it starts and stops, its limits, and its headers.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { createProtocolDatabase, everyFunction, root, rpc, startGateway } from './stack.mjs';

let database;
let settings;
let gateway;

before(async () => {
  database = await createProtocolDatabase();
  settings = { ...everyFunction, DATABASE_URL: database.urlFor('slotguard_web'),
    SLOTGUARD_ALLOWED_ORIGINS: 'https://book.example' };
  gateway = await startGateway(settings);
});
after(async () => {
  await gateway.stop();
  await database.drop();
});

test('it answers health while the database does', async () => {
  const response = await fetch(`${gateway.url}/health`);
  assert.deepEqual([response.status, await response.json()], [200, { status: 'ok' }]);
});

for (const signal of ['SIGTERM', 'SIGINT']) {
  test(`${signal} lets what was begun be finished, and ends with 0`, async () => {
    const other = await startGateway(settings);
    await database.admin.query('SELECT pg_advisory_lock(7)');
    await database.admin.query(`CREATE OR REPLACE FUNCTION wait_for_us() RETURNS int
      LANGUAGE sql AS 'SELECT 1 FROM (SELECT pg_advisory_xact_lock_shared(7)) AS waited'`);
    const call = rpc(other, 'wait_for_us', {});
    await waitingFor("locktype = 'advisory' AND NOT granted");
    const stopped = other.stop(signal);
    await refuses(other.url);
    await database.admin.query('SELECT pg_advisory_unlock(7)');
    assert.equal((await call).body, 1);
    assert.equal(await stopped, 0);
  });
}

test('an idle connection that is kept alive does not hold it up', async () => {
  const other = await startGateway(settings);
  const agent = new http.Agent({ keepAlive: true });
  const { port } = new URL(other.url);
  const [response] = await once(http.get({ port, path: '/health', agent }), 'response');
  await response.resume();
  await once(response, 'end');
  assert.equal(await other.stop(), 0);
  agent.destroy();
});

for (const [what, said] of [
  ['a connection on which nothing was said', ''],
  ['a request that has not come in whole', 'GET /health HTTP/1.1\r\nHost: here\r\n'],
]) {
  test(`${what} does not hold it up`, async () => {
    const other = await startGateway(settings);
    const socket = await connectTo(other);
    socket.write(said);
    // Connections are taken in their order, so the first one has been taken by now.
    assert.equal((await fetch(`${other.url}/health`)).status, 200);
    assert.equal(await other.stop(), 0);
    assert.deepEqual(other.log, []);
    socket.destroy();
  });
}

test('what never ends is left, and it says so', async () => {
  const other = await startGateway({ ...settings, SLOTGUARD_REQUEST_TIMEOUT: '300' });
  const socket = await connectTo(other);
  socket.write('POST /rpc/add_them HTTP/1.1\r\nHost: here\r\nExpect: 100-continue\r\n'
    + 'Content-Type: application/json\r\nContent-Length: 9\r\n\r\n');
  await once(socket, 'data');
  assert.equal(await other.stop(), 1);
  assert.deepEqual(other.log, ['slotguard gateway: did not end in time, and is ended']);
  socket.destroy();
});

test('one connection more than it takes is closed, and the others are served', async () => {
  const other = await startGateway({ ...settings, SLOTGUARD_MAX_CONNECTIONS: '1' });
  const first = await connectTo(other);
  const second = await connectTo(other);
  await once(second, 'close');
  first.write('GET /health HTTP/1.1\r\nHost: here\r\n\r\n');
  assert.match((await once(first, 'data')).toString(), /^HTTP\/1\.1 200 /);
  await other.stop();
});

test('a connection on which nothing moves is closed without a word', async () => {
  const other = await startGateway({ ...settings, SLOTGUARD_REQUEST_TIMEOUT: '100',
    SLOTGUARD_CONNECTION_TIMEOUT: '100', SLOTGUARD_STATEMENT_TIMEOUT: '100' });
  const socket = await connectTo(other);
  let said = '';
  socket.on('data', (text) => { said += text; });
  await once(socket, 'close');
  assert.equal(said, '');
  await other.stop();
});

test('a wrong setting stops it at the start, by name', async () => {
  const child = spawn(process.execPath, [`${root}web/server/main.mjs`],
    { env: { PATH: process.env.PATH, PORT: '80a' }, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text) => { said += text; });
  const [code] = await once(child, 'close');
  assert.equal(code, 1);
  assert.equal(said,
    'slotguard gateway: PORT must be a whole number from 0 to 65535, not "80a"\n');
});

test('a port that is taken is said in one line', async () => {
  const { port } = new URL(gateway.url);
  await assert.rejects(startGateway({ ...settings, PORT: port }),
    /the gateway ended \(1\): slotguard gateway: .*EADDRINUSE[^\n]*$/);
});

test('a body over the limit is 413', async () => {
  const { status, body } = await rpc(gateway, 'echo_text', { value: 'x'.repeat(20_000) });
  assert.deepEqual([status, body.code], [413, 'PGRST102']);
});

test('a request that is no HTTP does not take it down', async () => {
  const { port } = new URL(gateway.url);
  const socket = net.connect(Number(port), '127.0.0.1');
  socket.end('\u0000\u0001nonsense\r\n\r\n');
  socket.resume();
  await once(socket, 'close');
  const odd = await fetch(`${gateway.url}/rpc/%zz`);
  assert.deepEqual([odd.status, (await odd.json()).code], [400, 'PGRST100']);
  assert.equal((await fetch(`${gateway.url}/health`)).status, 200);
});

test('an unknown path is 404 in PostgREST\'s shape', async () => {
  const response = await fetch(`${gateway.url}/no_such_table`);
  assert.deepEqual([response.status, await response.json()], [404, { code: 'PGRST125',
    details: null, hint: null, message: 'Invalid path specified in request URL' }]);
});

for (const [path, type] of [
  ['/', /^text\/html/], ['/mentor', /^text\/html/], ['/booking.css', /^text\/css/],
  ['/slotguard-booking.mjs', /^text\/javascript/], ['/slotguard.mjs', /^text\/javascript/],
  ['/slotguard.wasm', /^application\/wasm$/], ['/languages/de.json', /^application\/json/],
]) {
  test(`${path} comes with its type, packed, and is not sent twice`, async () => {
    const first = await fetch(gateway.url + path);
    assert.equal(first.status, 200);
    assert.match(first.headers.get('content-type'), type);
    assert.equal(first.headers.get('content-encoding'), 'gzip');
    assert.ok((await first.arrayBuffer()).byteLength > 0);
    const again = await fetch(gateway.url + path,
      { headers: { 'If-None-Match': first.headers.get('etag') } });
    assert.equal(again.status, 304);
  });
}

test('no path climbs out of the page\'s folder', async () => {
  for (const path of ['/../server/main.mjs', '/%2e%2e/server/main.mjs', '/..%2fserver%2fmain.mjs',
    '/....//server/main.mjs', '/server/main.mjs', '/package.json', '/main.mjs%00.css']) {
    assert.ok([400, 404].includes(await rawStatus(path)), path);
  }
});

test('every answer tells the browser what the page may do', async () => {
  for (const path of ['/', '/rpc/one_pair', '/nowhere', '/rpc/%zz']) {
    const { headers } = await fetch(gateway.url + path);
    const policy = headers.get('content-security-policy');
    assert.match(policy, /script-src 'self' 'wasm-unsafe-eval';/, path);
    assert.match(policy, /frame-ancestors 'self'/);
    assert.doesNotMatch(policy, /'unsafe-(eval|inline)'/);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
  }
});

test('only a listed site may call from a browser', async () => {
  const preflight = (origin) => fetch(`${gateway.url}/rpc/one_pair`, { method: 'OPTIONS',
    headers: { Origin: origin, 'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'content-type' } });
  const listed = await preflight('https://book.example');
  assert.equal(listed.status, 204);
  assert.equal(listed.headers.get('access-control-allow-origin'), 'https://book.example');
  assert.equal(listed.headers.get('access-control-allow-headers'), 'content-type');
  assert.equal(listed.headers.get('access-control-allow-methods'), 'GET, HEAD, POST, PATCH, DELETE');
  const call = await rpc(gateway, 'one_pair', {}, { Origin: 'https://book.example' });
  assert.equal(call.headers.get('access-control-allow-origin'), 'https://book.example');
  const other = await preflight('https://evil.example');
  assert.equal(other.headers.get('access-control-allow-origin'), null);
});

test('a cache learns what each answer depends on', async () => {
  const varies = async (path) => (await fetch(gateway.url + path)).headers.get('vary');
  assert.equal(await varies('/'), 'Origin, Accept-Encoding');
  assert.equal(await varies('/rpc/one_pair'), 'Origin, Authorization');
});

async function waitingFor(condition) {
  await database.admin.query(`DO $$ BEGIN
    WHILE NOT EXISTS (SELECT FROM pg_locks WHERE ${condition}) LOOP
      PERFORM pg_sleep(0.01);
    END LOOP; END $$`);
}

async function connectTo(gatewayAsked) {
  const socket = net.connect(Number(new URL(gatewayAsked.url).port), '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

/** Resolves once new connections are refused: it has heard the signal. */
async function refuses(url) {
  const { port } = new URL(url);
  for (;;) {
    const socket = net.connect(Number(port), '127.0.0.1');
    const refused = await new Promise((resolve) => {
      socket.once('connect', () => resolve(false)).once('error', () => resolve(true));
    });
    socket.destroy();
    if (refused) return;
  }
}

/** fetch() would tidy the path first. */
async function rawStatus(path) {
  const { port } = new URL(gateway.url);
  const [response] = await once(http.get({ port, path }), 'response');
  response.resume();
  return response.statusCode;
}
