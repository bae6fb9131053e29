// A hold: the chosen time is kept for the visitor while the form is filled in. It is a courtesy;
// where it can't be had, the visit goes on without.
import { CallRefused } from '../common/api.mjs';
import { durationArgument } from './times.mjs';

// hold_slot()'s own default. The visitor's clock may be wrong, so what is left is reckoned from it.
const usual = 300_000;

export class Hold {
  #api;
  #kept;
  #onChange;
  #onRefusal;
  #mayHold = true;
  #wanted = null;
  #taken = null;
  #timer;

  /**
   * @param {import('../common/api.mjs').Api} api
   * @param {import('./kept.mjs').Kept} kept  what is held goes on being held after a reload
   * @param {object} listener
   * @param {() => void} listener.onChange  each second while something is held, and at its end
   * @param {(result: object, row: object) => void} listener.onRefusal  the time is not to be had
   */
  constructor(api, kept, { onChange, onRefusal }) {
    this.#api = api;
    this.#kept = kept;
    this.#onChange = onChange;
    this.#onRefusal = onRefusal;
  }

  /** Settles when nothing is being asked for. */
  settled = Promise.resolve();

  /** Whether a row of the list is held by this visitor, so that `held` need not stop him. */
  isOwn({ starts_at: starts, ends_at: ends }) {
    const own = this.#wanted;
    return own !== null && Date.parse(starts) < Date.parse(own.row.ends_at)
      && Date.parse(own.row.starts_at) < Date.parse(ends);
  }

  /** Rows of the list as this visitor has them: the very same ones while he holds nothing. */
  freeToOwner(rows) {
    const isHeldByOwner = (row) => row.state === 'held' && this.isOwn(row);
    return !rows.some(isHeldByOwner) ? rows
      : rows.map((row) => (isHeldByOwner(row) ? { ...row, state: 'available' } : row));
  }

  /** The token to book a time with, also of a hold that has ended: it may still be free. */
  tokenFor(row) {
    return this.#taken !== null && this.#wanted?.row.starts_at === row.starts_at
      ? this.#taken.token : null;
  }

  /** Milliseconds; null where nothing was held. */
  get left() {
    return this.#taken && Math.max(0, this.#taken.until - performance.now());
  }

  /** Holds a time, unless it is held already. */
  take(mentor, startup, row, duration) {
    if (!this.#mayHold || this.#wanted?.row.starts_at === row.starts_at) return;
    this.release();
    const wanted = { row };
    this.#wanted = wanted;
    this.#kept.isHeld = true;
    this.settled = this.#ask(wanted, { mentor, startup, duration });
  }

  async #ask(wanted, { mentor, startup, duration }) {
    let result;
    try {
      result = await this.#api.rpc('hold_slot', {
        mentor_id: mentor,
        startup_id: startup,
        session_date: wanted.row.session_date,
        session_time: wanted.row.session_time,
        ...durationArgument(duration),
      });
    } catch (error) {
      // Whoever may not hold, may book all the same.
      if (error instanceof CallRefused) this.#mayHold = false;
      if (this.#wanted === wanted) this.#wanted = null;
      return;
    }
    if (this.#wanted !== wanted) this.#giveBack(result.hold_token);
    else if (result.outcome === 'held') this.#begin(result);
    else this.#refuse(result, wanted.row);
  }

  #begin({ hold_token: token, expires_at: expires, replayed }) {
    const left = replayed ? Math.min(usual, Date.parse(expires) - Date.now()) : usual;
    this.#taken = { token, until: performance.now() + left };
    this.#timer = setInterval(() => {
      if (this.left === 0) clearInterval(this.#timer);
      this.#onChange();
    }, 1000);
    this.#onChange();
  }

  #refuse(result, row) {
    this.#wanted = null;
    // So many times are held for him already that this one can't be: it can be booked.
    if (result.outcome !== 'limit_reached') this.#onRefusal(result, row);
  }

  /** Gives it back. @param {{ keepalive?: boolean }} [how]  the page is being left */
  release(how) {
    const { isHeld } = this.#kept;
    if (this.#taken !== null && this.left > 0) this.#giveBack(this.#taken.token, how);
    this.forget();
    // It may be a reload that the page is left for.
    if (how?.keepalive) this.#kept.isHeld = isHeld;
  }

  /** It is used up: booked, or not to be had. */
  forget() {
    clearInterval(this.#timer);
    this.#wanted = null;
    this.#taken = null;
    this.#kept.isHeld = false;
  }

  #giveBack(token, how) {
    if (!token) return;
    // It ends by itself, where this does not arrive.
    this.#api.rpc('release_hold', { hold_token: token }, how).catch(() => {});
  }
}
