// Mentors at their page: signed in by a token, as they would come from their link.
import assert from 'node:assert/strict';
import { mentorClaims, tokenFor } from '../gateway/stack.mjs';
import { open } from './visitors.mjs';

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
