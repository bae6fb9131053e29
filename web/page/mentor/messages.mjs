// What came of it: news in one live region, trouble in the other. They stay in sight at the lower
// edge until something else is to be said, or they are closed.
import { element } from '../common/element.mjs';

// The same words twice are heard twice only where there was nothing in between.
const pause = 60;
let telling;

const region = (role) => document.querySelector(`#message [role="${role}"]`);

/**
 * @param {{ title: string, body?: string | string[], tone?: string, outcome?: string }} message
 * @param {import('./words.mjs').Words} words
 * @param {Node[]} [ways]  buttons that lead on
 */
export function tell(message, words, ways = []) {
  clear();
  telling = setTimeout(show, pause, message, words, ways);
}

function show({ title, body, tone = 'success', outcome }, words, ways) {
  const polite = tone === 'success' || tone === 'info';
  const card = document.getElementById('message');
  card.dataset.tone = tone;
  const live = region(polite ? 'status' : 'alert');
  if (outcome) live.dataset.outcome = outcome;
  live.append(element('h2', { class: 'heading' }, title));
  live.append(...[body ?? []].flat().map((text) => element('p', {}, text)));
  card.querySelector('.row').append(...ways, closeButton(words));
}

/** Whoever closes it is where he was before. */
function closeButton(words) {
  const button = element('button', { type: 'button', 'data-action': 'close' }, words.say('close'));
  let before;
  button.addEventListener('focus', ({ relatedTarget }) => { before = relatedTarget; });
  button.addEventListener('click', () => {
    clear();
    (before?.isConnected ? before : document.getElementById('week-heading'))
      .focus({ preventScroll: true });
  });
  return button;
}

export function clear() {
  clearTimeout(telling);
  const card = document.getElementById('message');
  delete card.dataset.tone;
  for (const role of ['status', 'alert']) {
    region(role).replaceChildren();
    delete region(role).dataset.outcome;
  }
  card.querySelector('.row').replaceChildren();
}
