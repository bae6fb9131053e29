// Dates as texts, 2026-12-01, and months, 2026-12: reckoned without any time zone.

/** @param {string} date @param {number} days */
export function addDays(date, days) {
  const [year, month, day] = date.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10);
}

/** @param {string} month @param {number} months */
export function addMonths(month, months) {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months)).toISOString().slice(0, 7);
}

export function monthOf(date) {
  return date.slice(0, 7);
}

/** The same day of another month, or the last one that it has. */
export function inMonth(date, month) {
  const last = addDays(`${addMonths(month, 1)}-01`, -1);
  const same = `${month}-${date.slice(8)}`;
  return same < last ? same : last;
}

/**
 * The mentor's dates that a visitor's month can hold: at most 26 hours lie between two clocks.
 * @param {string} first  a month
 * @param {string} [last]
 */
export function mentorsDates(first, last = first) {
  return { from: addDays(`${first}-01`, -2), to: addDays(`${addMonths(last, 1)}-01`, 1) };
}

const calendars = new Map();

/** Made once a zone: it takes a phone as long as drawing a month. */
function calendarOf(timeZone) {
  if (!calendars.has(timeZone)) {
    calendars.set(timeZone, new Intl.DateTimeFormat('en', {
      timeZone, calendar: 'gregory', year: 'numeric', month: '2-digit', day: '2-digit',
    }));
  }
  return calendars.get(timeZone);
}

/** Today's date on the clocks of a zone. */
export function todayIn(timeZone) {
  const parts = Object.fromEntries(calendarOf(timeZone).formatToParts()
    .map(({ type, value }) => [type, value]));
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/**
 * About how many days an interval of PostgreSQL's has, such as `1 year 2 mons 3 days 04:05:06`.
 * @returns {number | null} null where it is written in another style
 */
export function daysOf(interval) {
  const lengths = { year: 366, mon: 31, day: 1 };
  let days = 0;
  for (const [, count, unit] of interval.matchAll(/(-?\d+) (year|mon|day)/g)) {
    days += Number(count) * lengths[unit];
  }
  const [, hours] = /(-?\d+):\d\d:\d\d/.exec(interval) ?? [];
  if (days === 0 && hours === undefined) return null;
  return days + Math.ceil(Number(hours ?? 0) / 24);
}
