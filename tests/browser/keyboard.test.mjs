// Everything that a pointer can do, a keyboard can, and the focus is always where the news is.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createBookingDatabase, dateIn, openHours, rpc, startGateway } from '../gateway/stack.mjs';
import { launchBrowser, outcomeIn, visit } from './visitors.mjs';

let database;
let gateway;
let browser;

before(async () => {
  database = await createBookingDatabase();
  await openHours(database, 'ada');
  gateway = await startGateway({ DATABASE_URL: database.urlFor('slotguard_web') });
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await gateway.stop();
  await database.drop();
});

test('from the first key to the booked session, past a refusal', async () => {
  const date = await dateIn(database, 2);
  const taken = { mentor_id: 'ada', startup_id: 1, session_date: date };
  await rpc(gateway, 'book_session', { ...taken, session_time: '09:30' });
  const visitor = await visit(browser, gateway, { mentor: 'ada', startup: 2 });
  const press = (key) => visitor.page.keyboard.press(key);
  const tabTo = async (selector) => {
    for (let presses = 0; presses < 40; presses += 1) {
      if (await visitor.page.locator(`${selector}:focus`).count() === 1) return;
      await press('Tab');
    }
    assert.fail(`${selector} is out of the keyboard's reach`);
  };

  await tabTo(`[data-day="${date}"]`);
  assert.match(await visitor.focused(), /^\w+day \d+ \w+ 5 free times$/);
  await press('Enter');
  assert.match(await visitor.focused(), /09:00, time zone UTC, available$/, 'on to the times');
  await press('ArrowRight');
  assert.match(await visitor.focused(), /10:00/, 'the arrows pass over what is booked');

  await rpc(gateway, 'book_session', { ...taken, session_time: '10:00' });
  await tabTo('[data-action="book"]');
  assert.match(await visitor.focused(), /10:00/, 'the button says what it books');
  await press('Enter');
  assert.equal(await outcomeIn(visitor.refusal), 'slot_taken');
  assert.equal(await visitor.focused(), 'alert');

  await press('Tab');
  assert.match(await visitor.focused(), /\d\d:\d\d/, 'the next stop is the nearest free time');
  await press('Enter');
  assert.equal(await outcomeIn(visitor.news), 'booked');
  assert.equal(await visitor.focused(), 'status');
  await visitor.leave();
});

test('without a choice the button asks for one, and sends nothing', async () => {
  const visitor = await visit(browser, gateway, { mentor: 'ada', startup: 2 });
  let calls = 0;
  visitor.page.on('request', (request) => { calls += request.method() === 'POST'; });
  await visitor.bookButton.press('Enter');
  await visitor.refusal.locator('h2').waitFor();
  assert.match(await visitor.refusal.innerText(), /choose one of the free times/);
  assert.equal(await visitor.focused(), 'alert');
  assert.equal(calls, 0);
  await visitor.leave();
});

test('more days take neither the place of the keyboard nor the chosen time', async () => {
  const [date, firstOfTheLast] = [await dateIn(database, 3), await dateIn(database, 42)];
  const visitor = await visit(browser, gateway, { mentor: 'ada', startup: 4 });
  await visitor.openDay(date);
  await visitor.slot(`${date}T11:00`).click();
  const more = visitor.page.locator('#more-days');
  await more.focus();
  for (const days of [28, 42, 56]) {
    assert.equal(await visitor.focused(), 'Show more days');
    await visitor.page.keyboard.press('Enter');
    await visitor.page.locator(`[data-day="${await dateIn(database, days - 1)}"]`).waitFor();
    assert.ok(await visitor.slot(`${date}T11:00`).locator('input').isChecked());
    assert.equal(await visitor.bookButton.innerText(), 'Book 11:00');
  }
  assert.ok(!(await more.isVisible()));
  assert.equal(await visitor.page.evaluate(() => document.activeElement.dataset.day), firstOfTheLast);
  await visitor.bookButton.press('Enter');
  assert.equal(await outcomeIn(visitor.news), 'booked');
  await visitor.leave();
});

test('whoever goes on while the list is fetched keeps his place in the new one', async () => {
  const date = await dateIn(database, 4);
  const visitor = await visit(browser, gateway, { mentor: 'ada', startup: 5 });
  await visitor.openDay(date);
  for (const place of [visitor.slot(`${date}T10:00`).locator('input'),
    visitor.page.locator(`[data-day="${date}"]`)]) {
    const [asked, letPass] = await heldList(visitor);
    await visitor.page.getByRole('radio', { name: /minutes/, checked: false }).first().check();
    await asked;
    await place.focus();
    const before = await visitor.focused();
    const fetched = visitor.page.waitForResponse('**/rpc/available_slots');
    await letPass();
    await fetched;
    await visitor.listShown();
    const spoken = (text) => text.replace(/ \d+ free times$/, '');
    assert.equal(spoken(await visitor.focused()), spoken(before));
  }
  await visitor.leave();
});

/** Holds the next list back: when it has been asked for, and how to let it pass. */
async function heldList({ page }) {
  let letPass;
  let ask;
  const asked = new Promise((resolve) => { ask = resolve; });
  await page.route('**/rpc/available_slots', (route) => {
    letPass = () => route.continue();
    ask();
  }, { times: 1 });
  return [asked, () => letPass()];
}
