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

const isShown = (date) => /^\d{4}-\d\d-\d\d$/.test(date) && !Number.isNaN(Date.parse(date));

/** Since when and until when, where that is not "since long ago, and on and on". */
function validityLines({ valid_from: from, valid_until: last }, words, today) {
  const until = last === 'infinity' ? null : last;
  const odd = [from, until].filter((date) => date !== null && !isShown(date));
  if (odd.length > 0) return [unreadable(odd.join(', '), words)];
  const phrase = phraseOfValidity(from > today, until, today);
  if (phrase === undefined) return [];
  const fillings = { from: words.date(from), ...(until ? { until: words.date(until) } : {}) };
  return [element('p', { class: 'quiet small' }, words.say(phrase, fillings))];
}

/** A row that came in past the database's own limits is shown as it is written, and can be removed. */
export function unreadable(dates, words) {
  return element('p', { class: 'quiet small' }, words.say('unreadable_dates', { dates }));
}

function phraseOfValidity(begins, until, today) {
  if (until !== null && until < today) return 'hours_ended';
  if (until !== null) return begins ? 'hours_between' : 'hours_until';
  return begins ? 'hours_since' : undefined;
}
