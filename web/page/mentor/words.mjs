// All that the page says: phrases, dates and times, each put into words by the browser module, in
// one language and in the mentor's zone.
import { ZoneClock } from './zone_clock.mjs';

const minute = 60_000;

export class Words {
  #slotguard;
  #locale;
  #hourCycle;
  #listFormat;

  /**
   * @param {object} slotguard  the browser module
   * @param {{ locale: string, language: string, hourCycle: string }} spoken
   */
  constructor(slotguard, { locale, language, hourCycle }) {
    this.#slotguard = slotguard;
    this.#locale = locale;
    this.#hourCycle = hourCycle;
    this.#listFormat = new Intl.ListFormat(language, { type: 'conjunction' });
    this.zone = 'UTC';
  }

  /** In whose clock all is said. */
  get zone() { return this.clock.zone; }

  set zone(zone) { this.clock = new ZoneClock(zone); }

  /** @param {string} phrase  of the section `mentor` */
  say(phrase, fillings) {
    return this.#slotguard.say(`mentor.${phrase}`, fillings, this.options);
  }

  /** A phrase that the booking page has too. */
  sayShared(phrase, fillings = {}) {
    return this.#slotguard.say(`page.${phrase}`, fillings, this.options);
  }

  /** A message of two phrases. */
  titleAndBody(phrase) {
    return { title: this.say(`${phrase}_title`), body: this.say(`${phrase}_body`) };
  }

  get options() {
    return this.#optionsIn(this.zone);
  }

  /** "Central European Time". */
  zoneInWords() {
    return this.#slotguard.describeZone(this.zone, this.options);
  }

  /** An outcome of a call, as describeOutcome() tells it. */
  outcome(result) {
    return this.#slotguard.describeOutcome(result, this.options);
  }

  /** A stretch of time: `{ date, time, when, … }`. @param {number} from @param {number} to */
  stretch(from, to) {
    return this.#slotguard.describeSession({
      starts_at: new Date(from).toISOString(),
      ends_at: new Date(to).toISOString(),
      time_zone: this.zone,
    }, this.options);
  }

  /** Whether a day begins at this instant. */
  startsDay(instant) {
    return this.clock.startOf(this.clock.dateOf(instant)) === instant;
  }

  /** The same of a row of sessions. */
  session(row) {
    return this.stretch(Date.parse(row.starts_at), Date.parse(row.ends_at));
  }

  /** An instant: its day, said with "today" where it is, and its time. */
  moment(instant) {
    return this.#momentIn(this.zone, instant, Date.now());
  }

  /** A time of the clock that belongs to no date. @param {number} minutes  since midnight */
  timeOfDay(minutes) {
    return this.#momentIn('UTC', Date.UTC(2026, 0, 5, 0, minutes), 0).time;
  }

  /** From one time of the clock to another, which may be the next day's. @param {string} opens */
  hours(opens, closes) {
    const [from, to] = [opens, closes].map(minutesOf);
    const phrase = to <= from ? 'hours_until_next_day' : 'hours_from_to';
    return this.say(phrase, { from: this.timeOfDay(from), to: this.timeOfDay(to) });
  }

  /** A date of the calendar, "Tuesday, December 1, 2026". */
  date(date) {
    return this.#momentIn('UTC', Date.parse(`${date}T12:00:00Z`), 0).day;
  }

  /** The weekdays' names, `[{ number, short, long }]`, as a week of this language begins. */
  weekdays() {
    const { weekdays, firstDay } = this.#slotguard.formatMonth('2026-01', [], this.options);
    return weekdays.map((names, index) => ({ ...names, number: (firstDay - 1 + index) % 7 + 1 }));
  }

  /** The number of a day in its month, in this language's digits. */
  dayNumbers(dates) {
    const numbers = new Map();
    for (const month of new Set(dates.map((date) => date.slice(0, 7)))) {
      const { weeks } = this.#slotguard.formatMonth(month, [], this.options);
      for (const day of weeks.flat()) if (day !== null) numbers.set(day.date, day.label);
    }
    return numbers;
  }

  list(items) {
    return this.#listFormat.format(items);
  }

  #momentIn(timeZone, instant, now) {
    const [{ heading, slots: [slot] }] = this.#slotguard.formatSlots([{
      session_date: '2000-01-01',
      session_time: '00:00:00',
      starts_at: new Date(instant).toISOString(),
      ends_at: new Date(instant + minute).toISOString(),
      state: 'available',
    }], { ...this.#optionsIn(timeZone), now });
    return { day: heading, time: slot.label };
  }

  #optionsIn(timeZone) {
    return { locale: this.#locale, timeZone, mentorTimeZone: timeZone,
      hourCycle: this.#hourCycle };
  }
}

/** Minutes since midnight, of `09:30` or `09:30:00`. */
export function minutesOf(time) {
  const [hours, minutes] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
