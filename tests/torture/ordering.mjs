// Which call wrote which event, where both happened to one session or to one kind of hold: the events
// stand in their order, and the calls must fit it without contradicting the clock.
import { endOf, mustHaveWritten } from './history.mjs';

/** More than this is tried only where a great many replies were lost for one session. */
const patience = 20_000;

class Search {
  #slots;
  #calls;
  #matches;
  #steps = 0;
  #placed = [];

  constructor(slots, calls, matches) {
    this.#slots = slots;
    this.#calls = calls;
    this.#matches = matches;
  }

  /** A call for each event, in the events' order; nothing where there is no such order. */
  run() {
    return this.#place(0, -Infinity) ? this.#placed : undefined;
  }

  /** `latest`: when the latest of those placed so far was sent. Who was answered before that can't
   *  come after it. */
  #place(n, latest) {
    if (n === this.#slots.length)
      return this.#calls.every((call) => !mustHaveWritten(call) || this.#placed.includes(call));
    for (const call of this.#calls) {
      if ((this.#steps += 1) > patience) return false;
      if (this.#placed.includes(call) || endOf(call) < latest) continue;
      if (!this.#matches(call, this.#slots[n])) continue;
      this.#placed.push(call);
      if (this.#place(n + 1, Math.max(latest, call.from))) return true;
      this.#placed.pop();
    }
    return false;
  }
}

/** Those who were told come first, in the order of their answers: mostly that is the solution. */
const byAnswer = (one, other) => Number(one.told === undefined) - Number(other.told === undefined)
  || endOf(one) - endOf(other) || one.number - other.number;

/**
 * Finds who wrote each event.
 * @param {object[]} events  in their order
 * @param {object[]} calls  that must or may have written one of them
 * @param {(call, event) => boolean} matches  whether the event is what the call would write
 * @returns {{ writers: object[] } | { strangers: object[], unwritten: object[] }} a call for each event;
 *   else the events that nobody asked for, and the calls that were told and have no event. Where both
 *   are empty it is the clock that is contradicted.
 */
export function findWriters(events, calls, matches) {
  const sorted = [...calls].sort(byAnswer);
  const writers = new Search(events, sorted, matches).run();
  if (writers) return { writers };
  const left = new Set(sorted);
  const strangers = events.filter((event) => {
    const writer = [...left].find((call) => matches(call, event));
    return writer ? !left.delete(writer) : true;
  });
  return { strangers, unwritten: [...left].filter(mustHaveWritten) };
}
