// A week of the mentor's as it is drawn: seven days, what stands in each, and where on an axis that
// all share. The axis is the clock's: on the night when it is put back, the hour that comes twice
// has its place twice; an hour that is skipped stays empty.
import { addDays, weekdayOf } from './zone_clock.mjs';

const minute = 60_000;
const wholeDay = 24 * 60;

/** The dates of the week that a date lies in. @param {number} firstDay  1 is Monday, 7 is Sunday */
export function datesOfWeek(date, firstDay) {
  const first = addDays(date, -((weekdayOf(date) - firstDay + 7) % 7));
  return Array.from({ length: 7 }, (_, index) => addDays(first, index));
}

/**
 * @typedef {object} Entry  what stands in the week
 * @property {'open' | 'off' | 'session'} kind
 * @property {number} from  instants
 * @property {number} to
 *
 * @typedef {object} Piece  the part of an entry that lies in a day, in minutes of the axis
 * @property {Entry} entry
 * @property {number} top
 * @property {number} bottom
 *
 * @param {string[]} dates
 * @param {Entry[]} entries
 * @param {import('./zone_clock.mjs').ZoneClock} clock
 */
export function layOutWeek(dates, entries, clock) {
  const days = dates.map((date) => dayOf(date, clock));
  const twice = days.find(({ change }) => change?.by < 0);
  const axis = makeAxis(twice, clock);
  const filled = days.map((day) => ({
    date: day.date,
    pieces: piecesOf(day, entries, axis, clock),
    missing: missingIn(day, twice, axis, clock),
  }));
  return { days: filled, ...rangeOf(filled, axis), twice: axis.twice };
}

function dayOf(date, clock) {
  const from = clock.startOf(date);
  const to = clock.startOf(addDays(date, 1));
  return { date, from, to, change: clock.changeBetween(from, to) };
}

/**
 * Where the reading of the clock lies on the axis; `twice` is the stretch that has its place
 * twice.
 */
function makeAxis(day, clock) {
  if (day === undefined) {
    return { length: wholeDay, twice: undefined, placeOf: (reading) => reading };
  }
  const longer = -day.change.by / minute;
  const until = clock.minutesOf(day.change.at) + longer;
  return {
    length: wholeDay + longer,
    twice: { from: until - longer, until, longer },
    placeOf: (reading, again = false) =>
      (again || reading >= until ? reading + longer : reading),
  };
}

function piecesOf(day, entries, axis, clock) {
  const place = (instant) => axis.placeOf(clock.minutesOf(instant),
    day.change?.by < 0 && instant >= day.change.at);
  return entries
    .filter(({ from, to }) => from < day.to && to > day.from)
    .map((entry) => ({
      entry,
      top: entry.from <= day.from ? 0 : place(entry.from),
      bottom: entry.to >= day.to ? axis.length : place(entry.to),
    }))
    .sort((a, b) => Math.max(a.entry.from, day.from) - Math.max(b.entry.from, day.from)
      || order[a.entry.kind] - order[b.entry.kind]);
}

const order = { open: 0, off: 1, session: 2 };

/** The stretches of the axis that the day does not have. */
function missingIn(day, twice, axis, clock) {
  const missing = [];
  if (day.change?.by > 0) {
    const bottom = axis.placeOf(clock.minutesOf(day.change.at) || wholeDay);
    missing.push({ top: bottom - day.change.by / minute, bottom });
  }
  if (twice !== undefined && day !== twice) {
    missing.push({ top: axis.twice.until, bottom: axis.twice.until + axis.twice.longer });
  }
  return missing;
}

/** Which part of the axis is worth showing: the working day, and whatever lies outside of it. */
function rangeOf(days, axis) {
  const usual = { top: axis.placeOf(9 * 60), bottom: axis.placeOf(17 * 60) };
  const seen = days.flatMap(({ pieces }) => pieces)
    // Whole days off have no hours of their own to show.
    .filter(({ entry, top, bottom }) => entry.kind !== 'off' || bottom - top < axis.length);
  const tops = [usual, ...seen].map(({ top }) => top);
  const bottoms = [usual, ...seen].map(({ bottom }) => bottom);
  return {
    top: Math.floor(Math.min(...tops) / 60) * 60,
    bottom: Math.min(Math.ceil(Math.max(...bottoms) / 60) * 60, axis.length),
  };
}

/**
 * The full hours of the axis within a range.
 * @returns {{ place: number, reading: number, again: boolean }[]}
 */
export function ticksOf({ top, bottom, twice }) {
  const place = (reading) => (twice && reading >= twice.until ? reading + twice.longer : reading);
  const hours = Array.from({ length: 25 }, (_, hour) => hour * 60);
  const ticks = hours.map((reading) => ({ place: place(reading), reading, again: false }));
  const again = hours
    .filter((reading) => twice && reading >= twice.from && reading < twice.until)
    .map((reading) => ({ place: reading + twice.longer, reading, again: true }));
  return [...ticks, ...again]
    .filter((tick) => tick.place >= top && tick.place < bottom)
    .sort((a, b) => a.place - b.place);
}

/**
 * The hours behind the slots of a list: rows that touch are one stretch.
 * @param {{ starts_at: string, ends_at: string }[]} rows  of available_slots, in order
 * @returns {Entry[]}
 */
export function openStretches(rows) {
  const stretches = [];
  for (const row of rows) {
    const [from, to] = [Date.parse(row.starts_at), Date.parse(row.ends_at)];
    const last = stretches.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else stretches.push({ kind: 'open', from, to });
  }
  return stretches;
}
