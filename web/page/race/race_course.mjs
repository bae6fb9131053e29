// What is asked, and in which order: the next free time, two calls at once, the row that came of
// it. Nothing is shown here.
import { Api } from '../common/api.mjs';
import { compareClocks, instantOf, playStorm, signIn } from './demo_api.mjs';
import { forget, madeHere, remember } from './made_here.mjs';
import { selectedColumns } from './tables.mjs';

/** Which of the two is sent first is drawn by lot, so that neither is favoured. */
function inRandomOrder(list) {
  return crypto.getRandomValues(new Uint8Array(1))[0] < 128 ? list : list.toReversed();
}

export class RaceCourse {
  #anybody = new Api();
  #apiOf = new Map();
  #mentorsApi;

  /** @param {string} mentor */
  constructor(mentor) {
    this.mentor = mentor;
  }

  /** @param {number[]} startups  those that will race */
  async signIn(startups) {
    this.#mentorsApi = await signIn({ mentor: this.mentor });
    for (const startup of startups) this.#apiOf.set(startup, await signIn({ startup }));
  }

  /** The mentor's time zone. */
  async mentorZone() {
    const answer = await this.#anybody.rpc('mentor_info', { mentor_id: this.mentor });
    return (Array.isArray(answer) ? answer[0] : answer).time_zone;
  }

  /** The next slot that is free, or undefined. */
  async nextSlot() {
    const [slot] = await this.#anybody.rpc('next_available_slots',
      { mentor_id: this.mentor, how_many: 1 });
    return slot;
  }

  /**
   * Both ask for the slot at once.
   * @param {number} pressed  as performance.now() has it
   * @returns {Promise<{ startup: number, result: object, sent: number, answered: number }[]>}
   *   in the order of `startups`; times in milliseconds since the press
   */
  async race(startups, slot, pressed) {
    const asked = inRandomOrder(startups).map((startup) => this.#book(startup, slot, pressed));
    const answers = await Promise.all(asked);
    for (const { result } of answers) {
      if (result.outcome === 'booked') remember(result.session_id);
    }
    return startups.map((one) => answers.find(({ startup }) => startup === one));
  }

  async #book(startup, { session_date, session_time }, pressed) {
    const sent = performance.now() - pressed;
    const result = await this.#apiOf.get(startup).rpc('book_session',
      { mentor_id: this.mentor, startup_id: startup, session_date, session_time });
    return { startup, result, sent, answered: performance.now() - pressed };
  }

  /** A hundred ask for the slot at once; see web/demo/storm.mjs for what is told. */
  async storm(slot) {
    const storm = await playStorm(this.mentor, slot);
    const winners = storm.told.filter(({ outcome }) => outcome === 'booked');
    const rows = await this.rowsAt(slot);
    for (const { id, startup_id } of rows) {
      if (winners.some((winner) => winner.startup_id === startup_id)) remember(id);
    }
    return { ...storm, rows };
  }

  /** Every scheduled session of the mentor's that shares an instant with the slot. */
  rowsAt({ starts_at, ends_at }) {
    return this.#mentorsApi.table('mentor_startup_sessions').get({
      select: selectedColumns,
      mentor_id: `eq.${this.mentor}`,
      status: 'eq.scheduled',
      starts_at: `lt.${ends_at}`,
      ends_at: `gt.${starts_at}`,
      order: 'starts_at',
    });
  }

  /**
   * When the database decided, by the window's clock.
   * @returns {Promise<{ decided: number, margin: number, instant: number }>}  milliseconds since
   *   the press, how far that may be wrong, and the instant in milliseconds since 1970
   */
  async momentOf({ created_at }, pressed) {
    const { ahead, margin } = await compareClocks();
    const instant = instantOf(created_at);
    return { decided: instant - ahead - pressed, margin, instant };
  }

  /** Cancels what was booked here, as the mentor; returns how many sessions that were. */
  async tidyUp(reason) {
    let cancelled = 0;
    for (const session_id of madeHere()) {
      const { outcome } = await this.#mentorsApi.rpc('cancel_session', { session_id, reason });
      cancelled += outcome === 'cancelled';
      forget(session_id);
    }
    return cancelled;
  }
}
