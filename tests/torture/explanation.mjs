// Every event of the journal is the deed of a call, and every call that was told of success has its
// event: each session's story, and each hold's, is one that some order of the calls explains.
import { collide, commitEndOf, commitStartOf, deeds, endOf, fits, groupBy, isSameInstant, makesSession,
  mayHaveWritten, mustHaveWritten, nameOf, placeOf, timeOf, toldSuccess } from './history.mjs';
import { findWriters } from './ordering.mjs';

const spelled = (facts) => Object.values(placeOf(facts)).join('|');

const matches = (call, event) =>
  deeds[call.deed].event === event.event && fits(call.wish, event)
  && (event.event !== 'booked' || makesSession(call) === (event.detail?.restored_from === undefined))
  && (event.event !== 'held' || !call.told || isSameInstant(call.told.expires_at, event.detail.expires_at));

/** Of sessions that are there, and of those that are gone as far as a retry was told of them. */
function knownKeys({ sessions, calls }) {
  const retries = calls.filter(({ deed, told }) => deed === 'book' && told?.replayed);
  return new Map([...retries.map(({ told, wish }) => [told.session_id, wish.key]),
    ...sessions.map(({ session_id: id, idempotency_key: key }) => [id, key])]);
}

export class Explanation {
  #replay;
  #keyOf;
  #seenAt;
  findings = [];
  /** By event_id: { call } that wrote it, `isSure` where it can have been no other; { from, until }, in
   *  which its number was drawn; { begins, isThere }, in which it became visible. */
  events = new Map();
  /** By call number: the event that it wrote. */
  written = new Map();
  /** By token: the hold that it is told of. */
  holdOfToken = new Map();

  constructor(history, replay) {
    this.#replay = replay;
    this.#keyOf = knownKeys(history);
    this.#seenAt = new Map(history.read.map(({ event_id: id, seenAt }) => [id, seenAt]));
    const writing = history.calls.filter((call) => mustHaveWritten(call) || mayHaveWritten(call));
    this.#explainSessions(writing);
    this.#explainHolds(writing);
    this.#learnTokens(history.calls);
    this.#explainReleases(writing, history.journal);
    this.#explainHours(writing, history);
    this.#checkClock(history.journal);
    this.#checkTransactions(writing);
  }

  #explainSessions(writing) {
    const creators = writing.filter(makesSession);
    const told = groupBy(creators, (call) => call.told?.session_id);
    const untold = groupBy(creators.filter((call) => !call.told), (call) => spelled(call.wish));
    const changers = groupBy(writing, (call) => call.session);
    for (const [id, story] of this.#replay.sessions) {
      const events = story.map(({ event }) => event);
      const calls = [...told.get(id) ?? [], ...changers.get(id) ?? []];
      const alike = told.has(id) ? [] : [...untold.get(spelled(events[0])) ?? []];
      if (!told.has(id)) calls.push(...this.#creatorWithoutAnswer(id, events[0], untold));
      told.delete(id);
      changers.delete(id);
      this.#explain(`session ${id}`, events, calls, alike);
    }
    const lost = [...told.values(), ...changers.values()].flat().filter(mustHaveWritten);
    for (const call of lost)
      this.findings.push(`${nameOf(call)} wrote session ${call.told.session_id}, and the journal does not `
        + 'have it');
  }

  /** Calls for the same thing are as good as each other, but not one with another key. */
  #creatorWithoutAnswer(id, event, untold) {
    const pool = untold.get(spelled(event)) ?? [];
    const key = this.#keyOf.get(id);
    const place = pool.findIndex(({ wish }) => !this.#keyOf.has(id) || (wish.key ?? null) === (key ?? null));
    return place < 0 ? [] : pool.splice(place, 1);
  }

  /** What was seen before the call was sent is not its deed. */
  #canWrite(call, event) {
    return matches(call, event) && !(this.#seenAt.get(event.event_id) < call.from);
  }

  /** `alike`: further calls that might have written the first event instead. */
  #explain(what, events, calls, alike = []) {
    const { writers, strangers, unwritten } = findWriters(events, calls,
      (call, event) => this.#canWrite(call, event));
    if (writers) {
      for (const [n, call] of writers.entries())
        this.#note(events[n], call, new Set([...calls, ...alike]));
      return;
    }
    for (const event of events) this.#note(event);
    for (const event of strangers)
      this.findings.push(`event ${event.event_id} (${event.event}, ${what}, ${timeOf(event)}) is nobody's deed`);
    for (const call of unwritten)
      this.findings.push(`${nameOf(call)} has no event in the story of ${what}`);
    if (strangers.length + unwritten.length === 0)
      this.findings.push(`the story of ${what} contradicts the clock: ${events.map((event) =>
        `${event.event_id} ${event.event}`).join(', ')} by ${calls.map((call) =>
        `${nameOf(call)} from ${call.from} to ${endOf(call)}`).join(', ')}`);
  }

