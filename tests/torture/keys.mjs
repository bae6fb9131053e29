// One session a key: whoever comes again with it is told of the first one, as it was booked.
import { groupBy, isSamePlace, makesSession, nameOf, toldSuccess } from './history.mjs';

const bearerOf = (startup, key) => (key === undefined || key === null ? undefined : `${startup}|${key}`);

/** Every session that was made with a key: { place, id, made, deleted } with its events. */
function keyedSessions({ sessions }, replay, explanation) {
  const keyOf = new Map(sessions.map((row) => [row.session_id, row.idempotency_key]));
  return [...replay.sessions].map(([id, story]) => {
    const made = story[0].event;
    const key = keyOf.get(id) ?? explanation.events.get(made.event_id)?.call?.wish.key;
    const deleted = story.find(({ state }) => !state)?.event;
    return { id, made, deleted, key, place: bearerOf(made.startup_id, key) };
  });
}

/** A second one may be made only once the first was deleted. */
function doubles(bearers) {
  return bearers.slice(1).flatMap(({ id, made, key }, n) => {
    const before = bearers[n];
    return before.deleted && before.deleted.event_id < made.event_id ? []
      : [`key ${key} of startup ${made.startup_id} has two sessions, ${before.id} and ${id}`];
  });
}

class KeyCheck {
  #events;
  #bearers;
  #callsOfTransaction;

  constructor(history, replay, explanation) {
    this.#events = explanation.events;
    this.#callsOfTransaction = groupBy(history.calls.filter((call) => call.transactionSize > 1
      && makesSession(call) && toldSuccess(call)), (call) => call.transaction);
    const sessions = keyedSessions(history, replay, explanation)
      .sort((one, other) => one.made.event_id - other.made.event_id);
    this.#bearers = groupBy(sessions, ({ place }) => place);
  }

  get doubles() {
    return [...this.#bearers.values()].flatMap(doubles);
  }

  /** What is wrong with the answer to a call with a key, if anything is. */
  wrongOf(call) {
    const { told, wish } = call;
    const bearers = [...this.#ownOf(call), ...this.#bearers.get(bearerOf(wish.startup_id, wish.key)) ?? []];
    if (told.outcome === 'booked' && told.replayed) return this.#wrongReplay(call, bearers);
    if (told.code === '22023' || told.constraint === 'unique_idempotency_key') {
      const isReason = (bearer) => this.#canMeet(bearer, call)
        && (told.code !== '22023' || !isSamePlace(bearer.made, wish));
      return bearers.some(isReason) ? undefined : 'and its key was not in use';
    }
    // In a transaction of several calls, another one may have deleted it.
    const isRefused = call.deed === 'book' && !told.code && told.outcome !== 'booked';
    const overlooked = isRefused && !(call.transactionSize > 1)
      && bearers.find((bearer) => this.#mustMeet(bearer, call));
    return overlooked ? `though session ${overlooked.id} has its key` : undefined;
  }

  /** What its own transaction has made before, though it may have been rolled back since. */
  #ownOf({ transaction, number, wish }) {
    return (this.#callsOfTransaction.get(transaction) ?? []).filter((each) => each.number < number
      && each.wish.key === wish.key && each.wish.startup_id === wish.startup_id)
      .map(({ told }) => ({ id: told.session_id, made: told, isOwn: true }));
  }

  #wrongReplay(call, bearers) {
    const bearer = bearers.find(({ id }) => id === call.told.session_id);
    if (!bearer) return `and session ${call.told.session_id} does not have its key`;
    if (!this.#canMeet(bearer, call)) return `and session ${bearer.id} was not there`;
    return isSamePlace(bearer.made, call.told) ? undefined : `and session ${bearer.id} was booked otherwise`;
  }

  #canMeet({ made, deleted, isOwn }, call) {
    return isOwn || this.#events.get(made.event_id).begins <= call.until
      && (!deleted || this.#events.get(deleted.event_id).isThere >= call.from);
  }

  #mustMeet({ made, deleted }, call) {
    return this.#events.get(made.event_id).isThere < call.from
      && (!deleted || this.#events.get(deleted.event_id).begins > call.until);
  }
}

export function checkKeys(history, replay, explanation) {
  const check = new KeyCheck(history, replay, explanation);
  const found = check.doubles;
  for (const call of history.calls) {
    if (!call.told) continue;
    if (call.wish?.key === undefined) {
      if (call.deed === 'book' && call.told.replayed)
        found.push(`${nameOf(call)} was told of an earlier one, without a key`);
      continue;
    }
    const wrong = check.wrongOf(call);
    if (wrong) found.push(`${nameOf(call)} with key ${call.wish.key} of startup ${call.wish.startup_id} ${wrong}`);
  }
  return found;
}
