// How a visitor reads: language, time zone and clock. What he has chosen himself beats what the
// tag's attributes say, and is kept over a reload.

export class Reading {
  #kept;
  #given;

  /** @param {import('./kept.mjs').Kept} kept */
  constructor(kept) {
    this.#kept = kept;
  }

  /**
   * As the tag's attributes have it, but for what was chosen.
   * @param {{ locale: string, timeZone: string, hourCycle: string }} given
   */
  asGiven(given) {
    this.#given = given;
    return { ...given, ...this.#kept.reader };
  }

  /** @param {{ locale?: string, timeZone?: string, hourCycle?: string }} change  chosen by him */
  choose(change) {
    const { locale } = change;
    const chosen = locale === undefined ? change : { locale: this.#ownLocale(locale) };
    this.#kept.reader = { ...this.#kept.reader, ...chosen };
    return chosen;
  }

  /** A language as the visitor has it: `en` is `en-GB` to whom the site or the browser says so. */
  #ownLocale(tag) {
    return [this.#given.locale, ...navigator.languages]
      .find((locale) => locale === tag || locale.startsWith(`${tag}-`)) ?? tag;
  }
}
