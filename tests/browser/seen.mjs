// What is seen and heard of the booking page: its texts and names, its measures, its tree as a
// screen reader has it, and what axe says of it.
import { readFile } from 'node:fs/promises';
import { root } from '../gateway/stack.mjs';

const axe = await readFile(`${root}tests/node_modules/axe-core/axe.min.js`, 'utf8');

/** Runs axe-core beside the page, past its policy, and lists what it finds. */
export async function complaints({ page }) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

/**
 * Every text that is seen, and every name that is said instead of one. The lists of zones and
 * languages are left out: they have names as they are written everywhere.
 * @returns {Promise<string[]>}
 */
export function textsOf(page) {
  return page.evaluate(() => {
    const base = document.querySelector('slotguard-booking').shadowRoot;
    const isName = (node) => node.closest('#time-zone option, #language option') !== null;
    const names = ['aria-label', 'aria-description', 'abbr', 'title', 'placeholder', 'data-count'];
    const texts = [document.title];
    for (const node of base.querySelectorAll('*')) {
      if (isName(node) || node.localName === 'style') continue;
      if (!node.checkVisibility() && node.localName !== 'option') continue;
      texts.push(...names.map((name) => node.getAttribute(name) ?? ''));
      texts.push(...[...node.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
        .map(({ data }) => data));
    }
    return texts.map((text) => text.trim()).filter((text) => text !== '');
  });
}

export const scrollsSideways = (page) => page.evaluate(() =>
  document.documentElement.scrollWidth > document.documentElement.clientWidth);

/**
 * The page as Chromium gives it to screen readers.
 * @param {import('playwright-core').CDPSession} tools
 * @returns {Promise<{ role: string, name: string, description: string, [property: string]: unknown }[]>}
 *   in reading order; what is ignored is left out
 */
export async function treeOf(tools) {
  const { nodes } = await tools.send('Accessibility.getFullAXTree');
  return nodes.filter(({ ignored }) => !ignored).map(({ role, name, description, properties = [] }) => ({
    role: role?.value ?? '',
    name: name?.value ?? '',
    description: description?.value ?? '',
    ...Object.fromEntries(properties.map(({ name: property, value }) => [property, value.value])),
  }));
}

/** What can be pressed or filled in and is smaller than a fingertip, with its size. */
export function smallTargets(page) {
  return page.evaluate(() => {
    const base = document.querySelector('slotguard-booking').shadowRoot;
    const drawnAs = (control) => control.closest('label') ?? control;
    return [...base.querySelectorAll('button, select, textarea, input, a[href]')].map(drawnAs)
      .filter((one) => one.checkVisibility() && !one.closest('[inert]'))
      .map((one) => [one.getBoundingClientRect(), one])
      .filter(([{ width, height }]) => width < 44 || height < 44)
      .map(([{ width, height }, one]) =>
        `${one.dataset.action ?? one.dataset.day ?? one.id ?? one.textContent}: ${width} × ${height}`);
  });
}

/** Text that its own box cuts off; the lists of preferences show that with an ellipsis. */
export function cutTexts(page) {
  return page.evaluate(() => {
    const base = document.querySelector('slotguard-booking').shadowRoot;
    return [...base.querySelectorAll('*')].filter((one) => one.checkVisibility()
      && !one.matches('select, option, .spoken, .preferences *')
      && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
      && getComputedStyle(one).overflow !== 'visible')
      .map((one) => `${one.localName} ${one.className}: ${one.textContent}`);
  });
}

/**
 * How the element with the focus looks, and how the same one looks without it.
 * @returns {Promise<{ what: string, isSeen: boolean }>}
 */
export function focusRing(page) {
  return page.evaluate(() => {
    let at = document.activeElement;
    while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    // A radio is drawn as its label, a message as its card.
    const drawn = [at, at.closest('label'), at.closest('.message')].filter(Boolean);
    const look = () => drawn.map((one) => {
      const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(one);
      return outlineStyle === 'none' ? boxShadow : `${outlineStyle} ${outlineWidth} ${outlineColor} ${boxShadow}`;
    }).join();
    const focused = look();
    at.blur();
    const blurred = look();
    at.focus({ preventScroll: true, focusVisible: true });
    return { what: `${at.localName} ${at.dataset.action ?? at.id}`, isSeen: focused !== blurred };
  });
}
