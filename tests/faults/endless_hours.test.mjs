// Hours that never close, and somebody who asks for a day that is thousands of years ahead.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test, { after, before } from 'node:test';

import { ask, setUp, startServer } from './servers.mjs';

let server;
before(async () => { server = await startServer('endless'); });
after(() => server?.stop());

/** The most memory that the process behind a connection has had, in megabytes. */
async function mostMemory(client) {
  const status = await readFile(`/proc/${await ask(client, 'SELECT pg_backend_pid()')}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)[1]) / 1024;
}

test('a day far ahead of a mentor who never closes takes no more memory than the next day', async () => {
  const client = await server.connect();
  await setUp(client);
  await client.query("SET timezone TO 'UTC'");
  await client.query(`INSERT INTO mentor_availability (mentor_id, opens, closes, valid_from)
    VALUES ('court', '00:00', '00:00', '2026-01-01')`);
  const first = 'SELECT session_time FROM available_slots($1, $2, $2) LIMIT 1';
  await ask(client, first, ['court', '2050-01-01']);
  const before = await mostMemory(client);

  assert.equal(await ask(client, first, ['court', '20000-01-01']), '00:00:00');
  assert.ok(await mostMemory(client) - before < 32);
});
