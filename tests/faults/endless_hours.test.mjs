// Hours without end, and somebody who asks for days that are far ahead.
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

  assert.equal(await ask(client, first, ['court', '9999-01-01']), '00:00:00');
  assert.ok(await mostMemory(client) - before < 32);
});

test('a backend remembers little of a mentor, however far ahead somebody looks', async () => {
  const client = await server.connect();
  await client.query(`INSERT INTO mentor_settings (mentor_id, booking_horizon)
    SELECT 'mentor ' || n, '100 years' FROM generate_series(1, 10) n`);
  await client.query(`INSERT INTO mentor_availability (mentor_id, opens, closes)
    SELECT 'mentor ' || n, make_time(h * 2, 0, 0), make_time(h * 2 + 1, 0, 0)
    FROM generate_series(1, 10) n, generate_series(0, 11) h`);
  // Two hours fit nowhere.
  assert.equal(await ask(client, `SELECT count(*) FROM generate_series(1, 10) n,
    LATERAL next_available_slots('mentor ' || n, duration => '2 hours')`), '0');
  assert.ok(Number(await ask(client, `SELECT sum(total_bytes) FROM pg_backend_memory_contexts
    WHERE name LIKE 'slotguard%'`)) < 10 * 100_000);
});
