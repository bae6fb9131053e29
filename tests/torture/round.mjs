// One round: a fresh database, many clients, one who follows the journal; strikes and crashes in between;
// and in the end the whole history is checked.
import { eventually } from '../faults/servers.mjs';
import { findOverlaps, findWhatCheckTells, findWrongInstants } from '../storm/findings.mjs';
import { Random } from '../storm/random.mjs';
import { Tally } from '../storm/tally.mjs';
import { checkHistory } from './checker.mjs';
import { eventColumns, eventOf, Follower } from './follower.mjs';
import { Known } from './known.mjs';
import { closeScene, connectTo, mentors, openScene } from './scene.mjs';
import { Visitor } from './visitor.mjs';

const wordOf = (told) => (told
  ? `${told.outcome ?? told.constraint ?? told.code}${told.replayed ? ' (replayed)' : ''}` : 'no answer');

export class Round {
  #plan;
  #strikesLeft;
  #random;
  #transactions = 0;
  #watch;
  #killing = Promise.resolve();
  known = new Known();
  calls = [];
  isOver = false;
  strikes = new Map();

  /** @param {{ server: object, seed: number, clients: number, calls: number, faults: number,
   *  crashes: number, callsInTransaction?: number }} plan */
  constructor(plan) {
    this.server = plan.server;
    this.callsInTransaction = plan.callsInTransaction ?? 1;
    this.#plan = plan;
    this.#strikesLeft = plan.faults;
    this.#random = new Random(plan.seed);
  }

  newTransaction() {
    return this.#transactions += 1;
  }

  record(call) {
    call.number = this.calls.length;
    this.calls.push(call);
  }

  /** Strikes are spread evenly over the calls that are left. */
  takeStrike(pick) {
    const left = this.#plan.calls - this.calls.length;
    if (left <= 0 || !this.#random.chance(this.#strikesLeft / left)) return undefined;
    this.#strikesLeft -= 1;
    const strike = pick();
    this.#note(strike);
    return strike;
  }

  #note(strike) {
    this.strikes.set(strike, (this.strikes.get(strike) ?? 0) + 1);
  }

  /** Ends a backend, one after the other; who is down already needs no killing. */
  kill(pid) {
    this.#killing = this.#killing.then(() => this.#watch.query('SELECT pg_terminate_backend($1)', [pid]))
      .catch(() => {});
  }

  async run() {
    this.scene = await openScene(this.server);
    this.#watch = await connectTo(this.server, this.scene.name);
    const { seed, calls, clients } = this.#plan;
    const follower = new Follower(this, new Random(seed + 1));
    const late = new Follower(this, new Random(seed + 2), calls / 3);
    const visitors = Array.from({ length: clients },
      (_, n) => new Visitor(this, n, new Random(seed + 7919 * (n + 1))));
    const acting = Promise.all([...visitors.map((visitor) => this.#actOn(visitor)), this.#crashInBetween()])
      .then(() => this.#untilQuiet())
      .finally(() => { for (const each of [follower, late]) each.stop(); });
    await Promise.all([acting, follower.follow(), late.follow()].map((work) => this.#orEnd(work)));
    return this.#judge(follower, late);
  }

  /** Whoever fails ends it for all; the others end what they are at. */
  async #orEnd(work) {
    return work.catch((error) => {
      this.isOver = true;
      throw error;
    });
  }

  async #actOn(visitor) {
    try {
      while (!this.isOver && this.calls.length < this.#plan.calls) await visitor.act();
    } finally {
      await visitor.close();
    }
  }

  async #crashInBetween() {
    for (let n = 1; n <= this.#plan.crashes; n += 1) {
      const due = this.#plan.calls * n / (this.#plan.crashes + 1);
      await eventually(`${due} calls`, () => this.isOver || this.calls.length >= due, 600);
      this.#note('server killed');
      await this.server.crash();
      this.#watch = await connectTo(this.server, this.scene.name);
    }
  }

  /** Who was cut off may still be at work. */
  async #untilQuiet() {
    await this.#killing;
    await eventually('nobody is at work', async () => {
      const { rows } = await this.#watch.query(`SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND backend_type = 'client backend' AND state <> 'idle'
          AND pid <> pg_backend_pid() AND query NOT LIKE '%booking_events_after%'`);
      return rows.length === 0;
    });
  }

  async #judge(follower, late) {
    const history = { mentors: mentors.map(({ id, before = 0, after = 0, perDay, perWeek, hasHours }) =>
      ({ id, before: before * 60, after: after * 60, perDay, perWeek, changes: hasHours ? 2 : 1 })),
    mayDeadlock: this.callsInTransaction > 1, calls: this.calls, read: follower.read,
    late: { since: late.since, read: late.read }, ...await this.#collect() };
    const { findings, judged } = checkHistory(history);
    findings.push(...await findOverlaps(this.#watch), ...await findWrongInstants(this.#watch),
      ...await findWhatCheckTells(this.#watch));
    await this.#watch.end();
    await closeScene(this.server, this.scene);
    const tally = new Tally();
    for (const { deed, told } of this.calls) tally.count(deed, wordOf(told));
    return { history, findings, judged, tally, strikes: this.strikes, cuts: follower.cuts };
  }

  /** All in one snapshot. */
  async #collect() {
    const place = `mentor_id, startup_id, extract(epoch FROM starts_at)::float8 AS starts_at,
      extract(epoch FROM ends_at)::float8 AS ends_at`;
    const query = async (text) => (await this.#watch.query(text)).rows;
    await query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    const journal = await query(`SELECT ${eventColumns} FROM booking_events ORDER BY event_id`);
    const sessions = await query(`SELECT id AS session_id, status, idempotency_key, ${place}
      FROM mentor_startup_sessions`);
    const holds = await query(`SELECT id AS hold_id, ${place} FROM slot_holds`);
    await query('COMMIT');
    return { journal: journal.map(eventOf), sessions, holds };
  }
}
