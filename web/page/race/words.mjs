// The page's words and figures, in its language.
import { element } from '../common/element.mjs';

/** The languages that can be chosen; where one has no file, what it would say is in English. */
const languages = ['en', 'de', 'fr', 'es', 'pt-BR', 'it', 'nl', 'pl', 'cs', 'sv', 'tr', 'uk', 'ar',
  'he', 'hi', 'ja'];

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

  /** "4.2 ms", "310 ms", "1.2 s" */
  duration(milliseconds) {
    const [value, unit] = milliseconds < 1000
      ? [milliseconds, 'millisecond'] : [milliseconds / 1000, 'second'];
    return new Intl.NumberFormat(this.options.locale,
      { style: 'unit', unit, maximumSignificantDigits: value < 100 ? 2 : 3 }).format(value);
  }

  /** An instant to the millisecond, by the visitor's clock. */
  clock(instant) {
    const { locale, timeZone } = this.options;
    return new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', second: '2-digit',
      fractionalSecondDigits: 3, timeZone }).format(instant);
  }
}

/** A list of languages to choose from, each by its own name. */
export function languageSelect({ id, chosen, onChoose }) {
  const nameOf = (tag) => new Intl.DisplayNames([tag], { type: 'language' }).of(tag);
  const select = element('select', { id, onchange: () => onChoose(select.value) },
    ...languages.map((tag) =>
      element('option', { value: tag, lang: tag, selected: tag === chosen }, nameOf(tag))));
  return select;
}
