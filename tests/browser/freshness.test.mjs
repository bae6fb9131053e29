// How fresh the list is: what is told later is never written over by what was told before, what was
// not renewed is not called new, and a visitor who has looked far ahead is told of changes too.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addDays } from '../../web/page/booking/calendar_dates.mjs';
import { Times } from '../../web/page/booking/times.mjs';
import { createSignedInStack, dateIn, openHours, startGateway } from '../gateway/stack.mjs';
import { launchBrowser, open, pageAddress } from './visitors.mjs';

let database;
let gateway;
let browser;

before(async () => {
  ({ database, gateway } = await createSignedInStack());
  for (const mentor of ['ada', 'bert']) await openHours(database, mentor);
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await gateway.stop();
  await database.drop();
});

test('a booking that is told while the mentor\'s settings are read again stays on the list', async () => {
  const date = await dateIn(database, 2);
  const visitor = await open(browser, pageAddress(gateway, { mentor: 'ada', startup: 1 }));
  await visitor.listShown();
  await visitor.openDay(date);
  await visitor.page.locator('.age[hidden]').waitFor({ state: 'attached' });
  const { held, release } = await holdBack(visitor.page, '**/rpc/mentor_info');
  await database.admin.query(`INSERT INTO mentor_availability (mentor_id, opens, closes)
    VALUES ('ada', '14:00', '15:00')`);
  await held;
  await database.admin.query(`INSERT INTO mentor_startup_sessions
    (mentor_id, startup_id, session_date, session_time) VALUES ('ada', 900, $1, '10:00')`, [date]);
  const booked = visitor.page.locator(`[data-slot="${date}T10:00"][data-state="booked"]`);
  await booked.waitFor();
  await release();
  await visitor.slot(`${date}T14:30`).waitFor();
  assert.equal(await booked.count(), 1);
  await visitor.leave();
});

test('a list that could not be renewed is not called new', async () => {
  const plain = await startGateway(
    { DATABASE_URL: database.urlFor('slotguard_web'), SLOTGUARD_EVENTS: 'off' });
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.clock.install();
  await page.goto(pageAddress(plain, { mentor: 'bert', startup: 2 }));
  await page.getByText(/less than a minute old/).waitFor();
  await page.route('**/rpc/**', (route) => route.abort());
  for (let polls = 0; polls < 9; polls += 1) {
    const failed = page.waitForEvent('requestfailed',
      (request) => request.url().endsWith('available_slots'));
    await page.clock.runFor(15_000);
    await failed;
  }
  await page.getByText(/This list is 2 minutes old/).waitFor();
  await context.close();
  await plain.stop();
});

test('however far ahead a visitor has looked, no more is asked for at once than is answered', async () => {
  const asked = [];
  const times = new Times({
    async rpc(name, { from_date: from, to_date: to }) {
      asked.push({ from, to });
      return [];
    },
  }, 'ada');
  await times.load({ from: '2026-10-30', to: '2029-02-01' });
  assert.ok(times.covers({ from: '2026-10-30', to: '2029-02-01' }));
  assert.equal(asked[0].from, '2026-10-30');
  assert.equal(asked.at(-1).to, '2029-02-01');
  for (const [at, { from, to }] of asked.entries()) {
    assert.ok(Date.parse(to) - Date.parse(from) < 400 * 86_400_000, `${from} to ${to}`);
    if (at > 0) assert.equal(from, addDays(asked[at - 1].to, 1));
  }
});

/** Keeps back what a page asks for from now on. */
async function holdBack(page, address) {
  let release;
  const released = new Promise((resolve) => { release = resolve; });
  const held = page.waitForRequest(address);
  const answered = page.waitForResponse(address);
  await page.route(address, async (route) => {
    await released;
    await route.continue();
  });
  return {
    held,
    async release() {
      release();
      await answered;
    },
  };
}
