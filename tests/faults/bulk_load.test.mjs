// A million sessions in one transaction, by COPY, at PostgreSQL's default settings, guarded.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import test, { after, before } from 'node:test';
import { promisify } from 'node:util';

import { ask, setUp, startServer } from './servers.mjs';

let server;
before(async () => { server = await startServer('bulk'); });
after(() => server?.stop());

// Slot after slot for a thousand mentors; nobody is in two places.
const sessions = `SELECT 'mentor ' || n % 1000, n % 1000 + 1000 * (n / 1000 % 7), date '2050-01-03' + n / 16000,
  time '08:00' + n / 1000 % 16 * interval '30 minutes' FROM generate_series(0, 999999) n`;
const table = 'mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)';

/** Copies what a query gives into the table, and asks one thing more in the same transaction. */
async function copy(query, question) {
  const psql = 'psql --no-psqlrc --quiet --no-align --tuples-only --set=ON_ERROR_STOP=1 --dbname="$URL"';
  const { stdout } = await promisify(execFile)('sh', ['-c',
    `${psql} -c "COPY ($QUERY) TO STDOUT" | ${psql} -1 -c "COPY $TABLE FROM STDIN" -c "$QUESTION"`],
  { env: { ...process.env, URL: server.url, QUERY: query, TABLE: table, QUESTION: question } });
  return stdout.trim();
}

test('a million sessions are loaded by one COPY, and guarded', async () => {
  const client = await server.connect();
  await setUp(client);
  assert.equal(await copy(sessions, 'SELECT count(*) < 1000 FROM pg_locks WHERE pid = pg_backend_pid()'), 't',
    'few locks were held');
  assert.equal(await ask(client, 'SELECT count(*) FROM mentor_startup_sessions'), '1000000');

  const insert = `INSERT INTO ${table} VALUES ($1, $2, $3, $4)`;
  await assert.rejects(client.query(insert, ['mentor 500', 9000, '2050-02-01', '10:15']),
    { code: '23P01', constraint: 'no_overlapping_sessions' });
  await assert.rejects(client.query(insert, ['somebody', 500, '2050-01-03', '08:15']),
    { code: '23P01', constraint: 'no_overlapping_startup_sessions' });
});
