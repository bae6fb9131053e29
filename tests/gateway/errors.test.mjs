// Errors have PostgREST's shape and status, and the server's own are logged in one line each.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { createProtocolDatabase, cuttableWayTo, everyFunction, rpc, startGateway } from './stack.mjs';

let database;
let gateway;
let way;

before(async () => {
  database = await createProtocolDatabase();
  way = await cuttableWayTo(database, 'slotguard_web');
  gateway = await startGateway({ ...everyFunction, DATABASE_URL: way.url, SLOTGUARD_STATEMENT_TIMEOUT: '1000',
    SLOTGUARD_POOL_SIZE: '2', SLOTGUARD_CONNECTION_TIMEOUT: '500' });
});
after(async () => {
  await gateway.stop();
  await way.remove();
  await database.drop();
});

const linesSince = (count) => gateway.log.slice(count);

for (const [state, status] of Object.entries({
  '08006': 503, '0L000': 403, '0P000': 403, 22004: 400, 22023: 400, 23502: 400, 23503: 409,
  23505: 409, '23P01': 400, 25006: 405, 25001: 500, '28P01': 403, 40001: 500, '40P01': 500,
  42501: 401, 42883: 404, '42P01': 404, '42P17': 500, '0A000': 400, 53300: 503, 53400: 500,
  54001: 500, 55000: 500, 57014: 500, '58000': 500, P0001: 400, P0002: 500, XX000: 500,
})) {
  test(`SQLSTATE ${state} is ${status}`, async () => {
    const before = gateway.log.length;
    const answer = await rpc(gateway, 'fail_with', { state });
    assert.equal(answer.status, status);
    assert.deepEqual(answer.body,
      { code: state, details: 'the detail', hint: 'the hint', message: 'as asked' });
    assert.match(answer.headers.get('content-type'), /^application\/json/);
    assert.equal(linesSince(before).length, status >= 500 ? 1 : 0);
  });
}

test('what PostgreSQL cannot convert, it says in its own words', async () => {
  const number = await rpc(gateway, 'add_them', { a: 'seven' });
  assert.deepEqual([number.status, number.body.code], [400, '22P02']);
  const date = await rpc(gateway, 'echo_date', { value: '2026-02-30' });
  assert.deepEqual([date.status, date.body.code], [400, '22008']);
  const token = await rpc(gateway, 'echo_uuid', { value: 'no-token' });
  assert.deepEqual([token.status, token.body.code], [400, '22P02']);
  const length = await rpc(gateway, 'echo_interval', { value: 'soon' });
  assert.deepEqual([length.status, length.body.code], [400, '22007']);
});

test('without EXECUTE it is 401, with the way to sign in', async () => {
  const { status, body, headers } = await rpc(gateway, 'nobodys', {});
  assert.deepEqual([status, body.code], [401, '42501']);
  assert.equal(headers.get('www-authenticate'), 'Bearer');
});

test('a statement that takes too long is cancelled', async () => {
  const { status, body } = await rpc(gateway, 'wait_long', {});
  assert.deepEqual([status, body.code], [500, '57014']);
});

test('when all connections are busy for too long it is 504', async () => {
  const slow = [rpc(gateway, 'wait_long', {}), rpc(gateway, 'wait_long', {})];
  await database.admin.query(`DO $$ BEGIN
    WHILE (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'
           AND usename = 'slotguard_web') < 2 LOOP
      PERFORM pg_stat_clear_snapshot(), pg_sleep(0.01);
    END LOOP; END $$`);
  const answers = await Promise.all([...slow, rpc(gateway, 'add_them', { a: 1 })]);
  assert.deepEqual(answers.map(({ body }) => body.code), ['57014', '57014', 'PGRST003']);
  assert.equal(answers[2].status, 504);
});

