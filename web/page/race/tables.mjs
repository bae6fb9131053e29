// The tables of the page: the times of the race, and the rows that the database holds. Tables are
// what a screen reader can walk through; a drawing is not.
import { element } from '../common/element.mjs';

let captions = 0;
const rowColumns = ['id', 'startup_id', 'session_date', 'session_time', 'status', 'created_at'];

/** On a narrow screen it is moved to and fro in its frame, also by keyboard; its caption stays. */
function framed(caption, table) {
  const id = `caption-${captions += 1}`;
  table.setAttribute('aria-labelledby', id);
  return element('div', {}, element('p', { id, class: 'small quiet' }, caption),
    element('div', { class: 'frame', role: 'region', tabindex: '0', 'aria-labelledby': id },
      table));
}

/**
 * @param {{ lanes: import('./timeline.mjs').Lane[], decided: number | null }} moment
 * @param {import('./words.mjs').Words} words
 */
export function momentTable({ lanes, decided }, words) {
  const both = (time) => lanes.map(() => time);
  const steps = [
    ['moment.pressed', both(0)],
    ['moment.sent', lanes.map(({ sent }) => sent)],
    ...decided === null ? [] : [['moment.decided', both(decided)]],
    ['moment.answered', lanes.map(({ answered }) => answered)],
  ];
  const caption = words.say('moment.table');
  return framed(caption, element('table', {},
    element('thead', {}, element('tr', {},
      element('th', { scope: 'col' }, words.say('moment.step')),
      ...lanes.map(({ name }) => element('th', { scope: 'col' }, name)))),
    element('tbody', {}, ...steps.map(([phrase, times]) => element('tr', {},
      element('th', { scope: 'row' }, words.say(phrase)),
      ...times.map((time) => element('td', {}, words.duration(time))))))));
}

/**
 * @param {object[]} rows  of mentor_startup_sessions
 * @param {string} caption
 */
export function rowTable(rows, caption) {
  return framed(caption, element('table', { class: 'rows' },
    element('thead', {}, element('tr', {},
      ...rowColumns.map((name) => element('th', { scope: 'col' }, element('code', {}, name))))),
    element('tbody', {}, ...rows.map((row) => element('tr', { 'data-session': String(row.id) },
      ...rowColumns.map((name) => element('td', {}, element('code', {}, String(row[name])))))))));
}

/** The columns that rowTable() shows, as a route of a table takes them. */
export const selectedColumns = rowColumns.join();
