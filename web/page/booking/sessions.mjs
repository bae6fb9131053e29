// The coming sessions of this startup with this mentor, where the service lets them be read; and
// what can be done with one.
import { CallRefused } from '../common/api.mjs';

export class Sessions {
  #api;
  #mentor;
  #startup;
  #kept;
  #asked = 0;
  /** The sessions that this page is changing, or has changed: their visitor need not be told. */
  #ownChanges = new Set();

  /**
   * @param {import('../common/api.mjs').Api} api
   * @param {import('./kept.mjs').Kept} kept
   */
  constructor(api, mentor, startup, kept) {
    this.#api = api;
    this.#mentor = mentor;
    this.#startup = startup;
    this.#kept = kept;
    /** Undefined: not known yet; null: not to be read by this visitor. */
    this.list = undefined;
    /** Those that somebody else has called off, until their time has come. */
    this.cancelled = [];
  }

  /**
   * Reads them anew; what was read last stays where no answer comes.
   * @returns {Promise<{ before: object, now: object }[]>} what somebody else has done to those that
   *   were shown: each as it was, and as it is
   */
  async load() {
    const asked = this.#asked += 1;
    try {
      const rows = await this.#api.table('mentor_startup_sessions').get({
        mentor_id: `eq.${this.#mentor}`,
        startup_id: `eq.${this.#startup}`,
        ends_at: `gt.${new Date().toISOString()}`,
        order: 'starts_at',
      });
      // Asked for before another answer that is here already, it is older than that one.
      return asked === this.#asked ? this.#take(rows) : [];
    } catch (error) {
      if (error instanceof CallRefused) this.list = null;
      else if (this.list === undefined) this.list = null;
      return [];
    }
  }

  #take(rows) {
    const before = this.list ?? [];
    const all = rows.map((row) => ({ ...row, session_id: row.session_id ?? row.id }));
    const { cancelledHere } = this.#kept;
    this.list = all.filter(({ status }) => status === 'scheduled');
    this.cancelled = all.filter(({ status, session_id: id }) =>
      status === 'cancelled' && !cancelledHere.includes(id));
    const changes = before.flatMap((session) => {
      const now = all.find(({ session_id: id }) => id === session.session_id);
      const isSame = now && now.status === session.status && now.starts_at === session.starts_at;
      return isSame || !now ? [] : [{ before: session, now }];
    });
    return changes.filter(({ before: { session_id: id } }) => !this.#ownChanges.delete(id));
  }

  /** Of one that is known here, why it was called off. */
  reasonOf(id) {
    return this.cancelled.find(({ session_id: other }) => other === id)?.cancellation_reason;
  }

  get areReadable() {
    return Array.isArray(this.list);
  }

  /** @returns {Promise<object>} a booking_result */
  async move({ session_id: id }, row) {
    this.#ownChanges.add(id);
    const result = await this.#api.rpc('reschedule_session', {
      session_id: id, session_date: row.session_date, session_time: row.session_time,
    });
    if (result?.outcome !== 'rescheduled') this.#ownChanges.delete(id);
    return result;
  }

  /** @returns {Promise<object>} a booking_result */
  async cancel({ session_id: id }, reason) {
    this.#ownChanges.add(id);
    const result = await this.#api.rpc('cancel_session',
      { session_id: id, ...(reason ? { reason } : {}) });
    if (result?.outcome === 'cancelled') this.#kept.rememberCancelled(id);
    return result;
  }

  /** Lets the browser save the session's calendar file. @returns {Promise<string>} its name */
  async saveCalendarFile({ session_id: id, session_date: date }) {
    const text = await this.#api.rpc('session_ics', { session_id: id });
    const address = URL.createObjectURL(new Blob([text], { type: 'text/calendar;charset=utf-8' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `session-${date}.ics`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    return link.download;
  }
}
