// How often each deed was done, and what came of it.

const sum = (numbers) => [...numbers].reduce((one, other) => one + other, 0);

export class Tally {
  #counts = new Map();

  count(deed, word) {
    const words = this.#counts.get(deed) ?? new Map();
    words.set(word, (words.get(word) ?? 0) + 1);
    this.#counts.set(deed, words);
  }

  /** How many deeds ended with that word or SQLSTATE. */
  of(word) {
    return sum([...this.#counts.values()].map((words) => words.get(word) ?? 0));
  }

  tries(deed) {
    return sum(this.#counts.get(deed)?.values() ?? []);
  }

  /** Whether a deed ever did what it is for. */
  succeeded(deed) {
    return [...this.#counts.get(deed)?.keys() ?? []]
      .some((word) => /^(done|booked|cancelled|rescheduled)$/.test(word));
  }

  get total() {
    return sum([...this.#counts.keys()].map((deed) => this.tries(deed)));
  }

  /** One line for each deed, the most frequent words first. */
  get lines() {
    return [...this.#counts].sort().map(([deed, words]) => {
      const parts = [...words].sort(([, a], [, b]) => b - a).map(([word, n]) => `${n} ${word}`);
      return `${deed.padEnd(18)} ${parts.join(', ')}`;
    });
  }
}
