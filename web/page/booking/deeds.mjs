// What a visitor does: book, move, cancel, take the calendar file. Each is asked for once at a
// time, and what came of it is told. Whether a time is free is the database's to say.
import { CallRefused, NoAnswer, newKey } from '../common/api.mjs';
import { focusedElement } from '../common/element.mjs';
import { asRefusal } from './changes.mjs';
import { actionButton, buttonRow } from './message_view.mjs';
import { againWay, changedMessage, outcomeMessage, plainMessage, troubleMessage, unreadableMessage }
  from './messages.mjs';
import { askToCancel, deedButtons } from './sessions_view.mjs';
import { durationArgument } from './times.mjs';
import { focusTimes } from './times_view.mjs';

const mostOffered = 5;

/**
 * @typedef {object} Wish  one press that books; with its key again it asks for the same booking
 * @property {object} row  of the list, or an alternative of an answer
 * @property {string | null} duration  the length that is chosen by the next try may be another
 * @property {string} key
 * @property {string} note
 * @property {string | null} holdToken
 * @property {boolean} [isLost]  it was asked for, and no answer came: it may be booked
 */

export class Deeds {
  #visit;

  /** @param {import('./visit.mjs').Visit} visit */
  constructor(visit) {
    this.#visit = visit;
    /** What is being asked for: `book`, `move`, `cancel`, or nothing. */
    this.asking = null;
    /** When the time begins that the latest answer was about, as its row has it. */
    this.toldOf = null;
    /** Whether the visitor has been told that his choice is gone, and has not chosen since. */
    this.isGone = false;
    this.onSession = {
      calendar: (session) => this.#takeCalendarFile(session),
      move: (session) => visit.choice.beginMove(session),
      cancel: (session) => this.#askToCancel(session),
    };
  }

  /** The form is being filled in: from now on the time is held, where this visitor may hold. */
  beginToFillIn() {
    const { choice, hold, times, mentor, startup } = this.#visit;
    if (choice.row) hold.take(mentor, startup, choice.row, times.duration);
  }

  /** The button was pressed. */
  decide() {
    const { row, moving } = this.#visit.choice;
    if (this.asking !== null) return;
    if (row === undefined && this.isGone) {
      // The list was quicker than the press: what it told is the answer.
      this.#visit.teller.focus();
    } else if (row === undefined) {
      this.#visit.tell(plainMessage('choose_time', { tone: 'warning', problem: 'no-choice' }));
    } else if (moving !== null) this.move(moving, row);
    else this.bookRow(row);
  }

  /** The chosen time is gone. Told where the visitor is, without taking the keyboard from him. */
  tellItIsGone(row, state) {
    const nearest = this.#visit.times.nearest(Date.parse(row.starts_at), mostOffered);
    this.#tellRefusal(asRefusal(row, state, nearest));
  }

