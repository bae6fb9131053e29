// Hours at the mentor's page: what is written, and what is said of it.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { createSignedInStack, openHours } from '../gateway/stack.mjs';
import { openMentor, says } from './mentors.mjs';
import { launchBrowser } from './visitors.mjs';

let database;
let gateway;
let browser;

before(async () => {
  ({ database, gateway } = await createSignedInStack());
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await gateway.stop();
  await database.drop();
});
beforeEach(() => database.admin.query(
  'TRUNCATE mentor_settings, mentor_availability, mentor_availability_overrides'));

const hoursOf = async (mentor) => (await database.admin.query(
  `SELECT rrule, opens::text, closes::text, valid_from::text, valid_until::text
   FROM mentor_availability WHERE mentor_id = $1 ORDER BY id`, [mentor])).rows;
const focusedText = (mentor) => mentor.page.evaluate(() => document.activeElement.textContent);

test('hours are added by weekdays, after the next days were shown', async () => {
  const mentor = await openMentor(browser, gateway, 'ada');
  await says(mentor.page.locator('#no-hours'), /no hours yet/);
  await mentor.page.locator('#add-hours').click();
  for (const day of ['Monday', 'Thursday']) await mentor.dialog.getByRole('checkbox', { name: day }).check();
  await mentor.fill('opens', '14:00');
  await mentor.fill('closes', '16:30');
  await mentor.fill('valid_from', '2031-01-01');
  const days = mentor.dialog.locator('.preview li');
  await says(days.first(), /Thursday 2 January 2031|Thursday, 2 January 2031/);
  assert.equal(await days.count(), 5);
  assert.match(await days.nth(1).innerText(), /Monday,? 6 January 2031.*14:00.*16:30/);
  await mentor.accept();
  await says(mentor.news, 'Hours added');
  assert.deepEqual(await hoursOf('ada'), [{ rrule: 'FREQ=WEEKLY;BYDAY=MO,TH', opens: '14:00:00',
    closes: '16:30:00', valid_from: '2031-01-01', valid_until: null }]);
  const said = await mentor.hours.innerText();
  assert.match(said, /Monday and Thursday/);
  assert.match(said, /14:00.*16:30/);
  assert.match(said, /From .*1 January 2031/);
  assert.equal(await mentor.page.evaluate(() => document.activeElement.id), 'add-hours');
  assert.deepEqual(mentor.trouble, []);
  await mentor.leave();
});

test('hours that close at or before they open are said to end on the next day', async () => {
  const mentor = await openMentor(browser, gateway, 'ada');
  await mentor.page.locator('#add-hours').click();
  const note = mentor.dialog.getByText('This ends on the next day.');
  assert.ok(!(await note.isVisible()));
  await mentor.fill('opens', '22:00');
  await mentor.fill('closes', '02:00');
  await note.waitFor();
  await mentor.dialog.getByRole('checkbox', { name: 'Friday' }).check();
  await mentor.accept();
  await says(mentor.hours, /22:00 – 02:00 the next day/);
  await mentor.leave();
});

test('a rule by text is previewed while it is typed, and a wrong one is explained beside the field', async () => {
  const mentor = await openMentor(browser, gateway, 'ada');
  await mentor.page.locator('#add-hours').click();
  await mentor.dialog.getByRole('radio', { name: 'By a rule' }).check();
  await mentor.fill('valid_from', '2031-01-01');
  const rule = mentor.dialog.locator('[name="rrule"]');
  await rule.pressSequentially('FREQ=MONTHLY;BYDAY=1MO');
  await says(mentor.dialog.locator('.preview li').first(), /6 January 2031/);
  await rule.fill('FREQ=MONTHLY;BYDAY=1XX');
  await mentor.dialog.locator('[name="rrule"][aria-invalid="true"]').waitFor();
  const described = await rule.evaluate((control) => control.getAttribute('aria-describedby').split(' ')
    .map((id) => document.getElementById(id).textContent).join(' '));
  assert.match(described, /the first Monday of each month/);
  assert.match(described, /1XX/);
  await mentor.accept();
  await mentor.dialog.locator('[name="rrule"]:focus').waitFor();
  assert.equal(await rule.inputValue(), 'FREQ=MONTHLY;BYDAY=1XX');
  assert.deepEqual(await hoursOf('ada'), []);
  await rule.fill('FREQ=MONTHLY;BYDAY=1MO');
  assert.equal(await rule.getAttribute('aria-invalid'), null);
  await mentor.accept();
  await says(mentor.hours, /By the rule FREQ=MONTHLY;BYDAY=1MO/);
  await mentor.leave();
});

