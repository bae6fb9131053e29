// The coming sessions of this startup with this mentor, where the service lets them be read; and
// what can be done with one.
import { CallRefused } from '../common/api.mjs';

export class Sessions {
  #api;
  #mentor;
  #startup;

  /** @param {import('../common/api.mjs').Api} api */
  constructor(api, mentor, startup) {
    this.#api = api;
    this.#mentor = mentor;
    this.#startup = startup;
    /** Undefined: not known yet; null: not to be read by this visitor. */
    this.list = undefined;
  }

  /** Reads them anew; what was read last stays where no answer comes. */
  async load() {
    try {
      const rows = await this.#api.table('mentor_startup_sessions').get({
        mentor_id: `eq.${this.#mentor}`,
        startup_id: `eq.${this.#startup}`,
        status: 'eq.scheduled',
        ends_at: `gt.${new Date().toISOString()}`,
        order: 'starts_at',
      });
      this.list = rows.map((row) => ({ ...row, session_id: row.session_id ?? row.id }));
    } catch (error) {
      if (error instanceof CallRefused) this.list = null;
      else if (this.list === undefined) this.list = null;
    }
  }

  get areReadable() {
    return Array.isArray(this.list);
  }

  /** @returns {Promise<object>} a booking_result */
  move({ session_id: id }, row) {
    return this.#api.rpc('reschedule_session', {
      session_id: id, session_date: row.session_date, session_time: row.session_time,
    });
  }

  /** @returns {Promise<object>} a booking_result */
  cancel({ session_id: id }, reason) {
    return this.#api.rpc('cancel_session', { session_id: id, ...(reason ? { reason } : {}) });
  }

  /** Lets the browser save the session's calendar file. */
  async saveCalendarFile({ session_id: id, session_date: date }) {
    const text = await this.#api.rpc('session_ics', { session_id: id });
    const address = URL.createObjectURL(new Blob([text], { type: 'text/calendar;charset=utf-8' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `session-${date}.ics`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }
}
