// Takes pictures of the pages on the real stack: the course of a visit, the mentor's page and the race,
// in build/screenshots/, for a desktop and a phone, by day and by night, and in languages that are read
// otherwise. Those that the README shows are in docs/images/ too.
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createSignedInStack, dateIn, openHours, root, startupClaims, tokenFor }
  from '../gateway/stack.mjs';
import { takeMentorsPictures } from './mentor_pictures.mjs';
import { takeRacePictures } from './race_pictures.mjs';
import { launchBrowser, outcomeIn, pageAddress, visit } from './visitors.mjs';

const screens = {
  desktop: { viewport: { width: 1280, height: 860 }, deviceScaleFactor: 1 },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 },
};
const folder = join(root, 'build/screenshots');
const images = join(root, 'docs/images');
/** What the README shows, and which picture it is. */
const shownInReadme = {
  'refusal.png': 'desktop-light-3-refused',
  'phone.png': 'phone-light-1-day',
  'phone_dark.png': 'phone-dark-3-refused',
  'phone_arabic.png': 'phone-arabic-4-booked-another',
  'mentor.png': 'mentor-desktop-light-week',
};
const mentor = 'Ada';
const busy = 'Grace';

async function fillCalendar(database) {
  await openHours(database, mentor, { zone: 'Europe/Berlin', opens: '09:00', closes: '12:30' });
  await database.admin.query(`
    INSERT INTO mentor_availability (mentor_id, opens, closes) VALUES ($1, '14:00', '17:00')`,
  [mentor]);
  // Some sessions on each day, the same at every run.
  await database.admin.query(`
    INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time)
    SELECT $1, 1000 + n, CURRENT_DATE + 1 + n / 4, '09:30'::time + (n * 7 % 5) * interval '90 minutes'
    FROM generate_series(0, 180) AS n
    ON CONFLICT DO NOTHING`, [mentor]);
  // One whose next two months are full.
  await openHours(database, busy, { zone: 'America/New_York', opens: '10:00', closes: '11:00' });
  await database.admin.query(`
    INSERT INTO mentor_availability_overrides (mentor_id, during, available)
    VALUES ($1, tstzrange(now(), date_trunc('month', now()) + interval '2 months 2 days'), false)`,
  [busy]);
}

const as = (startup, more) => ({ mentor, timeZone: 'Europe/Berlin',
  token: tokenFor(startupClaims(startup)), ...more });

/** What is seen until the first answer comes. */
async function takeLoading(browser, gateway, { name, how }) {
  const context = await browser.newContext({ ...how, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.route('**/rpc/*', () => {});
  await page.goto(pageAddress(gateway, as(7)));
  await page.locator('.waiting').waitFor();
  await page.screenshot({ path: join(folder, `${name}-0-loading.png`) });
  await context.close();
}

/** A month without a free time. */
async function takeFullMonth(browser, gateway, { name, how }) {
  const visitor = await visit(browser, gateway, as(7, { mentor: busy }), how);
  await visitor.page.locator('[data-next]').first().waitFor();
  await visitor.page.screenshot({ path: join(folder, `${name}-5-full-month.png`) });
  await visitor.leave();
}

/** A visitor chooses a time, writes, loses, and takes another. */
async function takeRace(browser, gateway, { database, name, startup, date, time, how, locale }) {
  const visitor = await visit(browser, gateway, as(startup, { locale }),
    { ...how, reducedMotion: 'reduce' });
  const take = (moment, more = {}) =>
    visitor.page.screenshot({ path: join(folder, `${name}-${moment}.png`), ...more });
  await visitor.openDay(date);
  await take('1-day');
  await visitor.slot(`${date}T${time}`).click();
  await visitor.note.fill('How we find our first ten customers');
  await visitor.page.locator('.hold:not([hidden])').waitFor();
  await take('2-form');
  // In the moment before the press, and past the hold, as an administrator may.
  await visitor.page.route('**/rpc/book_session', async (route) => {
    await database.admin.query(`INSERT INTO mentor_startup_sessions
      (mentor_id, startup_id, session_date, session_time) VALUES ($1, $2, $3, $4)`,
    [mentor, 500 + startup, date, time]);
    await route.continue();
  }, { times: 1 });
  await visitor.bookButton.click();
  await outcomeIn(visitor.refusal);
  await visitor.page.locator(`[data-slot="${date}T${time}"][data-state="booked"]`).waitFor();
  await take('3-refused');
  await visitor.alternatives.first().click();
  await outcomeIn(visitor.news);
  await visitor.page.locator('[data-session]').first().waitFor();
  await take('4-booked-another');
  await take('4-booked-another-whole', { fullPage: true });
  await visitor.leave();
}

/** Each screen by day and by night, and by day in German and in Arabic too. */
function* scenes() {
  for (const [screen, size] of Object.entries(screens)) {
    for (const colorScheme of ['light', 'dark']) {
      yield { name: `${screen}-${colorScheme}`, locale: 'en-GB', how: { ...size, colorScheme } };
    }
    yield { name: `${screen}-german`, locale: 'de', how: size };
    yield { name: `${screen}-arabic`, locale: 'ar', how: size };
  }
}

async function main() {
  await mkdir(folder, { recursive: true });
  const { database, gateway } = await createSignedInStack();
  const browser = await launchBrowser();
  try {
    await fillCalendar(database);
    let startup = 6;
    for (const scene of scenes()) {
      startup += 1;
      const date = await dateIn(database, startup);
      await takeLoading(browser, gateway, scene);
      await takeRace(browser, gateway, { ...scene, database, startup, date, time: '11:30' });
      await takeFullMonth(browser, gateway, scene);
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
  for (const [image, picture] of Object.entries(shownInReadme)) {
    await copyFile(join(folder, `${picture}.png`), join(images, image));
  }
  process.stdout.write('The pictures are in docs/images/ and build/screenshots/.\n');
}

await main();
