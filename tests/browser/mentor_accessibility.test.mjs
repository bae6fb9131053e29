// That everybody can use the mentor's page: axe, the keyboard alone, a narrow screen.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { root, startupClaims } from '../gateway/stack.mjs';
import { createMentorsStack, openDoor, openMentor, says } from './mentors.mjs';
import { launchBrowser } from './visitors.mjs';

const axe = await readFile(`${root}tests/node_modules/axe-core/axe.min.js`, 'utf8');
const screens = { desktop: { width: 1280, height: 900 }, phone: { width: 320, height: 720 } };

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

/** Every state that has something of its own to see. */
const states = {
  calendar: async () => {},
  'add hours': async ({ page }) => {
    await page.locator('#add-hours').click();
    await page.locator('dialog [data-action="accept"]').click();
    await page.locator('dialog').getByText('Please choose at least one day.').waitFor();
  },
  'add hours by a rule': async ({ page }) => {
    await page.locator('#add-hours').click();
    await page.locator('dialog').getByRole('radio', { name: 'By a rule' }).check();
    await page.locator('dialog [name="rrule"]').fill('FREQ=NEVER');
    await page.locator('dialog [aria-invalid="true"]').waitFor();
  },
  'add time off': async ({ page }) => {
    await page.locator('#add-time-off').click();
    await page.locator('dialog').getByRole('checkbox').uncheck();
  },
  'add extra hours': ({ page }) => page.locator('#add-extra-hours').click(),
  'remove hours': ({ page }) => page.locator('[data-action="remove-hours"]').click(),
  'remove time off': ({ page }) => page.locator('[data-action="remove-override"]').click(),
  session: async ({ page, showWeekOf }) => {
    await showWeekOf(tomorrow);
    await page.locator('[data-session]').click();
  },
  news: async ({ page }) => {
    await page.locator('[data-action="save"]').click();
    await page.locator('#message[data-tone]').waitFor();
  },
};

for (const colorScheme of ['light', 'dark']) {
  for (const [screen, viewport] of Object.entries(screens)) {
    test(`axe finds nothing in any state, ${colorScheme}, on a ${screen}`, async () => {
      for (const [state, reach] of Object.entries(states)) {
        const mentor = await openMentor(browser, gateway, 'ada',
          { how: { colorScheme, viewport, reducedMotion: 'reduce' } });
        await reach(mentor);
        const found = await runAxe(mentor.page);
        assert.deepEqual(found, [], `${state}: ${found.join('; ')}`);
        await mentor.leave();
      }
    });
  }
}

test('a door without a finding of axe’s', async () => {
  const visitor = await door(startupClaims(7));
  assert.deepEqual(await runAxe(visitor.page), []);
  await visitor.leave();
});

test('at 320 pixels nothing is cut off, and all that is pressed is 44 pixels high', async () => {
  for (const [state, reach] of Object.entries(states)) {
    const mentor = await openMentor(browser, gateway, 'ada', { how: { viewport: screens.phone } });
    await reach(mentor);
    const { wide, small } = await mentor.page.evaluate(() => {
      const scope = document.querySelector('dialog') ?? document.body;
      const targets = [...scope.querySelectorAll('button, select, input, textarea, a')]
        .map((control) => control.closest('.choice') ?? control)
        .filter((control) => control.checkVisibility());
      return {
        wide: document.documentElement.scrollWidth > innerWidth || scope.scrollWidth > innerWidth,
        small: targets.map((target) => [target.getBoundingClientRect(), target.outerHTML])
          .filter(([box]) => box.height < 43.5 || box.width < 43.5).map(([, text]) => text),
      };
    });
    assert.ok(!wide, state);
    assert.deepEqual(small, [], state);
    await mentor.leave();
  }
});