  /** The time can't be held, so it can't be booked either. */
  tellHoldRefused(result, row) {
    this.#visit.choice.instant = null;
    this.#tellRefusal({ ...result, starts_at: result.starts_at ?? row.starts_at,
      ends_at: result.ends_at ?? row.ends_at });
    this.#visit.refresh();
  }

  /**
   * Somebody else has called a session off, or moved it: told where the visitor is.
   * @param {{ before: object, now: object }} change  of Sessions
   */
  tellWhatOthersDid(change) {
    const { choice, teller } = this.#visit;
    const { before, now } = change;
    if (choice.moving?.session_id === before.session_id) choice.endMove();
    const message = changedMessage(change);
    // Its own card says it too; what was asked for and not answered must stay in reach.
    if (teller.isToRetry) this.#visit.announce(message.say(this.#visit.speech).title);
    else this.#visit.tell(message, { focus: isNowhere() });
  }

  #tellRefusal(result) {
    const { choice: { moving }, times: { duration } } = this.#visit;
    const message = outcomeMessage(result, this.#visit.speech, {
      heading: moving ? 'alternatives_to_move' : 'alternatives',
      onAlternative: (row) => (moving ? this.move(moving, row) : this.bookRow(row, duration)),
    });
    this.#visit.tell(message, { focus: false });
    this.isGone = true;
  }

  /** A press that books a time, with what has been typed, for the length that it is shown for. */
  bookRow(row, duration = this.#visit.times.duration) {
    const { hold, kept } = this.#visit;
    return this.book({
      row, duration, key: newKey(), note: kept.note.trim(),
      holdToken: hold.tokenFor(row),
    });
  }

  /** @param {Wish} wish */
  async book(wish) {
    const { api, mentor, startup, hold, kept } = this.#visit;
    const answer = await this.#ask('book', async () => {
      await hold.settled;
      const asked = { ...wish, holdToken: wish.holdToken ?? hold.tokenFor(wish.row) };
      kept.wish = asked;
      return api.rpc('book_session', bookArguments(mentor, startup, asked));
    }, (error) => this.#missAnswer(error, wish));
    if (answer === undefined) return;
    kept.wish = undefined;
    await this.#tellBooking(answer.result, wish);
  }

  #missAnswer(error, wish) {
    const { kept } = this.#visit;
    const isLost = wish.isLost || error instanceof NoAnswer;
    const again = { ...wish, isLost };
    // What may have arrived is asked about until somebody has answered.
    kept.wish = isLost ? again : undefined;
    this.#visit.tell(troubleMessage(error, {
      noAnswer: 'unanswered',
      refused: isLost ? 'failed_after_silence' : 'failed',
      again: () => this.book(again),
    }), { retry: () => this.book(again) });
  }

  async #tellBooking(result, wish) {
    const visit = this.#visit;
    const { outcome } = result ?? {};
    const isMine = outcome === 'booked' || outcome === 'already_yours';
    if (outcome === 'booked') {
      visit.clearForm();
      visit.choice.showDayOf(result);
    }
    const message = this.#readable(result, () => this.book(wish), {
      heading: 'alternatives',
      onAlternative: (row) => this.book({ ...wish, row, key: newKey(), holdToken: null,
        isLost: false, note: visit.kept.note.trim() }),
      lines: (speech) => (outcome === 'booked' && wish.note
        ? [speech.say('your_note', { note: wish.note })] : []),
      ways: isMine ? (speech) => this.#waysOnFrom(result, speech) : undefined,
    });
    await this.#tellAndRefresh(message, outcome === 'booked' ? 'booked' : 'refused', result);
  }

  #waysOnFrom(session, speech) {
    const visit = this.#visit;
    const another = actionButton('another', speech.say('another'), () => {
      visit.clearMessage();
      focusTimes(visit.parts.times);
    });
    const canDo = visit.sessions.areReadable && session.session_id;
    return [buttonRow(...(canDo ? deedButtons(session, this.onSession, speech) : []), another)];
  }

  #missDeed(error, session, again) {
    const about = (speech) => speech.whenLines(session);
    this.#visit.tell(troubleMessage(error, { noAnswer: 'unanswered_deed', about, again }),
      { retry: again });
  }

  /** Moves a session to a row of the list; asked for again, it stands there already. */
  async move(session, row) {
    const visit = this.#visit;
    const again = () => this.move(session, row);
    const answer = await this.#ask('move', () => visit.sessions.move(session, row),
      (error) => this.#missDeed(error, session, again));
    if (answer === undefined) return;
    const { result } = answer;
    const isMoved = result?.outcome === 'rescheduled';
    const isGone = result?.outcome === 'already_cancelled' || result?.outcome === 'not_found';
    if (isGone) await visit.sessions.load();
    if (isMoved || isGone) await visit.choice.endMove();
    if (isMoved) visit.choice.showDayOf(result);
    const reason = isGone ? visit.sessions.reasonOf(session.session_id) : undefined;
    const message = this.#readable(result, again, {
      heading: 'alternatives_to_move',
      onAlternative: (other) => this.move(session, other),
      region: isGone ? 'refusal' : undefined,
      lines: (speech) => linesOfMove(speech, { session, isMoved, isGone, reason }),
      ways: isMoved ? (speech) => this.#waysOnFrom(result, speech) : undefined,
    });
    await this.#tellAndRefresh(message, isMoved ? 'rescheduled' : 'refused', result);
  }

  async #askToCancel(session) {
    const { parts, speech } = this.#visit;
    const reason = await askToCancel(parts.dialog, session, speech);
    if (reason !== undefined) await this.#cancel(session, reason);
  }

  async #cancel(session, reason) {
    const visit = this.#visit;
    const again = () => this.#cancel(session, reason);
    const answer = await this.#ask('cancel', () => visit.sessions.cancel(session, reason),
      (error) => this.#missDeed(error, session, again));
    if (answer === undefined) return;
    const { result } = answer;
    const isCancelled = result?.outcome === 'cancelled';
    if (visit.choice.moving?.session_id === session.session_id) visit.choice.endMove();
    const lines = (speech) => (isCancelled && reason ? [speech.say('reason', { reason })] : []);
    await this.#tellAndRefresh(this.#readable(result, again, { lines }),
      isCancelled ? 'cancelled' : 'refused', result);
  }

  async #takeCalendarFile(session) {
    const visit = this.#visit;
    try {
      const file = await visit.sessions.saveCalendarFile(session);
      visit.announce(visit.speech.say('calendar_saved', { file }));
    } catch (error) {
      const again = () => this.#takeCalendarFile(session);
      visit.tell(error instanceof CallRefused
        ? troubleMessage(error, { refused: 'no_calendar_file', again })
        : plainMessage('no_calendar_file', {
          tone: 'error', problem: 'no-answer', ways: againWay(again),
        }));
    }
  }

  /** One at a time: a second press while one is under way does nothing. */
  async #ask(deed, asking, onTrouble) {
    if (this.asking !== null) return undefined;
    this.asking = deed;
    this.isGone = false;
    this.toldOf = this.#visit.choice.row?.starts_at ?? null;
    this.#visit.render();
    try {
      return { result: await asking() };
    } catch (error) {
      this.asking = null;
      onTrouble(error);
      return undefined;
    } finally {
      this.asking = null;
      this.#visit.render();
    }
  }

  /** The message for an answer, also where it is none that this page can read. */
  #readable(result, again, more) {
    try {
      return outcomeMessage(result, this.#visit.speech, more);
    } catch (error) {
      console.error(error);
      return { ...unreadableMessage(result, again), refresh: true };
    }
  }

  async #tellAndRefresh(message, event, result) {
    const visit = this.#visit;
    visit.tell(message);
    visit.fire(event, result);
    // An answer stays on the page whatever becomes of the lists: lost, it would be asked for again.
    if (message.refresh) await visit.refresh();
  }
}

function linesOfMove(speech, { session, isMoved, isGone, reason }) {
  if (isGone) return reason ? [speech.say('reason', { reason })] : [];
  const { when } = speech.session(session);
  if (!isMoved) return [speech.say('old_time_kept', { when })];
  const { visitor_note: note } = session;
  return [speech.say('moved_from', { when }), ...(note ? [speech.say('your_note', { note })] : [])];
}

/** Whether the keyboard has lost its place, since what it stood on is gone. */
const isNowhere = () => focusedElement() === document.body;

function bookArguments(mentor, startup, { row, duration, key, note, holdToken }) {
  return {
    mentor_id: mentor,
    startup_id: startup,
    session_date: row.session_date,
    session_time: row.session_time,
    ...durationArgument(duration),
    idempotency_key: key,
    ...(holdToken ? { hold_token: holdToken } : {}),
    ...(note ? { visitor_note: note } : {}),
  };
}
