// The course of a visit: load the times, let one be chosen, ask for it, tell what came of it.
// Whether a time is free is the database's to say; this only asks and shows.
import { availableSlots, bookSession, CallRefused, mentorInfo } from './booking_api.mjs';
import { showDays } from './days_view.mjs';
import { showLengths } from './lengths_view.mjs';
import { alternativeButtons, clearMessage, retryButton, showMessage } from './message_view.mjs';
import { focusTimes, showTimes } from './times_view.mjs';
import { daysFromToday, whenInWords, zoneInWords } from './when.mjs';

const daysAtFirst = 14;
const mostDays = 56;

export class BookingPage {
  #mentorZone = 'UTC';
  #duration = null;
  #dayCount = daysAtFirst;
  #rows = [];
  #days = [];
  #chosenDate;
  #chosenSlot;
  #asking = false;
  #latestLoad = 0;

  /**
   * @param {{ mentor: string, startup: number, locale: string, timeZone: string }} visit
   * @param {{ formatSlots: Function, describeOutcome: Function }} slotguard
   * @param {object} words
   */
  constructor(visit, slotguard, words) {
    this.visit = visit;
    this.slotguard = slotguard;
    this.words = words;
    this.form = document.getElementById('booking');
    this.button = this.form.querySelector('[data-action="book"]');
    this.moreDays = document.getElementById('more-days');
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#bookChosen();
    });
    this.moreDays.addEventListener('click', () => {
      this.#dayCount += daysAtFirst;
      this.load();
    });
  }

  async start() {
    this.form.hidden = false;
    this.form.ariaBusy = 'true';
    this.button.textContent = this.words.book;
    this.moreDays.textContent = this.words.moreDays;
    document.getElementById('days-heading').textContent = this.words.days;
    try {
      const info = await mentorInfo(this.visit.mentor);
      this.#mentorZone = info.time_zone;
      this.#showZones();
      showLengths(document.getElementById('lengths'), info.slot_duration, {
        words: this.words,
        locale: this.visit.locale,
        onChoose: (duration) => { this.#duration = duration; this.load(); },
      });
    } catch (error) {
      this.#showTrouble(error, this.words.unreachable, () => this.#startAgain(() => this.start()));
      return;
    }
    await this.load();
  }

  /** The button that was pressed goes with the message, so the focus moves on to the times. */
  async #startAgain(loading) {
    clearMessage();
    await loading();
    if (document.activeElement === document.body) focusTimes(document.getElementById('times'));
  }

  /**
   * Fetches the times anew; of several loads under way, the last one asked for is shown.
   * @param {(error: Error) => void} [onTrouble]  what to do where none are to be had
   */
  async load(onTrouble = (error) => this.#showTrouble(
    error, this.words.unreachable, () => this.#startAgain(() => this.load()))) {
    const load = this.#latestLoad += 1;
    this.form.ariaBusy = 'true';
    try {
      const range = daysFromToday(this.#dayCount, this.#mentorZone);
      const rows = await availableSlots(this.visit.mentor, range, this.#duration);
      if (load === this.#latestLoad) this.#showList(rows);
    } catch (error) {
      if (load === this.#latestLoad) onTrouble(error);
    }
  }

  #showList(rows) {
    this.#rows = rows;
    this.#days = this.slotguard.formatSlots(rows, this.#formatOptions());
    if (!this.#days.some(({ date }) => date === this.#chosenDate)) this.#chosenDate = undefined;
    // The first day with a free time is open already; that chooses no time.
    const free = this.#days.find(({ slots }) => slots.some(({ bookable }) => bookable));
    this.#chosenDate ??= (free ?? this.#days[0])?.date;
    this.form.ariaBusy = 'false';
    this.form.dataset.empty = String(this.#days.length === 0);
    document.getElementById('days-heading').textContent = this.#days.length === 0
      ? this.words.noTimes : this.words.days;
    this.moreDays.hidden = this.#dayCount >= mostDays;
    this.#showChoice();
  }

  #showChoice() {
    this.#chosenSlot = undefined;
    this.button.textContent = this.words.book;
    showDays(document.getElementById('days'), this.#days, {
      chosen: this.#chosenDate,
      words: this.words,
      locale: this.visit.locale,
      onChoose: (date) => {
        this.#chosenDate = date;
        this.#showChoice();
        focusTimes(document.getElementById('times'));
      },
    });
    showTimes(document.getElementById('times'),
      this.#days.find(({ date }) => date === this.#chosenDate), {
        words: this.words,
        zone: zoneInWords(this.visit.locale, this.visit.timeZone),
        onChoose: (slot) => {
          this.#chosenSlot = slot;
          this.button.textContent = this.words.bookAt(slot.label);
        },
      });
  }

  #bookChosen() {
    if (this.#asking) return;
    if (this.#chosenSlot === undefined) {
      showMessage({ ...asMessage(this.words.chooseTime), tone: 'warning', problem: 'no-choice' });
      return;
    }
    const chosenAt = Date.parse(this.#chosenSlot.startsAt);
    this.#book(this.#rows.find((row) => Date.parse(row.starts_at) === chosenAt));
  }

  /** One call at a time: a second press while one is under way does nothing. */
  async #book(slot) {
    if (this.#asking) return;
    this.#setAsking(true);
    let result;
    try {
      result = await bookSession(this.visit.mentor, this.visit.startup, slot, this.#duration);
    } catch (error) {
      this.#showTrouble(error, this.words.unanswered, () => this.#book(slot));
      return;
    } finally {
      this.#setAsking(false);
    }
    await this.#tell(result);
  }

  #setAsking(asking) {
    this.#asking = asking;
    this.button.ariaDisabled = String(asking);
    if (asking) this.button.textContent = this.words.booking;
    else this.button.textContent = this.#chosenSlot
      ? this.words.bookAt(this.#chosenSlot.label) : this.words.book;
  }

  async #tell(result) {
    const { tone, title, body, alternatives, refresh } =
      this.slotguard.describeOutcome(result, this.#formatOptions());
    showMessage(
      { tone, title, lines: [...this.#whenLines(result), body], outcome: result.outcome },
      alternativeButtons(alternatives, this.words.alternatives,
        (index) => this.#book(result.alternatives[index])),
    );
    // An answer stays on the page whatever becomes of the list: lost, it would be asked for again.
    if (refresh) await this.load(() => { this.form.ariaBusy = 'false'; });
  }

  /** When it is, for the visitor, and for the mentor where that reads otherwise. */
  #whenLines(result) {
    if (result.starts_at === null) return [];
    const { locale, timeZone } = this.visit;
    const when = (zone) => [whenInWords(result, locale, zone), zoneInWords(locale, zone)];
    const visitors = when(timeZone);
    const mentors = when(result.time_zone ?? timeZone);
    const lines = [this.words.when(...visitors)];
    if (mentors[0] !== visitors[0]) lines.push(this.words.mentorsWhen(...mentors));
    return lines;
  }

  #showTrouble(error, noAnswer, again) {
    this.form.ariaBusy = 'false';
    const refused = error instanceof CallRefused;
    const { title, lines } = asMessage(refused ? this.words.failed : noAnswer);
    showMessage({
      title,
      lines: refused ? [...lines, error.message] : lines,
      tone: 'error',
      problem: refused ? 'refused' : 'no-answer',
    }, [retryButton(this.words.again, again)]);
  }

  #showZones() {
    const { locale, timeZone } = this.visit;
    const [visitors, mentors] = [timeZone, this.#mentorZone].map((zone) => zoneInWords(locale, zone));
    document.getElementById('zones').textContent = visitors === mentors
      ? this.words.zone(visitors) : this.words.bothZones(visitors, mentors);
  }

  #formatOptions() {
    const { locale, timeZone } = this.visit;
    return { locale, timeZone, mentorTimeZone: this.#mentorZone, hourCycle: 'auto', now: new Date() };
  }
}

function asMessage({ title, body }) {
  return { title, lines: [body] };
}
