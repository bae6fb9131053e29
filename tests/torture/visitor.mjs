// One of the clients: asks for one thing after the other, alone or in a transaction, on a connection that
// is cut or killed now and then; whoever lost a reply asks the same again. All of it is recorded.
import { setTimeout as pause } from 'node:timers/promises';

import { planFor } from './deeds.mjs';
import { connectTo } from './scene.mjs';

/** What strikes a query: before it is sent, while it is under way, or after it was answered. */
const strikes = ['cut before', 'cut under way', 'killed', 'reply lost'];

/** Nobody knows what became of it: the connection is gone. An ERROR is an answer, and leaves nothing. */
const isAnswer = (error) => error.severity === 'ERROR';
const now = () => performance.now();
const clock = () => Date.now() / 1000;

export class Visitor {
  #round;
  #client;
  #keys = 0;

  constructor(round, number, random) {
    this.#round = round;
    this.number = number;
    this.random = random;
    this.isolation = ['read committed', 'repeatable read', 'serializable'][number % 3];
    // Some are impatient: they are struck by their own timeouts.
    this.timeouts = number % 5 === 4;
    this.known = round.known;
    this.places = round.scene.places;
  }

  newKey() {
    return `${this.number}-${this.#keys += 1}`;
  }

  /** One deed, or a transaction of a few. */
  async act() {
    this.#client ??= await this.#connect();
    if (this.random.chance(0.2)) return this.#actInTransaction();
    const plan = planFor(this);
    while (!await this.#ask(plan)) this.#client = await this.#connect();
    return undefined;
  }

  async close() {
    await this.#client?.end();
  }

  async #connect() {
    for (;;) {
      try {
        const client = await connectTo(this.#round.server, this.#round.scene.name);
        await client.query(`SET default_transaction_isolation TO '${this.isolation}'`);
        if (this.timeouts)
          await client.query(`SET lock_timeout TO '${this.number % 2 ? 2 : 0}ms'; SET statement_timeout TO '6ms'`);
        return client;
      } catch (error) {
        // The server is down, or not up yet.
        if (this.#round.isOver) throw error;
        await pause(20);
      }
    }
  }

  /** Asks outside a transaction. False where the reply was lost. */
  async #ask(plan) {
    const call = this.#begin(plan, this.#round.newTransaction(), 1);
    await this.#carryOut(call, plan, this.#nextStrike());
    if (call.fate === undefined) Object.assign(call, { fate: 'committed', settled: call.until });
    if (call.told) this.known.learn(call);
    return this.#client !== undefined;
  }

  async #actInTransaction() {
    const plans = [planFor(this)];
    if (this.#round.callsInTransaction > 1 && this.random.chance(0.4)) plans.push(planFor(this));
    // A session that this transaction has changed already would be seen by it as nobody else sees it.
    if (plans[1]?.session !== undefined && plans[1].session === plans[0].session) plans.pop();
    const [transaction, calls] = [this.#round.newTransaction(), []];
    try {
      await this.#client.query('BEGIN');
      const looksFrom = this.isolation === 'read committed' ? undefined : now();
      for (const plan of plans) {
        const call = this.#begin(plan, transaction, plans.length);
        call.looksFrom = looksFrom;
        calls.push(call);
        await this.#carryOut(call, plan, this.#nextStrike());
        if (call.fate !== undefined) break;
      }
      await this.#endTransaction(calls);
    } catch (error) {
      // Between two calls of ours the connection broke.
      this.#leave();
      for (const call of calls) call.fate ??= 'undone';
    }
  }

  /** Commits or rolls back, unless a call has failed. */
  async #endTransaction(calls) {
    if (!this.#client || calls.some(({ fate }) => fate !== undefined)) {
      // Nothing was committed: the transaction never came to its COMMIT.
      for (const call of calls) call.fate = 'undone';
      await this.#client?.query('ROLLBACK');
      return;
    }
    for (const call of calls) this.known.learn(call);
    // Some dawdle, so that others come in between.
    if (this.random.chance(0.5)) await pause(this.random.below(5));
    const strike = this.#nextStrike();
    const sealed = now();
    const wanted = this.random.chance(0.2) ? 'ROLLBACK' : 'COMMIT';
    const { error, result } = await this.#query({ text: wanted }, strike);
    // An error leaves the transaction open, and rolled back.
    if (error) this.#leave();
    const isUndone = strike === 'cut before' || error && isAnswer(error) || wanted === 'ROLLBACK'
      || result?.command === 'ROLLBACK';
    const fate = isUndone ? 'undone' : result ? 'committed' : 'unknown';
    for (const call of calls) Object.assign(call, { fate, sealed, settled: now() });
  }

  #begin(plan, transaction, transactionSize) {
    const { deed, wish, session, token, mentor } = plan;
    const call = { client: this.number, transaction, transactionSize, deed, wish, session, token, mentor,
      isolation: this.isolation, timeouts: this.timeouts };
    this.#round.record(call);
    return call;
  }

  /** Sends the plan's statement. Its fate is known where it failed, and where it is unknown. */
  async #carryOut(call, plan, strike) {
    Object.assign(call, { from: now(), wall: [clock(), Infinity] });
    const { error, result } = await this.#query(plan, strike);
    if (error && !isAnswer(error)) {
      call.fate = strike === 'cut before' ? 'undone' : 'unknown';
      return;
    }
    call.until = now();
    call.wall[1] = clock();
    if (error) {
      const { code, constraint, message, detail, where } = error;
      Object.assign(call, { told: { code, constraint, message, detail, where }, fate: 'undone' });
    } else {
      call.told = plan.read(result.rows);
    }
  }

  /** Sends a query, and strikes. Gives { result } or { error }; `#client` is gone where the connection is. */
  async #query({ text, values }, strike) {
    const client = this.#client;
    if (strike === 'cut before') this.#leave();
    const answer = client.query(text, values);
    if (strike === 'cut under way') this.#cutSoon(client);
    if (strike === 'killed') this.#round.kill(client.processID);
    const outcome = await answer.then((result) => ({ result }), (error) => ({ error }));
    if (strike === 'reply lost' || outcome.error && !isAnswer(outcome.error)) this.#leave();
    return outcome;
  }

  /** After the query was written, and before or after its answer. */
  async #cutSoon(client) {
    if (this.random.chance(0.5)) await new Promise(setImmediate);
    else await pause(this.random.below(4));
    client.connection.stream.destroy();
  }

  #leave() {
    this.#client?.connection.stream.destroy();
    this.#client = undefined;
  }

  #nextStrike() {
    return this.#round.takeStrike(() => this.random.pick(strikes));
  }
}
