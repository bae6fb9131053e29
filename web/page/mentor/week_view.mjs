// A week of sessions over hours and time off: for a screen reader a list for each day, on a wide
// screen drawn as a timetable, on a narrow one a list as well.
import { element } from '../common/element.mjs';
import { timesInWords } from './time_off_view.mjs';
import { layOutWeek, openStretches, ticksOf } from './week.mjs';
import { addDays } from './zone_clock.mjs';

// The shortest session is as high as a fingertip.
const target = 44;
const heightOfHour = { least: 52, most: 176 };

/**
 * @param {HTMLElement} container
 * @param {object} week
 * @param {string[]} week.dates
 * @param {object[]} week.slots  rows of available_slots
 * @param {object[]} week.overrides  of comingOverrides()
 * @param {object[]} week.sessions  rows
 * @param {{ words: import('./words.mjs').Words, now: number,
 *           onOpen: (session: object) => void }} options
 */
export function showWeek(container, { dates, slots, overrides, sessions }, options) {
  const entries = [
    ...openStretches(slots),
    ...overrides.filter(({ available }) => !available).map((row) => ({ ...row, kind: 'off' })),
    ...sessions.map((row) => ({
      kind: 'session', from: Date.parse(row.starts_at), to: Date.parse(row.ends_at), row,
    })),
  ];
  const week = layOutWeek(dates, entries, options.words.clock);
  const { words } = options;
  const numbers = words.dayNumbers(dates);
  const weekdays = words.weekdays();
  container.style.setProperty('--minutes', week.bottom - week.top);
  container.style.setProperty('--hour', `${hourFor(sessions)}px`);
  container.replaceChildren(hoursOf(week, words), ...week.days.map((day, index) =>
    dayView(day, week, { ...options, number: numbers.get(day.date), weekday: weekdays[index] })));
}

function hourFor(sessions) {
  const minutes = sessions.map((row) =>
    (Date.parse(row.ends_at) - Date.parse(row.starts_at)) / 60_000);
  const hour = target * 60 / Math.min(60, ...minutes);
  return Math.round(Math.min(Math.max(hour, heightOfHour.least), heightOfHour.most));
}

/** The hours at the edge; each entry says its own, so a screen reader is spared these. */
function hoursOf(week, words) {
  const hours = element('div', { class: 'hours', 'aria-hidden': 'true' });
  hours.append(...ticksOf(week).map(({ place, reading, again }) => {
    const time = words.timeOfDay(reading);
    const tick = element('span', {}, again ? words.say('again', { time }) : time);
    tick.style.setProperty('--top', place - week.top);
    return tick;
  }));
  return hours;
}

function dayView({ date, pieces, missing }, week, { words, now, onOpen, number, weekday }) {
  const { clock } = words;
  const isToday = clock.dateOf(now) === date;
  const heading = element('h3', { id: `day-${date}`, 'data-today': isToday },
    element('span', { class: 'spoken' }, words.moment(clock.startOf(date)).day),
    element('span', { 'aria-hidden': 'true', class: 'weekday' }, weekday.short),
    element('span', { 'aria-hidden': 'true', class: 'number' }, number));
  const entries = pieces.map((piece) =>
    place(pieceView(piece.entry, { words, now, onOpen, date }), piece, week));
  const gaps = missing.map((piece) =>
    place(element('div', { class: 'missing', 'aria-hidden': 'true' }), piece, week));
  const list = pieces.length === 0
    ? [element('p', { class: 'nothing quiet' },
      words.say(clock.dateOf(now) > date ? 'day_is_over' : 'nothing'))]
    : [element('ol', {}, ...entries)];
  return element('section', { class: 'day', 'data-date': date, 'aria-labelledby': `day-${date}` },
    heading, element('div', { class: 'track' }, ...gaps, ...list));
}

function place(node, { top, bottom }, week) {
  const from = Math.max(top, week.top);
  node.style.setProperty('--top', from - week.top);
  node.style.setProperty('--length', Math.min(bottom, week.bottom) - from);
  return node;
}

function pieceView(entry, { words, now, onOpen, date }) {
  const item = element('li', { class: entry.kind, 'data-kind': entry.kind });
  if (entry.kind === 'session') item.append(sessionButton(entry, { words, onOpen, date }));
  else {
    const times = coversDay(entry, words.clock, date)
      ? words.say('whole_day') : timesInWords(entry, words);
    const wasOpen = entry.kind === 'open' && entry.to <= now;
    const phrase = wasOpen ? 'was_open_from_to' : `${entry.kind}_from_to`;
    item.append(element('span', {}, words.say(phrase, { times })),
      ...(entry.reason ? [' ', element('bdi', { class: 'reason' }, entry.reason)] : []));
  }
  return item;
}

function coversDay({ from, to }, clock, date) {
  return from <= clock.startOf(date) && to >= clock.startOf(addDays(date, 1));
}

function sessionButton({ row, from, to }, { words, onOpen, date }) {
  const times = timesInWords({ from, to }, words);
  const who = words.say('startup', { startup: String(row.startup_id) });
  const id = row.session_id ?? row.id;
  const button = element('button', {
    type: 'button',
    'data-session': String(id),
    'data-status': row.status,
    'data-place': `session-${id}-${date}`,
    'aria-haspopup': 'dialog',
  }, element('span', { class: 'who' }, who), ' ', element('span', { class: 'time' }, times),
  ...(row.visitor_note
    ? [' ', element('bdi', { class: 'note' }, row.visitor_note)] : []));
  button.addEventListener('click', () => onOpen(row));
  return button;
}
