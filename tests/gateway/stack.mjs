// The real stack for tests of the gateway and the page: a database of the test's own in the
// cluster named by SLOTGUARD_TEST_DATABASE_URL, and the gateway as a process of its own.
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { createRequire } from 'node:module';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
// The gateway's own copy of pg: the tests need no other.
const pg = createRequire(join(root, 'web/package.json'))('pg');

const cluster = process.env.SLOTGUARD_TEST_DATABASE_URL;
if (!cluster) {
  throw new Error('SLOTGUARD_TEST_DATABASE_URL must name a superuser\'s connection to a cluster, '
    + 'like postgresql:///postgres?host=/tmp/socket&port=5432&user=postgres');
}

let databases = 0;

// A gateway must not outlive the test that started it, also where that is ended for its slowness.
const gateways = new Set();
process.once('SIGTERM', () => process.exit(1));
process.once('exit', () => { for (const gateway of gateways) gateway.kill('SIGKILL'); });

/**
 * A new database.
 * @returns {Promise<{ name: string, admin: import('pg').Client, urlFor(role: string): string,
 *                     drop(): Promise<void> }>}
 */
export async function createDatabase() {
  const name = `slotguard_web_test_${process.pid}_${databases += 1}`;
  await asAdmin(cluster, (client) => client.query(`CREATE DATABASE ${name}`));
  const admin = new pg.Client({ connectionString: urlOf(name, {}) });
  await admin.connect();
  return {
    name,
    admin,
    urlFor: (user) => urlOf(name, { user }),
    async drop() {
      await admin.end();
      await asAdmin(cluster, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}

/** The functions of protocol.sql are none of those that a gateway serves unasked. */
export const everyFunction = { SLOTGUARD_FUNCTIONS: '*' };

/** A new database with the functions of protocol.sql alone, and a role that may call them. */
export async function createProtocolDatabase() {
  const database = await createDatabase();
  await runScript(database, 'tests/gateway/protocol.sql');
  await database.admin.query(`DO $$ BEGIN CREATE ROLE slotguard_web LOGIN NOINHERIT;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`);
  return database;
}

/** A new database with slotguard in it, its tables, and the gateway's role. */
export async function createBookingDatabase() {
  const database = await createDatabase();
  await database.admin.query('CREATE EXTENSION slotguard');
  await database.admin.query('SELECT * FROM setup_booking()');
  await runScript(database, 'web/server/api_role.sql');
  return database;
}

/** The secret of the gateways that check tokens here. */
export const jwtSecret = 'a secret of the tests, long enough for HS256';

/** A token as another program would sign it, right or wrong. */
export function tokenFor(claims, { secret = jwtSecret, algorithm = 'HS256' } = {}) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: algorithm, typ: 'JWT' })}.${part(claims)}`;
  const hash = algorithm.replace('HS', 'sha');
  const signature = algorithm === 'none' ? ''
    : createHmac(hash, secret).update(signed).digest('base64url');
  return `${signed}.${signature}`;
}

/** The header by which a request is signed in. */
export const signedIn = (claims, how) => ({ Authorization: `Bearer ${tokenFor(claims, how)}` });

/** Claims as those who use signed_in_roles.sql put them into tokens. */
export const startupClaims = (id) => ({ role: 'slotguard_startup', startup_id: id });
export const calendarClaims = (id) => ({ role: 'slotguard_calendar', mentor_id: id });
export const mentorClaims = (id) => ({ role: 'slotguard_mentor', mentor_id: id });

/** A new database with slotguard in it, in which people sign in, and a gateway that checks who. */
export async function createSignedInStack(env = {}) {
  const database = await createBookingDatabase();
  await runScript(database, 'web/server/signed_in_roles.sql');
  const gateway = await startGateway({ DATABASE_URL: database.urlFor('slotguard_web'),
    SLOTGUARD_JWT_SECRET: jwtSecret, ...env });
  return { database, gateway };
}

/** So many connections of their own to a database. */
export async function openClients(database, count) {
  const clients = Array.from({ length: count },
    () => new pg.Client({ connectionString: urlOf(database.name, {}) }));
  await Promise.all(clients.map((client) => client.connect()));
  return clients;
}

/** Gives a mentor hours on every day from today on. */
export async function openHours(database, mentor,
  { zone = 'UTC', opens = '09:00', closes = '12:00' } = {}) {
  await database.admin.query(
    'INSERT INTO mentor_settings (mentor_id, time_zone) VALUES ($1, $2)', [mentor, zone]);
  await database.admin.query(
    'INSERT INTO mentor_availability (mentor_id, opens, closes) VALUES ($1, $2, $3)',
    [mentor, opens, closes]);
}

/** The date so many days from the database's today. */
export async function dateIn(database, days) {
  const { rows } = await database.admin.query('SELECT (CURRENT_DATE + $1::int)::text AS date', [days]);
  return rows[0].date;
}

/** Runs a file with psql, since it may hold psql's own commands. */
export async function runScript(database, file, variables = {}) {
  const set = Object.entries(variables).flatMap(([name, value]) => ['-v', `${name}=${value}`]);
  const psql = spawn('psql', ['-X', '-q', ...set, '-d', database.url ?? urlOf(database.name, {}),
    '-f', join(root, file)], { stdio: ['ignore', 'ignore', 'pipe'] });
  const said = collect(psql.stderr);
  const [code] = await once(psql, 'close');
  if (code !== 0) throw new Error(`${file}: ${said.join('\n')}`);
}

/** All tests come from one address: what one may ask for is tested where it is set. */
const forOneAddress = {
  SLOTGUARD_WRITES_PER_CALLER: '1000000',
  SLOTGUARD_WRITES_PER_ADDRESS: '1000000',
  SLOTGUARD_REFUSALS_PER_ADDRESS: '1000000',
  SLOTGUARD_CALLS_PER_ADDRESS: '1000',
  SLOTGUARD_STREAMS_PER_ADDRESS: '10000',
  SLOTGUARD_CONNECTIONS_PER_ADDRESS: '10000',
};

/** The limits that a gateway has by itself. */
export const limitsByDefault = Object.fromEntries(Object.keys(forOneAddress).map((name) => [name, undefined]));

/**
 * Starts the gateway on a free port and waits until it listens.
 * @param {Record<string, string | undefined>} env  beside PATH, all that it is told
 * @param {string} [script]  the gateway's own, or one that adds something
 */
export async function startGateway(env, script = 'web/server/main.mjs') {
  const gateway = spawn(process.execPath, [join(root, script)], {
    env: { PATH: process.env.PATH, PORT: '0', ...forOneAddress, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = collect(gateway.stderr);
  gateways.add(gateway);
  // `close`, not `exit`: by then all that it said has been read.
  const ended = once(gateway, 'close').finally(() => gateways.delete(gateway));
  const url = await Promise.race([
    listeningAddress(gateway.stdout),
    ended.then(([code]) => { throw new Error(`the gateway ended (${code}): ${log.join('\n')}`); }),
  ]);
  gateway.stdout.resume();
  return {
    url,
    log,
    pid: gateway.pid,
    /** @returns {Promise<number | null>} its exit status */
    async stop(signal = 'SIGTERM') {
      gateway.kill(signal);
      return (await ended)[0];
    },
  };
}

/**
 * A way to the database that a test can cut and mend, as a server that goes down and comes back, or
 * freeze, as one that says nothing more.
 * @param {(answer: Buffer) => Buffer} [retold]  what the database says, as it is passed on
 */
export async function cuttableWayTo(database, role, retold = (answer) => answer) {
  const target = new URL(database.urlFor(role));
  const socketName = `.s.PGSQL.${target.searchParams.get('port') ?? '5432'}`;
  const realSocket = join(target.searchParams.get('host'), socketName);
  const folder = await mkdtemp(join(tmpdir(), 'slotguard-way-'));
  target.searchParams.set('host', folder);
  const open = new Set();
  let frozen = false;
  let server;
  const way = {
    url: target.href,
    /** The connections on which something was asked since it was frozen. */
    unheard: new Set(),
    freeze() { frozen = true; },
    async mend() {
      frozen = false;
      way.unheard.clear();
      server = net.createServer((near) => {
        const far = net.connect(realSocket);
        for (const end of [near, far]) {
          open.add(end);
          end.on('error', () => {}).on('close', () => { near.destroy(); far.destroy(); });
        }
        near.on('data', (asked) => { if (frozen) way.unheard.add(near); else far.write(asked); });
        far.on('data', (answer) => near.write(retold(answer)));
      });
      server.listen(join(folder, socketName));
      await once(server, 'listening');
    },
    async cut() {
      for (const end of open) end.destroy();
      open.clear();
      if (server.listening) await new Promise((done) => { server.close(done); });
    },
    async remove() {
      await way.cut();
      await rm(folder, { recursive: true });
    },
  };
  await way.mend();
  return way;
}

/** POSTs to a function as the page does. */
export async function rpc(gateway, name, body, headers = {}) {
  const response = await fetch(`${gateway.url}/rpc/${name}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text,
    body: text === '' ? undefined : JSON.parse(text) };
}

/** Asks from an address of its own: all of 127.0.0.0/8 is this machine. */
export async function askFrom(localAddress, url, { method = 'GET', headers = {}, body } = {}) {
  const request = http.request(url, { method, headers, localAddress, agent: false });
  request.end(body);
  const [response] = await once(request, 'response');
  const pieces = [];
  for await (const piece of response) pieces.push(piece);
  return { status: response.statusCode, headers: response.headers, text: Buffer.concat(pieces).toString() };
}

function urlOf(name, parameters) {
  const url = new URL(cluster);
  url.pathname = `/${name}`;
  for (const [key, value] of Object.entries(parameters)) url.searchParams.set(key, value);
  return url.href;
}

async function asAdmin(url, work) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function collect(stream) {
  const lines = [];
  createInterface({ input: stream }).on('line', (line) => lines.push(line));
  return lines;
}

async function listeningAddress(stdout) {
  for await (const line of createInterface({ input: stdout })) {
    const [, address] = line.match(/^slotguard gateway listening on (http:\S+)$/) ?? [];
    if (address) return address;
  }
  return new Promise(() => {}); // It ended without a word; the exit tells why.
}
