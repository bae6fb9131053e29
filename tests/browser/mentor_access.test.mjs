// Who may see the mentor's page, and what everybody else is told.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mentorClaims, startGateway, startupClaims, tokenFor } from '../gateway/stack.mjs';
import { createMentorsStack, mentorAddress, openDoor, openMentor, says } from './mentors.mjs';
import { launchBrowser, open } from './visitors.mjs';

let database;
let gateway;
let browser;
let tomorrow;
let session;

before(async () => {
  ({ database, gateway, tomorrow, session } = await createMentorsStack());
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await gateway.stop();
  await database.drop();
});

const door = (claims, parameters) => openDoor(browser, gateway, claims, parameters);

test('without a token the page asks to sign in, and shows nothing', async () => {
  const visitor = await door(null, { mentor: 'ada' });
  assert.match(await visitor.page.locator('#door').innerText(), /Please sign in/);
  assert.ok(!(await visitor.page.locator('#page').isVisible()));
  await visitor.leave();
});

test('a startup is told kindly that this is not its page, and led to its own', async () => {
  const visitor = await door(startupClaims(7));
  assert.match(await visitor.page.locator('#door').innerText(), /This page is for mentors/);
  const way = new URL(await visitor.page.getByRole('link').getAttribute('href'));
  assert.equal(way.pathname, '/');
  assert.equal(way.searchParams.get('startup'), '7');
  await visitor.leave();
});

test('a token that is over, or forged, is told of, and opens nothing', async () => {
  for (const how of [[{ ...mentorClaims('ada'), exp: 1 }],
    [mentorClaims('ada'), { secret: 'somebody else’s secret of enough letters' }]]) {
    const visitor = await open(browser, 'about:blank');
    await visitor.page.goto(`${gateway.url}/mentor?locale=en#token=${tokenFor(...how)}`);
    await says(visitor.page.locator('#message [role="alert"]'), /no longer signed in/);
    assert.equal(await visitor.page.locator('#hours li').count(), 0);
    await visitor.page.reload();
    await says(visitor.page.locator('#door'), 'Please sign in');
    await visitor.leave();
  }
});

test('the token leaves the address at once, and outlives a reload', async () => {
  const mentor = await openMentor(browser, gateway, 'ada');
  assert.ok(!mentor.page.url().includes('token'));
  await mentor.page.reload();
  await mentor.page.locator('#hours li').waitFor();
  await mentor.page.goto(mentorAddress(gateway, mentorClaims('bert')));
  await mentor.page.getByRole('button', { name: 'Go on as bert' }).click();
  await mentor.page.getByRole('heading', { name: 'Calendar of bert' }).waitFor();
  await mentor.leave();
});

