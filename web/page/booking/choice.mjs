// What the visitor has chosen: a month to look at, a day, a time, and a session to move. A time is
// chosen as an instant, so no other zone, clock or list can make it another one.
import { focusedElement } from '../common/element.mjs';
import { addMonths, mentorsDates, monthOf } from './calendar_dates.mjs';
import { focusDay } from './month_view.mjs';
import { focusTimes } from './times_view.mjs';

const isFree = ({ bookable }) => bookable;

export class Choice {
  #visit;
  #durationBefore = null;

  month;
  date;
  /** The day that the keyboard's Tab goes to. */
  tabStop;
  /** In milliseconds; null: no time is chosen. */
  instant = null;
  /** The session that another time is being chosen for. */
  moving = null;
  formIsOpen = false;

  /** @param {import('./visit.mjs').Visit} visit */
  constructor(visit) {
    this.#visit = visit;
  }

  /** The row of the list that is chosen. */
  get row() {
    return this.instant === null ? undefined
      : this.#visit.times.rows.find((row) => Date.parse(row.starts_at) === this.instant);
  }

  /** A day with a free time is open from the start, of this month or of the next. */
  openFirst(days) {
    const free = days.find(({ slots }) => slots.some(isFree));
    this.date = free?.date;
    this.month = monthOf(free?.date ?? this.#visit.today);
  }

  /**
   * What was chosen stays so while the database offers it.
   * @param {object[]} days  of formatSlots
   * @returns {{ day: object | undefined, slot: object | undefined, lost: object | null }} lost: the
   *   slot that was chosen, and is free no more; where it left the list, all but its state
   */
  settle(days) {
    const found = this.#find(days);
    let lost = null;
    if (this.instant !== null && !found.slot?.bookable) {
      lost = found.slot ?? {};
      this.instant = null;
      found.slot = undefined;
    }
    if (found.day) this.date = found.day.date;
    const day = days.find(({ date }) => date === this.date) ?? this.#firstOfMonth(days);
    this.date = day?.date;
    return { day, slot: found.slot, lost };
  }

  #find(days) {
    if (this.instant === null) return {};
    for (const day of days) {
      const slot = day.slots.find(({ startsAt }) => Date.parse(startsAt) === this.instant);
      if (slot) return { day, slot };
    }
    return {};
  }