test('by keyboard alone: hours are added, a session is called off, and the focus is always seen', async () => {
  const mentor = await openMentor(browser, gateway, 'ada');
  const { keyboard } = mentor.page;
  const at = () => mentor.page.evaluate(() => {
    const { activeElement: here } = document;
    const style = getComputedStyle(here.closest('.choice') ?? here);
    return { place: here.dataset.place || here.name || here.dataset.action || here.id,
      isSeen: here !== document.body && (style.outlineStyle !== 'none' || here.tagName === 'H2') };
  });
  const tabTo = async (place) => {
    for (let presses = 0; presses < 60; presses += 1) {
      const here = await at();
      if (here.place === place) return;
      await keyboard.press('Tab');
      assert.ok((await at()).isSeen || (await at()).place === '', JSON.stringify(await at()));
    }
    assert.fail(`${place} is out of the keyboard's reach`);
  };
  await tabTo('add-hours');
  await keyboard.press('Enter');
  await tabTo('weekday');
  await keyboard.press('Space');
  await keyboard.press('Enter');
  await says(mentor.news, 'Hours added');
  assert.equal((await at()).place, 'add-hours');
  await mentor.showWeekOf(tomorrow);
  await mentor.page.locator('#previous-week').focus();
  await tabTo(`session-${session}-${tomorrow}`);
  await keyboard.press('Enter');
  await tabTo('accept');
  await keyboard.press('Enter');
  await says(mentor.news, 'The session is cancelled');
  assert.equal((await at()).place, 'week');
  await mentor.leave();
});

test('no name of a day is broken within a word, in any language, at 320 pixels', async () => {
  for (const locale of ['ar', 'de', 'uk', 'hi']) {
    const mentor = await openMentor(browser, gateway, 'ada',
      { parameters: { locale }, how: { viewport: screens.phone } });
    await mentor.page.locator('#add-hours').click();
    const broken = await mentor.page.evaluate(() =>
      [...document.querySelectorAll('.day .weekday, .weekdays span')].filter((name) => {
        const range = document.createRange();
        range.selectNodeContents(name);
        const lines = [...range.getClientRects()].map(({ top }) => Math.round(top));
        return new Set(lines).size > name.textContent.trim().split(/\s+/).length;
      }).map((name) => name.textContent));
    assert.deepEqual(broken, [], locale);
    await mentor.leave();
  }
});

test('a dialog stays where it is while days are chosen, and shows by a mark which ones are', async () => {
  const mentor = await openMentor(browser, gateway, 'ada');
  await mentor.page.locator('#add-hours').click();
  const places = () => mentor.dialog.evaluate((dialog) => [dialog, ...dialog.querySelectorAll('button, input')]
    .filter((control) => control.checkVisibility()).map((control) => Math.round(control.getBoundingClientRect().top)));
  const before = await places();
  const days = mentor.dialog.getByRole('checkbox');
  for (const index of [0, 3]) {
    await days.nth(index).check();
    await mentor.dialog.locator('.preview li').nth(4).waitFor();
    assert.deepEqual(await places(), before);
  }
  const marks = await days.evaluateAll((boxes) => boxes.map((box) =>
    [Number(getComputedStyle(box).opacity), box.offsetWidth > 12, box.offsetWidth < 30]));
  assert.deepEqual(marks, Array(7).fill([1, true, true]));
  const { y: top } = await mentor.dialog.boundingBox();
  await mentor.dialog.getByRole('radio', { name: 'By a rule' }).check();
  assert.equal((await mentor.dialog.boundingBox()).y, top);
  await mentor.leave();
});

test('the button that turns the week stays in sight with all of its ring', async () => {
  const mentor = await openMentor(browser, gateway, 'ada', { how: { viewport: screens.phone } });
  const next = mentor.page.locator('#next-week');
  await next.focus();
  await next.evaluate((button) => scrollBy(0, button.getBoundingClientRect().top));
  assert.ok((await next.boundingBox()).y < 1);
  const first = await mentor.page.locator('#week [data-date]').first().getAttribute('data-date');
  await mentor.page.keyboard.press('Enter');
  await mentor.page.locator(`#week [data-date="${first}"]`).waitFor({ state: 'detached' });
  await mentor.page.waitForFunction(() =>
    document.getElementById('next-week').getBoundingClientRect().top >= 5, null, { timeout: 5000 });
  await mentor.leave();
});

/** Runs axe-core beside the page, past its policy, and lists what it finds. */
async function runAxe(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`);
}
