// Mentors at their page: signed in by a token, as they would come from their link.
import assert from 'node:assert/strict';
import { createSignedInStack, dateIn, mentorClaims, openHours, tokenFor }
  from '../gateway/stack.mjs';
import { open } from './visitors.mjs';

/** A stack with two mentors, of whom ada has a session tomorrow and a day off after it. */
export async function createMentorsStack() {
  const stack = await createSignedInStack();
  const { database } = stack;
  for (const mentor of ['ada', 'bert']) await openHours(database, mentor);
  const tomorrow = await dateIn(database, 1);
  const { rows: [{ id: session }] } = await database.admin.query(
    `SELECT (book_session('ada', 7, $1, '09:30', visitor_note => 'Pricing')).session_id AS id`,
    [tomorrow]);
  await database.admin.query(
    `INSERT INTO mentor_availability_overrides (mentor_id, during, available, reason)
     VALUES ('ada', tstzrange(now() + '2 days', now() + '3 days'), false, 'holiday')`);
  return { ...stack, tomorrow, session };
}

/** Somebody whom the mentor's page does not let in. */
export async function openDoor(browser, gateway, claims, parameters) {
  const visitor = await open(browser, mentorAddress(gateway, claims, parameters));
  await visitor.page.locator('#door').waitFor();
  return visitor;
}

/** The address that signs somebody in. */
export function mentorAddress(gateway, claims, parameters = {}) {
  const asked = new URLSearchParams({ locale: 'en-GB', ...parameters });
  const token = claims === null ? '' : `#${new URLSearchParams({ token: tokenFor(claims) })}`;
  return `${gateway.url}/mentor?${asked}${token}`;
}

/**
 * A mentor whose page shows the calendar.
 * @param {import('playwright-core').Browser} browser
 */
export async function openMentor(browser, gateway, mentor, { parameters = {}, how = {} } = {}) {
  const { page, trouble, leave, focused } =
    await open(browser, mentorAddress(gateway, mentorClaims(mentor), parameters), how);
  await page.locator('#page[aria-busy="false"]').waitFor();
  const dialog = page.locator('dialog[open]');
  return {
    page,
    trouble,
    leave,
    focused,
    dialog,
    news: page.locator('#message [role="status"]'),
    refusal: page.locator('#message [role="alert"]'),
    hours: page.locator('#hours li'),
    overrides: page.locator('#overrides li'),
    setting: (name) => page.locator(`#settings [name="${name}"]`),
    save: () => page.locator('[data-action="save"]').click(),
    day: (date) => page.locator(`#week [data-date="${date}"]`),
    accept: () => dialog.locator('[data-action="accept"]').click(),
    fill: (name, value) => dialog.locator(`[name="${name}"]`).fill(value),
    /** Turns to the week of a date that is today's or later. */
    async showWeekOf(date) {
      for (let weeks = 0; weeks < 60; weeks += 1) {
        if (await page.locator(`#week [data-date="${date}"]`).count() === 1) return;
        const before = await page.locator('#week [data-date]').first().getAttribute('data-date');
        await page.locator('#next-week').click();
        await page.locator(`#week [data-date="${before}"]`).waitFor({ state: 'detached' });
      }
      assert.fail(`no week has ${date}`);
    },
  };
}

/** Waits until a live region says it. */
export async function says(region, text) {
  await region.getByText(text).first().waitFor();
}
