// What the contract says of one start, from what is told about the mentor: the list by that, and the
// answer of book_session in the order in which its reasons are named. Instants are microseconds.
import { toDay, toText } from './recurrence_model.mjs';

const second = 1000000;
const day = 86400 * second;
export const mostAlternatives = 5;
const mostHolds = 5;
const reach = 64 * day;

const mondayOf = (date) => toText(toDay(date) - (toDay(date) + 3) % 7);
const share = (a, b) => a.starts < b.ends && b.starts < a.ends;

export class Expectation {
  #facts;
  #sessions;
  #counted;
  #holds;
  #listed;

  /** `listed` are the rows of available_slots for the day, whose hours are the model's to check. */
  constructor(facts, listed) {
    this.#facts = facts;
    this.#sessions = facts.sessions.filter(({ status }) => status === 'scheduled');
    this.#counted = facts.sessions.filter((session) => session.is_theirs && session.status !== 'cancelled');
    this.#holds = facts.holds.filter((hold) => hold.is_theirs);
    this.#listed = new Map(listed.map((row) => [row.key, row]));
  }

  /** The mentor's live holds that are not that startup's, or all of them. */
  #holdsOfOthers(startup) {
    return this.#holds.filter((hold) => hold.startup !== startup);
  }

  /** Whether the day or the ISO week has as many sessions as the mentor wants: all but cancelled ones, and
   *  what others hold. */
  #isFullAt({ key }, startup) {
    const { per_day: perDay, per_week: perWeek } = this.#facts;
    const counted = [...this.#counted, ...this.#holdsOfOthers(startup)];
    const count = (unit, at) => counted.filter((one) => one[unit] === at).length;
    const date = key.slice(0, 10);
    return (perDay !== null && count('day', date) >= perDay)
      || (perWeek !== null && count('week', mondayOf(date)) >= perWeek);
  }

  #isOutside({ starts }) {
    return starts < this.#facts.earliest || starts > this.#facts.latest;
  }

  /** Of the mentor's sessions, those that share time with the slot, or stand at its date and time. */
  #inTheWay(slot) {
    return this.#sessions.filter((session) => session.is_theirs
      && (share(session, slot) || session.key === slot.key));
  }

  #withRoom({ starts, ends }) {
    const { gap } = this.#facts;
    return { starts: starts - gap, ends: ends + gap };
  }

  #lacksRoom(slot) {
    return this.#sessions.some((session) => session.is_theirs && share(session, this.#withRoom(slot)));
  }

  /** What another's hold says, where no session of the mentor's is in the way; in between comes whether the
   *  startup itself is free. */
  #reasonOfHolds(slot, startup) {
    const holds = this.#holdsOfOthers(startup);
    if (holds.some((hold) => share(hold, slot))) return 'slot_held';
    return holds.some((hold) => share(hold, this.#withRoom(slot))) ? 'mentor_unavailable' : undefined;
  }

  /** The state of a listed slot. */
  stateOf(slot) {
    if (this.#isOutside(slot)) return 'closed';
    if (this.#inTheWay(slot).length) return 'booked';
    if (this.#lacksRoom(slot)) return 'closed';
    const reason = this.#reasonOfHolds(slot);
    if (reason) return reason === 'slot_held' ? 'held' : 'closed';
    return this.#isFullAt(slot) ? 'closed' : 'available';
  }

  /** The outcome of book_session for a start that the mentor's clock may skip. */
  outcomeOf(slot, startup) {
    if (slot.is_skipped) return 'invalid_time';
    const inTheWay = this.#inTheWay(slot);
    const isOwn = (session) => session.startup === startup;
    if (inTheWay.some((session) => isOwn(session)
      && session.starts === slot.starts && session.ends === slot.ends))
      return 'already_yours';
    if (this.#isOutside(slot)) return 'outside_booking_window';
    if (this.#facts.has_hours && !slot.is_listed && !this.#listed.has(slot.key)) return 'mentor_unavailable';
    if (!inTheWay.length && this.#lacksRoom(slot)) return 'mentor_unavailable';
    if (inTheWay.some((session) => !isOwn(session))) return 'slot_taken';
    if (inTheWay.length) return 'startup_busy';
    const reason = this.#reasonOfHolds(slot, startup);
    if (reason === 'mentor_unavailable') return reason;
    if (this.#sessions.some((session) => isOwn(session) && share(session, slot))) return 'startup_busy';
    if (reason) return reason;
    return this.#isFullAt(slot, startup) ? 'limit_reached' : 'booked';
  }

  /** The outcome of hold_slot: what can be booked can be held, but only so many at once. */
  outcomeOfHold(slot, startup) {
    const outcome = this.outcomeOf(slot, startup);
    if (outcome !== 'booked') return outcome;
    const own = this.#facts.holds.filter((hold) => hold.startup === startup);
    const isThere = own.some((hold) => hold.is_theirs && hold.starts === slot.starts && hold.ends === slot.ends);
    return own.length >= mostHolds && !isThere ? 'limit_reached' : 'held';
  }

  /** Until when a slot is held that others hold. */
  expiryOf(slot, startup) {
    return Math.max(...this.#holdsOfOthers(startup).filter((hold) => share(hold, slot)).map(({ expires }) => expires));
  }

  /** When the startup's own holds of the mentor's begin: about there it may book more than the list shows. */
  ownHolds(startup) {
    return this.#holds.filter((hold) => hold.startup === startup).map(({ starts }) => starts);
  }

  /** The starts that a refusal is to name: the nearest to the wish of those that are available, to that
   *  startup of the days about the wish or, for one out of the window, about the window's nearest end. */
  alternativesTo({ starts }, startup, available, length) {
    const { earliest, latest } = this.#facts;
    const centre = Math.min(Math.max(starts, earliest), Math.max(earliest, latest));
    const own = this.#sessions.filter((session) => session.startup === startup);
    return nearest(available, starts, (at) => Math.abs(at - centre) <= reach
      && !own.some((session) => share(session, { starts: at, ends: at + length })));
  }
}

/** Of instants in order, the five nearest to `wish` that are wanted; of two as near, the earlier first. */
function nearest(instants, wish, isWanted) {
  const found = [];
  let after = instants.findIndex((at) => at >= wish);
  if (after < 0) after = instants.length;
  let before = after - 1;
  while (found.length < mostAlternatives && (before >= 0 || after < instants.length)) {
    const goesBack = after >= instants.length
      || (before >= 0 && wish - instants[before] <= instants[after] - wish);
    const at = goesBack ? instants[before] : instants[after];
    if (goesBack) before -= 1;
    else after += 1;
    if (isWanted(at)) found.push(at);
  }
  return found;
}
