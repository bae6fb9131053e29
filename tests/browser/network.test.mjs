// A slow network, a dropped one, and a gateway that dies: the page says honestly what it knows, loses
// nothing that was typed, and however often it asks, one row is booked.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createBookingDatabase, dateIn, jwtSecret, openHours, runScript, startGateway, startupClaims,
  tokenFor } from '../gateway/stack.mjs';
import { launchBrowser, open, outcomeIn, pageAddress, visit } from './visitors.mjs';

let database;
let gateway;
let browser;
let tomorrow;

before(async () => {
  database = await createBookingDatabase();
  await runScript(database, 'web/server/signed_in_roles.sql');
  for (const mentor of ['ada', 'bert']) await openHours(database, mentor);
  tomorrow = await dateIn(database, 1);
  gateway = await startOn('0');
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await gateway.stop();
  await database.drop();
});

const startOn = (port) => startGateway({ DATABASE_URL: database.urlFor('slotguard_web'),
  SLOTGUARD_JWT_SECRET: jwtSecret, PORT: port });
const who = (startup, mentor = 'ada') => ({ mentor, token: tokenFor(startupClaims(startup)) });

// DevTools' own "Slow 3G", and no network at all.
const slow3G = { offline: false, latency: 2000, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const fullSpeed = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
const noNetwork = { ...fullSpeed, offline: true };

/** The network of a page, as Chromium's own tools emulate it. */
async function networkOf(page) {
  const tools = await page.context().newCDPSession(page);
  await tools.send('Network.enable');
  return (conditions) => tools.send('Network.emulateNetworkConditions', conditions);
}

/** A visitor who has chosen a time and typed a note, and the keys that he books with. */
async function chosen(startup, time, note = `What ${startup} would like to know`) {
  const visitor = await visit(browser, gateway, who(startup));
  const keys = [];
  visitor.page.on('request', (request) => {
    if (request.url().endsWith('/rpc/book_session')) keys.push(request.postDataJSON().idempotency_key);
  });
  await visitor.openDay(tomorrow);
  await visitor.slot(`${tomorrow}T${time}`).click();
  const held = visitor.page.waitForResponse('**/rpc/hold_slot');
  await visitor.note.fill(note);
  await held;
  return { visitor, keys, note, network: await networkOf(visitor.page) };
}

const rowsOf = async (startup) => (await database.admin.query(
  'SELECT idempotency_key AS key, visitor_note AS note FROM mentor_startup_sessions WHERE startup_id = $1',
  [startup])).rows;

/** One row, with the one key that was sent, and the text that was typed. */
async function assertBookedOnce(startup, { keys, note }) {
  assert.equal(new Set(keys).size, 1, `keys: ${keys}`);
  assert.deepEqual(await rowsOf(startup), [{ key: keys[0], note }]);
}

test('on a slow network there are shapes first, then the times, and a booking goes through', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const network = await networkOf(page);
  await page.goto(pageAddress(gateway, who(1)));
  await page.locator('[data-slot]').first().waitFor();
  await network(slow3G);
  await page.reload({ waitUntil: 'commit' });
  await page.locator('.waiting .skeleton').first().waitFor();
  assert.equal(await page.locator('form').getAttribute('aria-busy'), 'true');
  assert.equal(await page.locator('[data-slot], [data-day]').count(), 0, 'no time is shown that is not known');
  assert.ok(!(await page.locator('[data-action="book"]').isVisible()), 'nothing to press in vain');
  await page.locator('[data-slot]').first().waitFor();
  assert.ok(!(await page.locator('.waiting').isVisible()));
  await page.locator('[data-slot][data-state="available"]').last().click();
  const book = page.locator('[data-action="book"]');
  await book.click();
  // It says so, and a second press is none.
  assert.equal(await book.innerText(), 'Booking …');
  assert.equal(await book.getAttribute('aria-disabled'), 'true');
  await book.click({ force: true });
  assert.equal(await outcomeIn(page.getByRole('status')), 'booked');
  assert.equal((await rowsOf(1)).length, 1);
  await context.close();
});

