// The course of a visit: load the times, let one be chosen, ask for it, tell what came of it.
// Whether a time is free is the database's to say; this only asks and shows.
import { availableSlots, bookSession, CallRefused, mentorInfo, newKey } from './booking_api.mjs';
import { showDays } from './days_view.mjs';
import { keepFocus } from './focus.mjs';
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
      this.#dayCount = Math.min(this.#dayCount + daysAtFirst, mostDays);
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
    const lastDate = this.#days.at(-1)?.date ?? '';
    this.#days = this.slotguard.formatSlots(rows, this.#formatOptions());
    this.#rows = rows;
    this.#keepChoice();
    this.form.ariaBusy = 'false';
    this.form.dataset.empty = String(this.#days.length === 0);
    document.getElementById('days-heading').textContent = this.#days.length === 0
      ? this.words.noTimes : this.words.days;
    const firstNewDay = this.#days.find(({ date }) => date > lastDate)?.date;
    keepFocus(() => {
      this.moreDays.hidden = this.#dayCount >= mostDays;
      this.#showChoice();
    }, firstNewDay);
  }

  /** What was chosen stays so while the database offers it. */
  #keepChoice() {
    if (!this.#days.some(({ date }) => date === this.#chosenDate)) this.#chosenDate = undefined;
    // The first day with a free time is open already; that chooses no time.
    const free = this.#days.find(({ slots }) => slots.some(({ bookable }) => bookable));
    this.#chosenDate ??= (free ?? this.#days[0])?.date;
    this.#chosenSlot = this.#chosenDay?.slots.find(({ startsAt, bookable }) =>
      bookable && startsAt === this.#chosenSlot?.startsAt);
  }

  get #chosenDay() {
    return this.#days.find(({ date }) => date === this.#chosenDate);
  }

  #showChoice() {
    this.#nameButton();
    showDays(document.getElementById('days'), this.#days, {
      chosen: this.#chosenDate,
      words: this.words,
      locale: this.visit.locale,
      onChoose: (date) => {
        this.#chosenDate = date;
        this.#chosenSlot = undefined;
        this.#showChoice();
        focusTimes(document.getElementById('times'));
      },
    });
    showTimes(document.getElementById('times'), this.#chosenDay, {
      chosen: this.#chosenSlot,
      words: this.words,
      zone: zoneInWords(this.visit.locale, this.visit.timeZone),
      onChoose: (slot) => {
        this.#chosenSlot = slot;
        this.#nameButton();
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
    const slot = this.#rows.find((row) => Date.parse(row.starts_at) === chosenAt);
    this.#book({ slot, duration: this.#duration, key: newKey() });
  }

  /**
   * One call at a time: a second press while one is under way does nothing.
   * @param {{ slot: object, duration: string | null, key: string }} wish  kept for another try: the
   *   length that is chosen by then may be another, and with the key of the same press the database
   *   books once, however often it is asked
   */
  async #book(wish) {
    if (this.#asking) return;
    this.#setAsking(true);
    let result;
    try {
      result = await bookSession(this.visit.mentor, this.visit.startup, wish);
    } catch (error) {
      this.#showTrouble(error, this.words.unanswered, () => this.#book(wish));
      return;
    } finally {
      this.#setAsking(false);
    }
    await this.#tell(result, wish);
  }

  #setAsking(asking) {
    this.#asking = asking;
    this.button.ariaDisabled = String(asking);
    this.#nameButton();
  }

  #nameButton() {
    const { book, booking, bookAt } = this.words;
    const choice = this.#chosenSlot ? bookAt(this.#chosenSlot.label) : book;
    this.button.textContent = this.#asking ? booking : choice;
  }

  async #tell(result, wish) {
    let refresh = true;
    try {
      refresh = this.#showOutcome(result, wish);
    } catch (error) {
      console.error(error);
      this.#showUnreadable(result, wish);
    }
    // An answer stays on the page whatever becomes of the list: lost, it would be asked for again.
    if (refresh) await this.load(() => { this.form.ariaBusy = 'false'; });
  }

  /** Whether the list is old now; throws where the answer is none that this page can read. */
  #showOutcome(result, { duration }) {
    const { tone, title, body, alternatives, refresh } =
      this.slotguard.describeOutcome(result, this.#formatOptions());
    const lines = [...this.#whenLines(result), body, ...this.#sinceLines(result)];
    showMessage({ tone, title, lines, outcome: result.outcome },
      alternativeButtons(alternatives, this.words.alternatives,
        (index) => this.#book({ slot: result.alternatives[index], duration, key: newKey() })));
    return refresh;
  }

  /** Something came of it, and the page cannot tell what: of a newer slotguard's outcomes, say. */
  #showUnreadable(result, wish) {
    const { title, lines } = asMessage(this.words.unreadable);
    const said = typeof result?.message === 'string' ? [this.words.said(result.message)] : [];
    showMessage({ title, lines: [...lines, ...said], tone: 'warning', problem: 'unreadable' },
      [retryButton(this.words.again, () => this.#book(wish))]);
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

  /** An answer that was given before tells how it was then; the hint says what became of it since. */
  #sinceLines({ replayed, hint }) {
    return replayed && hint ? [this.words.said(hint)] : [];
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
