// All that is seen of a visit, from what is known of it; and who listens to pointer and keyboard.
import { element, keepInStep, setAttribute, setText } from '../common/element.mjs';
import { lengthsFor, showLengths } from './lengths_view.mjs';
import { focusedDay, listenToMonth, showMonth } from './month_view.mjs';
import { showPreferences, showZones } from './preferences_view.mjs';
import { showSessions } from './sessions_view.mjs';
import { showTimes } from './times_view.mjs';

/**
 * @param {import('./visit.mjs').Visit} visit
 * @param {{ days: object[], day: object | undefined, slot: object | undefined } | null} shown  null
 *   while there is nothing to choose from
 */
export function showVisit(visit, shown) {
  const { parts, speech, state } = visit;
  setText(parts.title, visit.title);
  parts.waiting.hidden = state !== 'waiting';
  setAttribute(parts.form, 'aria-busy', String(state === 'waiting' || state === 'loading'));
  for (const part of [parts.where, parts.times, parts.decision.section]) {
    part.hidden = shown === null;
  }
  if (shown === null) return;
  const zones = speech.reader;
  showZones(parts.zones, zones, speech);
  showPreferences(parts.preferences, { ...zones, language: visit.language }, speech,
    (change) => visit.read(visit.reading.choose(change)));
  showWhere(visit, shown);
  showTimes(parts.times, shown.day, {
    chosen: shown.slot,
    zone: speech.zone(visit.reader.timeZone),
    onChoose: (startsAt) => visit.choice.chooseTime(Date.parse(startsAt)),
    onEnter: () => (visit.choice.moving ? parts.decision.book : parts.details.note).focus(),
    moving: visit.choice.moving !== null,
  }, speech);
  // A full month that offers the next times has no day to open.
  parts.times.hidden = shown.day === undefined && !parts.nextTimes.hidden;
  showDecision(visit, shown);
  showSessions(parts.sessions, visit.sessions, visit.deeds.onSession, speech);
  showAge(visit);
}

/** The left of the two columns: how long, and on which day. */
function showWhere(visit, { days }) {
  const { parts, speech, choice } = visit;
  showLengths(parts.lengths, {
    lengths: choice.moving === null ? lengthsFor(visit.info.slot_duration) : [],
    chosen: visit.minutes,
    async onChoose(minutes) {
      await visit.changeLength(minutes);
      visit.announce(choice.dayInWords);
    },
  }, speech);
  showMonth(parts.month, {
    month: speech.month(choice.month, days),
    open: new Set(days.map(({ date }) => date)),
    chosen: choice.date,
    tabStop: focusedDay(parts.month) ?? choice.tabStopOf(choice.month),
    busy: visit.state === 'loading',
    ...choice.ends,
  }, speech);
  showNextTimes(visit);
}

/** Where a month is full, the next free times. */
function showNextTimes(visit) {
  const { parts: { nextTimes }, nextRows, choice, speech } = visit;
  nextTimes.hidden = nextRows === null || choice.instant !== null || !choice.monthIsFull;
  if (nextTimes.hidden) return;
  if (nextTimes.children.length === 0) {
    nextTimes.append(element('h3', {}), element('div', { class: 'row' }));
  }
  const [heading, row] = nextTimes.children;
  const month = speech.month(choice.month, []).heading;
  setText(heading, speech.say(nextRows.length === 0 ? 'no_times' : 'next_times', { month }));
  keepInStep(row, nextRows, {
    key: ({ starts_at: starts }) => starts,
    create: (next) => element('button', { type: 'button', 'data-next': next.starts_at,
      onclick: () => choice.chooseRow(next) }),
    update: (button, next) => setText(button, speech.session(asSession(next, visit)).when),
  });
}

const asSession = (row, visit) => ({ ...row, time_zone: visit.info.time_zone });

