// The mentor's hours: each rule in words, with the days it holds for, and a way to remove it.
import { element } from '../common/element.mjs';
import { weekdaysOf } from './rule.mjs';

/**
 * @param {HTMLElement} list
 * @param {object[]} rows  of mentor_availability
 * @param {{ words: import('./words.mjs').Words, today: string,
 *           onRemove: (row: object, what: string) => void }} options
 */
export function showHours(list, rows, { words, today, onRemove }) {
  list.replaceChildren(...rows.map((row) => {
    const days = daysInWords(row.rrule, words);
    const times = words.hours(row.opens, row.closes);
    const what = words.say('hours_what', { days, times });
    const remove = element('button', {
      type: 'button',
      class: 'plain',
      'data-action': 'remove-hours',
      'data-place': `remove-hours-${row.id}`,
      'aria-label': words.say('remove_what', { what }),
    }, words.say('remove'));
    remove.addEventListener('click', () => onRemove(row, what));
    return element('li', { 'data-hours': String(row.id) }, element('div', {},
      element('p', { class: 'what' }, days), element('p', {}, times),
      ...validityLines(row, words, today)), remove);
  }));
}

function daysInWords(rrule, words) {
  const days = weekdaysOf(rrule);
  if (days === undefined) return words.say('by_rule', { rule: rrule });
  if (days.length === 7) return words.say('every_day');
  return words.list(words.weekdays().filter(({ number }) => days.includes(number))
    .map(({ long }) => long));
}

/** Since when and until when, where that is not "since long ago, and on and on". */
function validityLines({ valid_from: from, valid_until: until }, words, today) {
  const phrase = phraseOfValidity(from > today, until, today);
  if (phrase === undefined) return [];
  const fillings = { from: words.date(from), ...(until ? { until: words.date(until) } : {}) };
  return [element('p', { class: 'quiet small' }, words.say(phrase, fillings))];
}

function phraseOfValidity(begins, until, today) {
  if (until !== null && until < today) return 'hours_ended';
  if (until !== null) return begins ? 'hours_between' : 'hours_until';
  return begins ? 'hours_since' : undefined;
}
