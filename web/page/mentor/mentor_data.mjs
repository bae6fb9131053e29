// What the page reads and writes of its mentor. Row-level policies decide what of it is let
// through; a filter by the mentor is there for set-ups where a role sees more.

const mostRows = '1000';

export class MentorData {
  #api;
  #ours;

  /** @param {import('../common/api.mjs').Api} api @param {string} mentor */
  constructor(api, mentor) {
    this.#api = api;
    this.mentor = mentor;
    this.#ours = { mentor_id: `eq.${mentor}` };
  }

  /** The settings that are in force, with the defaults where there is no row. */
  info() {
    return this.#api.rpc('mentor_info', { mentor_id: this.mentor }, { open: true });
  }

  /** @returns {Promise<object | null>} null: there is no row yet */
  async settings() {
    const [row] = await this.#table('mentor_settings').get({ ...this.#ours, limit: '1' });
    return row ?? null;
  }

  hours() {
    return this.#table('mentor_availability').get(
      { ...this.#ours, order: 'opens,id', limit: mostRows });
  }

  /** The latest first: where there are more than are read, those that are over are left out. */
  overrides() {
    return this.#table('mentor_availability_overrides').get(
      { ...this.#ours, order: 'during.desc', limit: mostRows });
  }

  /** Those that have a minute between two instants, but for what was cancelled. */
  async sessions(from, to) {
    const rows = await this.#table('mentor_startup_sessions').get({
      ...this.#ours,
      ends_at: `gt.${new Date(from).toISOString()}`,
      starts_at: `lt.${new Date(to).toISOString()}`,
      order: 'starts_at',
      limit: mostRows,
    });
    return rows.filter(({ status }) => status !== 'cancelled');
  }

  /** All starts that visitors see on these days, free or not. */
  slots(fromDate, toDate) {
    return this.#api.rpc('available_slots',
      { mentor_id: this.mentor, from_date: fromDate, to_date: toDate }, { open: true });
  }

  addHours(row) {
    return this.#table('mentor_availability').insert({ mentor_id: this.mentor, ...row });
  }

  removeHours(id) {
    return this.#table('mentor_availability').remove({ ...this.#ours, id: `eq.${id}` });
  }

  addOverride(row) {
    return this.#table('mentor_availability_overrides').insert({ mentor_id: this.mentor, ...row });
  }

  removeOverride(id) {
    return this.#table('mentor_availability_overrides').remove({ ...this.#ours, id: `eq.${id}` });
  }

  /** Changes what there is, and makes the row where there is none. */
  async saveSettings(changes) {
    const changed = await this.#table('mentor_settings').update(this.#ours, changes);
    if (changed.length > 0) return changed[0];
    const [made] = await this.#table('mentor_settings').insert(
      { mentor_id: this.mentor, ...changes });
    return made;
  }

  cancel(session, reason) {
    return this.#api.rpc('cancel_session', {
      session_id: session.session_id ?? session.id,
      ...(reason ? { reason } : {}),
    });
  }

  /** The next dates of hours that are not written yet. */
  previewHours(hours) {
    return this.#api.rpc('preview_hours', { ...hours, how_many: 5 });
  }

  #table(name) {
    return this.#api.table(name);
  }
}