test('a rule of one’s own begins with the days that were chosen, in a field that says what it takes', async () => {
  const mentor = await openMentor(browser, gateway, 'ada');
  await mentor.page.locator('#add-hours').click();
  for (const day of ['Tuesday', 'Friday']) await mentor.dialog.getByRole('checkbox', { name: day }).check();
  await mentor.dialog.getByRole('radio', { name: 'By a rule' }).check();
  const rule = mentor.dialog.getByRole('textbox', { name: 'Rule, as calendars write it (RRULE)' });
  assert.equal(await rule.inputValue(), 'FREQ=WEEKLY;BYDAY=TU,FR');
  const examples = await mentor.dialog.getByText('every second Tuesday').innerText();
  for (const example of examples.match(/FREQ=[\w=;]+/g)) {
    await rule.fill(example);
    await mentor.dialog.locator('.preview li').nth(4).waitFor();
    assert.equal(await rule.getAttribute('aria-invalid'), null);
  }
  await mentor.leave();
});

test('what is missing or backwards is said beside its field, and nothing is sent', async () => {
  const mentor = await openMentor(browser, gateway, 'ada');
  const writes = [];
  mentor.page.on('request', (request) => {
    if (request.method() === 'POST' && /mentor_availability/.test(request.url())) writes.push(request);
  });
  await mentor.page.locator('#add-hours').click();
  await mentor.accept();
  await says(mentor.dialog, 'Please choose at least one day.');
  assert.equal(await mentor.focused(), 'Monday');
  await mentor.dialog.getByRole('checkbox', { name: 'Monday' }).check();
  await mentor.fill('closes', '');
  await mentor.accept();
  await says(mentor.dialog, 'Please fill this in.');
  await mentor.fill('closes', '12:00');
  await mentor.fill('valid_from', '2031-02-01');
  await mentor.fill('valid_until', '2031-01-01');
  await mentor.accept();
  await says(mentor.dialog, /can’t come before the first/);
  assert.equal(writes.length, 0);
  await mentor.leave();
});

test('removing hours asks once, and then they are gone', async () => {
  await openHours(database, 'ada');
  const mentor = await openMentor(browser, gateway, 'ada');
  const remove = mentor.page.getByRole('button', { name: /^Remove: Every day, 09:00.*12:00$/ });
  await remove.press('Enter');
  assert.match(await mentor.dialog.innerText(), /Every day, 09:00.*12:00/);
  assert.equal(await focusedText(mentor), 'Remove these hours');
  assert.notEqual(await mentor.page.evaluate(() => document.activeElement.tagName), 'BUTTON');
  await mentor.dialog.getByRole('button', { name: 'Keep them' }).click();
  assert.ok(await remove.evaluate((button) => button === document.activeElement));
  assert.equal((await hoursOf('ada')).length, 1);
  await remove.press('Enter');
  await mentor.accept();
  await says(mentor.news, 'Hours removed');
  assert.deepEqual(await hoursOf('ada'), []);
  assert.equal(await mentor.hours.count(), 0);
  assert.equal(await mentor.page.evaluate(() => document.activeElement.id), 'add-hours');
  await mentor.leave();
});