test('offline at the press: an honest word, the text is kept, and once it is back one row is booked', async () => {
  const asked = await chosen(2, '09:00');
  const { visitor, network, note } = asked;
  await network(noNetwork);
  await visitor.bookButton.click();
  await visitor.refusal.getByText(/Your device is offline/).waitFor();
  assert.equal(await visitor.refusal.getAttribute('data-problem'), 'no-answer');
  assert.match(await visitor.refusal.innerText(), /cannot tell whether your booking arrived/);
  assert.equal(await visitor.focused(), 'alert');
  assert.equal(await visitor.note.inputValue(), note);
  assert.ok(await visitor.slot(`${tomorrow}T09:00`).locator('input').isChecked());
  assert.deepEqual(await rowsOf(2), []);
  await network(fullSpeed);
  assert.equal(await outcomeIn(visitor.news), 'booked');
  assert.ok(asked.keys.length >= 2, 'it was tried again');
  await assertBookedOnce(2, asked);
  await visitor.leave();
});

test('offline, pressed again and again, and then by the button: the same key each time', async () => {
  const asked = await chosen(3, '09:30');
  const { visitor, network } = asked;
  await network(noNetwork);
  await visitor.bookButton.click();
  for (let tries = 0; tries < 2; tries += 1) {
    await visitor.retryButton.click();
    await visitor.page.locator('[data-action="book"][aria-disabled="false"]').waitFor();
  }
  await network(fullSpeed);
  assert.equal(await outcomeIn(visitor.news), 'booked');
  await assertBookedOnce(3, asked);
  await visitor.leave();
});

for (const [startup, time, wayOn] of [[4, '10:00', 'another try'], [5, '10:30', 'a reload']]) {
  test(`a reply that the network loses after the commit is told as booked, once, by ${wayOn}`, async () => {
    const asked = await chosen(startup, time);
    const { visitor, network } = asked;
    await visitor.page.route('**/rpc/book_session', async (route) => {
      const response = await route.fetch();
      assert.equal((await response.json()).outcome, 'booked');
      assert.equal((await rowsOf(startup)).length, 1, 'the database has committed');
      await network(noNetwork);
      await route.abort('internetdisconnected');
    }, { times: 1 });
    await visitor.bookButton.click();
    await visitor.refusal.getByText(/cannot tell whether your booking arrived/).waitFor();
    if (wayOn === 'a reload') {
      await network(fullSpeed);
      await visitor.page.reload();
    } else {
      await network(fullSpeed);
    }
    assert.equal(await outcomeIn(visitor.news), 'booked');
    assert.match(await visitor.news.innerText(), new RegExp(time));
    await visitor.page.locator('[data-session]').waitFor();
    assert.equal(await visitor.page.locator('[data-session]').count(), 1);
    await assertBookedOnce(startup, asked);
    await visitor.leave();
  });
}

test('a double click on a slow network asks once', async () => {
  const asked = await chosen(6, '11:00');
  const { visitor, network } = asked;
  await network(slow3G);
  await visitor.bookButton.dblclick();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  assert.equal(asked.keys.length, 1);
  await assertBookedOnce(6, asked);
  await visitor.leave();
});

test('a gateway that is killed and started again is followed again, and nothing of the meantime is missed', async () => {
  const insert = (time) => database.admin.query(`INSERT INTO mentor_startup_sessions
    (mentor_id, startup_id, session_date, session_time) VALUES ('bert', 900, $1, $2)`, [tomorrow, time]);
  const becomes = (page, time, state) =>
    page.locator(`[data-slot="${tomorrow}T${time}"][data-state="${state}"]`).waitFor();
  const { port } = new URL(gateway.url);
  const visitor = await open(browser, pageAddress(gateway, who(7, 'bert')));
  const { page } = visitor;
  await visitor.listShown();
  await visitor.openDay(tomorrow);
  await insert('09:00');
  await becomes(page, '09:00', 'booked');
  await gateway.stop('SIGKILL');
  await page.getByText(/Changes are not shown by themselves/).waitFor();
  await insert('09:30');
  assert.equal(await visitor.slot(`${tomorrow}T09:30`).getAttribute('data-state'), 'available');
  gateway = await startOn(port);
  await becomes(page, '09:30', 'booked');
  await page.locator('.age').waitFor({ state: 'hidden' });
  await insert('10:00');
  await becomes(page, '10:00', 'booked');
  await visitor.leave();
});
