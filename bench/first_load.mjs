// How soon a free time can be pressed by one who has never been here, on a slow phone: Chromium with
// DevTools' "Fast 4G" and its processor slowed down four times; the real stack, a fresh visitor a round.
//
//   SITUATION="first load" ROUNDS=9 make bench
import { loadavg } from 'node:os';
import { createSignedInStack, openHours, startupClaims, tokenFor } from '../tests/gateway/stack.mjs';
import { firstLoad } from '../tests/browser/slow_phone.mjs';
import { launchBrowser, pageAddress } from '../tests/browser/visitors.mjs';

const rounds = Number(process.env.ROUNDS ?? 5);
const aim = 1500;

const { database, gateway } = await createSignedInStack();
await openHours(database, 'ada', { zone: 'Europe/Berlin', closes: '17:00' });
const browser = await launchBrowser();

/** One load: milliseconds until a free time takes a press, what came over the line, what jumped. */
async function load(locale, startup) {
  const { interactive, requests, shifts, leave } = await firstLoad(browser, pageAddress(gateway,
    { mentor: 'ada', locale, timeZone: '', token: tokenFor(startupClaims(startup)) }));
  const shift = (await shifts()).reduce((sum, [value]) => sum + value, 0);
  await leave();
  return { interactive, count: requests.length, shift,
    kilobytes: requests.reduce((sum, { bytes }) => sum + bytes, 0) / 1024 };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

function report(locale, loads) {
  const interactive = loads.map((one) => one.interactive);
  const middle = median(interactive);
  console.log(`${`first load, ${locale}`.padEnd(22)} ${Math.round(middle)} ms (${Math.round(Math.min(...interactive))}`
    + ` to ${Math.round(Math.max(...interactive))}) ${middle <= aim ? 'of' : 'MISSES'} ${aim}, `
    + `layout shift ${Math.max(...loads.map(({ shift }) => shift))}, `
    + `${median(loads.map(({ count }) => count))} requests, `
    + `${Math.round(median(loads.map(({ kilobytes }) => kilobytes)))} KB`);
}

console.log(`Until a free time can be pressed, ${rounds} rounds, the machine's load ${loadavg()[0].toFixed(1)}:`);
// The gateway has packed its files and opened its connections by then, as one that runs has.
await load('en', 1);
for (const [index, locale] of ['en', 'de'].entries()) {
  const loads = [];
  for (let round = 0; round < rounds; round += 1) loads.push(await load(locale, index * 100 + round + 2));
  report(locale, loads);
}
await browser.close();
await gateway.stop();
await database.drop();
