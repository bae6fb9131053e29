// What listeners have been told of one mentor: his days with their slots, and which days changed
// when. Knows neither the database nor the network.
import { Message } from './message.mjs';

const dayInMilliseconds = 86_400_000;
// A session changes what can be booked in its week (limits), and on both sides of it where its
// hours touch another week. Its date is the mentor's, its instant is not: one day more.
const reach = 9;
const longestHistory = 500;

const dayOf = (instant) => Math.floor(instant.getTime() / dayInMilliseconds);
const dateOf = (day) => new Date(day * dayInMilliseconds).toISOString().slice(0, 10);

/** Days are counted from 1970-01-01, as dates on the mentor's clock. */
export class MentorList {
  /** Those who are told. @type {Set<{ write(message: Message): void }>} */
  listeners = new Set();
  /** The last event of the journal that is told of here. @type {string} */
  #cursor = '';
  /** @type {Map<number, string>} the rows of each day that has any, as JSON without brackets */
  #days = new Map();
  /** @type {{ cursor: string, days: number[] }[]} */
  #history = [];
  /** @type {{ from: number, to: number }[]} days to be listed anew */
  #stale = [];
  /** The first and the last day that are told of. */
  #today = 0;
  #last = -Infinity;
  /** All days, as long as they are what was listed last: many may come at once. */
  #whole;

  constructor() { this.spoil(); }

  get isStale() { return this.#stale.length > 0; }

  /** Whether no day has a slot. */
  get isEmpty() { return this.#days.size === 0 && !this.isStale; }

  /** Nobody knows what changed: all days have to be listed anew. */
  spoil() { this.#stale = [{ from: -Infinity, to: Infinity }]; }

  /** Something changed at that instant. @param {Date} instant */
  spoilAround(instant) {
    const day = dayOf(instant);
    this.#stale.push({ from: day - reach, to: day + reach });
  }

  /**
   * The days to be listed anew now, from today on. What is further off than the horizon is listed
   * only if it has been told before.
   * @param {{ today: number, last: number }} bounds
   * @param {number} [most]  days; the others stay stale
   * @returns {{ from: number, to: number }[]}
   */
  takeStale({ today, last }, most = Infinity) {
    this.#today = today;
    this.#last = Math.max(this.#last, last);
    const wanted = this.#stale
      .map(({ from, to }) => ({ from: Math.max(from, today), to: Math.min(to, this.#last) }))
      .filter(({ from, to }) => from <= to)
      .sort((one, other) => one.from - other.from);
    for (const day of this.#days.keys()) if (day < today) this.#days.delete(day);
    const { taken, left } = parted(joined(wanted), most);
    this.#stale = left;
    return taken;
  }

  /**
   * Takes in what was listed, and tells everybody the days that differ.
   * @param {{ from: number, to: number }[]} ranges
   * @param {Map<number, string>} fresh
   * @param {string} cursor
   */
  takeIn(ranges, fresh, cursor) {
    this.#cursor = cursor;
    this.#whole = undefined;
    const changed = ranges.flatMap((range) => this.#takeInRange(range, fresh));
    if (changed.length === 0) return;
    // As long as nobody has been told a cursor from here, nobody can come back with one.
    if (this.#history.length > 0) this.#remember(changed);
    if (this.listeners.size === 0) return;
    const message = this.#message(changed);
    for (const listener of this.listeners) listener.write(message);
  }

  /**
   * What somebody has to hear first: the days that changed since he heard `lastId`, or else all.
   * @param {string | undefined} lastId
   * @returns {Message}
   */
  firstMessage(lastId) {
    const heard = this.#history.findIndex(({ cursor }) => cursor === lastId);
    // Several may have been told under one cursor, and he may have heard but the first of them.
    const since = lastId === undefined || heard < 0 ? undefined
      : new Set(this.#history.slice(heard + 1).flatMap((one) => one.days));
    if (this.#history.at(-1)?.cursor !== this.#cursor) this.#remember([]);
    if (since !== undefined) return this.#message([...since]);
    // Also the days without slots: he may know of some that are gone.
    this.#whole ??= this.#message(
      Array.from({ length: this.#last - this.#today + 1 }, (_, n) => this.#today + n));
    return this.#whole;
  }

  #takeInRange({ from, to }, fresh) {
    const changed = [];
    for (let day = from; day <= to; day += 1) {
      if (fresh.get(day) === this.#days.get(day)) continue;
      changed.push(day);
      if (fresh.has(day)) this.#days.set(day, fresh.get(day));
      else this.#days.delete(day);
    }
    return changed;
  }

  #remember(days) {
    this.#history.push({ cursor: this.#cursor, days });
    if (this.#history.length > longestHistory) this.#history.shift();
  }

  #message(unordered) {
    const days = unordered.toSorted((one, other) => one - other);
    const dates = days.map((day) => `"${dateOf(day)}"`);
    const slots = days.filter((day) => this.#days.has(day)).map((day) => this.#days.get(day));
    return new Message(`id: ${this.#cursor}\nevent: slots\n`
      + `data: {"dates":[${dates.join(',')}],"slots":[${slots.join(',')}]}\n\n`);
  }
}

function joined(ranges) {
  const result = [];
  for (const range of ranges) {
    const before = result.at(-1);
    if (before !== undefined && range.from <= before.to + 1) {
      before.to = Math.max(before.to, range.to);
    } else {
      result.push({ ...range });
    }
  }
  return result;
}

/** The first days of some ranges, and those that are left. */
function parted(ranges, most) {
  const taken = [];
  const left = [];
  let room = most;
  for (const { from, to } of ranges) {
    const end = Math.min(to, from + room - 1);
    if (end >= from) taken.push({ from, to: end });
    if (end < to) left.push({ from: Math.max(from, end + 1), to });
    room -= Math.max(0, end - from + 1);
  }
  return { taken, left };
}