  #firstOfMonth(days) {
    const ofMonth = days.filter(({ date }) => monthOf(date) === this.month);
    return ofMonth.find(({ slots }) => slots.some(isFree)) ?? ofMonth[0];
  }

  /** Shows another month; a time that is chosen stays, a day alone goes along. */
  async showMonth(month) {
    const visit = this.#visit;
    this.month = month;
    if (this.instant === null) this.date = undefined;
    visit.render();
    visit.announce(visit.parts.month.heading.textContent);
    if (!visit.times.covers(mentorsDates(month))) {
      await visit.load(mentorsDates(month, addMonths(month, 1)));
    }
    if (this.month === month) this.#announceMonth();
    visit.loadNextIfFull();
  }

  /** For those who listen: the month, and the day whose times came along with it. */
  #announceMonth() {
    const visit = this.#visit;
    const month = visit.parts.month.heading.textContent;
    const day = monthOf(this.date ?? '') === this.month ? this.dayInWords : '';
    visit.announce(day === '' ? month : visit.speech.say('turned', { month, day }));
  }

  /** The day whose times are shown, with the number of the free ones. */
  get dayInWords() {
    const { date } = this;
    if (date === undefined) return '';
    const { days, speech } = this.#visit;
    const { weeks } = speech.month(monthOf(date), days);
    return weeks.flat().find((day) => day?.date === date).description;
  }

  /** @param {number} months  forward, or back where it is negative */
  turn(months) {
    this.tabStop = undefined;
    return this.showMonth(addMonths(this.month, months));
  }

  /** The keyboard goes on to a day, of whichever month. */
  goToDay(date) {
    const { today, lastDate, parts } = this.#visit;
    const goal = date < today ? today : date > lastDate ? lastDate : date;
    this.tabStop = goal;
    if (monthOf(goal) !== this.month) this.showMonth(monthOf(goal));
    focusDay(parts.month, goal);
    // Where the keyboard stands is in the order of Tab, and no other day.
    this.#visit.render();
  }

  chooseDay(date) {
    if (this.instant !== null && date !== this.date) this.#chooseNoTime();
    Object.assign(this, { date, tabStop: date });
    this.#visit.render();
    focusTimes(this.#visit.parts.times);
  }

  chooseTime(instant) {
    if (this.instant === instant) return;
    this.#chooseNoTime();
    this.instant = instant;
    this.#visit.teller.forgetChoice();
    Object.assign(this.#visit.deeds, { toldOf: null, isGone: false });
    if (this.moving === null) {
      this.formIsOpen = true;
      const { row } = this;
      this.#visit.kept.choice = row && { row, duration: this.#visit.times.duration };
    }
    this.#visit.render();
  }

  /** What was chosen before a reload is chosen again, and held again where it was held. */
  async restore({ row }) {
    const visit = this.#visit;
    const instant = Date.parse(row.starts_at);
    this.month = monthOf(visit.speech.days([row])[0].date);
    const range = mentorsDates(this.month);
    if (!visit.times.covers(range)) await visit.times.load(range).catch(() => {});
    if (visit.kept.isHeld) {
      visit.hold.take(visit.mentor, visit.startup, row, visit.times.duration);
    }
    Object.assign(this, { instant, formIsOpen: true });
  }

  #chooseNoTime() {
    this.instant = null;
    this.#visit.kept.choice = undefined;
    this.#visit.hold.release();
  }

  /** A free time of another month, as a full one offers it. */
  async chooseRow(row) {
    const visit = this.#visit;
    this.month = monthOf(visit.speech.days([row])[0].date);
    const range = mentorsDates(this.month);
    if (!visit.times.covers(range)) await visit.load(range);
    this.chooseTime(Date.parse(row.starts_at));
    focusTimes(visit.parts.times);
  }

  /** It is booked, or moved: nothing is chosen any more. */
  end() {
    this.#visit.hold.forget();
    this.#visit.kept.choice = undefined;
    this.instant = null;
    this.formIsOpen = false;
  }

  async beginMove(session) {
    const visit = this.#visit;
    visit.clearMessage();
    this.#chooseNoTime();
    if (this.moving === null) this.#durationBefore = visit.times.duration;
    Object.assign(this, { moving: session, formIsOpen: false });
    this.showDayOf(session);
    visit.render();
    visit.announce(visit.parts.moving.textContent);
    focusTimes(visit.parts.times);
    await visit.changeLength(
      (Date.parse(session.ends_at) - Date.parse(session.starts_at)) / 60_000);
    // The time that the keyboard stood on may be none of this length; else it has gone on by now.
    const isLost = [document.body, visit.parts.times].includes(focusedElement());
    if (this.moving === session && isLost) focusTimes(visit.parts.times);
  }

  /** The day on which a session is, of this visitor's calendar. */
  showDayOf(session) {
    this.date = this.#visit.speech.days([{ ...session, state: 'booked' }])[0].date;
    this.month = monthOf(this.date);
  }

  /** The length that was chosen before is chosen again. */
  async endMove() {
    if (this.moving === null) return;
    this.moving = null;
    this.instant = null;
    this.#visit.announce('');
    await this.#visit.changeDuration(this.#durationBefore);
  }

  /** The session stays where it is. */
  keepSession() {
    const { parts } = this.#visit;
    const { session_id: id } = this.moving;
    this.endMove();
    this.#visit.clearMessage();
    this.#visit.render();
    const from = parts.sessions.list.querySelector(`[data-session="${id}"] [data-action="move"]`);
    if (from) from.focus();
    else focusTimes(parts.times);
  }

  /** Whether the shown month has no free time. */
  get monthIsFull() {
    const { times, days } = this.#visit;
    return times.covers(mentorsDates(this.month)) && !days.some(({ date, slots }) =>
      monthOf(date) === this.month && slots.some(isFree));
  }

  /** @returns {{ isFirst: boolean, isLast: boolean }} */
  get ends() {
    const { today, lastDate } = this.#visit;
    return { isFirst: this.month <= monthOf(today), isLast: this.month >= monthOf(lastDate) };
  }

  /** The day of the shown month that Tab goes to. */
  tabStopOf(month) {
    const [today, first] = [this.#visit.today, `${month}-01`];
    for (const date of [this.tabStop, this.date, today]) {
      if (date && monthOf(date) === month) return date;
    }
    return first;
  }
}
