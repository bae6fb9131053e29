// The tag on somebody else's site: a plain page from another port, with styles of its own, that
// takes the module and the API from the gateway.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createBookingDatabase, createSignedInStack, dateIn, openHours, startGateway,
  startupClaims, tokenFor } from '../gateway/stack.mjs';
import { html, startSite, tag } from './other_site.mjs';
import { launchBrowser, open, outcomeIn } from './visitors.mjs';

// What a site may have that would spoil a page that shared its styles.
const hostileStyles = `
  * { letter-spacing: 9px; text-transform: uppercase; }
  body { color: rgb(1, 2, 3); font: italic 40px/3 serif; text-align: right; cursor: crosshair; }
  button, select, label, fieldset, table, textarea { display: none !important; }
  .slot, .card, .message, .primary, #title, [data-slot] { display: none !important; }
  h1, h2, h3, p, span { color: rgb(1, 2, 3) !important; font-size: 3px !important; }
`;

let database;
let site;
let gateway;
let browser;
let date;
let days = 0;

before(async () => {
  database = await createBookingDatabase();
  await openHours(database, 'ada');
  await openHours(database, 'grace', { zone: 'America/New_York' });
  site = await startSite();
  // Without events, so that who comes second has not heard of it before he presses.
  gateway = await startGateway({ ...environment(), SLOTGUARD_EVENTS: 'off' });
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await gateway.stop();
  await site.stop();
  await database.drop();
});

/** Of a gateway that lets the site call. */
const environment = () => ({
  DATABASE_URL: database.urlFor('slotguard_web'),
  SLOTGUARD_ALLOWED_ORIGINS: site.origin,
});

/** A visitor of the site whose tags all show their times. */
async function visitSite(body, { ids = ['tag'], styles, how, from = gateway.url } = {}) {
  const visitor = await open(browser, site.show(html(body, { styles, from })), how);
  for (const id of ids) await visitor.page.locator(`#${id} form[aria-busy="false"]`).waitFor();
  return { ...visitor, heard: () => visitor.page.evaluate(() => heard) };
}

/** A day that no other test books on. */
async function freshDay() {
  date = await dateIn(database, days += 1);
  return date;
}

/** The tag, on the gateway that serves its module. */
const ours = (attributes) => tag({ endpoint: gateway.url, ...attributes });

async function choose({ page }, time, id = 'tag') {
  const inTag = page.locator(`#${id}`);
  const day = inTag.locator(`[data-day="${date}"]`);
  while (await day.count() === 0) await inTag.locator('[data-action="next-month"]').click();
  await day.click();
  await inTag.locator(`[data-slot="${date}T${time}"]`).click();
}

const book = ({ page }, id = 'tag') => page.locator(`#${id} [data-action="book"]`).click();

const take = (time, startup = 900) => database.admin.query(`INSERT INTO mentor_startup_sessions
  (mentor_id, startup_id, session_date, session_time) VALUES ('ada', $1, $2, $3)`,
[startup, date, time]);

const startupsAt = async (time) => (await database.admin.query(
  `SELECT startup_id::int FROM mentor_startup_sessions
   WHERE session_date = $1 AND session_time = $2 AND status = 'scheduled'`, [date, time]))
  .rows.map((row) => row.startup_id);

test('a visitor of another site books, and the site is told', async () => {
  await freshDay();
  const visitor = await visitSite(ours({ startup: 1 }));
  await choose(visitor, '09:00');
  await book(visitor);
  assert.equal(await outcomeIn(visitor.news), 'booked');
  const [{ type, by, detail }, ...more] = await visitor.heard();
  assert.deepEqual([type, by, more], ['slotguard:booked', 'tag', []]);
  assert.deepEqual([detail.outcome, detail.startup_id, detail.session_date, detail.session_time],
    ['booked', 1, date, '09:00:00']);
  assert.deepEqual(await startupsAt('09:00'), [1]);
  assert.deepEqual(visitor.trouble, []);
  await visitor.leave();
});

test('a visitor of another site who comes second is told, and so is the site', async () => {
  await freshDay();
  const visitor = await visitSite(ours({ startup: 2 }));
  await choose(visitor, '09:00');
  await take('09:00');
  await book(visitor);
  assert.equal(await outcomeIn(visitor.refusal), 'slot_taken');
  const [{ type, detail }] = await visitor.heard();
  assert.deepEqual([type, detail.outcome], ['slotguard:refused', 'slot_taken']);
  assert.ok(detail.alternatives.length > 0);
  await visitor.leave();
});

test('a time that is taken elsewhere turns grey on the other site too', async () => {
  await freshDay();
  const lively = await startGateway(environment());
  const visitor = await visitSite(tag({ startup: 13, endpoint: lively.url }), { from: lively.url });
  await choose(visitor, '10:00');
  await take('11:00');
  await visitor.page.locator(`#tag [data-slot="${date}T11:00"][data-state="booked"]`).waitFor();
  assert.deepEqual(visitor.trouble, []);
  await visitor.leave();
  await lively.stop();
});