/** What will be booked or moved, the form, what is held, and the button. */
function showDecision(visit, { slot }) {
  const { parts, choice, speech, deeds } = visit;
  const { details, decision, moving } = parts;
  const { row } = choice;
  const isMove = choice.moving !== null;
  // Where there is nothing to choose, there is nothing to book.
  decision.section.hidden = !isMove && !row && !parts.nextTimes.hidden;
  details.section.hidden = !choice.formIsOpen && !(isMove && row);
  details.field.hidden = isMove;
  setText(details.label, speech.say('note'));
  setText(details.hint, speech.say('note_hint'));
  keepInStep(details.summary, row ? speech.whenLines(asSession(row, visit)) : [], {
    key: String,
    create: (line) => element('p', {}, line),
    update() {},
  });
  moving.hidden = !isMove;
  setText(moving, isMove ? speech.say('moving', { when: speech.session(choice.moving).when }) : '');
  setText(decision.book, nameOfButton({ asking: deeds.asking, isMove, slot }, speech));
  setAttribute(decision.book, 'data-action', isMove ? 'confirm-move' : 'book');
  setAttribute(decision.book, 'aria-disabled', String(deeds.asking !== null));
  decision.keep.hidden = !isMove;
  setText(decision.keep, speech.say('keep'));
  showHold(visit);
}

function nameOfButton({ asking, isMove, slot }, speech) {
  const phrases = isMove ? ['moving_now', 'move_to', 'move'] : ['booking', 'book_at', 'book'];
  if (asking === (isMove ? 'move' : 'book')) return speech.say(phrases[0]);
  return slot ? speech.say(phrases[1], { time: slot.label }) : speech.say(phrases[2]);
}

/** What is left of a hold: each second for the eye, each minute for the ear. */
function showHold({ parts, hold, speech }) {
  const { left } = hold;
  const line = parts.details.hold;
  if (left === null) return forgetHold(line, parts.spoken);
  const seconds = Math.ceil(left / 1000);
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  setText(line, left === 0 ? speech.say('hold_ended') : speech.say('hold_left', { time }));
  const minutes = Math.ceil(seconds / 60);
  const spoken = left === 0 ? speech.say('hold_ended')
    : speech.say('hold_minutes', { count: minutes });
  if (line.dataset.spoken !== spoken) {
    line.dataset.spoken = spoken;
    setText(parts.spoken, spoken);
  }
}

/** It is over: its words would be told to whoever comes by, and a next one's not be heard. */
function forgetHold(line, spoken) {
  setText(line, '');
  if (line.dataset.spoken === spoken.textContent) setText(spoken, '');
  delete line.dataset.spoken;
}

/** Where nothing tells of changes, the list says how old it is. */
function showAge({ parts, changes, loadedAt, speech }) {
  parts.age.hidden = changes.state === 'live';
  if (parts.age.hidden) return;
  // A clock that was set back meanwhile makes nothing younger than new.
  const minutes = Math.max(0, Math.floor((Date.now() - loadedAt) / 60_000));
  setText(parts.age, speech.say('age', { count: minutes }));
}

/** @param {import('./visit.mjs').Visit} visit */
export function listen(visit) {
  const { parts, choice, kept } = visit;
  listenToMonth(parts.month, {
    onChoose: (date) => choice.chooseDay(date),
    onGoTo: (date) => choice.goToDay(date),
    onTurn: (months) => choice.turn(months),
  });
  const { note } = parts.details;
  note.addEventListener('input', () => { kept.note = note.value; });
  note.addEventListener('focus', () => visit.deeds.beginToFillIn());
  parts.decision.keep.addEventListener('click', () => choice.keepSession());
  parts.form.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape' && choice.moving !== null) choice.keepSession();
  });
  parts.form.addEventListener('submit', (event) => {
    event.preventDefault();
    visit.deeds.decide();
  });
  ignoreSecondClicks(parts.base);
}

/** The second click of a double click is never meant: the first one has been heard. */
function ignoreSecondClicks(base) {
  base.addEventListener('click', (event) => {
    const pressed = event.target.closest('[data-action]:not(.turn), [data-alternative]');
    if (event.detail < 2 || !pressed) return;
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true });
}
