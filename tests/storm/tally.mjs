// How often each deed was done, and what came of it.

export class Tally {
  #counts = new Map();

  count(deed, word) {
    const words = this.#counts.get(deed) ?? new Map();
    words.set(word, (words.get(word) ?? 0) + 1);
    this.#counts.set(deed, words);
  }

  /** How many deeds ended with that word or SQLSTATE. */
  of(word) {
    return [...this.#counts.values()].reduce((sum, words) => sum + (words.get(word) ?? 0), 0);
  }

  /** Whether a deed ever did what it is for. */
  succeeded(deed) {
    return [...this.#counts.get(deed)?.keys() ?? []]
      .some((word) => /done|booked|cancelled/.test(word));
  }

  get total() {
    return [...this.#counts.values()].reduce(
      (sum, words) => sum + [...words.values()].reduce((a, b) => a + b, 0), 0);
  }

  /** One line for each deed, the most frequent words first. */
  get lines() {
    return [...this.#counts].sort().map(([deed, words]) => {
      const parts = [...words].sort(([, a], [, b]) => b - a).map(([word, n]) => `${n} ${word}`);
      return `${deed.padEnd(18)} ${parts.join(', ')}`;
    });
  }
}