test('the one who signs in is who the token names, whatever the tag says', async () => {
  await freshDay();
  const guarded = await createSignedInStack({ SLOTGUARD_ALLOWED_ORIGINS: site.origin });
  await openHours(guarded.database, 'ada');
  const visitor = await visitSite(ours({ startup: 8, endpoint: guarded.gateway.url }));
  await visitor.page.locator('#tag').evaluate((element, token) => { element.token = token; },
    tokenFor(startupClaims(7)));
  await visitor.page.locator('#tag form[aria-busy="false"]').waitFor();
  await choose(visitor, '09:00');
  await book(visitor);
  assert.equal(await outcomeIn(visitor.news), 'booked');
  const { rows } = await guarded.database.admin.query(
    'SELECT startup_id::int FROM mentor_startup_sessions');
  assert.deepEqual(rows, [{ startup_id: 7 }]);
  await visitor.leave();
  await guarded.gateway.stop();
  await guarded.database.drop();
});

test('a fresh token of the same startup disturbs nothing, and is the one that is shown', async () => {
  await freshDay();
  const guarded = await createSignedInStack({ SLOTGUARD_ALLOWED_ORIGINS: site.origin });
  await openHours(guarded.database, 'ada');
  const visitor = await visitSite(ours({ endpoint: guarded.gateway.url }));
  const signIn = (more) => visitor.page.locator('#tag').evaluate((element, token) => {
    element.token = token;
  }, tokenFor({ ...startupClaims(7), ...more }));
  await signIn({});
  await visitor.page.locator('#tag form[aria-busy="false"]').waitFor();
  await choose(visitor, '09:00');
  await visitor.note.fill('Half a sen');
  await signIn({ iat: 1 });
  await visitor.page.keyboard.type('tence');
  assert.equal(await visitor.note.inputValue(), 'Half a sentence');
  const sent = visitor.page.waitForRequest('**/rpc/book_session');
  await book(visitor);
  assert.equal(await outcomeIn(visitor.news), 'booked');
  assert.equal((await sent).headers().authorization,
    `Bearer ${tokenFor({ ...startupClaims(7), iat: 1 })}`);
  await visitor.leave();
  await guarded.gateway.stop();
  await guarded.database.drop();
});

/** How some elements of the tag look, from the inside. */
const looks = ({ page }) => page.locator('#tag').evaluate((element) => {
  const properties = ['display', 'color', 'fontFamily', 'fontSize', 'fontStyle', 'fontWeight',
    'letterSpacing', 'textTransform', 'textAlign', 'lineHeight', 'cursor', 'padding', 'margin'];
  const selectors = ['#title', '[data-day]', '.slot', '.slot input', '[data-action="book"]',
    'legend', 'select', 'textarea'];
  return Object.fromEntries(selectors.map((selector) => {
    const style = getComputedStyle(element.shadowRoot.querySelector(selector));
    return [selector, Object.fromEntries(properties.map((name) => [name, style[name]]))];
  }));
});

test('no style of the site reaches the tag\'s inside', async () => {
  await freshDay();
  const [plain, styled] = [await visitSite(ours({ startup: 3 })),
    await visitSite(ours({ startup: 3 }), { styles: hostileStyles })];
  for (const visitor of [plain, styled]) await choose(visitor, '10:00');
  assert.deepEqual(await looks(styled), await looks(plain));
  assert.ok(await styled.page.locator('#tag [data-action="book"]').isVisible());
  await Promise.all([plain.leave(), styled.leave()]);
});

test('no style, name or id of the tag\'s reaches the site', async () => {
  await freshDay();
  const body = `<h1 class="title">Ours</h1><p class="quiet card">Text</p>
    <button class="primary">Ours</button><input id="note"><fieldset id="times"></fieldset>`;
  const looksOfSite = ({ page }) => page.evaluate(() => ({
    styles: ['body', 'h1', 'p', 'button', 'input', 'fieldset'].map((name) => {
      const style = getComputedStyle(document.querySelector(name));
      return [...style].map((property) => `${property}: ${style.getPropertyValue(property)}`);
    }),
    sheets: [document.styleSheets.length, document.adoptedStyleSheets.length],
    attributes: [document.documentElement, document.body].map((one) => one.outerHTML.split('>')[0]),
    title: document.title,
    globals: Object.keys(globalThis).sort().join(),
  }));
  const without = await open(browser, site.show(html(body, { from: `${gateway.url}/no` })));
  const withTag = await visitSite(body + ours({ startup: 4 }));
  await choose(withTag, '10:00');
  assert.equal(await withTag.page.locator('#tag').evaluate(({ children }) => children.length), 0);
  const [found, expected] = [await looksOfSite(withTag), await looksOfSite(without)];
  assert.deepEqual(withoutHeights(found), withoutHeights(expected));
  await Promise.all([without.leave(), withTag.leave()]);
});

/** The site's body is higher by the tag; what follows from that is no style of the tag's. */
function withoutHeights({ styles, ...rest }) {
  const follows = /^(?:block-size|height|perspective-origin|transform-origin): /;
  return { ...rest, styles: styles.map((list) => list.filter((line) => !follows.test(line))) };
}

