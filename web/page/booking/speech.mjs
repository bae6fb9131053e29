// What the page says, for one visitor: the browser module with the language, zones and clock that
// he reads in. Whatever is said again after one of them changed is made anew from the same data.
import { knownTimeZone } from '../common/language.mjs';

export class Speech {
  #days;

  /**
   * @param {object} slotguard  the browser module
   * @param {{ locale: string, timeZone: string, mentorTimeZone: string, hourCycle: string }} reader
   */
  constructor(slotguard, reader) {
    this.slotguard = slotguard;
    const { timeZone, mentorTimeZone } = reader;
    this.reader = { ...reader, mentorTimeZone: knownTimeZone(mentorTimeZone, timeZone) };
  }

  /** As the module's functions take it, with the present moment. */
  get options() {
    return { ...this.reader, now: Date.now() };
  }

  /** Whoever keeps what was said, says it anew where this is another. */
  get id() {
    return JSON.stringify(this.reader);
  }

  /**
   * A phrase of the page.
   * @param {string} phrase
   * @param {Record<string, string | number>} [fillings]
   */
  say(phrase, fillings) {
    return this.slotguard.say(`page.${phrase}`, fillings ?? {}, this.options);
  }

  /** Asked for several times for one picture, and each minute says the same of the same rows. */
  days(rows) {
    const minute = Math.floor(Date.now() / 60_000);
    if (this.#days?.rows !== rows || this.#days.minute !== minute) {
      this.#days = { rows, minute, days: this.slotguard.formatSlots(rows, this.options) };
    }
    return this.#days.days;
  }

  month(month, days) {
    return this.slotguard.formatMonth(month, days, this.options);
  }

  outcome(result) {
    return this.slotguard.describeOutcome(this.#inKnownZone(result), this.options);
  }

  session(session) {
    return this.slotguard.describeSession(this.#inKnownZone(session), this.options);
  }

  /** The database may know a zone that an older browser doesn't: the visitor's own will do then. */
  #inKnownZone(session) {
    const { timeZone, mentorTimeZone } = this.reader;
    const zone = session?.time_zone;
    return typeof zone !== 'string' || zone === mentorTimeZone ? session
      : { ...session, time_zone: knownTimeZone(zone, timeZone) };
  }

  minutes(minutes) {
    return this.slotguard.formatDuration(minutes, this.options);
  }

  zone(zone) {
    return this.slotguard.describeZone(zone, this.options);
  }

  /** When something is, for the visitor, and for the mentor where that reads otherwise. */
  whenLines(session) {
    const { when, zone, mentorWhen, mentorZone } = this.session(session);
    const lines = [this.say('when', { when, zone })];
    if (mentorWhen !== null) {
      lines.push(this.say('mentors_when', { when: mentorWhen, zone: mentorZone }));
    }
    return lines;
  }
}
