// The whole path as a screen reader has it, from the arrival to the cancelled session; on each state
// axe, the size of what is pressed, the focus and its ring, and narrow and magnified screens.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createSignedInStack, dateIn, openHours, startupClaims, tokenFor } from '../gateway/stack.mjs';
import { complaints, cutTexts, focusRing, scrollsSideways, smallTargets, treeOf } from './seen.mjs';
import { launchBrowser, outcomeIn, visit } from './visitors.mjs';

let database;
let gateway;
let browser;
let visits = 0;

before(async () => {
  ({ database, gateway } = await createSignedInStack());
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await gateway.stop();
  await database.drop();
});

/**
 * Takes a visitor of a mentor of his own down the path, stopping in each state.
 * @param {object} how  options of the browser's context
 * @param {(state: string, visitor: object) => Promise<void>} look
 */
async function alongThePath(how, look) {
  visits += 1;
  const mentor = `m${visits}`;
  await openHours(database, mentor);
  const date = await dateIn(database, 1);
  const visitor = await visit(browser, gateway,
    { mentor, token: tokenFor(startupClaims(visits)) }, how);
  const { page } = visitor;
  const slot = (time) => visitor.slot(`${date}T${time}`);
  await look('arrival', visitor);
  await visitor.openMonth(date);
  await page.locator(`[data-day="${date}"]`).press('Enter');
  await look('day', visitor);
  await slot('10:00').locator('input').focus();
  await page.keyboard.press('Space');
  await look('time', visitor);
  await visitor.note.focus();
  await page.getByText(/^Held for you for/).waitFor();
  await look('hold', visitor);
  // A plain writer steps over the hold, and the press finds it taken.
  await page.route('**/rpc/book_session', async (route) => {
    await database.admin.query(`INSERT INTO mentor_startup_sessions
      (mentor_id, startup_id, session_date, session_time) VALUES ($1, $2, $3, '10:00')`, [mentor, 9000 + visits, date]);
    await route.continue();
  }, { times: 1 });
  await visitor.bookButton.press('Enter');
  assert.equal(await outcomeIn(visitor.refusal), 'slot_taken');
  await visitor.listShown();
  await look('refusal', visitor);
  await visitor.alternatives.first().press('Enter');
  assert.equal(await outcomeIn(visitor.news), 'booked');
  await page.locator('[data-session]').waitFor();
  await visitor.listShown();
  await look('confirmation', visitor);
  await page.locator('[data-session] [data-action="move"]').press('Enter');
  await page.locator('.moving').getByText(/You are moving your session/).waitFor();
  await visitor.listShown();
  await look('moving', visitor);
  await slot('11:30').locator('input').focus();
  await page.keyboard.press('Space');
  await page.locator('[data-action="confirm-move"]').press('Enter');
  assert.equal(await outcomeIn(visitor.news, 'booked'), 'rescheduled');
  await page.locator('[data-session]').getByText(/11:30/).waitFor();
  await visitor.listShown();
  await look('moved', visitor);
  await page.locator('[data-session] [data-action="cancel"]').press('Enter');
  await page.getByRole('dialog').waitFor();
  await look('cancelling', visitor);
  await page.locator('[data-action="confirm-cancel"]').press('Enter');
  assert.equal(await outcomeIn(visitor.news, 'rescheduled'), 'cancelled');
  await page.locator('[data-session]').waitFor({ state: 'detached' });
  await visitor.listShown();
  await look('cancelled', visitor);
  assert.deepEqual(visitor.trouble, []);
  await visitor.leave();
}

const range = (time) => `${time} ?– ?\\d\\d:\\d\\d`;
const time = '\\d\\d:\\d\\d';
const zone = 'Coordinated Universal Time';
const day = '\\w+day,? \\d+ \\w+ \\d+';
const when = `(?:Tomorrow, )?${day}, ${range(time)} \\(${zone}\\)`;

/**
 * What is to be heard in each state: role, whole name, and what else the tree says of it. `says` is
 * what a live region holds.
 */
