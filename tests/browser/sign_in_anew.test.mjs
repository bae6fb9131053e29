// A link that would sign the visitor in as another startup: he is asked first. And one who asks for too much is told so.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createSignedInStack, dateIn, openHours, startupClaims, tokenFor } from '../gateway/stack.mjs';
import { launchBrowser, visit } from './visitors.mjs';

let database;
let gateway;
let browser;
let tomorrow;

before(async () => {
  ({ database, gateway } = await createSignedInStack({ SLOTGUARD_WRITES_PER_CALLER: '3' }));
  await openHours(database, 'ada');
  tomorrow = await dateIn(database, 1);
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await gateway.stop();
  await database.drop();
});

const linkOf = (startup) => `${gateway.url}/?mentor=ada&locale=en-GB#token=${tokenFor(startupClaims(startup))}`;

async function book(visitor, time) {
  await visitor.openDay(tomorrow);
  await visitor.slot(`${tomorrow}T${time}`).click();
  await visitor.bookButton.click();
}
const startups = async () => (await database.admin.query(
  'SELECT startup_id::int AS id FROM mentor_startup_sessions ORDER BY session_time')).rows.map(({ id }) => id);

test('a link of another startup asks whether to go on as it', async () => {
  const visitor = await visit(browser, gateway, { mentor: 'ada', locale: 'en-GB', token: tokenFor(startupClaims(1)) });
  const dialog = visitor.page.getByRole('dialog', { name: 'Sign in as somebody else?' });
  const follow = async (startup) => {
    await visitor.page.goto('about:blank');
    await visitor.page.goto(linkOf(startup));
  };
  await follow(2);
  assert.match(await dialog.innerText(), /You are signed in as 1\..*signs you in as 2:/);
  assert.ok(!visitor.page.url().includes('token'));
  assert.equal(await visitor.page.evaluate(() => document.activeElement.shadowRoot.activeElement.dataset.action), 'stay');
  await visitor.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await book(visitor, '09:00');
  await visitor.page.getByText('Your session is booked').first().waitFor();
  assert.deepEqual(await startups(), [1]);

  await follow(1);
  await visitor.listShown();
  assert.equal(await dialog.count(), 0, 'a fresh token of the same startup is no question');
  await follow(2);
  await dialog.getByRole('button', { name: 'Go on as 2' }).click();
  await visitor.page.reload();
  await visitor.listShown();
  await book(visitor, '10:00');
  await visitor.page.getByText('Your session is booked').first().waitFor();
  assert.deepEqual(await startups(), [1, 2]);
  await visitor.leave();
});

test('who writes too fast is told so, and nothing that was typed is lost', async () => {
  const visitor = await visit(browser, gateway, { mentor: 'ada', locale: 'en-GB', token: tokenFor(startupClaims(3)) });
  for (let i = 0; i < 3; i += 1) {
    await visitor.page.evaluate((token) => fetch('rpc/book_session', { method: 'POST', body: '{"mentor_id":"ada","startup_id":3,"session_date":"2020-01-01","session_time":"10:00"}',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' } }), tokenFor(startupClaims(3)));
  }
  await visitor.openDay(tomorrow);
  await visitor.slot(`${tomorrow}T11:00`).click();
  await visitor.note.fill('My words');
  await visitor.bookButton.click();
  await visitor.page.getByText('A little too fast').waitFor();
  assert.equal(await visitor.note.inputValue(), 'My words');
  await visitor.leave();
});
