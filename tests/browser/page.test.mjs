// What a visitor finds: words in his language, his own time zone, any screen, and nothing that the
// browser's policies or a check of accessibility would complain of.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createBookingDatabase, dateIn, openHours, startGateway } from '../gateway/stack.mjs';
import { complaints } from './seen.mjs';
import { launchBrowser, open, outcomeIn, pageAddress, visit } from './visitors.mjs';

let database;
let gateway;
let browser;
let tomorrow;

before(async () => {
  database = await createBookingDatabase();
  await openHours(database, 'ada');
  await openHours(database, 'grace', { zone: 'America/New_York' });
  await openHours(database, 'a mentor with a very long name, who-does-not-break-anywhere-at-all');
  tomorrow = await dateIn(database, 1);
  gateway = await startGateway({ DATABASE_URL: database.urlFor('slotguard_web') });
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await gateway.stop();
  await database.drop();
});

/** A refusal on the page: what was chosen is taken before it is asked for. */
async function refused(visitor, startup, time) {
  await visitor.openDay(tomorrow);
  await visitor.slot(`${tomorrow}T${time}`).click();
  await database.admin.query(`INSERT INTO mentor_startup_sessions
    (mentor_id, startup_id, session_date, session_time) VALUES ('ada', $1, $2, $3)`,
  [startup, tomorrow, time]);
  await visitor.bookButton.click();
  assert.equal(await outcomeIn(visitor.refusal), 'slot_taken');
  await visitor.listShown();
}

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing, before and after a refusal, in ${colorScheme}`, async () => {
    const visitor = await visit(browser, gateway, { mentor: 'ada', startup: 1 },
      { colorScheme, reducedMotion: 'reduce' });
    assert.deepEqual(await complaints(visitor), []);
    await refused(visitor, 900, colorScheme === 'light' ? '09:00' : '09:30');
    assert.deepEqual(await complaints(visitor), []);
    await visitor.leave();
  });
}

test('the policy forbids eval, and the page breaks no policy', async () => {
  const visitor = await visit(browser, gateway, { mentor: 'ada', startup: 2 });
  await refused(visitor, 901, '10:00');
  assert.deepEqual(visitor.trouble, []);
  const thrown = await visitor.page.evaluate(() => {
    // A new script of the page's own, since what a debugger evaluates is exempt.
    return new Promise((resolve) => {
      setTimeout(() => { try { Function('return 1')(); resolve('ran'); } catch (e) { resolve(e.name); } });
    });
  });
  assert.equal(thrown, 'EvalError');
  await visitor.leave();
});

test('a day says how many times are free, a time says when, where and whether', async () => {
  const visitor = await visit(browser, gateway, { mentor: 'grace', startup: 3 });
  const date = await dateIn(database, 3);
  await visitor.openMonth(date);
  const day = visitor.page.locator(`[data-day="${date}"]`);
  assert.equal(await day.getAttribute('data-free'), '6');
  assert.match(await day.getAttribute('aria-label'), /^\w+day,? \d+ \w+ \d+, 6 free times$/);
  await day.click();
  const group = visitor.page.getByRole('group', { name: /Coordinated Universal Time|GMT/ });
  const radio = group.getByRole('radio').first();
  assert.match(await radio.getAttribute('aria-label'),
    /Coordinated Universal Time, which is .* for the mentor, Eastern Time, available$/);
  await visitor.leave();
});

test('the confirmation names the time in both zones where they differ', async () => {
  const visitor = await visit(browser, gateway,
    { mentor: 'grace', startup: 4, timeZone: 'Europe/Berlin' });
  // Not today: some of its times may be past.
  await visitor.openDay(await dateIn(database, 4));
  await visitor.page.getByRole('radio', { name: /available/ }).first().click();
  await visitor.bookButton.click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  const text = await visitor.news.innerText();
  assert.match(text, /Central European Time/);
  assert.match(text, /For your mentor: .*09:00.*Eastern Time/);
  await visitor.leave();
});

test('in German every word is German', async () => {
  const visitor = await visit(browser, gateway,
    { mentor: 'ada', startup: 5, locale: 'de', timeZone: 'Europe/Berlin' });
  assert.equal(await visitor.page.locator('html').getAttribute('lang'), 'de');
  assert.equal(await visitor.page.title(), 'Termin mit ada buchen');
  await refused(visitor, 902, '10:30');
  assert.match(await visitor.refusal.innerText(), /Dieser Termin ist vergeben/);
  await visitor.alternatives.first().click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  const text = await visitor.page.locator('.booking').innerText();
  assert.match(text, /Gebucht/);
  assert.doesNotMatch(text, /\b(Book|free|your|time|day|minutes|taken|booked)\b/);
  await visitor.leave();
});

for (const width of [320, 390, 1280]) {
  test(`at ${width} pixels nothing scrolls sideways and all that is pressed is large enough`, async () => {
    const visitor = await visit(browser, gateway, { startup: 6,
      mentor: 'a mentor with a very long name, who-does-not-break-anywhere-at-all' },
    { viewport: { width, height: 700 } });
    await visitor.bookButton.click();
    await visitor.refusal.locator('h3').waitFor();
    const { scrolls, small } = await visitor.page.evaluate(() => ({
      scrolls: document.documentElement.scrollWidth > document.documentElement.clientWidth,
      small: [...document.querySelector('slotguard-booking').shadowRoot
        .querySelectorAll('button, select, .choice, .slot, textarea')]
        .filter((one) => one.checkVisibility() && (one.offsetHeight < 44 || one.offsetWidth < 44))
        .map((one) => one.textContent),
    }));
    assert.deepEqual({ scrolls, small }, { scrolls: false, small: [] });
    await visitor.leave();
  });
}

test('a longer session is offered where it fits, and booked as long', async () => {
  const visitor = await visit(browser, gateway, { mentor: 'grace', startup: 7 });
  const date = await dateIn(database, 6);
  const reloaded = visitor.page.waitForResponse('**/rpc/available_slots');
  await visitor.page.getByText('90 minutes').click();
  await reloaded;
  await visitor.openDay(date);
  assert.equal(await visitor.page.locator('[data-slot]').count(), 4);
  await visitor.slot(`${date}T10:30`).click();
  await visitor.bookButton.click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  const { rows } = await database.admin.query(
    "SELECT duration = '90 minutes' AS as_long FROM mentor_startup_sessions WHERE startup_id = 7");
  assert.deepEqual(rows, [{ as_long: true }]);
  await visitor.leave();
});

test('another try, and a time that is offered, keep the length that was asked for', async () => {
  const date = await dateIn(database, 5);
  const visitor = await visit(browser, gateway, { mentor: 'grace', startup: 17 });
  const chooseLength = async (words) => {
    const reloaded = visitor.page.waitForResponse('**/rpc/available_slots');
    await visitor.page.getByText(words).click();
    await reloaded;
    await visitor.listShown();
  };
  const bookedMinutes = async (time) => (await database.admin.query(
    `SELECT extract(epoch FROM duration)::int / 60 AS minutes FROM mentor_startup_sessions
     WHERE startup_id = 17 AND session_date = $1 AND session_time = $2`, [date, time])).rows;
  await chooseLength('60 minutes');
  await visitor.openDay(date);
  await visitor.slot(`${date}T09:00`).click();
  await visitor.page.route('**/rpc/book_session',
    (route) => route.abort('connectionreset'), { times: 1 });
  await visitor.bookButton.click();
  await visitor.retryButton.waitFor();
  await chooseLength('30 minutes');
  await visitor.retryButton.click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  assert.deepEqual(await bookedMinutes('09:00'), [{ minutes: 60 }]);

  await visitor.listShown();
  await chooseLength('60 minutes');
  await visitor.slot(`${date}T10:00`).click();
  await database.admin.query(`INSERT INTO mentor_startup_sessions
    (mentor_id, startup_id, session_date, session_time) VALUES ('grace', 917, $1, '10:00')`, [date]);
  await visitor.bookButton.click();
  assert.equal(await outcomeIn(visitor.refusal), 'slot_taken');
  await visitor.listShown();
  await chooseLength('30 minutes');
  await visitor.page.locator(`[data-alternative="${date}T10:30"]`).click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  assert.deepEqual(await bookedMinutes('10:30'), [{ minutes: 60 }]);
  await visitor.leave();
});

test('a month has all its days, and no more are chosen from than have times', async () => {
  const visitor = await visit(browser, gateway, { mentor: 'ada', startup: 8 });
  const next = new Date();
  next.setUTCMonth(next.getUTCMonth() + 2, 0);
  const month = next.toISOString().slice(0, 7);
  await visitor.openMonth(`${month}-01`);
  const days = visitor.page.locator('[data-day]');
  assert.equal(await days.count(), next.getUTCDate());
  assert.equal(await visitor.page.getByRole('grid').getByRole('row').count(), 7, 'as high as any');
  assert.equal(await visitor.page.locator('[data-day][data-free="6"]').count(), next.getUTCDate());
  await visitor.leave();
});

test('a month without a free time offers the next ones, and one of them is chosen by a press', async () => {
  await openHours(database, 'far');
  await database.admin.query(`INSERT INTO mentor_availability_overrides
    (mentor_id, during, available) VALUES ('far', tstzrange(now() - interval '1 day', now() + interval '100 days'), false)`);
  const visitor = await visit(browser, gateway, { mentor: 'far', startup: 18 });
  const next = visitor.page.locator('[data-next]');
  assert.equal(await next.count(), 5);
  assert.ok(!(await visitor.bookButton.isVisible()), 'nothing is chosen, so there is nothing to book');
  assert.match(await next.first().innerText(), /^\w+day,? \d+ \w+ \d+.* \d\d:\d\d/);
  const [date, time] = (await next.first().getAttribute('data-next')).split('T');
  await next.first().click();
  await visitor.listShown();
  const radio = visitor.slot(`${date}T${time.slice(0, 5)}`).locator('input');
  await radio.and(visitor.page.locator(':checked')).waitFor();
  assert.match(await visitor.focused(), new RegExp(`${time.slice(0, 5)}.*available$`));
  await visitor.bookButton.click();
  assert.equal(await outcomeIn(visitor.news), 'booked');
  await visitor.leave();
});

test('a mentor without hours is no error', async () => {
  const visitor = await visit(browser, gateway, { mentor: 'nobody', startup: 9 });
  assert.match(await visitor.page.locator('form').innerText(), /no times to book/);
  assert.ok(!(await visitor.bookButton.isVisible()));
  assert.deepEqual(visitor.trouble, []);
  await visitor.leave();
});

test('an address that names nobody gets a kind word and no form', async () => {
  for (const parameters of [{}, { mentor: 'ada' }, { startup: '1' }, { mentor: 'ada', startup: 'x' }]) {
    const visitor = await open(browser, pageAddress(gateway, parameters));
    await visitor.news.locator('h3').waitFor();
    assert.match(await visitor.news.innerText(), /names your mentor and your startup/);
    assert.ok(!(await visitor.bookButton.isVisible()));
    await visitor.leave();
  }
});

test('a name with markup in it stays a name', async () => {
  const mentor = '<img src=x onerror=alert(1)>';
  const visitor = await visit(browser, gateway, { mentor, startup: 9 });
  assert.equal(await visitor.page.locator('h1').innerText(), `Book a session with ${mentor}`);
  assert.equal(await visitor.page.locator('h1 img').count(), 0);
  await visitor.leave();
});