const heard = {
  arrival: [
    ['heading', 'Book a session with m\\d+', { level: 1 }],
    ['combobox', 'Your time zone'], ['combobox', 'Clock'], ['combobox', 'Language'],
    ['group', 'How long\\?'],
    ['radio', '30 minutes', { checked: 'true' }], ['radio', '60 minutes', { checked: 'false' }],
    ['heading', '\\w+ \\d{4}', { level: 2 }],
    ['button', 'Previous month'], ['button', 'Next month'],
    ['grid', '\\w+ \\d{4}'],
    ['button', `(?:Today, |Tomorrow, )?${day}, \\d free times?`],
    ['button', 'Book'],
  ],
  day: [
    ['button', `Tomorrow, ${day}, 6 free times`, { pressed: 'true' }],
    ['group', `Tomorrow, ${day}\\s*${zone}\\s*6 free times`],
    ['radio', `${day}, 09:00, ${zone}, available`, { checked: 'false', focused: true }],
    ['radio', `${day}, 11:30, ${zone}, available`, { checked: 'false' }],
  ],
  time: [
    ['radio', `${day}, 10:00, ${zone}, available`, { checked: 'true', focused: true }],
    ['textbox', 'What would you like to talk about\\?',
      { description: 'You can leave this empty\\. Your mentor reads it before you meet\\.', multiline: true }],
    ['button', 'Book 10:00'],
  ],
  hold: [
    ['textbox', 'What would you like to talk about\\?', { focused: true }],
    ['button', 'Book 10:00'],
  ],
  refusal: [
    ['alert', '', { focused: true, live: 'assertive',
      says: `This time is taken.*${when}.*This time slot is no longer available\\. Please select another time\\.` }],
    ['group', 'Nearest free times: press one to book it'],
    ['button', time, { description: `.*${day}.*available` }],
    ['radio', `${day}, 10:00, ${zone}, already booked`, { disabled: true }],
    ['button', `Tomorrow, ${day}, 5 free times`],
  ],
  confirmation: [
    ['status', '', { focused: true, live: 'polite', says: `Booked.*${when}.*Your session is booked\\.` }],
    ['button', 'Add to calendar'], ['button', 'Move'], ['button', 'Cancel'], ['button', 'Book another time'],
    ['heading', 'Your sessions', { level: 2 }],
    ['button', 'Move', { description: when }],
  ],
  moving: [
    ['radio', `${day}, \\d\\d:\\d\\d, ${zone}, available`, { focused: true }],
    ['button', 'Move'], ['button', 'Keep it as it is'],
  ],
  moved: [
    ['status', '', { focused: true, says: `Moved.*${when}.*Your session is moved\\.` }],
    ['button', 'Book'],
  ],
  cancelling: [
    ['dialog', 'Cancel this session\\?', { modal: true }],
    ['textbox', 'Why\\? \\(You can leave this empty\\.\\)', { focused: true, description: 'Your mentor reads it\\.' }],
    ['button', 'Cancel the session'], ['button', 'Keep it as it is'],
  ],
  cancelled: [
    ['status', '', { focused: true, says: `Cancelled.*Your session is cancelled\\.` }],
    ['button', 'Book'],
  ],
};

/** @param {object} node  of the tree @param {object} region  what the live regions say */
function fits(node, said, [role, name, { says, description, ...rest } = {}]) {
  return node.role === role && (name === '' || new RegExp(`^${name}$`).test(node.name))
    && (description === undefined || new RegExp(`^${description}$`, 's').test(node.description))
    && (says === undefined || new RegExp(says, 's').test(said[role]))
    && Object.entries(rest).every(([property, value]) => String(node[property]) === String(value));
}

