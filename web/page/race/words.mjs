// The page's words and figures, in its language.
import { element } from '../common/element.mjs';

/* global slotguardLanguages -- the tags of wasm/languages/, put in by bundle.mjs */

export class Words {
  /**
   * @param {object} slotguard  the browser module
   * @param {{ locale: string, language: string, timeZone: string }} visitor
   */
  constructor(slotguard, { language, ...options }) {
    this.slotguard = slotguard;
    this.language = language;
    this.options = options;
  }

  /** The same zones, in another language. */
  in({ locale, language }) {
    return new Words(this.slotguard, { ...this.options, locale, language });
  }

  say(phrase, fillings) {
    return this.slotguard.say(`race.${phrase}`, fillings, this.options);
  }

  /** The zone in which the mentor's dates and times are. */
  set mentorZone(zone) {
    this.options.mentorTimeZone = zone;
  }

  /** A slot in words: `{ when, zone, … }`. */
  session(slot) {
    const { mentorTimeZone } = this.options;
    return this.slotguard.describeSession({ ...slot, time_zone: mentorTimeZone }, this.options);
  }

  /** What a visitor is told of an outcome, in short. */
  outcome(result) {
    const bare = { replayed: false, message: '', ...result, alternatives: [] };
    return this.slotguard.describeOutcome(bare, this.options).title;
  }

  /** "4.2 ms", "310 ms", "1.2 seconds": "sec." would end a sentence twice. */
  duration(milliseconds) {
    const inSeconds = milliseconds >= 1000;
    const value = inSeconds ? milliseconds / 1000 : milliseconds;
    return new Intl.NumberFormat(this.options.locale, {
      style: 'unit',
      unit: inSeconds ? 'second' : 'millisecond',
      unitDisplay: inSeconds ? 'long' : 'short',
      maximumSignificantDigits: value < 100 ? 2 : 3,
    }).format(value);
  }

  /** An instant to the millisecond, by the visitor's clock. */
  clock(instant) {
    const { locale, timeZone } = this.options;
    return new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', second: '2-digit',
      fractionalSecondDigits: 3, timeZone }).format(instant);
  }
}

/**
 * Who chooses English in a British browser means British dates.
 * @param {string} language @param {string[]} spoken  by preference
 */
export function localeFor(language, spoken) {
  return spoken.find((locale) => locale === language || locale.startsWith(`${language}-`))
    ?? language;
}

/** The languages that there are, each by its own name. */
export function languageSelect({ id, chosen, onChoose }) {
  const nameOf = (tag) => new Intl.DisplayNames([tag], { type: 'language' }).of(tag);
  const select = element('select', { id, onchange: () => onChoose(select.value) },
    ...slotguardLanguages.map((tag) =>
      element('option', { value: tag, lang: tag, selected: tag === chosen }, nameOf(tag))));
  return select;
}
