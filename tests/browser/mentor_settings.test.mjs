// The mentor's settings: what is written is what was changed, and a refusal is said where it
// belongs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createSignedInStack } from '../gateway/stack.mjs';
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

const settingsOf = async (mentor) => (await database.admin.query(
  `SELECT time_zone, slot_duration::text, buffer_before::text, buffer_after::text, minimum_notice::text,
          booking_horizon::text, max_sessions_per_day AS day, max_sessions_per_week AS week,
          max_sessions_per_startup AS startup, max_holds AS holds
   FROM mentor_settings WHERE mentor_id = $1`, [mentor])).rows[0];
const defaults = { time_zone: 'UTC', slot_duration: '00:30:00', buffer_before: '00:00:00',
  buffer_after: '00:00:00', minimum_notice: '00:00:00', booking_horizon: '1 year', day: null, week: null,
  startup: null, holds: 50 };

test('a mentor without settings sees the defaults, and the first change makes a row', async () => {
  const mentor = await openMentor(browser, gateway, 'ada');
  assert.equal(await mentor.setting('time_zone').inputValue(), 'UTC');
  assert.equal(await mentor.setting('slot_duration').inputValue(), '30');
  assert.equal(await mentor.setting('booking_horizon').inputValue(), '1');
  assert.equal(await mentor.setting('booking_horizon_unit').inputValue(), 'years');
  await mentor.setting('slot_duration').fill('45');
  await mentor.save();
  await says(mentor.news, 'Settings saved');
  assert.deepEqual(await settingsOf('ada'), { ...defaults, slot_duration: '00:45:00' });
  assert.deepEqual(mentor.trouble, []);
  await mentor.leave();
});

test('every setting is saved, and shown again as it was saved', async () => {
  const mentor = await openMentor(browser, gateway, 'bert');
  await mentor.setting('time_zone').selectOption('Africa/Nairobi');
  for (const [name, value] of Object.entries({ slot_duration: '60', buffer_before: '5', buffer_after: '15',
    minimum_notice: '3', booking_horizon: '6', max_sessions_per_day: '2', max_sessions_per_week: '7',
    max_sessions_per_startup: '3', max_holds: '9' })) {
    await mentor.setting(name).fill(value);
  }
  await mentor.setting('minimum_notice_unit').selectOption('days');
  await mentor.setting('booking_horizon_unit').selectOption('weeks');
  await mentor.save();
  await says(mentor.news, 'Settings saved');
  assert.deepEqual(await settingsOf('bert'), { time_zone: 'Africa/Nairobi', slot_duration: '01:00:00',
    buffer_before: '00:05:00', buffer_after: '00:15:00', minimum_notice: '3 days',
    booking_horizon: '42 days', day: 2, week: 7, startup: 3, holds: 9 });
  await says(mentor.page.locator('#zone'), /East Africa/);
  await mentor.page.reload();
  await mentor.page.locator('#page[aria-busy="false"]').waitFor();
  assert.equal(await mentor.setting('minimum_notice').inputValue(), '3');
  assert.equal(await mentor.setting('booking_horizon_unit').inputValue(), 'weeks');
  await mentor.setting('max_sessions_per_day').fill('');
  await mentor.save();
  await says(mentor.news, 'Settings saved');
  assert.equal((await settingsOf('bert')).day, null);
  await mentor.leave();
});

