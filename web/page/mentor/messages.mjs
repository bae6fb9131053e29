// What came of it: news in one live region, trouble in the other. They stay in sight at the lower edge
// until something else is to be said, or they are closed.
import { element } from '../common/element.mjs';

const region = (role) => document.querySelector(`#message [role="${role}"]`);

/**
 * @param {{ title: string, body?: string, tone?: string, outcome?: string }} message
 * @param {Node[]} [ways]  buttons that lead on
 */
export function tell({ title, body, tone = 'success', outcome }, ways = []) {
  clear();
  const polite = tone === 'success' || tone === 'info';
  const card = document.getElementById('message');
  card.dataset.tone = tone;
  const live = region(polite ? 'status' : 'alert');
  if (outcome) live.dataset.outcome = outcome;
  live.append(element('h2', { class: 'heading' }, title), ...(body ? [element('p', {}, body)] : []));
  card.querySelector('.row').append(...ways);
}

export function clear() {
  const card = document.getElementById('message');
  delete card.dataset.tone;
  for (const role of ['status', 'alert']) {
    region(role).replaceChildren();
    delete region(role).dataset.outcome;
  }
  card.querySelector('.row').replaceChildren();
}
