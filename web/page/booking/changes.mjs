// What others do meanwhile: their bookings and holds, the mentor's new hours. It shows where it is,
// without moving anything, and the visitor whose chosen time is gone is told so at once.
import { CallRefused, NoAnswer } from '../common/api.mjs';
import { Live } from '../common/live.mjs';

// A booking changes a day, or with a limit a week; what changes more may be the mentor's settings.
const mostDaysOfABooking = 7;

export class Changes {
  #visit;
  #live;
  #isFirst = true;
  #ageTimer;
  #isLookingAtSessions = false;
  #isToLookAgain = false;
  state = 'live';

  /** @param {import('./visit.mjs').Visit} visit */
  constructor(visit) {
    this.#visit = visit;
  }

  follow() {
    if (this.#live !== undefined) return;
    const { api, mentor } = this.#visit;
    this.#live = new Live(api, mentor, {
      onChange: (change) => this.#take(change),
      onState: (state) => {
        this.state = state;
        this.#visit.render();
      },
    });
    // How old the list is, is said in minutes.
    this.#ageTimer = setInterval(() => this.#visit.render(), 60_000);
  }

  stop() {
    this.#live?.stop();
    clearInterval(this.#ageTimer);
  }

  /** @param {{ dates: string[], slots: object[] } | null} change  null: look for yourself */
  async #take(change) {
    const visit = this.#visit;
    const range = this.#rangeToFetch(change);
    // Before anything is waited for: what is told next is newer, and must not be written over.
    if (range === null && change !== null) this.#takeRows(change);
    // The first event of a stream tells everything, which has just been fetched.
    const isNew = change === null || change.dates.length > mostDaysOfABooking;
    if (isNew && !this.#isFirst) await visit.readInfoAgain();
    // Also at the first event: since they were read, somebody may have changed one.
    if (change === null || this.#concernsSessions(change)) this.#lookAtSessions();
    this.#isFirst = false;
    if (range !== null) await this.#lookAgain(range);
    visit.render();
    visit.loadNextIfFull();
  }

  #takeRows({ dates, slots }) {
    this.#visit.times.take(dates, slots);
    this.#visit.loadedAt = Date.now();
  }

  /** Whatever is done to a session of one's own changes its day. */
  #concernsSessions({ dates }) {
    return this.#visit.sessions.list?.some(({ session_date: date }) => dates.includes(date));
  }

  /** What is told while they are being read is looked at once more, however much it is. */
  async #lookAtSessions() {
    this.#isToLookAgain = true;
    if (this.#isLookingAtSessions || !this.#visit.sessions.areReadable) return;
    this.#isLookingAtSessions = true;
    while (this.#isToLookAgain) {
      this.#isToLookAgain = false;
      await this.readSessions();
    }
    this.#isLookingAtSessions = false;
  }

  /** Reads one's own sessions again; what somebody else has done to one is told. */
  async readSessions() {
    const visit = this.#visit;
    const changes = await visit.sessions.load();
    visit.render();
    for (const change of changes) visit.deeds.tellWhatOthersDid(change);
  }

  /** Without a word, as nobody here has asked for it; where nothing comes, the list grows older. */
  async #lookAgain(range) {
    try {
      await this.#visit.times.load(range);
      this.#visit.loadedAt = Date.now();
    } catch (error) {
      if (!(error instanceof NoAnswer || error instanceof CallRefused)) throw error;
    }
  }

  /** The event has the rows of the mentor's usual length: those of another one are fetched. */
  #rangeToFetch(change) {
    const { times } = this.#visit;
    const { covered } = times;
    if (covered === null || (change !== null && times.duration === null)) return null;
    if (change === null) return covered;
    const dates = change.dates.filter((date) => date >= covered.from && date <= covered.to).sort();
    return dates.length === 0 ? null : { from: dates[0], to: dates.at(-1) };
  }
}

/**
 * An answer such as the database would give to whoever asked for a time that is gone from the list:
 * the words and the buttons are the same.
 * @param {object} row  as it was when it was chosen
 * @param {string | undefined} state  what the list says of it now
 * @param {object[]} nearest  free rows
 */
export function asRefusal(row, state, nearest) {
  const outcomes = { booked: 'slot_taken', held: 'slot_held' };
  return {
    outcome: outcomes[state] ?? 'mentor_unavailable',
    session_date: row.session_date,
    session_time: row.session_time,
    starts_at: row.starts_at,
    ends_at: row.ends_at,
    replayed: false,
    message: '',
    alternatives: nearest.map(({ session_date, session_time, starts_at, ends_at }) =>
      ({ session_date, session_time, starts_at, ends_at })),
  };
}