test('another mentor’s token shows and changes nothing of hers', async () => {
  const bert = await openMentor(browser, gateway, 'bert', { parameters: { mentor: 'ada' } });
  assert.match(await bert.page.locator('h1').innerText(), /bert/);
  assert.equal(await bert.overrides.count(), 0);
  await bert.showWeekOf(tomorrow);
  assert.equal(await bert.page.locator('[data-session]').count(), 0);
  const tables = ['mentor_settings', 'mentor_availability', 'mentor_availability_overrides'];
  const contents = async () => (await database.admin.query(
    tables.map((table) => `SELECT '${table}', to_jsonb(t) FROM ${table} t`).join(' UNION ALL '))).rows;
  const before = await contents();
  const token = tokenFor(mentorClaims('bert'));
  const told = await bert.page.evaluate(async ({ token, tables, session }) => {
    const ask = async (address, method, body) => {
      const response = await fetch(address, { method, body: JSON.stringify(body), headers: {
        Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', Prefer: 'return=representation' } });
      return response.ok ? response.json() : response.status;
    };
    const answers = [];
    for (const table of tables) {
      answers.push(await ask(`${table}?mentor_id=eq.ada`, 'PATCH', { mentor_id: 'bert' }),
        await ask(`${table}?mentor_id=eq.ada`, 'DELETE'));
    }
    answers.push(await ask('mentor_availability', 'POST',
      { mentor_id: 'ada', opens: '00:00', closes: '00:00' }));
    answers.push((await ask('rpc/cancel_session', 'POST', { session_id: session })).outcome);
    return answers;
  }, { token, tables, session });
  assert.deepEqual(told, [[], [], [], [], [], [], 403, 'not_found']);
  assert.deepEqual(await contents(), before);
  await bert.leave();
});

test('where the browser module can’t be loaded, the page says so', async () => {
  const visitor = await open(browser, 'about:blank');
  await visitor.page.route('**/slotguard.wasm', (route) => route.abort());
  for (const [locale, title] of [['en', 'The page could not start'],
    ['de-AT', 'Die Seite konnte nicht starten']]) {
    await visitor.page.goto(mentorAddress(gateway, mentorClaims('ada'), { locale }));
    await says(visitor.page.locator('#door'), title);
  }
  await visitor.leave();
});

test('the demo signs its mentors in, whichever the address asks for', async () => {
  const demo = await startGateway({ DATABASE_URL: database.urlFor('slotguard_web') },
    'web/demo/gateway.mjs');
  const visitor = await open(browser, `${demo.url}/mentor?mentor=ada&locale=en`);
  for (const mentor of ['ada', 'grace']) {
    await visitor.page.goto(`${demo.url}/mentor?mentor=${mentor}&locale=en`);
    await visitor.page.getByRole('heading', { name: `Calendar of ${mentor}` }).waitFor();
    await visitor.page.locator('#page[aria-busy="false"]').waitFor();
    assert.equal(await visitor.page.locator('#hours li').count(), mentor === 'ada' ? 1 : 0);
  }
  assert.deepEqual(visitor.trouble, []);
  await visitor.leave();
  await demo.stop();
});

test('a link for another mentor asks before it signs in anew', async () => {
  const mentor = await openMentor(browser, gateway, 'ada');
  const openLink = () => mentor.page.evaluate((hash) => { location.hash = hash; },
    `token=${tokenFor(mentorClaims('bert'))}`);
  const dialog = mentor.page.getByRole('dialog', { name: 'Sign in as somebody else?' });
  await openLink();
  await says(dialog, /You are signed in as ada\..*as bert/);
  assert.ok(!mentor.page.url().includes('token'));
  await dialog.getByRole('button', { name: 'Stay ada' }).click();
  await says(mentor.page.locator('#title'), 'Calendar of ada');
  await openLink();
  await dialog.getByRole('button', { name: 'Go on as bert' }).click();
  await says(mentor.page.locator('#title'), 'Calendar of bert');
  await mentor.page.reload();
  await says(mentor.page.locator('#title'), 'Calendar of bert');
  await mentor.leave();
});

test('dates that can be read by nobody are shown as they are, and the rest of the page too', async () => {
  await database.admin.query(`
    ALTER TABLE mentor_availability DROP CONSTRAINT hours_end_by_the_year_9999;
    ALTER TABLE mentor_availability_overrides DROP CONSTRAINT override_is_in_years_1_to_9999;
    SET session_replication_role = replica;
    INSERT INTO mentor_availability (mentor_id, opens, closes, valid_from, valid_until)
      VALUES ('odd', '09:00', '12:00', '2020-01-01', 'infinity'), ('odd', '13:00', '14:00', '2020-01-01', '20000-01-01');
    INSERT INTO mentor_availability_overrides (mentor_id, during, available)
      VALUES ('odd', '[2050-01-01 00:00+00,20000-01-01 00:00+00)', false);
    RESET session_replication_role`);
  const mentor = await openMentor(browser, gateway, 'odd');
  const hours = mentor.page.locator('#hours li');
  assert.equal(await hours.count(), 2);
  assert.doesNotMatch(await hours.nth(0).innerText(), /cannot be shown|infinity/);
  assert.match(await hours.nth(1).innerText(), /These dates cannot be shown here: 20000-01-01/);
  assert.match(await mentor.page.locator('#overrides li').innerText(), /cannot be shown here: \["2050-01-01 .*20000-01-01/);
  await mentor.page.locator('#week').waitFor();
  assert.deepEqual(mentor.trouble, []);
  await mentor.leave();
});
