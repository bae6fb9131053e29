// What came of it: news in the polite region, refusals and trouble in the other, and below them
// the ways on, as buttons. Each message is put in once, so it is spoken once.
import { element, focusedElement } from '../common/element.mjs';

/**
 * @typedef {object} Message
 * @property {'news' | 'refusal'} region
 * @property {(speech: import('./speech.mjs').Speech) => { title: string, lines: string[],
 *   tone: string, outcome?: string, problem?: string, ways?: Node[] }} say
 * @property {boolean} [isAboutChoice]  it says nothing any more once another time is chosen
 */

/**
 * Shows a message in its region, and in the other one nothing.
 * @param {{ news: object, refusal: object }} parts
 * @param {Message | null} message
 */
export function showMessage(parts, message, speech) {
  for (const name of ['news', 'refusal']) {
    if (message?.region === name) fill(parts[name], message.say(speech));
    else clear(parts[name]);
  }
}

function fill({ card, region, waysOn }, { title, lines, tone, outcome, problem, ways = [] }) {
  for (const [name, value] of Object.entries({ outcome, problem })) {
    if (value) region.dataset[name] = value;
    else delete region.dataset[name];
  }
  card.dataset.tone = tone;
  region.replaceChildren(element('h3', { class: 'heading' }, title),
    ...lines.map((line) => element('p', {}, line)));
  waysOn.replaceChildren(...ways);
}

function clear({ card, region, waysOn }) {
  delete card.dataset.tone;
  delete region.dataset.outcome;
  delete region.dataset.problem;
  region.replaceChildren();
  waysOn.replaceChildren();
}

export function focusMessage(parts, message) {
  parts[message.region].region.focus();
  parts[message.region].card.scrollIntoView({ block: 'nearest' });
}

/** What was told may have pushed the keyboard's place off the screen. */
export function keepInSight(base) {
  const at = focusedElement();
  if (base.contains(at)) at.scrollIntoView({ block: 'nearest' });
}

/**
 * The free times that an answer offers, each taken with one press.
 * @param {{ key: string, label: string, description: string }[]} alternatives
 * @param {string} heading
 * @param {(index: number) => void} onChoose
 */
export function alternativeButtons(alternatives, heading, onChoose) {
  if (alternatives.length === 0) return [];
  const buttons = alternatives.map(({ key, label, description }, index) => element('button', {
    type: 'button', 'data-alternative': key, 'aria-description': description,
    onclick: () => onChoose(index),
  }, label));
  const group = element('div', { class: 'row', role: 'group', 'aria-label': heading }, ...buttons);
  return [element('h4', {}, heading), group];
}

/** Buttons beside each other. @param {...(Node | false)} buttons */
export function buttonRow(...buttons) {
  return element('div', { class: 'row' }, ...buttons.filter(Boolean));
}

/** @param {string} action @param {string} words @param {() => void} onPress */
export function actionButton(action, words, onPress, more = {}) {
  return element('button',
    { type: 'button', 'data-action': action, onclick: onPress, ...more }, words);
}
