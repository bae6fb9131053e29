// What a reload and a dropped network must not lose: the text, and a booking whose answer nobody
// has heard.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createSignedInStack, dateIn, openHours, startupClaims, tokenFor } from '../gateway/stack.mjs';
import { launchBrowser, outcomeIn, visit } from './visitors.mjs';

let database;
let gateway;
let browser;
let tomorrow;

before(async () => {
  ({ database, gateway } = await createSignedInStack());
  await openHours(database, 'ada');
  tomorrow = await dateIn(database, 1);
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await gateway.stop();
  await database.drop();
});

/** A visitor who has chosen a time, and the keys that he books with. */
async function chosen(startup, time) {
  const visitor = await visit(browser, gateway,
    { mentor: 'ada', token: tokenFor(startupClaims(startup)) });
  const keys = [];
  visitor.page.on('request', (request) => {
    if (request.url().endsWith('/rpc/book_session')) keys.push(request.postDataJSON().idempotency_key);
  });
  await visitor.openDay(tomorrow);
  await visitor.slot(`${tomorrow}T${time}`).click();
  return { visitor, keys };
}

const sessionsOf = async (startup) => (await database.admin.query(
  'SELECT idempotency_key AS key, visitor_note AS note FROM mentor_startup_sessions '
  + 'WHERE startup_id = $1', [startup])).rows;

/** The real gateway books, and its answer is lost. */
async function lose(route) {
  await route.fetch();
  await route.abort('connectionreset');
}

test('what was chosen, held and typed is so after a reload, and is gone once it is booked', async () => {
  const { visitor } = await chosen(1, '09:00');
  await visitor.note.fill('Two lines\nof thought');
  await visitor.page.reload();
  await visitor.listShown();
  assert.equal(await visitor.note.inputValue(), 'Two lines\nof thought');
  assert.ok(await visitor.slot(`${tomorrow}T09:00`).locator('input').isChecked());
  await visitor.page.getByText(/^Held for you for/).waitFor();
  await visitor.bookButton.click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  assert.equal((await sessionsOf(1))[0].note, 'Two lines\nof thought');
  await visitor.page.reload();
  await visitor.listShown();
  assert.equal(await visitor.note.count(), 0, 'no form without a choice');
  await visitor.leave();
});

test('a booking whose answer was lost is asked about after a reload, with its key', async () => {
  const { visitor, keys } = await chosen(2, '09:30');
  await visitor.page.route('**/rpc/book_session', lose, { times: 1 });
  await visitor.bookButton.click();
  await visitor.refusal.locator('h3').waitFor();
  await visitor.page.reload();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  assert.deepEqual([keys.length, new Set(keys).size], [2, 1]);
  assert.equal((await sessionsOf(2)).length, 1);
  await visitor.page.reload();
  await visitor.listShown();
  assert.equal(await visitor.news.innerText(), '', 'answered, it is not asked about again');
  assert.equal(keys.length, 2);
  await visitor.leave();
});

test('a reload in the middle of a booking books once, and tells it', async () => {
  const { visitor, keys } = await chosen(3, '10:00');
  let asked;
  const underWay = new Promise((resolve) => { asked = resolve; });
  await visitor.page.route('**/rpc/book_session', async (route) => {
    await route.fetch();
    asked();
  }, { times: 1 });
  await visitor.bookButton.click();
  await underWay;
  await visitor.page.reload();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  assert.equal(new Set(keys).size, 1);
  assert.equal((await sessionsOf(3)).length, 1);
  await visitor.leave();
});

test('when the network is back, what did not go through is tried once more, by itself', async () => {
  const { visitor, keys } = await chosen(4, '10:30');
  const { page } = visitor;
  await page.context().setOffline(true);
  await visitor.bookButton.click();
  await visitor.refusal.getByText(/Your device is offline/).waitFor();
  assert.equal(await visitor.refusal.getAttribute('data-problem'), 'no-answer');
  await page.context().setOffline(false);
  assert.equal(await outcomeIn(visitor.news), 'booked');
  assert.equal(new Set(keys).size, 1);
  await visitor.leave();
});

test('after a lost press a refusal of the call does not claim that nothing was booked', async () => {
  const { visitor } = await chosen(5, '11:00');
  await visitor.page.route('**/rpc/book_session', lose, { times: 1 });
  await visitor.bookButton.click();
  await visitor.refusal.getByText(/Trying again is safe/).waitFor();
  await visitor.page.route('**/rpc/book_session', (route) => route.fulfill({ status: 403,
    json: { code: '42501', message: 'permission denied', details: null, hint: null } }), { times: 1 });
  await visitor.retryButton.click();
  await visitor.refusal.getByText(/permission denied \(42501\)/).waitFor();
  const said = await visitor.refusal.innerText();
  assert.match(said, /cannot tell whether the time is yours/);
  assert.doesNotMatch(said, /Nothing was booked/);
  await visitor.retryButton.click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  assert.equal((await sessionsOf(5)).length, 1);
  await visitor.leave();
});

test('another zone, clock or language changes how the chosen time is written, not which it is', async () => {
  const date = await dateIn(database, 3);
  const { visitor } = await chosen(6, '11:30');
  const { page } = visitor;
  await visitor.openDay(date);
  await visitor.slot(`${date}T09:00`).click();
  await page.getByLabel('Your time zone').focus();
  await page.getByLabel('Your time zone').selectOption('Asia/Tokyo');
  await page.getByRole('button', { name: 'Book 18:00' }).waitFor();
  await page.getByLabel('Clock').selectOption('h12');
  await page.getByRole('button', { name: 'Book 6:00 pm' }).waitFor();
  await page.getByLabel('Language').selectOption('de');
  await page.getByRole('button', { name: /6:00.* buchen/ }).waitFor();
  await page.getByLabel('Ihre Zeitzone').selectOption('Pacific/Kiritimati');
  assert.ok(await visitor.slot(`${date}T09:00`).locator('input').isChecked());
  await visitor.bookButton.click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  const { rows } = await database.admin.query(
    `SELECT to_char(session_time, 'HH24:MI') AS time, session_date::text AS date
     FROM mentor_startup_sessions WHERE startup_id = 6`);
  assert.deepEqual(rows, [{ time: '09:00', date }]);
  await visitor.leave();
});
