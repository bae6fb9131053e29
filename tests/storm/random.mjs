// Numbers by chance that come again: a storm that failed can be blown a second time from its seed.
// The plans are the same then; which client is faster is up to the machine.

/** Of this run. STORM_SEED=… sets it; whatever fails names it. */
export const seed = Number(process.env.STORM_SEED ?? Date.now() % 2 ** 31);

/** The generator "mulberry32": short, and good enough to choose by. */
export class Random {
  #state;

  constructor(from) {
    this.#state = from >>> 0;
  }

  /** At least 0, less than 1. */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0, less than the limit. */
  below(limit) {
    return Math.floor(this.next() * limit);
  }

  /** One of the list; nothing of an empty one. */
  pick(list) {
    return list[this.below(list.length)];
  }

  chance(probability) {
    return this.next() < probability;
  }
}
