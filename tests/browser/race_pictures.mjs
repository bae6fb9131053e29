// Pictures of the race page for screenshots.mjs: after a race and a storm on the demo's own data.
import { join } from 'node:path';
import { createBookingDatabase, runScript, startGateway } from '../gateway/stack.mjs';
import { open } from './visitors.mjs';

/** Presses, and waits until all is told. */
async function press(page, name) {
  await page.locator('[data-action="race"][aria-disabled="false"]').waitFor();
  await page.locator(`[data-action="${name}"]`).click();
  await page.locator('[data-action="race"][aria-disabled="false"]').waitFor();
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} folder
 * @param {Record<string, object>} screens  names, and options of a browser context
 */
export async function takeRacePictures(browser, folder, screens) {
  const database = await createBookingDatabase();
  await runScript(database, 'web/server/signed_in_roles.sql');
  await runScript(database, 'web/demo/demo.sql');
  const gateway = await startGateway({ DATABASE_URL: database.urlFor('slotguard_web') },
    'web/demo/gateway.mjs');
  try {
    for (const [name, { locale, ...how }] of Object.entries(screens)) {
      const visitor = await open(browser, `${gateway.url}/race?locale=${locale}`,
        { ...how, timezoneId: 'Europe/Berlin', reducedMotion: 'reduce' });
      await press(visitor.page, 'race');
      await press(visitor.page, 'storm');
      await visitor.page.screenshot({ path: join(folder, `race-${name}.png`), fullPage: true });
      await press(visitor.page, 'tidy');
      await visitor.leave();
    }
  } finally {
    await gateway.stop();
    await database.drop();
  }
}
