// Visitors: browser contexts of Debian's Chromium, each of its own, looking at the page.
import { chromium } from 'playwright-core';

const options = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export function launchBrowser() {
  return chromium.launch({
    executablePath: process.env.SLOTGUARD_CHROMIUM ?? '/usr/bin/chromium',
    args: options,
  });
}

/**
 * The page's address for a visit.
 * @param {{ url: string }} gateway
 * @param {Record<string, string | number>} parameters  mentor, startup, locale, timeZone
 */
export function pageAddress(gateway, parameters) {
  return `${gateway.url}/?${new URLSearchParams({ locale: 'en-GB', timeZone: 'UTC', ...parameters })}`;
}

/**
 * A visitor whose page shows the times.
 * @param {import('playwright-core').Browser} browser
 * @param {object} [how]  options of the context, such as viewport or colorScheme
 */
export async function visit(browser, gateway, parameters, how = {}) {
  const context = await browser.newContext(how);
  const page = await context.newPage();
  const trouble = [];
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('console', (entry) => { if (entry.type() === 'error') trouble.push(entry.text()); });
  await page.goto(pageAddress(gateway, parameters));
  await page.locator('form[aria-busy="false"]').waitFor();
  return {
    page,
    /** What the browser complained of: script errors, violated policies, failed loads. */
    trouble,
    slot: (key) => page.locator(`[data-slot="${key}"]`),
    alternatives: page.locator('[data-alternative]'),
    news: page.getByRole('status'),
    refusal: page.getByRole('alert'),
    bookButton: page.locator('[data-action="book"]'),
    openDay: (date) => page.locator(`[data-day="${date}"]`).click(),
    leave: () => context.close(),
  };
}