test('what the database refuses is said beside its field; nothing is lost, and nothing was written', async () => {
  const mentor = await openMentor(browser, gateway, 'carl');
  await mentor.setting('buffer_after').fill('20');
  await mentor.setting('minimum_notice').fill('600');
  await mentor.setting('minimum_notice_unit').selectOption('weeks');
  await mentor.save();
  const notice = mentor.page.locator('#settings [name="minimum_notice"][aria-invalid="true"]');
  await notice.and(mentor.page.locator(':focus')).waitFor();
  const described = await notice.evaluate((control) => control.getAttribute('aria-describedby').split(' ')
    .map((id) => document.getElementById(id).textContent).join(' '));
  assert.match(described, /is not between 0 and 10 years/);
  assert.equal(await mentor.setting('buffer_after').inputValue(), '20');
  assert.equal(await settingsOf('carl'), undefined);
  await notice.fill('2');
  await mentor.save();
  await says(mentor.news, 'Settings saved');
  assert.deepEqual(await settingsOf('carl'),
    { ...defaults, buffer_after: '00:20:00', minimum_notice: '14 days' });
  await mentor.leave();
});

test('a setting that the form can’t show in one unit stays as it is', async () => {
  await database.admin.query(`INSERT INTO mentor_settings (mentor_id, booking_horizon, minimum_notice)
    VALUES ('dora', '1 month 3 days', '1 day 2 hours')`);
  const mentor = await openMentor(browser, gateway, 'dora');
  assert.equal(await mentor.setting('booking_horizon').inputValue(), '');
  assert.match(await mentor.page.locator('#settings').innerText(), /It is 1 mon 3 days now/);
  await mentor.setting('max_sessions_per_day').fill('3');
  await mentor.save();
  await says(mentor.news, 'Settings saved');
  const { booking_horizon: horizon, minimum_notice: notice, day } = await settingsOf('dora');
  assert.deepEqual([horizon, notice, day], ['1 mon 3 days', '1 day 02:00:00', 3]);
  await mentor.leave();
});

test('what somebody else changes meanwhile is not overwritten, and what is being typed stays', async () => {
  const mentor = await openMentor(browser, gateway, 'emil');
  await mentor.setting('buffer_before').fill('10');
  await database.admin.query("INSERT INTO mentor_settings (mentor_id, slot_duration) VALUES ('emil', '20 minutes')");
  await mentor.page.locator('#next-week').click();
  await mentor.page.locator('#page[aria-busy="false"]').waitFor();
  assert.equal(await mentor.setting('buffer_before').inputValue(), '10');
  await mentor.save();
  await says(mentor.news, 'Settings saved');
  assert.deepEqual(await settingsOf('emil'),
    { ...defaults, slot_duration: '00:20:00', buffer_before: '00:10:00' });
  await mentor.page.locator('#settings [name="slot_duration"]').waitFor();
  assert.equal(await mentor.setting('slot_duration').inputValue(), '20');
  await mentor.leave();
});

test('a number that is none is asked for again, and pressing without a change says so', async () => {
  const mentor = await openMentor(browser, gateway, 'fred');
  await mentor.save();
  await says(mentor.news, 'Nothing was changed');
  await mentor.setting('max_sessions_per_day').fill('-1');
  await mentor.save();
  await says(mentor.page.locator('#settings'), 'Please enter a whole number, 0 or more.');
  assert.equal(await settingsOf('fred'), undefined);
  await mentor.leave();
});

test('the same news twice are news twice, and what is old is gone when something else is wrong', async () => {
  const mentor = await openMentor(browser, gateway, 'cleo');
  await mentor.page.evaluate(() => {
    globalThis.heard = [];
    new MutationObserver(([{ target }]) => globalThis.heard.push(target.textContent))
      .observe(document.querySelector('#message [role="status"]'), { childList: true });
  });
  const heard = (times) => globalThis.heard.filter((text, index, all) =>
    text !== '' && text !== all[index - 1]).length === times;
  for (const times of [1, 2]) {
    await mentor.save();
    await mentor.page.waitForFunction(heard, times, { timeout: 5000 });
  }
  await mentor.setting('slot_duration').fill('-1');
  await mentor.save();
  await says(mentor.page.locator('#settings'), 'Please enter a whole number');
  assert.equal(await mentor.page.locator('#message[data-tone]').count(), 0);
  assert.equal(await mentor.news.innerText(), '');
  await mentor.leave();
});
