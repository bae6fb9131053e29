// The first seconds: how much is loaded, and that nothing jumps while it comes.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createSignedInStack, dateIn, openHours, root, startupClaims, tokenFor }
  from '../gateway/stack.mjs';
import { firstLoad } from './slow_phone.mjs';
import { launchBrowser, pageAddress } from './visitors.mjs';

let database;
let gateway;
let browser;

before(async () => {
  ({ database, gateway } = await createSignedInStack());
  await openHours(database, 'ada', { zone: 'Europe/Berlin' });
  await database.admin.query(`INSERT INTO mentor_startup_sessions
    (mentor_id, startup_id, session_date, session_time) VALUES ('ada', 1, $1, '09:00')`,
  [await dateIn(database, 1)]);
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await gateway.stop();
  await database.drop();
});

test('all JavaScript of the page is at most 60 KB, packed', async () => {
  const scripts = await Promise.all(['booking', 'slotguard-booking'].map((name) =>
    readFile(`${root}build/web/${name}.mjs`)));
  const bytes = scripts.reduce((sum, script) => sum + gzipSync(script).length, 0);
  assert.ok(bytes <= 60 * 1024, `${bytes} bytes`);
});

for (const [width, locale] of [[390, 'en-GB'], [390, 'de'], [1280, 'en-GB'], [320, 'de']]) {
  test(`at ${width} pixels, in ${locale}, no part moves from the first picture to the last`, async () => {
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    const page = await context.newPage();
    await page.addInitScript(() => {
      globalThis.shifts = [];
      new PerformanceObserver((list) => {
        for (const { value, sources } of list.getEntries()) {
          globalThis.shifts.push([value, ...sources.map(({ node }) => node?.outerHTML?.slice(0, 90))]);
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    // Each part comes in a picture of its own, as on a slow line.
    await page.route(/slotguard\.wasm|languages|rpc|mentor_startup_sessions/, async (route) => {
      const response = await route.fetch();
      await page.evaluate(() => new Promise(requestAnimationFrame));
      await route.fulfill({ response });
    });
    await page.goto(pageAddress(gateway,
      { mentor: 'ada', locale, token: tokenFor(startupClaims(1)) }));
    await page.locator('[data-session]').first().waitFor();
    await page.evaluate(() => new Promise((resolve) => {
      requestAnimationFrame(() => requestAnimationFrame(resolve));
    }));
    assert.deepEqual(await page.evaluate(() => globalThis.shifts), []);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await context.close();
  });
}

/** What the first picture of the times needs, in the order in which it can be known of. */
const rounds = [
  ['/booking.css', '/booking.mjs', '/slotguard-booking.mjs', '/slotguard.wasm'],
  ['/languages/de.json', '/mentor_startup_sessions', '/rpc/available_slots', '/rpc/mentor_info'],
];

/** Answers a round when all of it has been asked for: what waits for one of its answers never comes. */
async function answerByRounds(page) {
  const asked = rounds.map(() => new Set());
  const isWhole = rounds.map(() => Promise.withResolvers());
  const others = [];
  await page.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url());
    const round = rounds.findIndex((paths) => paths.includes(pathname));
    if (round < 0) others.push(pathname);
    else {
      asked[round].add(pathname);
      if (asked[round].size === rounds[round].length) isWhole[round].resolve();
      await isWhole[round].promise;
    }
    await route.continue();
  });
  return others;
}

test('after the document two rounds of requests show the times, and no more is asked for', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const others = await answerByRounds(page);
  await page.goto(pageAddress(gateway,
    { mentor: 'ada', locale: 'de', token: tokenFor(startupClaims(2)) }));
  await page.locator('[data-slot][data-state="available"]').first().waitFor();
  const whenShown = ['/', '/events', '/icon.svg'];
  assert.deepEqual(others.filter((path) => !whenShown.includes(path)), []);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await context.close();
});

for (const locale of ['en-GB', 'de']) {
  test(`on a slow phone, in ${locale}, little is loaded and nothing jumps, also while one chooses`, async () => {
    const { page, requests, shifts, leave } = await firstLoad(browser,
      pageAddress(gateway, { mentor: 'ada', locale, token: tokenFor(startupClaims(3)) }));
    const bytes = requests.reduce((sum, request) => sum + request.bytes, 0);
    assert.ok(requests.length <= 10, requests.map(({ url }) => url).join('\n'));
    assert.ok(bytes <= 120 * 1024, `${bytes} bytes`);
    const days = page.locator('[data-day]:not([data-free="0"], [aria-disabled="true"])');
    await days.last().tap();
    await page.locator('[data-slot][data-state="available"]').nth(2).tap();
    await page.getByRole('textbox').waitFor();
    await page.evaluate(() => new Promise((resolve) => {
      requestAnimationFrame(() => requestAnimationFrame(resolve));
    }));
    assert.deepEqual(await shifts(), []);
    await leave();
  });
}
