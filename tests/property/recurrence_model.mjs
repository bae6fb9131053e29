// The dates of an RRULE, straight from the text of RFC 5545, section 3.3.10: walk the periods of FREQ,
// keep of each the days that the BY parts let through. Dates are numbers of days since 1970-01-01.

const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
export const toDay = (text) => Date.parse(`${text}T00:00:00Z`) / 86400000;
export const toText = (day) => new Date(day * 86400000).toISOString().slice(0, 10);
const weekdayOf = (day) => (((day + 4) % 7) + 7) % 7;

function fieldsOf(day) {
  const date = new Date(day * 86400000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth(), date: date.getUTCDate() };
}
const firstOfMonth = (year, month) => Date.UTC(year, month) / 86400000;

/** The first and the last day of the nth period from the one that holds `start`. */
function periodOf({ FREQ, INTERVAL = 1, WKST = 'MO' }, start, nth) {
  const { year, month } = fieldsOf(start);
  const step = nth * Number(INTERVAL);
  switch (FREQ) {
    case 'DAILY': return [start + step, start + step];
    case 'WEEKLY': {
      const first = start - (weekdayOf(start) - weekdays.indexOf(WKST) + 7) % 7 + 7 * step;
      return [first, first + 6];
    }
    case 'MONTHLY': return [firstOfMonth(year, month + step), firstOfMonth(year, month + step + 1) - 1];
    case 'YEARLY': return [firstOfMonth(year + step, 0), firstOfMonth(year + step + 1, 0) - 1];
    default: throw new Error(`FREQ=${FREQ}`);
  }
}

/** Whether one of the numbers is the place of `at` from the front, or, negative, from the end. */
const isPlace = (numbers, at, count) => numbers.includes(at) || numbers.includes(at - count - 1);

/** BYDAY's ordinals count within the month, or the year where FREQ is that and there is no BYMONTH. */
function isListedWeekday(rule, day) {
  const { year, month } = fieldsOf(day);
  const isOfYear = rule.FREQ === 'YEARLY' && !rule.BYMONTH;
  const first = isOfYear ? firstOfMonth(year, 0) : firstOfMonth(year, month);
  const end = isOfYear ? firstOfMonth(year + 1, 0) : firstOfMonth(year, month + 1);
  const place = Math.floor((day - first) / 7) + 1;
  const count = place + Math.floor((end - 1 - day) / 7);
  return rule.BYDAY.split(',').some((entry) => {
    const ordinal = Number(entry.slice(0, -2));
    return weekdays[weekdayOf(day)] === entry.slice(-2) && (!ordinal || isPlace([ordinal], place, count));
  });
}

function matches(rule, start, day) {
  const { year, month, date } = fieldsOf(day);
  const begun = fieldsOf(start);
  const numbers = (part) => rule[part].split(',').map(Number);
  const isPlain = !rule.BYDAY && !rule.BYMONTHDAY;
  if (rule.BYMONTH ? !numbers('BYMONTH').includes(month + 1)
    : isPlain && rule.FREQ === 'YEARLY' && month !== begun.month) return false;
  if (rule.BYMONTHDAY
    && !isPlace(numbers('BYMONTHDAY'), date, firstOfMonth(year, month + 1) - firstOfMonth(year, month))) return false;
  if (rule.BYDAY && !isListedWeekday(rule, day)) return false;
  if (!isPlain || rule.FREQ === 'DAILY') return true;
  return rule.FREQ === 'WEEKLY' ? weekdayOf(day) === weekdayOf(start) : date === begun.date;
}

function daysOfPeriod(rule, start, nth) {
  const [first, last] = periodOf(rule, start, nth);
  const days = [];
  for (let day = first; day <= last; day += 1) if (matches(rule, start, day)) days.push(day);
  if (!rule.BYSETPOS) return days;
  const places = rule.BYSETPOS.split(',').map(Number);
  return days.filter((_, at) => isPlace(places, at + 1, days.length));
}

/** The days from `start` on, up to `last`, on which a rule opens. UNTIL must be a date here. */
export function expand(rrule, start, last) {
  const rule = Object.fromEntries(rrule.toUpperCase().split(';').map((part) => part.split('=')));
  const until = rule.UNTIL ? toDay(rule.UNTIL.replace(/(....)(..)(..)/, '$1-$2-$3')) : Infinity;
  const end = Math.min(last, until);
  const found = [];
  for (let nth = 0; periodOf(rule, start, nth)[0] <= end; nth += 1)
    for (const day of daysOfPeriod(rule, start, nth)) {
      if (day > end || found.length === Number(rule.COUNT ?? Infinity)) return found;
      if (day >= start) found.push(day);
    }
  return found;
}
