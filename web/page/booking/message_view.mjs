// What came of it: news in the polite region, refusals and trouble in the other, and below them
// the ways on, as buttons. The message gets the focus, so that keyboard and screen reader are
// where the news is.
import { element } from '../common/element.mjs';

const card = document.getElementById('message');
const news = document.getElementById('news');
const refusal = document.getElementById('refusal');
const waysOn = document.getElementById('ways-on');

/**
 * @param {{ title: string, lines: string[], tone: string, outcome?: string, problem?: string }} message
 * @param {Node[]} [ways]
 */
export function showMessage({ title, lines, tone, outcome, problem }, ways = []) {
  clearMessage();
  const region = tone === 'success' || tone === 'info' ? news : refusal;
  card.dataset.tone = tone;
  if (outcome) region.dataset.outcome = outcome;
  if (problem) region.dataset.problem = problem;
  region.append(element('h2', {}, title), ...lines.map((line) => element('p', {}, line)));
  waysOn.append(...ways);
  region.focus();
}

export function clearMessage() {
  delete card.dataset.tone;
  for (const region of [news, refusal]) {
    region.replaceChildren();
    delete region.dataset.outcome;
    delete region.dataset.problem;
  }
  waysOn.replaceChildren();
}

/**
 * The free times that the answer offers, each booked with one press.
 * @param {{ key: string, label: string, description: string }[]} alternatives
 * @param {string} heading
 * @param {(index: number) => void} onChoose
 */
export function alternativeButtons(alternatives, heading, onChoose) {
  if (alternatives.length === 0) return [];
  const buttons = alternatives.map(({ key, label, description }, index) => {
    const button = element('button',
      { type: 'button', 'data-alternative': key, 'aria-description': description }, label);
    button.addEventListener('click', () => onChoose(index));
    return button;
  });
  return [
    element('h3', { id: 'alternatives-heading' }, heading),
    element('div', { class: 'row', role: 'group', 'aria-labelledby': 'alternatives-heading' },
      ...buttons),
  ];
}

/** @param {string} words @param {() => void} onPress */
export function retryButton(words, onPress) {
  const button = element('button', { type: 'button', 'data-action': 'retry' }, words);
  button.addEventListener('click', onPress);
  return button;
}
