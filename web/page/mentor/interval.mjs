// Lengths of time as PostgreSQL writes them in JSON ("01:30:00", "1 year", "2 days"), as a number
// of one unit, which is what a form can show.

/** From the smallest, with how often each stands in what PostgreSQL counts. */
export const units = ['minutes', 'hours', 'days', 'weeks', 'months', 'years'];

/**
 * @param {string} text
 * @param {string[]} [allowed]  the units that may be used
 * @returns {{ count: number, unit: string } | undefined} undefined where one unit can't say it
 */
export function readInterval(text, allowed = units) {
  const read = partsOf(text);
  if (read === undefined) return undefined;
  const sizes = [
    ['years', read.months / 12, read.days === 0 && read.minutes === 0],
    ['months', read.months, read.days === 0 && read.minutes === 0],
    ['weeks', read.days / 7, read.months === 0 && read.minutes === 0],
    ['days', read.days, read.months === 0 && read.minutes === 0],
    ['hours', read.minutes / 60, read.months === 0 && read.days === 0],
    ['minutes', read.minutes, read.months === 0 && read.days === 0],
  ];
  const fitting = sizes.find(([unit, count, alone]) =>
    alone && allowed.includes(unit) && Number.isInteger(count) && count !== 0);
  if (fitting) return { count: fitting[1], unit: fitting[0] };
  return sizes.every(([, count]) => count === 0) ? { count: 0, unit: allowed[0] } : undefined;
}

/** undefined where there are seconds, or a sign that is not the same for all. */
function partsOf(text) {
  const match = /^(?:(\d+) years?)? ?(?:(\d+) mons?)? ?(?:(\d+) days?)? ?(?:(\d+):(\d\d):00)?$/
    .exec(text);
  if (match === null || text === '') return undefined;
  const [years, months, days, hours, minutes] = match.slice(1).map((part) => Number(part ?? 0));
  return { months: years * 12 + months, days, minutes: hours * 60 + minutes };
}

/** What PostgreSQL reads. */
export function writeInterval({ count, unit }) {
  return `${count} ${unit}`;
}
