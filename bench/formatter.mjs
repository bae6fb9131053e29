// Formats a year of slots in Chromium, by the browser module and by plain JavaScript:
//
//   SITUATION=formatter ROUNDS=25 make bench
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { aim, situations } from './formatter/situations.mjs';

const root = new URL('../', import.meta.url);
// The browser that the tests drive, and what drives it.
const { chromium } = createRequire(new URL('tests/', root))('playwright-core');

const rounds = Number(process.env.ROUNDS ?? 15);

const types = { '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json' };

/** Our own files, to a page whose clock is fine: that is for pages that are by themselves. */
async function answer({ url }, response) {
  response.setHeader('content-type', types[extname(url)] ?? 'text/html');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('cross-origin-embedder-policy', 'require-corp');
  try {
    response.end(url === '/' ? '<!doctype html>' : await readFile(new URL(`.${url}`, root)));
  } catch {
    response.writeHead(404).end();
  }
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

function report({ name }, { ours, theirs }) {
  const ratio = median(ours.map((time, round) => theirs[round] / time));
  const beside = `${ratio >= aim ? 'of' : 'MISSES'} ${aim}`;
  console.log(`${name.padEnd(42)} ${median(ours).toFixed(1).padStart(7)} ms `
    + `${median(theirs).toFixed(1).padStart(7)} ms ${ratio.toFixed(2).padStart(8)} ${beside}`);
}

const server = createServer(answer).listen(0, '127.0.0.1');
await once(server, 'listening');
const browser = await chromium.launch({
  executablePath: process.env.SLOTGUARD_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'],
});
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => { throw error; });
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.addScriptTag({ type: 'module', url: '/bench/formatter/measure.mjs' });
  await page.waitForFunction(() => 'measure' in window);
  console.log(`formatter, Chromium ${browser.version()}: 10,000 slots, ${rounds} rounds, medians\n`
    + `${''.padEnd(42)} slotguard     plain    ratio`);
  for (const situation of situations) {
    const measured = await page.evaluate((asked) => window.measure(asked), { ...situation, rounds });
    if (measured.differ) throw new Error(`${situation.name}: ${measured.differ.join('\n  not  ')}`);
    report(situation, measured);
  }
} finally {
  await browser.close();
  server.close();
}
