// When a session or a hold can have been what it was, for those who looked: from the moment in which its
// writer's commit was sent to that in which the commit of whoever changed it was known.
import { deeds, groupBy, toldSuccess } from './history.mjs';

/** What is there as far as the journal goes is there for ever. */
const never = { begins: Infinity, isThere: Infinity };
const always = { begins: -Infinity, isThere: -Infinity };

/** `from` to `until` it may have been so; `surely` [from, until] it was. */
const lifeOf = (facts, begin, end) => ({
  ...facts, from: begin.begins, until: end.isThere, surely: [begin.isThere, end.begins],
});

export class Lives {
  #ofSession = new Map();
  #ofMentor;
  #ofStartup;
  #holdsOfMentor;
  #holdsOfStartup;
  #callsOfTransaction;

  constructor({ calls }, replay, explanation) {
    const scheduled = [];
    for (const [id, story] of replay.sessions) {
      const lives = this.#tell(id, story, explanation);
      this.#ofSession.set(id, lives);
      scheduled.push(...lives.filter(({ status }) => status && status !== 'cancelled'));
    }
    const holds = [...replay.holds].map(([id, { held, released }]) =>
      lifeOf({ ...held, ...held.detail, hold_id: id }, explanation.events.get(held.event_id),
        released ? explanation.events.get(released.event_id) : never));
    this.#ofMentor = groupBy(scheduled, (life) => life.mentor_id);
    this.#ofStartup = groupBy(scheduled, (life) => life.startup_id);
    this.#holdsOfMentor = groupBy(holds, (life) => life.mentor_id);
    this.#holdsOfStartup = groupBy(holds, (life) => life.startup_id);
    this.#callsOfTransaction = groupBy(calls.filter(toldSuccess), (call) => call.transaction);
  }

  /** Also the time before it was made, and that after it was deleted: then it has no status. */
  #tell(id, story, { events }) {
    const changes = story.map(({ event, state }) => ({ state, ...events.get(event.event_id) }));
    const lives = [{ state: undefined, ...always }, ...changes].map((begin, n) =>
      lifeOf({ session_id: id, ...begin.state }, begin, changes[n] ?? never));
    // Nobody saw it later than what came after it.
    for (let n = lives.length - 2; n >= 0; n -= 1)
      lives[n].until = Math.min(lives[n].until, lives[n + 1].until);
    return lives;
  }

  /** Each state of a session that the call can have met. */
  ofSession(id, call) {
    const lives = this.#ofSession.get(id) ?? [lifeOf({ session_id: id }, always, never)];
    // Plain statements look at what was there when their transaction took its snapshot.
    return lives.filter((life) => meets(life, { ...call, from: call.looksFrom ?? call.from }));
  }

  scheduledOfMentor(id, call) {
    return this.#met(this.#ofMentor, 'mentor_id', id, call).filter(isScheduled);
  }

  scheduledOfStartup(id, call) {
    return this.#met(this.#ofStartup, 'startup_id', id, call).filter(isScheduled);
  }

  /** Those that count against limits: scheduled, or over. */
  countedOfMentor(id, call) {
    return this.#met(this.#ofMentor, 'mentor_id', id, call);
  }

  holdsOfMentor(id, call) {
    return this.#metHolds(this.#holdsOfMentor, 'mentor_id', id, call);
  }

  holdsOfStartup(id, call) {
    return this.#metHolds(this.#holdsOfStartup, 'startup_id', id, call);
  }

  #metHolds(index, column, id, call) {
    const others = (index.get(id) ?? []).filter((life) => meetsHold(life, call));
    const own = this.#ownOf(call).filter(({ deed, told }) => deed === 'hold' && told[column] === id);
    return [...others, ...own.map(({ told }) => ({ ...told, hold_id: told.hold_token }))];
  }

  /** What its own transaction has done before: it is there for it before it is for anybody else. */
  #ownOf(call) {
    return (this.#callsOfTransaction.get(call.transaction) ?? []).filter((each) => each.number < call.number);
  }

  /** Sessions and holds of a mentor, for what must not have been overlooked. */
  surelyOfMentor(id, { from, until }) {
    return (this.#ofMentor.get(id) ?? []).filter((life) =>
      isScheduled(life) && life.surely[0] < from && life.surely[1] > until);
  }

  #met(index, column, id, call) {
    const others = (index.get(id) ?? []).filter((life) => meets(life, call));
    const own = this.#ownOf(call).filter(({ told }) => told[column] === id);
    return [...others, ...own.map(({ deed, told }) => ({ ...told, status: statusAfter[deeds[deed].event] }))
      .filter(({ status }) => status)];
  }
}

const statusAfter = { booked: 'scheduled', rescheduled: 'scheduled', completed: 'completed', no_show: 'no_show' };
const isScheduled = ({ status }) => status === 'scheduled';
const meets = (life, { from, until }) => life.from <= until && life.until >= from;

/** The clock on the wall may be read a little apart by two who read it. */
export const slack = 0.05;
const meetsHold = (life, call) => meets(life, call)
  && life.expires_at > call.wall[0] - slack;
