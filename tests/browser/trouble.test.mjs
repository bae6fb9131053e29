// When the gateway or the database is away: an honest word, the choice kept, and a way to go on.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { createBookingDatabase, cuttableWayTo, dateIn, openHours, root, startGateway }
  from '../gateway/stack.mjs';
import { launchBrowser, open, outcomeIn, pageAddress, visit } from './visitors.mjs';

const { booked: answer } = JSON.parse(await readFile(`${root}tests/fixtures/outcomes.json`, 'utf8'));

let database;
let way;
let gateway;
let browser;
let tomorrow;

before(async () => {
  database = await createBookingDatabase();
  await openHours(database, 'ada');
  tomorrow = await dateIn(database, 1);
  way = await cuttableWayTo(database, 'slotguard_web');
  gateway = await startGateway({ DATABASE_URL: way.url });
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await gateway.stop();
  await way.remove();
  await database.drop();
});

const problemIn = async (visitor) => {
  await visitor.refusal.locator('h3').waitFor();
  return visitor.refusal.getAttribute('data-problem');
};

test('without a database the page says so, and shows the times once it is back', async () => {
  await way.cut();
  const visitor = await open(browser, pageAddress(gateway, { mentor: 'ada', startup: 1 }));
  assert.equal(await problemIn(visitor), 'no-answer');
  assert.match(await visitor.refusal.innerText(), /does not answer/);
  await way.mend();
  await visitor.retryButton.click();
  await visitor.page.locator('[data-slot]').first().waitFor();
  assert.equal(await visitor.refusal.innerText(), '');
  assert.match(await visitor.focused(), /available$/, 'the focus goes on to the times');
  await visitor.leave();
});

test('a gateway that is gone loses no choice, and the same press works once it is back', async () => {
  const { port } = new URL(gateway.url);
  const visitor = await visit(browser, gateway, { mentor: 'ada', startup: 2 });
  await visitor.openDay(tomorrow);
  await visitor.slot(`${tomorrow}T09:00`).click();
  await gateway.stop();
  await visitor.bookButton.click();
  assert.equal(await problemIn(visitor), 'no-answer');
  assert.match(await visitor.refusal.innerText(), /Trying again is safe/);
  assert.equal(await visitor.focused(), 'alert');
  assert.ok(await visitor.slot(`${tomorrow}T09:00`).locator('input').isChecked());
  gateway = await startGateway({ DATABASE_URL: way.url, PORT: port });
  await visitor.retryButton.click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  await visitor.leave();
});

test('an answer stays on the page though the list after it does not come', async () => {
  const visitor = await visit(browser, gateway, { mentor: 'ada', startup: 5 });
  await visitor.openDay(tomorrow);
  await visitor.slot(`${tomorrow}T11:30`).click();
  await visitor.page.route('**/rpc/available_slots', (route) => route.abort('connectionreset'));
  const failed = visitor.page.waitForEvent('requestfailed');
  await visitor.bookButton.click();
  await failed;
  await visitor.listShown();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  assert.equal(await visitor.refusal.locator('h3').count(), 0);
  await visitor.leave();
});

test('what the service calls wrong is shown as it said it', async () => {
  const visitor = await visit(browser, gateway, { mentor: 'ada', startup: 4 });
  await visitor.openDay(tomorrow);
  await visitor.slot(`${tomorrow}T11:00`).click();
  await database.admin.query('REVOKE INSERT ON mentor_startup_sessions FROM slotguard_web');
  try {
    await visitor.bookButton.click();
    assert.equal(await problemIn(visitor), 'refused');
    assert.match(await visitor.refusal.innerText(), /permission denied .*\(42501\)/);
  } finally {
    await database.admin.query('GRANT INSERT ON mentor_startup_sessions TO slotguard_web');
  }
  await visitor.retryButton.click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  await visitor.leave();
});

for (const [what, change] of [
  ['an outcome that the page does not know', { outcome: 'beamed_up' }],
  ['an answer that lacks a field', { replayed: undefined }],
]) {
  test(`${what} is told as that, in the service's words, and the list is fetched anew`, async () => {
    const visitor = await visit(browser, gateway, { mentor: 'ada', startup: 6 });
    await visitor.page.route('**/rpc/book_session', (route) => route.fulfill(
      { json: { ...answer, message: 'We are on our way.', ...change } }), { times: 1 });
    await visitor.page.getByRole('radio', { name: /available/ }).first().click();
    const fetched = visitor.page.waitForResponse('**/rpc/available_slots');
    await visitor.bookButton.click();
    assert.equal(await problemIn(visitor), 'unreadable');
    assert.match(await visitor.refusal.innerText(),
      /cannot tell whether the time is yours[^]*It said: We are on our way\./);
    assert.equal(await visitor.focused(), 'alert');
    await fetched;
    await visitor.listShown();
    await visitor.retryButton.click();
    assert.ok(['booked', 'already_yours'].includes(await outcomeIn(visitor.news)));
    await visitor.leave();
  });
}

test('no answer at all in an answer is told as one that cannot be read', async () => {
  const visitor = await visit(browser, gateway, { mentor: 'ada', startup: 7, locale: 'de' });
  await visitor.page.route('**/rpc/book_session', (route) => route.fulfill({ json: null }));
  await visitor.page.getByRole('radio', { name: /frei/ }).first().click();
  await visitor.bookButton.click();
  assert.equal(await problemIn(visitor), 'unreadable');
  assert.match(await visitor.refusal.innerText(), /ob der Termin Ihnen gehört/);
  await visitor.leave();
});

test('a page whose module does not load says that it could not start', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.route('**/slotguard.wasm', (route) => route.abort());
  await page.goto(pageAddress(gateway, { mentor: 'ada', startup: 5 }));
  const alert = page.getByRole('alert');
  await alert.locator('h3').waitFor();
  assert.equal(await alert.getAttribute('data-problem'), 'broken');
  await context.close();
});
