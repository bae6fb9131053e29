// The course of a visit: load the times, show what is known by now, tell what came of it. All that
// is seen follows from what is kept here, so it can be shown again at any time without a jump.
import { markLanguage, speaking } from '../common/language.mjs';
import { addDays, addMonths, daysOf, mentorsDates, monthOf, todayIn } from './calendar_dates.mjs';
import { Changes } from './changes.mjs';
import { Choice } from './choice.mjs';
import { Deeds } from './deeds.mjs';
import { Hold } from './hold.mjs';
import { Kept } from './kept.mjs';
import { minutesOf } from './lengths_view.mjs';
import { plainMessage, troubleMessage } from './messages.mjs';
import { Reading } from './reading.mjs';
import { Sessions } from './sessions.mjs';
import { Speech } from './speech.mjs';
import { Teller } from './teller.mjs';
import { durationArgument, Times } from './times.mjs';
import { focusTimes } from './times_view.mjs';
import { listen, showVisit } from './visit_view.mjs';

const nextTimes = 5;

export class Visit {
  info = null;
  speech = null;
  language = 'en';
  /** waiting: nothing to show yet; failed: nothing came; loading: it is being renewed. */
  state = 'waiting';
  /** The next free times, where they were looked for. */
  nextRows = null;
  loadedAt = 0;
  #chosenRow;
  #isOver = false;

  /**
   * @param {object} wanted
   * @param {string} wanted.mentor
   * @param {number} wanted.startup
   * @param {import('../common/api.mjs').Api} wanted.api
   * @param {{ locale: string, timeZone: string, hourCycle: string }} wanted.reader
   * @param {object} parts  of the frame
   * @param {(event: string, result: object) => void} fire
   */
  constructor({ mentor, startup, api, reader }, parts, fire) {
    Object.assign(this, { mentor, startup, api, parts, fire });
    this.times = new Times(api, mentor);
    this.kept = new Kept(api.address('').href, mentor, startup);
    this.reading = new Reading(this.kept);
    this.reader = this.reading.asGiven(reader);
    this.sessions = new Sessions(api, mentor, startup, this.kept);
    this.teller = new Teller(parts);
    this.deeds = new Deeds(this);
    this.changes = new Changes(this);
    this.choice = new Choice(this);
    this.hold = new Hold(api, this.kept, {
      onChange: () => this.render(),
      onRefusal: (result, row) => this.deeds.tellHoldRefused(result, row),
    });
    parts.details.note.value = this.kept.note;
    this.choice.formIsOpen = this.kept.note !== '';
    listen(this);
  }

  /** Nothing has kept it from going on. */
  get isUnderWay() { return this.state !== 'failed'; }

  get today() { return todayIn(this.reader.timeZone); }

  /** The last day that the mentor's horizon lets anybody book. */
  get lastDate() {
    return addDays(this.today, Math.min(daysOf(this.info.booking_horizon) ?? 366, 5 * 366));
  }

  get title() {
    return this.mentor === null ? this.speech.say('needed.title')
      : this.speech.say('title', { mentor: this.mentor });
  }

  get minutes() {
    return this.times.duration === null
      ? minutesOf(this.info.slot_duration) : Number.parseInt(this.times.duration, 10);
  }

  /** The days from today on; what this visitor holds himself is free to him. */
  get days() {
    const { today } = this;
    return this.speech.days(this.hold.freeToOwner(this.times.rows))
      .filter(({ date }) => date >= today);
  }

  /** Everything that is needed is asked for at once; it is shown when all of it is there. */
  async start() {
    if (this.mentor === null || this.startup === null) return this.#askWhoIsMeant();
    const first = monthOf(this.today);
    const before = this.kept.choice;
    if (before) this.times.setDuration(before.duration);
    // The visitor's own sessions wait for who he is; the times that anybody may see do not.
    const sessions = this.sessions.load().then(() => this.render());
    const asked = Promise.all([this.#readInfo(),
      this.times.load(mentorsDates(first, addMonths(first, 1)))]);
    // Told below; until then the language is waited for.
    asked.catch(() => {});
    await this.#learnToSpeak();
    this.render();
    try {
      await asked;
    } catch (error) {
      this.state = 'failed';
      const again = () => this.#startAgain();
      return this.tell(troubleMessage(error, { noAnswer: 'unreachable', again }), { retry: again });
    }
    if (this.#isOver) return undefined;
    return this.#open(before, sessions);
  }

  async #open(before, sessions) {
    this.#readMentorsZone();
    this.loadedAt = Date.now();
    this.choice.openFirst(this.days);
    if (before) await this.choice.restore(before);
    await this.loadNextIfFull();
    if (this.#isOver) return;
    this.state = 'ready';
    this.render();
    this.changes.follow();
    await sessions;
    this.#askAboutWhatWasLost();
  }

  async #askWhoIsMeant() {
    await this.#learnToSpeak();
    this.state = 'failed';
    this.tell(plainMessage('needed', { tone: 'info', problem: 'address' }));
  }

