// Takes pictures of the page on the real stack: docs/images/refusal.png for the README, and before,
// at and after the refusal in build/screenshots/, for a desktop and a phone, by day and by night.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createBookingDatabase, dateIn, openHours, root, startGateway } from '../gateway/stack.mjs';
import { takeMentorsPictures } from './mentor_pictures.mjs';
import { takeRacePictures } from './race_pictures.mjs';
import { launchBrowser, outcomeIn, visit } from './visitors.mjs';

const screens = {
  desktop: { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 },
};
const folder = join(root, 'build/screenshots');
const mentor = 'Ada';

async function fillCalendar(database) {
  await openHours(database, mentor, { zone: 'Europe/Berlin', opens: '09:00', closes: '12:30' });
  await database.admin.query(`
    INSERT INTO mentor_availability (mentor_id, opens, closes) VALUES ($1, '14:00', '17:00')`,
  [mentor]);
  // Some sessions on each day, the same at every run.
  await database.admin.query(`
    INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    SELECT $1, 1000 + n, CURRENT_DATE + 1 + n / 4, '09:30'::time + (n * 7 % 5) * interval '90 minutes'
    FROM generate_series(0, 47) AS n
    ON CONFLICT DO NOTHING`, [mentor]);
}

/** Two visitors race for one slot; the second one's screen is taken three times. */
async function takeRace(browser, gateway, { name, date, time, how }) {
  const parameters = { mentor, timeZone: 'Europe/Berlin' };
  const visitors = [];
  for (const startup of [7, 8]) {
    const visitor = await visit(browser, gateway, { ...parameters, startup },
      { ...how, reducedMotion: 'reduce' });
    await visitor.openDay(date);
    await visitor.slot(`${date}T${time}`).click();
    visitors.push(visitor);
  }
  const [first, second] = visitors;
  const take = (moment, path = join(folder, `${name}-${moment}.png`)) =>
    second.page.screenshot({ path });
  await take('1-before');
  await first.bookButton.click();
  await outcomeIn(first.news);
  await second.bookButton.click();
  await outcomeIn(second.refusal);
  await second.page.locator(`[data-slot="${date}T${time}"][data-state="booked"]`).waitFor();
  await take('2-refused');
  if (name === 'desktop-light') await take('', join(root, 'docs/images/refusal.png'));
  await second.alternatives.first().click();
  await outcomeIn(second.news);
  await second.listShown();
  await take('3-booked-another');
  await Promise.all(visitors.map((visitor) => visitor.leave()));
}

async function main() {
  await mkdir(folder, { recursive: true });
  await mkdir(join(root, 'docs/images'), { recursive: true });
  const database = await createBookingDatabase();
  const gateway = await startGateway({ DATABASE_URL: database.urlFor('slotguard_web') });
  const browser = await launchBrowser();
  try {
    await fillCalendar(database);
    let days = 2;
    for (const [screen, size] of Object.entries(screens)) {
      for (const colorScheme of ['light', 'dark']) {
        await takeRace(browser, gateway, {
          name: `${screen}-${colorScheme}`,
          date: await dateIn(database, days += 1),
          time: '11:30',
          how: { ...size, colorScheme },
        });
      }
    }
    await takeMentorsPictures(browser, folder, {
      'desktop-light': { ...screens.desktop, locale: 'en' },
      'desktop-dark': { ...screens.desktop, colorScheme: 'dark', locale: 'de' },
      'phone-light': { ...screens.phone, locale: 'de' },
    });
    await takeRacePictures(browser, folder, {
      'desktop-light': { ...screens.desktop, locale: 'en' },
      'phone-dark': { ...screens.phone, colorScheme: 'dark', locale: 'de' },
    });
  } finally {
    await browser.close();
    await gateway.stop();
    await database.drop();
  }
  process.stdout.write('The pictures are in docs/images/ and build/screenshots/.\n');
}

await main();