test('a database that is gone is 503, and once back it serves again', async () => {
  assert.equal((await rpc(gateway, 'add_them', { a: 1 })).body, 11);
  const before = gateway.log.length;
  await way.cut();
  const gone = await rpc(gateway, 'add_them', { a: 1 });
  assert.deepEqual([gone.status, gone.body.code, gone.body.details], [503, 'PGRST000', null]);
  assert.equal((await fetch(`${gateway.url}/health`)).status, 503);
  assert.equal(linesSince(before).length, 2);
  await way.mend();
  assert.equal((await rpc(gateway, 'add_them', { a: 1 })).body, 11);
  assert.equal((await fetch(`${gateway.url}/health`)).status, 200);
});

test('a database that goes while it answers is 503 too', async () => {
  const call = rpc(gateway, 'wait_long', {});
  await database.admin.query(`DO $$ BEGIN
    WHILE NOT EXISTS (SELECT FROM pg_stat_activity WHERE usename = 'slotguard_web'
      AND datname = current_database() AND wait_event = 'PgSleep') LOOP
      PERFORM pg_stat_clear_snapshot(), pg_sleep(0.01);
    END LOOP; END $$`);
  await way.cut();
  const { status, body } = await call;
  assert.deepEqual([status, body.code], [503, 'PGRST001']);
  await way.mend();
  assert.equal((await rpc(gateway, 'add_them', { a: 1 })).body, 11);
});

test('a database that has stopped answering is 503 after one connection was tried', async () => {
  await Promise.all([rpc(gateway, 'wait_long', {}), rpc(gateway, 'wait_long', {})]);
  way.freeze();
  const { status, body } = await rpc(gateway, 'add_them', { a: 1 });
  assert.deepEqual([status, body.code, way.unheard.size], [503, 'PGRST001', 1]);
  await way.cut();
  await way.mend();
  assert.equal((await rpc(gateway, 'add_them', { a: 1 })).body, 11);
});

test('an error costs no connection, in whatever language the server speaks', async () => {
  const czech = await cuttableWayTo(database, 'slotguard_web', (answer) =>
    Buffer.from(answer.toString('latin1').replace('SERROR\0', 'SCHYBA\0'), 'latin1'));
  const other = await startGateway({ ...everyFunction, DATABASE_URL: czech.url, SLOTGUARD_POOL_SIZE: '1' });
  try {
    const { body: backend } = await rpc(other, 'backend', {});
    assert.equal((await rpc(other, 'fail_with', { state: '22023' })).body.code, '22023');
    assert.equal((await rpc(other, 'backend', {})).body, backend);
  } finally {
    await other.stop();
    await czech.remove();
  }
});

test('an upload that breaks off is no error of the gateway\'s', async () => {
  const other = await startGateway({ ...everyFunction, DATABASE_URL: way.url, SLOTGUARD_MAX_CONNECTIONS: '1' });
  const socket = net.connect(Number(new URL(other.url).port), '127.0.0.1');
  socket.write('POST /rpc/add_them HTTP/1.1\r\nHost: here\r\nExpect: 100-continue\r\n'
    + 'Content-Type: application/json\r\nContent-Length: 9\r\n\r\n');
  await once(socket, 'data');
  socket.destroy();
  // Another connection is taken once the first one's end has been noticed.
  while (!await served(other)) ;
  assert.equal(await other.stop(), 0);
  assert.deepEqual(other.log, []);
});

test('a gateway that starts before its database serves once that is there', async () => {
  await way.cut();
  const early = await startGateway({ ...everyFunction, DATABASE_URL: way.url });
  try {
    assert.equal((await rpc(early, 'add_them', { a: 1 })).body.code, 'PGRST000');
    await way.mend();
    assert.equal((await rpc(early, 'add_them', { a: 1 })).body, 11);
  } finally {
    await early.stop();
  }
});

async function served({ url }) {
  try {
    return (await fetch(`${url}/health`, { headers: { Connection: 'close' } })).ok;
  } catch {
    return false;
  }
}