test('the site styles the tag by custom properties and parts', async () => {
  await freshDay();
  const visitor = await visitSite(ours({ startup: 5 }), { styles: `
    slotguard-booking { --slotguard-accent: rgb(120, 0, 90); --slotguard-radius: 3px; }
    slotguard-booking::part(title) { color: rgb(10, 20, 30); }
    slotguard-booking::part(button) { text-transform: uppercase; }` });
  await choose(visitor, '10:00');
  const style = (selector) => visitor.page.locator(`#tag ${selector}`).first().evaluate((found) => {
    const { backgroundColor, color, textTransform } = getComputedStyle(found);
    return { backgroundColor, color, textTransform };
  });
  const button = await style('[data-action="book"]');
  assert.equal(button.backgroundColor, 'rgb(120, 0, 90)');
  assert.equal(button.textTransform, 'uppercase');
  assert.equal((await style('#title')).color, 'rgb(10, 20, 30)');
  await visitor.leave();
});

const colorOf = ({ page }, id) =>
  page.locator(`#${id} #title`).evaluate((title) => getComputedStyle(title).color);

const setAttribute = ({ page }, id, name, value) => page.locator(`#${id}`).evaluate(
  (element, [attribute, given]) => { element.setAttribute(attribute, given); }, [name, value]);

test('the tag is light or dark as it is told, else as the visitor likes it', async () => {
  const ids = ['light', 'dark', 'either'];
  const body = ours({ id: 'light', startup: 6, theme: 'light' })
    + ours({ id: 'dark', startup: 6, theme: 'dark' }) + ours({ id: 'either', startup: 6 });
  for (const colorScheme of ['light', 'dark']) {
    const visitor = await visitSite(body, { ids, how: { colorScheme } });
    const [light, dark, either] = await Promise.all(ids.map((id) => colorOf(visitor, id)));
    assert.notEqual(light, dark);
    assert.equal(either, colorScheme === 'light' ? light : dark);
    await setAttribute(visitor, 'either', 'theme', 'dark');
    assert.equal(await colorOf(visitor, 'either'), dark);
    await visitor.leave();
  }
});

test('two tags on a page are two visits, that leave one another alone', async () => {
  await freshDay();
  const visitor = await visitSite(ours({ id: 'one', startup: 10 })
    + ours({ id: 'other', startup: 10, mentor: 'grace', locale: 'de' }), { ids: ['one', 'other'] });
  const { page } = visitor;
  await choose(visitor, '09:00', 'one');
  await choose(visitor, '11:30', 'other');
  await book(visitor, 'one');
  assert.equal(await outcomeIn(page.locator('#one').getByRole('status')), 'booked');
  assert.equal(await page.locator('#other').getByRole('status').innerText(), '');
  assert.ok(await page.locator(`#other [data-slot="${date}T11:30"] input`).isChecked());
  assert.match(await page.locator('#one #title').innerText(), /Book a session with ada/);
  assert.match(await page.locator('#other #title').innerText(), /grace/);
  await book(visitor, 'other');
  assert.equal(await outcomeIn(page.locator('#other').getByRole('status')), 'booked');
  assert.deepEqual((await visitor.heard()).map(({ type, by }) => [type, by]),
    [['slotguard:booked', 'one'], ['slotguard:booked', 'other']]);
  await visitor.leave();
});

test('a tag speaks its locale\'s language, and another one once it is told to', async () => {
  const visitor = await visitSite(ours({ startup: 11, locale: 'de' }));
  const title = visitor.page.locator('#tag #title');
  assert.match(await title.innerText(), /^Termin mit ada/);
  await setAttribute(visitor, 'tag', 'locale', 'en');
  await visitor.page.locator('#tag').getByText('Book a session with ada').waitFor();
  assert.equal(await visitor.page.evaluate(() => document.documentElement.lang), 'en');
  await visitor.leave();
});

test('where the gateway does not list the site, the tag says that nothing answers', async () => {
  const closed = await startGateway({ DATABASE_URL: database.urlFor('slotguard_web') });
  const body = tag({ startup: 12, endpoint: closed.url });
  const visitor = await open(browser, site.show(html(body, { from: gateway.url })));
  await visitor.refusal.getByText('The booking service does not answer').waitFor();
  assert.ok(await visitor.retryButton.isVisible());
  assert.ok(visitor.trouble.some((line) => /CORS/.test(line)), 'the browser says why');
  await visitor.leave();
  await closed.stop();
});

test('where not even the module is to be had, what the site wrote into the tag stays', async () => {
  const closed = await startGateway({ DATABASE_URL: database.urlFor('slotguard_web') });
  const content = '<p>Please write to us.</p>';
  const visitor = await open(browser, site.show(html(ours({ content }), { from: closed.url })));
  assert.ok(await visitor.page.getByText('Please write to us.').isVisible());
  await visitor.leave();
  await closed.stop();
});
