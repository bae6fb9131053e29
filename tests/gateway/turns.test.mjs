// Calls of one address take turns, and what has no turn to wait for.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { after, afterEach, before, test } from 'node:test';
import { askFrom, createProtocolDatabase, everyFunction, rpc, startGateway } from './stack.mjs';

const here = '127.0.3.1';
const elsewhere = '127.0.3.2';

let database;
let gateway;
let settings;
const sockets = [];

before(async () => {
  database = await createProtocolDatabase();
  await database.admin.query(`CREATE FUNCTION wait_for_us() RETURNS int
    LANGUAGE sql AS 'SELECT 1 FROM (SELECT pg_advisory_xact_lock_shared(7)) AS waited'`);
  settings = { ...everyFunction, DATABASE_URL: database.urlFor('slotguard_web'), SLOTGUARD_CALLS_PER_ADDRESS: '2',
    SLOTGUARD_POOL_SIZE: '4' };
  gateway = await startGateway(settings);
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});
after(async () => {
  await gateway.stop();
  await database.drop();
});

const call = (address, name) => askFrom(address, `${gateway.url}/rpc/${name}`,
  { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' });

const running = async () => (await database.admin.query(`SELECT count(*)::int AS n FROM pg_locks
  WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`))
  .rows[0].n;

async function untilTrue(isTrue) {
  while (!await isTrue()) await new Promise((done) => { setTimeout(done, 10); });
}

/** What is called meanwhile waits in the database. */
async function whileLocked(work) {
  await database.admin.query('SELECT pg_advisory_lock(7)');
  try {
    return await work();
  } finally {
    await database.admin.query('SELECT pg_advisory_unlock_all()');
  }
}

/** Says something on a connection of its own, and nothing more. */
async function say(address, said) {
  const socket = net.connect({ port: new URL(gateway.url).port, host: '127.0.0.1', localAddress: address });
  sockets.push(socket);
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(said);
  return socket;
}

const get = (path) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;

test('calls of one address beyond those it may make at once wait for its own, and nobody else does', async () => {
  const { calls, other } = await whileLocked(async () => {
    const asked = [1, 2, 3, 4, 5].map(() => call(here, 'wait_for_us'));
    await untilTrue(async () => await running() === 2);
    const answer = await call(elsewhere, 'nothing');
    assert.equal(await running(), 2);
    return { calls: asked, other: answer };
  });
  assert.equal(other.status, 204);
  assert.deepEqual((await Promise.all(calls)).map(({ status, text }) => [status, text]), Array(5).fill([200, '1']));
});

test('beyond twenty times as many they are refused', async () => {
  const answers = await whileLocked(async () => {
    const calls = Array.from({ length: 43 }, () => call(here, 'wait_for_us'));
    const [status, seconds] = await Promise.race(calls.map(async (asked) => {
      const answer = await asked;
      return [answer.status, answer.headers['retry-after']];
    }));
    assert.deepEqual([status, seconds], [429, '1']);
    return calls;
  });
  const statuses = (await Promise.all(answers)).map(({ status }) => status);
  assert.deepEqual([statuses.filter((one) => one === 200).length, statuses.filter((one) => one === 429).length], [42, 1]);
});

test('who goes before his turn is not called for, and who goes while he has it leaves it when his call is over', async () => {
  await whileLocked(async () => {
    for (let i = 0; i < 6; i += 1) await say(here, get('/rpc/wait_for_us'));
    await untilTrue(async () => await running() === 2);
    for (const socket of sockets.splice(0)) socket.destroy();
    // Others' calls come later than that those have gone.
    for (let i = 0; i < 3; i += 1) await call(elsewhere, 'nothing');
    assert.equal(await running(), 2);
    await say(here, get('/rpc/wait_for_us'));
    for (let i = 0; i < 3; i += 1) await call(elsewhere, 'nothing');
    assert.equal(await running(), 2);
  });
  for (let i = 0; i < 3; i += 1) assert.equal((await call(here, 'nothing')).status, 204);
  assert.equal(await running(), 0);
});

test('of calls that are made in advance on one connection, one is under way', async () => {
  await whileLocked(async () => {
    await say(here, get('/rpc/wait_for_us').repeat(5));
    await untilTrue(async () => await running() === 1);
    assert.equal((await call(here, 'nothing')).status, 204);
    assert.equal(await running(), 1);
    for (let i = 0; i < 3; i += 1) await say(here, get('/rpc/wait_for_us').repeat(5));
    await untilTrue(async () => await running() === 2);
    for (const socket of sockets.splice(0)) socket.destroy();
  });
  // As often as there are turns: none was lost.
  for (let i = 0; i < 5; i += 1) assert.equal((await call(here, 'nothing')).status, 204);
  const socket = await say(here, get('/rpc/backend').repeat(4) + 'GET /rpc/backend HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  const pieces = await socket.toArray();
  assert.equal(Buffer.concat(pieces).toString().match(/HTTP\/1\.1 200 /g).length, 5, 'each is answered in its turn');
});

test('who asks whether all is well waits for nobody', async () => {
  await whileLocked(async () => {
    const calls = [here, here, elsewhere, elsewhere].map((address) => call(address, 'wait_for_us'));
    await untilTrue(async () => await running() === 4);
    const { status, text } = await askFrom(here, `${gateway.url}/health`);
    assert.deepEqual([status, text], [200, '{"status":"ok"}']);
    assert.equal(await running(), 4, 'every connection of the pool is taken');
    return calls;
  });
});

test('who is refused by the database again and again is refused by the gateway', async (t) => {
  const limited = await startGateway({ ...settings, SLOTGUARD_REFUSALS_PER_ADDRESS: '3' });
  t.after(() => limited.stop());
  const ask = (address, state) => askFrom(address, `${limited.url}/rpc/fail_with`,
    { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ state }) });
  assert.equal((await ask(here, '57P01')).status, 503, 'the server is no caller\'s fault');
  for (const state of ['22023', '42501', '55000']) assert.notEqual((await ask(here, state)).status, 429);
  const refused = await ask(here, '22023');
  assert.equal(refused.status, 429);
  assert.ok(refused.headers['retry-after'] >= 1 && refused.headers['retry-after'] <= 60);
  assert.deepEqual({ ...JSON.parse(refused.text), hint: '' },
    { code: '53400', details: null, hint: '', message: 'Too many calls that were refused.' });
  assert.equal((await ask(elsewhere, '22023')).status, 400);
  assert.equal((await askFrom(here, `${limited.url}/`)).status, 200, 'what asks no database is served');
  // None that comes at the same time gets by.
  const atOnce = await Promise.all(Array.from({ length: 20 }, () => ask('127.0.3.3', '22023')));
  const asked = atOnce.filter(({ status }) => status === 400).length;
  assert.ok(asked >= 3 && asked <= 4, `${asked} reached the database`);
});

test('no connection to the database is used for ever', async (t) => {
  const single = await startGateway({ ...settings, SLOTGUARD_POOL_SIZE: '1', SLOTGUARD_CALLS_PER_ADDRESS: '50' });
  t.after(() => single.stop());
  const backends = new Set();
  for (let i = 0; i < 50; i += 1) {
    const answers = await Promise.all(Array.from({ length: 41 }, () => rpc(single, 'backend', {})));
    for (const { body } of answers) backends.add(body);
  }
  assert.equal(backends.size, 2);
});
