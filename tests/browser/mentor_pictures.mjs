// Pictures of the mentor's page for screenshots.mjs: a week that is half full, and each dialog.
import { join } from 'node:path';
import { createSignedInStack, dateIn } from '../gateway/stack.mjs';
import { openMentor } from './mentors.mjs';

const mentor = 'Ada';
const notes = ['Our first pitch deck', 'Hiring the first engineer', 'How do we price it?',
  'Which investors fit, and whom do we ask first?'];

async function fillWeek({ admin }, monday) {
  await admin.query(`INSERT INTO mentor_settings (mentor_id, time_zone, minimum_notice)
    VALUES ($1, 'Europe/Berlin', '2 hours')`, [mentor]);
  await admin.query(`
    INSERT INTO mentor_availability (mentor_id, rrule, opens, closes, valid_from, valid_until)
    VALUES ($1, 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '09:00', '12:00', CURRENT_DATE, NULL),
           ($1, 'FREQ=WEEKLY;BYDAY=TU,TH', '14:00', '17:00', CURRENT_DATE, CURRENT_DATE + 90),
           ($1, 'FREQ=MONTHLY;BYDAY=1SA', '10:00', '13:00', CURRENT_DATE, NULL)`, [mentor]);
  await admin.query(`
    INSERT INTO mentor_availability_overrides (mentor_id, during, available, reason)
    SELECT $1, tstzrange(($2::date + first)::timestamp AT TIME ZONE 'Europe/Berlin',
                         ($2::date + last)::timestamp AT TIME ZONE 'Europe/Berlin'), available, reason
    FROM (VALUES (interval '2 days 10 hours', interval '2 days 12 hours', false, 'Dentist'),
                 (interval '5 days 10 hours', interval '5 days 12 hours', true, NULL),
                 (interval '21 days', interval '29 days', false, 'Winter holiday'))
         AS o (first, last, available, reason)`, [mentor, monday]);
  await admin.query(`
    SELECT book_session($1, 100 + n, $2::date + day, at, length, visitor_note => note)
    FROM (VALUES (1, 0, time '09:30', interval '30 minutes', $3), (2, 1, '10:00', '60 minutes', NULL),
                 (3, 1, '14:30', '60 minutes', $4), (4, 3, '09:00', '30 minutes', $5),
                 (5, 3, '15:00', '90 minutes', $6), (6, 4, '11:00', '30 minutes', NULL))
         AS s (n, day, at, length, note)`, [mentor, monday, ...notes]);
}

/** Next week's Monday: everything in it is still to come. */
async function nextMonday(database) {
  const today = await dateIn(database, 0);
  return dateIn(database, 8 - (new Date(`${today}T00:00Z`).getUTCDay() || 7));
}

async function takeDialogs({ page, accept }, take) {
  const close = () => page.keyboard.press('Escape');
  await page.locator('[data-session]').nth(2).click();
  await take('session');
  await close();
  await page.locator('#add-hours').click();
  await page.locator('dialog .weekdays input').nth(1).check();
  await page.locator('dialog .preview li').first().waitFor();
  await take('hours');
  await close();
  await page.locator('#add-time-off').click();
  await take('time-off');
  await accept();
  await page.locator('#message[data-tone]').waitFor();
  await take('news');
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} folder
 * @param {Record<string, object>} screens  names, and options of a browser context
 */
export async function takeMentorsPictures(browser, folder, screens) {
  const { database, gateway } = await createSignedInStack();
  try {
    const monday = await nextMonday(database);
    await fillWeek(database, monday);
    for (const [name, { locale, ...how }] of Object.entries(screens)) {
      const visit = await openMentor(browser, gateway, mentor,
        { parameters: { locale }, how: { ...how, reducedMotion: 'reduce' } });
      await visit.showWeekOf(monday);
      const take = (state, more = {}) => visit.page.screenshot(
        { path: join(folder, `mentor-${name}-${state}.png`), ...more });
      await take('week', { fullPage: true });
      await takeDialogs(visit, take);
      await visit.leave();
    }
  } finally {
    await gateway.stop();
    await database.drop();
  }
}