  async #startAgain() {
    this.clearMessage();
    this.state = 'waiting';
    this.render();
    await this.start();
    if (this.teller.isSilent) focusTimes(this.parts.times);
  }

  /** A booking that nobody answered before the page was left: with its key it is asked about. */
  #askAboutWhatWasLost() {
    const { wish } = this.kept;
    if (wish) this.deeds.book({ ...wish, isLost: true });
  }

  async #readInfo() {
    const answer = await this.api.rpc('mentor_info', { mentor_id: this.mentor }, { open: true });
    this.info = Array.isArray(answer) ? answer[0] : answer;
  }

  /** The mentor may have other settings now; where no answer comes, those of before will do. */
  async readInfoAgain() {
    const { slot_duration: before } = this.info;
    await this.#readInfo().catch(() => {});
    this.#readMentorsZone();
    if (this.info.slot_duration !== before) await this.changeDuration(null);
  }

  async #learnToSpeak() {
    const spoken = await speaking(this.reader.locale);
    this.language = spoken.language;
    markLanguage(this.parts.base, spoken);
    this.slotguard = spoken.slotguard;
    this.#readMentorsZone();
    const { language, direction } = spoken;
    this.fire('language', { language, direction, title: this.title });
  }

  #readMentorsZone() {
    const mentorTimeZone = this.info?.time_zone ?? this.reader.timeZone;
    this.speech = new Speech(this.slotguard, { ...this.reader, mentorTimeZone });
  }

  /** Another language, zone or clock: the same instants, written otherwise. */
  async read(change) {
    Object.assign(this.reader, change);
    if (this.speech === null) return;
    await this.#learnToSpeak();
    const { choice } = this;
    this.render();
    if (choice.instant !== null) choice.month = monthOf(choice.date);
    this.render();
  }

  render() {
    if (this.speech === null || this.#isOver) return;
    const isKnown = this.state === 'ready' || this.state === 'loading';
    const shown = isKnown ? this.#settle() : null;
    showVisit(this, shown);
    this.teller.sayAgain(this.speech);
  }

  #settle() {
    const days = this.days;
    const { day, slot, lost } = this.choice.settle(days);
    const row = this.#chosenRow;
    this.#chosenRow = this.choice.row;
    if (lost) this.hold.release();
    // While it is asked for, the answer will tell; and what an answer has told is not told over.
    if (lost && row && this.deeds.asking === null && this.deeds.toldOf !== row.starts_at) {
      queueMicrotask(() => this.deeds.tellItIsGone(row, lost.state));
    }
    return { days, day, slot };
  }

  /** Tells a message instead of the one before; see Teller. */
  tell(message, how) {
    this.render();
    this.teller.tell(message, this.speech, how);
  }

  clearMessage() {
    this.teller.clear();
  }

  /** For those who listen: what is seen anyway. */
  announce(text) {
    this.parts.spoken.textContent = text;
  }

  /** @returns {Promise<void>} once the rows are shown, or the trouble is told */
  async load(range, { quietly = false } = {}) {
    this.state = 'loading';
    this.render();
    try {
      await this.times.load(range);
      this.loadedAt = Date.now();
    } catch (error) {
      const again = () => this.#loadAgain(range);
      if (!quietly) {
        this.tell(troubleMessage(error, { noAnswer: 'unreachable', again }), { retry: again });
      }
    }
    this.state = 'ready';
    this.render();
  }

  async #loadAgain(range) {
    this.clearMessage();
    await this.load(range);
    if (this.teller.isSilent) focusTimes(this.parts.times);
  }

  /** After an answer: whatever becomes of the lists, the answer stays. */
  async refresh() {
    const sessions = this.changes.readSessions();
    this.nextRows = null;
    const { month } = this.choice;
    await this.load(this.times.covers(mentorsDates(month)) ? this.times.covered
      : mentorsDates(month, addMonths(month, 1)), { quietly: true });
    await sessions;
    this.loadNextIfFull();
  }

  changeLength(minutes) {
    return this.changeDuration(
      minutes === minutesOf(this.info.slot_duration) ? null : `${minutes} minutes`);
  }

  async changeDuration(duration) {
    this.times.setDuration(duration);
    this.nextRows = null;
    await this.load(mentorsDates(this.choice.month, addMonths(this.choice.month, 1)));
    this.loadNextIfFull();
  }

  /** A month without a free time offers the next ones that there are. */
  async loadNextIfFull() {
    if (this.state === 'failed' || !this.choice.monthIsFull) return;
    try {
      this.nextRows = await this.api.rpc('next_available_slots', {
        mentor_id: this.mentor, how_many: nextTimes, ...durationArgument(this.times.duration),
      }, { open: true });
    } catch {
      // The months can be turned all the same.
      this.nextRows = null;
    }
    this.render();
  }

  /** What was typed has been sent. */
  clearForm() {
    this.choice.end();
    this.kept.note = '';
    this.parts.details.note.value = '';
  }

  /** The page is left, or shows another visit. */
  end({ keepalive = false } = {}) {
    this.hold.release({ keepalive });
    if (keepalive) return;
    this.#isOver = true;
    this.changes.stop();
  }
}
