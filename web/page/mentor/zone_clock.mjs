// What the clock of a zone shows at an instant, and when its days begin. Numbers only: dates and
// times are put into words by the browser module.
const minute = 60_000;
const day = 24 * 60 * minute;

export class ZoneClock {
  #format;

  /** @param {string} zone  an IANA name */
  constructor(zone) {
    this.zone = zone;
    this.#format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  }

  /**
   * @param {number} instant  milliseconds, as from Date.now()
   * @returns {number} the clock's reading, as if it were UTC's
   */
  reading(instant) {
    const parts = Object.fromEntries(
      this.#format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
  }

  /** How far the clock is ahead of UTC, in milliseconds. */
  offset(instant) {
    const whole = Math.floor(instant / 1000) * 1000;
    return this.reading(whole) - whole;
  }

  /** The date that the clock shows. */
  dateOf(instant) {
    return isoDate(this.reading(instant));
  }

  /** Minutes since midnight by the clock: what it shows, not what has passed. */
  minutesOf(instant) {
    return (this.reading(instant) % day) / minute;
  }

  /** The first instant at which the clock shows the date; midnight is skipped in some zones. */
  startOf(date) {
    const near = Date.parse(`${date}T00:00:00Z`);
    return firstWhere(near - 15 * 60 * minute, near + 15 * 60 * minute,
      (instant) => this.dateOf(instant) >= date);
  }

  /**
   * The change of the clock between two instants; undefined where there is none.
   * @returns {{ at: number, by: number } | undefined}  by: milliseconds, forward if positive
   */
  changeBetween(from, to) {
    const before = this.offset(from);
    const by = this.offset(to) - before;
    if (by === 0) return undefined;
    return { at: firstWhere(from, to, (instant) => this.offset(instant) !== before), by };
  }
}

/** The first whole minute after `from` for which it holds, where it holds from then until `to`. */
function firstWhere(from, to, holds) {
  let [before, after] = [from / minute, to / minute].map(Math.floor);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (holds(middle * minute)) after = middle;
    else before = middle;
  }
  return after * minute;
}

/** `2026-12-01`, of a reading as if it were UTC's. */
export function isoDate(reading) {
  return new Date(reading).toISOString().slice(0, 10);
}

/** The date so many days later. */
export function addDays(date, days) {
  return isoDate(Date.parse(`${date}T00:00:00Z`) + days * day);
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(date) {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}
