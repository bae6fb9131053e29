// PostgreSQL servers of a test's own, with settings of their own, by tools/cluster.sh: to be crashed,
// copied and read from.
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const pg = createRequire(join(root, 'web/package.json'))('pg');
const run = promisify(execFile);

async function cluster(words, env = {}) {
  const { stdout } = await run(join(root, 'tools/cluster.sh'), words, { env: { ...process.env, ...env } });
  return stdout.trim();
}

/**
 * Starts a server.
 * @param {string} name
 * @param {{ settings?: string[], standbyOf?: { url: string }, clock?: string }} [how]
 *   `clock`: when the server believes that it starts, else now
 */
export async function startServer(name, { settings = [], standbyOf, clock = '' } = {}) {
  const ours = `faults_${name}-${process.pid}`;
  const folder = join(root, 'build/cluster', ours);
  const clients = [];
  const server = {
    url: await cluster(['start', ours],
      { CLUSTER_SETTINGS: settings.join('\n'), CLUSTER_STANDBY_OF: standbyOf?.url ?? '', CLUSTER_CLOCK: clock }),

    /** A connection of its own. */
    async connect() {
      const client = new pg.Client({ connectionString: server.url });
      // A crash ends it, and is no error of the test's.
      client.on('error', () => {});
      await client.connect();
      clients.push(client);
      return client;
    },
    /** Kills the server as the system would, with nothing said to anybody, and starts it again. */
    async crash() {
      process.kill(Number(readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
      server.url = await cluster(['restart', ours]);
    },
    /** What the server has written into its log. */
    log: () => readFile(join(folder, 'server.log'), 'utf8'),
    async stop() {
      await Promise.all(clients.map((client) => client.end().catch(() => {})));
      await cluster(['stop', ours]);
    },
  };
  // Should we be killed, the next run of tests finds it by this and stops it.
  writeFileSync(join(folder, 'owner'), `${process.pid}\n`);
  return server;
}

/** Installs slotguard and makes its tables. */
export async function setUp(client) {
  await client.query('CREATE EXTENSION slotguard');
  await client.query('SELECT FROM setup_booking()');
}

/** Asks until the answer is yes: for what another process does in its own time. */
export async function eventually(what, isTrue, seconds = 30) {
  const end = Date.now() + seconds * 1000;
  while (!await isTrue()) {
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await pause(50);
  }
}

/** The one value that a query gives. */
export async function ask(client, query, values) {
  const { rows } = await client.query({ text: query, values, rowMode: 'array' });
  return rows[0]?.[0];
}

/** Waits until so many others wait for a lock. */
export function untilWaiting(client, count) {
  return eventually(`${count} wait for a lock`, async () => Number(await ask(client,
    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")) === count);
}
