// What came of a storm: how many were told what, how long it took, and the row that the database
// holds.
import { element } from '../common/element.mjs';
import { rowsInWords } from './moment_view.mjs';

/** `[what, how often]`, the most frequent last: the one who has it comes first. */
export function countTold(told) {
  const counts = new Map();
  for (const { outcome, code } of told) {
    const what = outcome ?? code;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => one - other);
}

/** @param {number[]} numbers  at least one */
export function median(numbers) {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}

/**
 * For the live region: how long it took, and how many were told what.
 * @param {{ told: object[], milliseconds: number }} storm
 * @param {import('./words.mjs').Words} words
 * @returns {Node[]}
 */
export function stormNews({ told, milliseconds }, words) {
  const isOutcome = (what) => told.some(({ outcome }) => outcome === what);
  const line = ([what, count]) => element('li', { 'data-told': what, 'data-count': String(count) },
    words.say('storm.told', { count, title: isOutcome(what) ? words.outcome({ outcome: what })
      : words.say('storm.error', { code: what }) }), bar(count / told.length));
  return [
    element('p', {}, words.say('storm.done', {
      total: words.duration(milliseconds),
      median: words.duration(median(told.map((one) => one.milliseconds))),
    })),
    element('ul', { class: 'stack told-by-number' }, ...countTold(told).map(line)),
  ];
}

/**
 * What they asked for, and what the database holds of it.
 * @param {{ rows: object[], slot: object, mentor: string }} storm
 * @param {import('./words.mjs').Words} words
 * @returns {Node[]}
 */
export function stormView(storm, words) {
  const { when, zone } = words.session(storm.slot);
  return [
    element('p', { class: 'quiet' }, words.say('storm.asked_for', { when, zone })),
    ...rowsInWords(storm, words),
  ];
}

/** Drawn for the eye; the line before it says the same. */
function bar(share) {
  const drawn = element('div', { class: 'bar' });
  drawn.style.setProperty('--share', `${share * 100}%`);
  return drawn;
}
