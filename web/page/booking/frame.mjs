// The parts of the page, empty: the views fill them. Built once for each visit.
import { element } from '../common/element.mjs';

const skeleton = (name, count) =>
  Array.from({ length: count }, () => element('div', { class: `skeleton ${name}` }));

/** Shapes where everything will be, until there is something to show. */
function waiting() {
  return element('div', { class: 'columns waiting', 'aria-hidden': 'true' },
    element('div', { class: 'where stack' },
      element('div', { class: 'skeleton line' }), element('div', { class: 'skeleton lengths' }),
      element('div', { class: 'skeleton line' }),
      element('div', { class: 'month-shape' }, ...skeleton('day-shape', 42))),
    element('div', { class: 'when stack' },
      element('div', { class: 'skeleton line' }),
      element('div', { class: 'slots' }, ...skeleton('slot-shape', 9))));
}

/** A live region, and the ways on from what it says. */
function messageCard(role, id) {
  const region = element('div', { role, id, tabindex: '-1' });
  const waysOn = element('div', { class: 'ways-on' });
  const card = element('div', { class: 'message', part: 'message' }, region, waysOn);
  return { card, region, waysOn };
}

function header(level) {
  const title = element(`h${level}`, { class: 'title', part: 'title', id: 'title' });
  const zones = element('p', { class: 'quiet zones' });
  const preferences = element('div', { class: 'preferences row' });
  return {
    title, zones, preferences,
    header: element('header', { part: 'header' }, title, zones, preferences),
  };
}

function month() {
  const heading = element('h2', { id: 'month-heading', tabindex: '-1' });
  const turn = (way) =>
    element('button', { type: 'button', class: 'turn', 'data-action': `${way}-month` });
  const [previous, next] = [turn('previous'), turn('next')];
  const weekdays = element('tr', {});
  const weeks = element('tbody', {});
  const grid = element('table',
    { role: 'grid', 'aria-labelledby': 'month-heading', class: 'month' },
    element('thead', {}, weekdays), weeks);
  return {
    heading, previous, next, weekdays, weeks, grid,
    section: element('section', { 'aria-labelledby': 'month-heading', class: 'stack' },
      element('div', { class: 'month-bar' }, heading, previous, next), grid),
  };
}

function details() {
  const summary = element('div', { class: 'summary', id: 'summary' });
  const label = element('label', { for: 'note' });
  const note = element('textarea',
    { id: 'note', maxlength: '2000', rows: '3', 'aria-describedby': 'note-hint', part: 'note' });
  const hint = element('p', { class: 'quiet small', id: 'note-hint' });
  const hold = element('p', { class: 'hold quiet small' });
  const field = element('div', { class: 'field' }, label, note, hint, hold);
  return {
    summary, label, note, hint, hold, field,
    section: element('div', { class: 'details stack', hidden: true }, summary, field),
  };
}

function decision() {
  const book = element('button', { type: 'submit', class: 'primary', part: 'button' });
  const keep = element('button',
    { type: 'button', class: 'plain', 'data-action': 'keep', hidden: true });
  return {
    book, keep,
    section: element('div', { class: 'decision', hidden: true },
      element('div', { class: 'row' }, book, keep)),
  };
}

function sessions() {
  const heading = element('h2', { id: 'sessions-heading', tabindex: '-1' });
  const list = element('ul', { class: 'stack' });
  return {
    heading, list,
    section: element('section', { class: 'sessions stack', 'aria-labelledby': 'sessions-heading',
      part: 'sessions', hidden: true }, heading, list),
  };
}

/** @param {1 | 2 | 3} level  of the page's title among the headings of the document */
export function buildFrame(level) {
  const parts = {
    ...header(level),
    waiting: waiting(),
    lengths: element('fieldset', { class: 'lengths' }),
    month: month(),
    news: messageCard('status', 'news'),
    refusal: messageCard('alert', 'refusal'),
    nextTimes: element('div', { class: 'next-times', hidden: true }),
    moving: element('p', { class: 'moving', id: 'moving', hidden: true }),
    times: element('fieldset', { class: 'times', tabindex: '-1' }),
    details: details(),
    decision: decision(),
    sessions: sessions(),
    age: element('p', { class: 'age quiet small', hidden: true }),
    spoken: element('p', { class: 'spoken', 'aria-live': 'polite' }),
    dialog: element('dialog', { 'aria-labelledby': 'dialog-heading' }),
  };
  parts.where = element('div', { class: 'where stack', hidden: true },
    parts.lengths, parts.month.section);
  const when = element('div', { class: 'when stack' }, parts.news.card, parts.moving,
    parts.nextTimes, parts.times, parts.refusal.card, parts.details.section,
    parts.decision.section, parts.age);
  parts.form = element('form',
    { novalidate: true, 'aria-busy': 'true', 'aria-labelledby': 'title' },
    parts.waiting, element('div', { class: 'columns' }, parts.where, when));
  parts.base = element('div', { class: 'booking', part: 'base' },
    parts.header, parts.form, parts.sessions.section, parts.spoken, parts.dialog);
  return parts;
}