test('each step has its names, roles, states and live messages in the accessibility tree', async () => {
  const states = [];
  await alongThePath({}, async (state, visitor) => {
    const tools = await visitor.page.context().newCDPSession(visitor.page);
    const tree = await treeOf(tools);
    const said = { alert: await visitor.refusal.innerText(), status: await visitor.news.innerText() };
    for (const expected of heard[state]) {
      assert.ok(tree.some((node) => fits(node, said, expected)),
        `${state}: no ${JSON.stringify(expected)} in\n${tree.filter(({ role }) =>
          role === expected[0]).map((node) => JSON.stringify(node)).join('\n')}\n${JSON.stringify(said)}`);
    }
    const nameless = tree.filter(({ role, name }) => name === ''
      && ['button', 'radio', 'textbox', 'combobox', 'group', 'grid', 'dialog', 'heading', 'link'].includes(role));
    assert.deepEqual(nameless, [], `${state}: everything has a name`);
    const spoken = Object.entries(said).filter(([, text]) => text !== '');
    assert.ok(spoken.length <= 1, `${state}: one message at a time`);
    states.push(state);
    await tools.detach();
  });
  assert.deepEqual(states, Object.keys(heard));
});

for (const how of [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { forcedColors: 'active' }]) {
  test(`axe finds nothing in any state, with ${Object.entries(how).flat().join(': ')}`, async () => {
    await alongThePath({ ...how, reducedMotion: 'reduce' }, async (state, visitor) => {
      assert.deepEqual(await complaints(visitor), [], state);
    });
  });
}

test('the focus is never lost, its ring is seen, and all that is pressed is large enough', async () => {
  await alongThePath({ viewport: { width: 390, height: 844 } }, async (state, { page }) => {
    assert.deepEqual(await smallTargets(page), [], state);
    if (state === 'arrival') return;
    const at = await page.evaluate(() => document.activeElement.localName);
    assert.equal(at, 'slotguard-booking', `${state}: the focus is on ${at}`);
    const { what, isSeen } = await focusRing(page);
    assert.ok(isSeen, `${state}: the focus on ${what} is not seen`);
  });
});

test('the keyboard\'s whole round shows where it is', async () => {
  await openHours(database, 'ringed');
  const visitor = await visit(browser, gateway, { mentor: 'ringed', token: tokenFor(startupClaims(500)) });
  const { page } = visitor;
  await visitor.openDay(await dateIn(database, 1));
  await page.keyboard.press('Space');
  await page.keyboard.press('Home');
  await page.locator('select').first().focus();
  const round = [];
  for (let stop = 0; stop < 30; stop += 1) {
    if (await page.evaluate(() => document.activeElement === document.body)) break;
    const { what, isSeen } = await focusRing(page);
    assert.ok(isSeen, `the focus on ${what} is not seen`);
    round.push(what);
    await page.keyboard.press('Tab');
  }
  const order = ['select time-zone', 'select clock', 'select language', 'button previous-month', 'button next-month',
    'textarea note', 'button book'];
  assert.deepEqual(round.filter((what) => order.includes(what)), order, `in the order of reading: ${round}`);
  await visitor.leave();
});

// 640 CSS pixels on twice as many are a window of 1280 that is magnified to 200 %.
for (const how of [{ viewport: { width: 320, height: 640 } },
  { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }]) {
  test(`at ${how.viewport.width} pixels no state scrolls sideways or cuts a text off`, async () => {
    await alongThePath(how, async (state, { page }) => {
      assert.equal(await scrollsSideways(page), false, state);
      assert.deepEqual(await cutTexts(page), [], state);
    });
  });
}

test('where less motion is asked for nothing moves by itself, and nothing glides', async () => {
  const moving = (page) => page.evaluate(() => document.getAnimations().length
    + document.querySelector('slotguard-booking').shadowRoot.getAnimations().length);
  for (const reducedMotion of ['reduce', 'no-preference']) {
    const context = await browser.newContext({ reducedMotion });
    const page = await context.newPage();
    await page.route('**/rpc/**', () => {}); // The shapes stay for as long as they are looked at.
    await page.goto(`${gateway.url}/?mentor=m1&startup=1`);
    await page.locator('.waiting .skeleton').first().waitFor();
    assert.equal(await moving(page) > 0, reducedMotion === 'no-preference', reducedMotion);
    await context.close();
  }
  await alongThePath({ reducedMotion: 'reduce' }, async (state, { page }) => {
    assert.equal(await moving(page), 0, state);
  });
});
