// Starts the gateway on the demo's database. Then either shows the page's addresses until it is
// told to end, or, with DEMO_EXIT=1, plays the founding race and ends.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { playFoundingRace } from './race.mjs';

const usualPort = 3000;

const isFree = (port) => new Promise((resolve) => {
  const probe = createServer();
  probe.once('error', () => resolve(false));
  probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
});

/** The port that was asked for; else the usual one, or any free one (0) where that is in use. */
async function choosePort() {
  if (process.env.PORT) return process.env.PORT;
  return process.env.DEMO_EXIT !== '1' && await isFree(usualPort) ? usualPort : 0;
}

function databaseUrl() {
  const { PGHOST, PGPORT, PGDATABASE } = process.env;
  return `postgresql:///${PGDATABASE}?host=${encodeURIComponent(PGHOST)}&port=${PGPORT}&user=slotguard_web`;
}

/** Resolves with the gateway's address once it listens; rejects where it ends before that. */
function startGateway(port) {
  const main = new URL('gateway.mjs', import.meta.url).pathname;
  const env = { ...process.env, DATABASE_URL: databaseUrl(), PORT: String(port) };
  const gateway = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => gateway.once('exit', resolve));
  const listening = new Promise((resolve, reject) => {
    ended.then((code) => reject(new Error(`the gateway ended with code ${code}; is the port free?`)));
    createInterface({ input: gateway.stdout }).on('line', (line) => {
      const address = line.match(/listening on (http:\S+)/)?.[1];
      if (address) resolve(address);
    });
  });
  const stop = () => {
    gateway.kill('SIGTERM');
    return ended;
  };
  return { listening, ended, stop };
}

function showAddresses(address) {
  console.log(`
The booking page, for two visitors who want the same time (open both, side by side):

    ${address}/?mentor=ada&startup=1
    ${address}/?mentor=ada&startup=2

The mentor's page, where her hours, her time off and her sessions are:

    ${address}/mentor?mentor=ada

The race: two visitors and one button, and a storm of a hundred:

    ${address}/race

Ada is in Berlin; mentor=grace is in New York. Stop everything with Ctrl-C.`);
}

const gateway = startGateway(await choosePort());
let toldToEnd = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    toldToEnd = true;
    gateway.stop();
  });
}

try {
  const address = await gateway.listening;
  if (process.env.DEMO_EXIT === '1') {
    await playFoundingRace(address, console.log);
  } else {
    showAddresses(address);
    const code = await gateway.ended;
    if (!toldToEnd) throw new Error(`the gateway ended by itself, with code ${code}`);
  }
} catch (error) {
  if (!toldToEnd) {
    console.error(`The demo failed: ${error.message}`);
    process.exitCode = 1;
  }
} finally {
  await gateway.stop();
}
