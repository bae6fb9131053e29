// What is different from the weekly hours: time off and extra hours, the coming ones.
import { element } from '../common/element.mjs';
import { unreadable } from './hours_view.mjs';
import { readRange } from './override.mjs';

/** What can't be read is there to be seen, and on no day. */
const atTheEnd = { from: Infinity, to: Infinity };

/** Those that are not over. @param {object[]} rows  of mentor_availability_overrides */
export function comingOverrides(rows, now) {
  return rows.map((row) => ({ ...row, ...readRange(row.during) ?? atTheEnd }))
    .filter(({ to }) => to > now)
    .sort((a, b) => a.from - b.from);
}

/**
 * @param {HTMLElement} list
 * @param {object[]} overrides  of comingOverrides()
 * @param {{ words: import('./words.mjs').Words,
 *           onRemove: (row: object, what: string) => void }} options
 */
export function showOverrides(list, overrides, { words, onRemove }) {
  list.replaceChildren(...overrides.map((row) => {
    const kind = words.say(row.available ? 'extra_hours' : 'time_off');
    const isRead = row.from !== Infinity;
    const when = isRead ? rangeInWords(row, words) : row.during;
    const what = words.say('override_what', { kind, when });
    const remove = element('button', {
      type: 'button',
      class: 'plain',
      'data-action': 'remove-override',
      'data-place': `remove-override-${row.id}`,
      'aria-label': words.say('remove_what', { what }),
    }, words.say('remove'));
    remove.addEventListener('click', () => onRemove(row, what));
    const hooks = { 'data-override': String(row.id), 'data-available': String(row.available) };
    return element('li', hooks, element('div', {}, element('p', { class: 'what' }, kind),
      isRead ? element('p', {}, when) : unreadable(when, words), ...lines(row, words)), remove);
  }));
}

function lines({ reason, source }, words) {
  return [
    ...(reason ? [element('p', { class: 'quiet small' }, element('bdi', {}, reason))] : []),
    ...(source ? [element('p', { class: 'quiet small' }, words.say('imported', { source }))] : []),
  ];
}

/**
 * From when to when; within a day its date is said once, and of whole days no time.
 * @param {{ from: number, to: number }} range
 * @param {import('./words.mjs').Words} words
 */
export function rangeInWords({ from, to }, words) {
  const begin = Number.isFinite(from) ? words.moment(from) : undefined;
  const end = Number.isFinite(to) ? words.moment(to) : undefined;
  if (begin === undefined && end === undefined) return words.say('always');
  if (begin === undefined) return words.say('until_moment', end);
  if (end === undefined) return words.say('from_moment', begin);
  const last = words.moment(to - 1);
  if (words.startsDay(from) && words.startsDay(to)) {
    return begin.day === last.day ? words.say('on_day', begin)
      : words.say('between_days', { from: begin.day, to: last.day });
  }
  if (begin.day === last.day) return words.stretch(from, to).when;
  return words.say('between_moments',
    { from_day: begin.day, from_time: begin.time, to_day: end.day, to_time: end.time });
}

/** The same, said within a day: its date is known already. */
export function timesInWords({ from, to }, words) {
  if (!Number.isFinite(from) || !Number.isFinite(to)) return rangeInWords({ from, to }, words);
  const isOneDay = words.moment(from).day === words.moment(to - 1).day;
  const isWhole = words.startsDay(from) && words.startsDay(to);
  if (!isOneDay || isWhole) return rangeInWords({ from, to }, words);
  return words.stretch(from, to).time;
}
