// A time zone that the database knows and the visitor's browser does not, as where the browser is
// older: the visitor's own clock is shown, and everything else works.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createSignedInStack, dateIn, openHours, startupClaims, tokenFor }
  from '../gateway/stack.mjs';
import { launchBrowser, outcomeIn, visit } from './visitors.mjs';

let database;
let gateway;
let browser;

before(async () => {
  ({ database, gateway } = await createSignedInStack());
  await openHours(database, 'ada', { zone: 'posix/UTC' });
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await gateway.stop();
  await database.drop();
});

test('a mentor in a zone that the browser does not know is booked all the same', async () => {
  const date = await dateIn(database, 2);
  const visitor = await visit(browser, gateway,
    { mentor: 'ada', token: tokenFor(startupClaims(7)), timeZone: 'Asia/Kathmandu' });
  await visitor.openDay(date);
  await visitor.slot(`${date}T09:00`).click();
  await visitor.bookButton.click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  assert.match(await visitor.news.innerText(), /14:45/);
  await visitor.page.locator('[data-session]').waitFor();
  assert.deepEqual(visitor.trouble, []);
  await visitor.leave();
});
