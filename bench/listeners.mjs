// How soon those who listen to a mentor are told of a booking: LISTENERS (1000) of them on one gateway,
// BOOKINGS (200) written at BOOKINGS_A_SECOND (20), each on a day of its own, so that it is known which
// message tells of which. From the commit, as the writer sees it, until the last one has heard.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const root = new URL('../', import.meta.url);
const pg = createRequire(new URL('web/package.json', root))('pg');

const database = process.argv[2];
const many = Number(process.env.LISTENERS ?? 1000);
const bookings = Math.min(Number(process.env.BOOKINGS ?? 200), 360);
const pace = Number(process.env.BOOKINGS_A_SECOND ?? 20);

const now = () => Number(process.hrtime.bigint()) / 1e6;

function databaseUrl(user) {
  const { PGHOST, PGPORT } = process.env;
  return `postgresql:///${database}?host=${encodeURIComponent(PGHOST)}&port=${PGPORT}&user=${user}`;
}

async function startGateway() {
  const gateway = spawn(process.execPath, [new URL('web/server/main.mjs', root).pathname], {
    env: { PORT: '0', DATABASE_URL: databaseUrl('slotguard_web'),
      SLOTGUARD_MAX_CONNECTIONS: String(many + 100),
      // All come from one address.
      SLOTGUARD_CONNECTIONS_PER_ADDRESS: String(many + 100),
      SLOTGUARD_STREAMS_PER_ADDRESS: String(many),
      // No page is asked for here, so none need be built.
      SLOTGUARD_MODULE_FOLDER: new URL('build/log/', root).pathname },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: gateway.stdout }), 'line');
  return { process: gateway, url: line.match(/http:\S+/)[0] };
}

/** Memory of a process in MB, now and at most; and what it has run, in seconds. */
async function usageOf(pid) {
  const [status, stat] = await Promise.all(['status', 'stat'].map((name) =>
    readFile(`/proc/${pid}/${name}`, 'utf8')));
  const megabytes = (name) => Math.round(Number(status.match(`${name}:\\s+(\\d+)`)[1]) / 1024);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // In ticks, of which Linux tells 100 a second to programs.
  const seconds = (Number(fields[11]) + Number(fields[12])) / 100;
  return { memory: megabytes('VmRSS'), most: megabytes('VmHWM'), seconds };
}

/** Books a slot of each day at its time; resolves with the day and the instant of each commit. */
async function book(writer, days) {
  const committed = new Map();
  const began = now();
  for (const [n, day] of days.entries()) {
    const wait = began + (n * 1000) / pace - now();
    if (wait > 0) await new Promise((resolve) => { setTimeout(resolve, wait); });
    const { rows: [{ outcome }] } = await writer.query(
      "SELECT outcome FROM book_session('famous', $1, $2, '10:00')", [n + 1, day]);
    if (outcome !== 'booked') throw new Error(`a booking was answered ${outcome}`);
    committed.set(day, now());
  }
  return { committed, seconds: (now() - began) / 1000 };
}

const percentile = (sorted, share) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

function report(told, { committed, seconds }, before, after) {
  const delays = [...committed].map(([day, at]) => told.get(day) - at).sort((a, b) => a - b);
  if (delays.some(Number.isNaN)) throw new Error('somebody was not told of a booking');
  const ran = (after.seconds - before.seconds) / seconds;
  console.log(`${many} listeners, ${committed.size} bookings at ${(committed.size / seconds).toFixed(0)}/s:
  from the commit until the last has heard: median ${percentile(delays, 0.5).toFixed(0)} ms, \
p99 ${percentile(delays, 0.99).toFixed(0)} ms, at most ${delays.at(-1).toFixed(0)} ms
  the gateway: ${after.memory} MB of memory (at most ${after.most}), ${(100 * ran).toFixed(0)} % of a core`);
}

const admin = new pg.Client({ connectionString: databaseUrl('postgres') });
await admin.connect();
const { rows } = await admin.query(
  'SELECT (CURRENT_DATE + n)::text AS day FROM generate_series(1, $1::int) AS n', [bookings]);
const days = rows.map(({ day }) => day);
const gateway = await startGateway();
// Whichever ends by itself has said why, and nothing more will come.
gateway.process.once('exit', (code) => { if (code) process.exit(1); });
const listeners = fork(new URL('listeners/listening.mjs', import.meta.url).pathname,
  [gateway.url, String(many)]);
listeners.once('exit', (code) => { if (code) process.exit(1); });
try {
  await once(listeners, 'message');
  const before = await usageOf(gateway.process.pid);
  listeners.send({ days });
  const heard = once(listeners, 'message');
  const written = await book(admin, days);
  const [told] = await heard;
  report(new Map(told), written, before, await usageOf(gateway.process.pid));
} finally {
  listeners.kill();
  gateway.process.kill();
  await admin.end();
}
