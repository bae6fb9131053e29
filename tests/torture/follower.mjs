// Follows the journal all the time from its last cursor, on a connection that is cut now and then.
import { setTimeout as pause } from 'node:timers/promises';

import { connectTo } from './scene.mjs';

const epoch = (column) => `extract(epoch FROM ${column})::float8 AS ${column}`;
export const eventColumns = `event_id, event, session_id, mentor_id, startup_id, ${epoch('starts_at')},
  ${epoch('ends_at')}, ${epoch('previous_starts_at')}, occurred_at::text, detail`;

/** Instants in the detail are words in JSON, and seconds for us. */
export function eventOf({ detail, ...row }) {
  const told = { ...detail };
  for (const name of ['previous_ends_at', 'expires_at'])
    if (told[name]) told[name] = Date.parse(told[name]) / 1000;
  return { ...row, detail: detail && told };
}

export class Follower {
  #round;
  #random;
  #from;
  #cursor = null;
  #client;
  #isLast = false;
  read = [];
  cuts = 0;

  /** @param {number} [from]  begins late, when there were so many calls, and with what comes then */
  constructor(round, random, from = 0) {
    this.#round = round;
    this.#random = random;
    this.#from = from;
  }

  /** Until it has read what was there when stop() was called. */
  async follow() {
    for (;;) {
      const isLast = this.#isLast;
      const count = await this.#readOn().catch((error) => this.#comeBack(error));
      if (count === 0 && isLast) return this.#client?.end();
      if (count === 0) await pause(this.#random.below(10));
    }
  }

  stop() {
    this.#isLast = true;
  }

  async #readOn() {
    if (this.#round.calls.length < this.#from) return 0;
    this.#client ??= await connectTo(this.#round.server, this.#round.scene.name);
    if (this.#from > 0 && this.since === undefined) await this.#beginHere();
    const isCut = this.#random.chance(0.02);
    const asked = this.#client.query(
      `SELECT cursor, ${eventColumns} FROM booking_events_after($1, $2)`,
      [this.#cursor, this.#random.pick([1, 2, 10, 100, 1000])]);
    if (isCut) this.#cut();
    const { rows } = await asked;
    const seenAt = performance.now();
    for (const { cursor, ...row } of rows) {
      this.read.push({ event_id: row.event_id, seenAt, row: eventOf(row) });
      this.#round.known.see(row);
      this.#cursor = cursor;
    }
    return rows.length;
  }

  /** With what is written from now on. */
  async #beginHere() {
    const { rows: [{ cursor }] } = await this.#client.query('SELECT latest_booking_cursor() AS cursor');
    this.#cursor = cursor;
    this.since = performance.now();
  }

  #cut() {
    this.cuts += 1;
    this.#client.connection.stream.destroy();
  }

  /** What broke the connection is no matter; anything else is. */
  async #comeBack(error) {
    if (error.severity === 'ERROR') throw error;
    this.#client = undefined;
    await pause(20);
    return undefined;
  }
}
