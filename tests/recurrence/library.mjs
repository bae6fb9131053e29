// The same hours by rrule-temporal, which shares no code with us nor with libical.
import { RRuleTemporal } from 'rrule-temporal';

/** UTC stands for the mentor's wall clock: what day it is is all that is asked. */
const onTheClock = (date, time) => `${date.replaceAll('-', '')}T${time.replaceAll(':', '')}Z`;

function wallClock(instant, zone) {
  const format = new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  return format.format(instant).split(' ');
}

/** UNTIL of any form, on the mentor's clock. */
function lastTime(until, zone) {
  const [, year, month, day, time = '235959', utc] = until.match(/^(\d{4})(\d\d)(\d\d)(?:T(\d{6})(Z)?)?$/);
  if (!utc) return onTheClock(`${year}-${month}-${day}`, time);
  const told = `${year}-${month}-${day}T${time.replaceAll(/(..)(..)(..)/g, '$1:$2:$3')}Z`;
  return onTheClock(...wallClock(new Date(told), zone));
}

/** The dates on which the hours open, from the first to the last, both included. */
export function datesByLibrary({ parts, validFrom, opens, zone }, first, last) {
  const told = { ...parts };
  if (told.UNTIL) told.UNTIL = lastTime(told.UNTIL, zone);
  const rrule = Object.entries(told).map((part) => part.join('=')).join(';');
  const rule = new RRuleTemporal({
    maxIterations: 1_000_000,
    rruleString: `DTSTART:${onTheClock(validFrom, opens)}\nRRULE:${rrule}`,
  });
  const dates = rule.between(new Date(`${first}T00:00:00Z`), new Date(`${last}T23:59:59Z`), true);
  return dates.map((date) => String(date).slice(0, 10));
}
