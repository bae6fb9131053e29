// Every word that book_session() can answer with, as pg_regress recorded it, has its place on the
// page: rename one in SQL, and this fails.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { createBookingDatabase, openHours, root, startGateway } from '../gateway/stack.mjs';
import { launchBrowser, outcomeIn, visit } from './visitors.mjs';

const recorded = JSON.parse(await readFile(`${root}tests/fixtures/outcomes.json`, 'utf8'));
// The page books; it does not hold, release, cancel or move.
const notOfTheBookingPage = ['held', 'released', 'cancelled', 'already_cancelled', 'rescheduled',
  'not_found'];
const calm = ['booked', 'already_yours'];

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

for (const [word, result] of Object.entries(recorded)) {
  if (notOfTheBookingPage.includes(word)) continue;
  const where = calm.includes(word) ? 'news' : 'refusal';
  test(`${word} is told as ${where}, with its alternatives`, async () => {
    const visitor = await visit(browser, gateway, { mentor: 'ada', startup: 1 });
    await visitor.page.route('**/rpc/book_session', (route) => route.fulfill({ json: result }));
    await visitor.page.getByRole('radio', { name: /available/ }).first().click();
    await visitor.bookButton.click();
    assert.equal(await outcomeIn(visitor[where]), word);
    assert.equal(await visitor.alternatives.count(), result.alternatives.length);
    assert.deepEqual(visitor.trouble, []);
    await visitor.leave();
  });
}