  /** Where several calls can have written it, all that is known is what holds for each of them. */
  #note(event, call, calls = []) {
    const seenAt = this.#seenAt.get(event.event_id) ?? Infinity;
    const candidates = [...calls].filter((each) => this.#canWrite(each, event));
    const [known, least, most] = [candidates.length > 0, (of) => Math.min(...candidates.map(of)),
      (of) => Math.max(...candidates.map(of))];
    this.events.set(event.event_id, {
      call, isSure: candidates.length === 1,
      from: known ? least(({ from }) => from) : -Infinity, until: known ? most(endOf) : Infinity,
      begins: known ? least(commitStartOf) : -Infinity,
      isThere: Math.min(known ? most(commitEndOf) : Infinity, seenAt),
    });
    if (call) this.written.set(call.number, event);
  }

  #explainHolds(writing) {
    const calls = groupBy(writing.filter(({ deed }) => deed === 'hold'), (call) => spelled(call.wish));
    const holds = groupBy([...this.#replay.holds], ([, { held }]) => spelled(held));
    for (const place of new Set([...calls.keys(), ...holds.keys()])) {
      const events = (holds.get(place) ?? []).map(([, { held }]) => held);
      this.#explain(`the holds of ${place}`, events, calls.get(place) ?? []);
    }
    for (const hold of this.#replay.holds.values())
      this.#bindToken(this.events.get(hold.held.event_id)?.call?.told?.hold_token, hold);
  }

  #bindToken(token, hold) {
    if (token === undefined) return;
    hold.token = token;
    this.holdOfToken.set(token, hold);
  }

  /** Whose reply was lost is told the token by the next one. */
  #learnTokens(calls) {
    const unknown = [...this.#replay.holds.values()].filter(({ token }) => token === undefined);
    for (const { deed, told, wish } of calls) {
      if (deed !== 'hold' || !told?.replayed || this.holdOfToken.has(told.hold_token)) continue;
      const hold = unknown.find(({ held }) =>
        fits(wish, held) && isSameInstant(told.expires_at, held.detail.expires_at));
      if (hold) this.#bindToken(told.hold_token, hold);
    }
  }

  /** A hold goes by its token, by a booking of its startup that takes its time, or once it expired. */
  #explainReleases(writing, journal) {
    const calls = groupBy(writing.filter(({ deed }) => deed === 'release'), ({ token }) => token);
    const takers = groupBy(journal.filter(({ event }) => event === 'booked' || event === 'rescheduled'),
      ({ occurred_at: at }) => at);
    for (const [id, hold] of this.#replay.holds) {
      const mine = calls.get(hold.token) ?? [];
      calls.delete(hold.token);
      if (hold.released && !mine.some(mustHaveWritten) && this.#goesByItself(hold.released, takers))
        this.#note(hold.released);
      else
        this.#explain(`hold ${id}`, hold.released ? [hold.released] : [], mine);
    }
    for (const call of [...calls.values()].flat().filter(mustHaveWritten))
      this.findings.push(`${nameOf(call)} released a hold that the journal does not have`);
  }

  #goesByItself(event, takers) {
    return event.detail.expired === true || (takers.get(event.occurred_at) ?? []).some((taker) =>
      taker.mentor_id === event.mentor_id && taker.startup_id === event.startup_id && collide(taker, event));
  }

  /** Settings change without a trace in them, so they are counted. */
  #explainHours(writing, { journal, mentors }) {
    const calls = groupBy(writing, ({ mentor }) => mentor);
    const events = groupBy(journal.filter(({ event }) => event === 'hours_changed'), (row) => row.mentor_id);
    for (const { id, changes = 0 } of mentors) {
      const mine = calls.get(id) ?? [];
      const [least, most] = [changes + mine.filter(mustHaveWritten).length, changes + mine.length];
      const there = events.get(id)?.length ?? 0;
      if (there < least || there > most)
        this.findings.push(`mentor ${id} was changed ${least} to ${most} times, and has ${there} events`);
    }
  }

  /** Who was answered before another one was sent has the lower number in the journal. */
  #checkClock(journal) {
    let latest = { from: -Infinity };
    for (const { event_id: id } of journal) {
      const drawing = this.events.get(id);
      if (!drawing?.call) continue;
      if (drawing.until < latest.from)
        this.findings.push(`event ${id} of ${nameOf(drawing.call)}, answered at ${drawing.until}, stands `
          + `behind that of ${nameOf(latest.call)}, sent at ${latest.from}`);
      if (drawing.from > latest.from) latest = drawing;
    }
  }

  /** What a transaction wrote is there as a whole or not at all. */
  #checkTransactions(writing) {
    const unknown = writing.filter((call) => call.fate === 'unknown' && toldSuccess(call));
    for (const [number, calls] of groupBy(unknown, ({ transaction }) => transaction)) {
      const there = calls.filter((call) => this.written.has(call.number));
      if (there.length > 0 && there.length < calls.length)
        this.findings.push(`of transaction ${number} the journal has ${there.map(nameOf).join(', ')} and not `
          + calls.filter((call) => !there.includes(call)).map(nameOf).join(', '));
    }
  }
}
