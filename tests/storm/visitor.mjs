// One of the many: a connection with chance of its own, that does one deed after the other.
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { root } from '../gateway/stack.mjs';

// The gateway's own copy of pg: the tests need no other.
const { Query } = createRequire(join(root, 'web/package.json'))('pg');

export class Visitor {
  #client;
  #scene;
  #reports = [];
  #refusals = [];
  #isInTransaction = false;

  constructor({ scene, client, ledger, random }) {
    this.#client = client;
    this.#scene = scene;
    this.ledger = ledger;
    this.random = random;
    client.on('notice', ({ message }) => {
      const [, report] = message.match(/^session (\{.*\})$/) ?? [];
      if (report) this.#reports.push(JSON.parse(report));
    });
  }

  get isolation() {
    return this.#client.isolation;
  }

  async query(text, values) {
    return (await this.#client.query(text, values)).rows;
  }

  /** Rows as COPY takes them: one string each, its columns separated by tabs. */
  copy(into, rows) {
    return new Promise((resolve, reject) => {
      const copying = new Query(`COPY ${into} FROM STDIN`, undefined,
        (error) => (error ? reject(error) : resolve()));
      copying.handleCopyInResponse = (connection) => {
        connection.sendCopyFromChunk(Buffer.from(rows.map((row) => `${row}\n`).join('')));
        connection.endCopyFrom();
      };
      this.#client.query(copying);
    });
  }

  /** Runs the work in the transaction that it is in, or one of its own; gives what it gave. */
  async inTransaction(work, end = 'COMMIT') {
    if (this.#isInTransaction) return work();
    this.#isInTransaction = true;
    await this.query('BEGIN');
    try {
      const result = await work();
      await this.query(end);
      if (end === 'ROLLBACK') this.takeTold();
      return result;
    } catch (error) {
      await this.query('ROLLBACK');
      this.takeTold();
      throw error;
    } finally {
      this.#isInTransaction = false;
    }
  }

  /** Tries the work in a savepoint: where it fails with one of these errors, or `end` says so,
   *  nothing of it is left. Gives what it gave, or the error. */
  async inSavepoint(work, { refusals, end }) {
    const before = this.#reports.length;
    await this.query('SAVEPOINT before');
    const result = await work().catch((error) => {
      if (!refusals.includes(error.code)) throw error;
      return error;
    });
    if (end !== 'ROLLBACK TO' && !(result instanceof Error)) return result;
    await this.query('ROLLBACK TO before');
    this.#reports.length = before;
    return result;
  }

  wish() {
    return this.#scene.wish(this.random);
  }

  /** A session that is scheduled, or ended, as far as anybody was told. */
  known(pool) {
    return this.ledger.pick(pool, this.random);
  }

  /** What this client was told of sessions that it wrote, since takeTold(). */
  get reports() {
    return this.#reports;
  }

  /** Notes that a wish was refused, with an outcome or a SQLSTATE. */
  wasRefused(wish, word) {
    this.#refusals.push({ wish, word });
  }

  /** All that was told of what has not been rolled back, once. */
  takeTold() {
    const told = { reports: this.#reports, refusals: this.#refusals };
    this.#reports = [];
    this.#refusals = [];
    return told;
  }
}

/** A wish's values as parameters $1 to $5. */
export const valuesOf = (wish) =>
  [wish.mentor_id, wish.startup_id, wish.session_date, wish.session_time, wish.duration];
