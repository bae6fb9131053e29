// The mentor's times as far as they are known here: rows of available_slots by the mentor's date.
// What was asked for last, or told last, is what is known.
import { addDays } from './calendar_dates.mjs';

// available_slots lists 400 days at most; who turns many months has seen more.
const mostDays = 366;

export class Times {
  #api;
  #mentor;
  #rows = new Map();
  #writtenAt = new Map();
  #clock = 0;
  #sorted;
  #isStale = false;
  #hasMissed = false;

  /** @param {import('../common/api.mjs').Api} api @param {string} mentor */
  constructor(api, mentor) {
    this.#api = api;
    this.#mentor = mentor;
    /** As available_slots takes it; null: the mentor's usual one. */
    this.duration = null;
  }

  /** All rows that are known, in order of time. */
  get rows() {
    this.#sorted ??= [...this.#rows.keys()].sort().flatMap((date) => this.#rows.get(date))
      .sort((one, other) => Date.parse(one.starts_at) - Date.parse(other.starts_at));
    return this.#sorted;
  }

  /** Another length has other times; those of before stay until the first of them come. */
  setDuration(duration) {
    this.duration = duration;
    this.#isStale = true;
  }

  covers({ from, to }) {
    return !this.#isStale && this.#rows.has(from) && this.#rows.has(to);
  }

  /** @returns {{ from: string, to: string } | null} */
  get covered() {
    const dates = [...this.#rows.keys()].sort();
    return dates.length === 0 ? null : { from: dates[0], to: dates.at(-1) };
  }

  /** Fetches the rows of some of the mentor's dates, both inclusive. */
  async load(range) {
    const { duration } = this;
    await Promise.all(parts(range).map((part) => this.#loadPart(part)));
    if (!this.#hasMissed || duration !== this.duration) return;
    this.#hasMissed = false;
    await this.load(range);
  }

  async #loadPart({ from, to }) {
    const asked = this.#clock += 1;
    const { duration } = this;
    const rows = await this.#api.rpc('available_slots',
      { mentor_id: this.#mentor, from_date: from, to_date: to, ...durationArgument(duration) },
      { open: true });
    // Asked for another length, it is no answer any more.
    if (duration !== this.duration) return;
    this.#write(datesFrom(from, to), rows, asked);
  }

  /** Takes in what the service tells of some dates. */
  take(dates, rows) {
    // What is on its way may be older than this: it is asked for once more.
    if (this.#isStale) this.#hasMissed = true;
    else this.#write(dates.filter((date) => this.#rows.has(date)), rows, this.#clock += 1);
  }

  #write(dates, rows, asked) {
    if (this.#isStale) {
      this.#isStale = false;
      this.#rows.clear();
      this.#writtenAt.clear();
    }
    const byDate = Map.groupBy(rows, ({ session_date: date }) => date);
    for (const date of dates) {
      if (this.#writtenAt.get(date) > asked) continue;
      this.#writtenAt.set(date, asked);
      this.#rows.set(date, byDate.get(date) ?? []);
    }
    this.#sorted = undefined;
  }

  /** The free times that begin nearest to an instant, nearest first. */
  nearest(instant, count) {
    const distance = ({ starts_at: starts }) => Math.abs(Date.parse(starts) - instant);
    return this.rows.filter(({ state }) => state === 'available')
      .sort((one, other) => distance(one) - distance(other)).slice(0, count);
  }
}

/** Left out, it is the mentor's usual one. */
export function durationArgument(duration) {
  return duration === null ? {} : { duration };
}

function parts({ from, to }) {
  const last = addDays(from, mostDays - 1);
  return to <= last ? [{ from, to }]
    : [{ from, to: last }, ...parts({ from: addDays(last, 1), to })];
}

function datesFrom(from, to) {
  const dates = [];
  const day = new Date(`${from}T00:00:00Z`);
  for (let date = from; date <= to; date = day.toISOString().slice(0, 10)) {
    dates.push(date);
    day.setUTCDate(day.getUTCDate() + 1);
  }
  return dates;
}
