// Visitors: browser contexts of Debian's Chromium, each of its own, looking at the page.
import { chromium } from 'playwright-core';

const options = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  // A name for the gateway that is not this machine's own: no secure context without https.
  '--host-resolver-rules=MAP plain.test 127.0.0.1'];

export function launchBrowser() {
  return chromium.launch({
    executablePath: process.env.SLOTGUARD_CHROMIUM ?? '/usr/bin/chromium',
    args: options,
  });
}

/**
 * The page's address for a visit.
 * @param {{ url: string }} gateway
 * @param {Record<string, string | number>} parameters  mentor, startup, locale, timeZone; and token,
 *   which goes where the page looks for it
 */
export function pageAddress(gateway, { token, ...parameters }) {
  const query = new URLSearchParams({ locale: 'en-GB', timeZone: 'UTC', ...parameters });
  return `${gateway.url}/?${query}${token ? `#token=${token}` : ''}`;
}

/** What the page asks for without knowing whether it is there, or whether this visitor may read it. */
const maybe = /\/(?:demo\/token|mentor_startup_sessions|rpc\/hold_slot|events)\b/;
const isExpected = (entry) => /status of 40[134]/.test(entry.text()) && maybe.test(entry.location().url);

/**
 * A visitor who has just opened the page, whatever it shows.
 * @param {import('playwright-core').Browser} browser
 * @param {object} [how]  options of the context, such as viewport or colorScheme
 */
export async function open(browser, address, how = {}) {
  const context = await browser.newContext(how);
  const page = await context.newPage();
  const trouble = [];
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('console', (entry) => {
    if (entry.type() === 'error' && !isExpected(entry)) trouble.push(entry.text());
  });
  await page.goto(address);
  return {
    page,
    /** What the browser complained of: script errors, violated policies, failed loads. */
    trouble,
    slot: (key) => page.locator(`[data-slot="${key}"]`),
    alternatives: page.locator('[data-alternative]'),
    news: page.getByRole('status'),
    refusal: page.getByRole('alert'),
    bookButton: page.locator('[data-action="book"]'),
    retryButton: page.locator('[data-action="retry"]'),
    note: page.getByRole('textbox'),
    openMonth: (date) => openMonth(page, date),
    async openDay(date) {
      await openMonth(page, date);
      await page.locator(`[data-day="${date}"]`).click();
    },
    listShown: () => page.locator('form[aria-busy="false"]').waitFor(),
    /** What a screen reader would say of where the focus is. */
    focused: () => page.evaluate(() => {
      let at = document.activeElement;
      while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return at.getAttribute('role') ?? at.getAttribute('aria-label') ?? at.textContent.trim();
    }),
    leave: () => context.close(),
  };
}

/** Turns the months until a day of one is there, as a visitor would. */
async function openMonth(page, date) {
  const day = page.locator(`[data-day="${date}"]`);
  const shown = page.locator('[data-day]').first();
  for (let months = 0; months < 14 && await day.count() === 0; months += 1) {
    const isLater = date > await shown.getAttribute('data-day');
    await page.locator(`[data-action="${isLater ? 'next' : 'previous'}-month"]`).click();
  }
  await page.locator('form[aria-busy="false"]').waitFor();
}

/** A visitor whose page shows the times. */
export async function visit(browser, gateway, parameters, how = {}) {
  const visitor = await open(browser, pageAddress(gateway, parameters), how);
  await visitor.listShown();
  return visitor;
}

/**
 * Waits until a region says something, and tells which outcome it is.
 * @param {string} [other]  one that it may still say, and is not waited for
 */
export async function outcomeIn(region, other) {
  if (other) await region.and(region.page().locator(`:not([data-outcome="${other}"])`)).waitFor();
  await region.locator('h3').waitFor();
  return region.getAttribute('data-outcome');
}
