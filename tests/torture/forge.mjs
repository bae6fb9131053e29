// Forged histories: a small world in which one call comes after the other and everything is as it should
// be, until a test falsifies it.
import { deeds } from './history.mjs';

const midnight = Date.UTC(2030, 0, 7) / 1000;
/** Hours of a day, as seconds: at(10.5) is half past ten. */
export const at = (hour) => midnight + hour * 3600;

const mentors = [
  { id: 'anna', before: 0, after: 0 },
  { id: 'bert', before: 600, after: 300 },
  { id: 'emma', before: 0, after: 0, perDay: 2 },
];
const statusAfter = { booked: 'scheduled', cancelled: 'cancelled', completed: 'completed', no_show: 'no_show' };

export class Forge {
  #clock = 0;
  #transactions = 0;
  #sessions = new Map();
  #holds = new Map();
  history = { mentors, calls: [], journal: [], read: [], sessions: [], holds: [] };

  /** A call that is sent now and answered soon; `more` says what is otherwise. */
  call(deed, facts, told, more = {}) {
    const from = this.#clock += 10;
    const until = this.#clock += 10;
    const call = {
      number: this.history.calls.length, transaction: this.#transactions += 1, isolation: 'read committed',
      deed, ...facts, from, until, wall: [from / 1000, until / 1000], told, fate: 'committed', settled: until,
      ...more,
    };
    this.history.calls.push(call);
    return call;
  }

  /** An event, which the reader is given at once. */
  event(event, row, more = {}) {
    const { journal, read } = this.history;
    const written = { event_id: journal.length + 1, event, session_id: null, previous_starts_at: null,
      detail: null, occurred_at: `${this.#clock}`, ...row, ...more };
    journal.push(written);
    read.push({ event_id: written.event_id, seenAt: this.#clock += 1, row: { ...written } });
    return written;
  }

  #make(deed, startup, from, to, { mentor = 'anna', key, ...more } = {}) {
    const place = { mentor_id: mentor, startup_id: startup, starts_at: at(from), ends_at: at(to) };
    const row = { session_id: this.#sessions.size + 1, ...place };
    const call = this.call(deed, { wish: { ...place, key } }, { outcome: deeds[deed].success, ...row }, more);
    this.event('booked', row);
    this.#sessions.set(row.session_id, { ...row, idempotency_key: key ?? null, status: 'scheduled' });
    return call;
  }

  book(...wish) {
    return this.#make('book', ...wish);
  }

  insert(...wish) {
    return this.#make('insert', ...wish);
  }

  /** Any deed that leaves a session where it is: cancel, complete, restore, remove, … */
  change(deed, id, more) {
    const { idempotency_key: _, status, ...row } = this.#sessions.get(id);
    const { event, success } = deeds[deed];
    const call = this.call(deed, { session: id }, { outcome: success, ...row }, more);
    this.event(event, row, event === 'booked' ? { detail: { restored_from: status } } : {});
    if (event === 'deleted') this.#sessions.delete(id);
    else this.#sessions.get(id).status = statusAfter[event];
    return call;
  }

  /** reschedule or move. */
  shift(deed, id, from, to, more) {
    const session = this.#sessions.get(id);
    const old = { previous_starts_at: session.starts_at, detail: { previous_ends_at: session.ends_at } };
    Object.assign(session, { starts_at: at(from), ends_at: at(to) });
    const { idempotency_key: _, status: __, ...row } = session;
    const call = this.call(deed, { session: id, wish: { starts_at: at(from), ends_at: at(to) } },
      { outcome: deeds[deed].success, ...row }, more);
    this.event('rescheduled', row, old);
    return call;
  }

  hold(startup, from, to, { mentor = 'anna', lasts = 300, ...more } = {}) {
    const place = { mentor_id: mentor, startup_id: startup, starts_at: at(from), ends_at: at(to) };
    const id = this.#holds.size + 1;
    const call = this.call('hold', { wish: place },
      { outcome: 'held', ...place, hold_token: `token ${id}`, expires_at: this.#clock / 1000 + lasts }, more);
    this.event('held', place, { detail: { hold_id: id, expires_at: call.told.expires_at } });
    this.#holds.set(id, { hold_id: id, ...place });
    return call;
  }

  release(id, more) {
    const { hold_id: _, ...place } = this.#holds.get(id);
    const call = this.call('release', { token: `token ${id}` }, { outcome: 'released' }, more);
    this.letGo(id);
    return call;
  }

  /** The hold's end, whoever ended it. */
  letGo(id, more) {
    const { hold_id: _, ...place } = this.#holds.get(id);
    this.event('released', place, { detail: { hold_id: id }, ...more });
    this.#holds.get(id).isGone = true;
  }

  /** A wish that is refused. */
  refused(deed, startup, from, to, word, { mentor = 'anna', key, token, told, ...more } = {}) {
    const place = { mentor_id: mentor, startup_id: startup, starts_at: at(from), ends_at: at(to) };
    return this.call(deed, { wish: { ...place, key, token } }, { ...word, ...told }, more);
  }

  /** What the world has come to, with its tables. */
  end() {
    this.history.sessions = [...this.#sessions.values()].map((row) => ({ ...row }));
    this.history.holds = [...this.#holds.values()].filter(({ isGone }) => !isGone).map((row) => ({ ...row }));
    return this.history;
  }
}

/** Its reply was lost, and nobody knows whether it did anything. */
export const lost = { told: undefined, until: undefined, settled: undefined, fate: 'unknown' };
export const undone = { fate: 'undone' };
export const told = (outcome, more) => ({ outcome, ...more });
export const failed = (code, constraint) => ({ code, constraint });
