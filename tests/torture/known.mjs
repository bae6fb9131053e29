// What the clients know of sessions, holds and keys by what they were told, to have something to ask for.

const most = 80;

class Pool {
  #list = [];

  add(each) {
    this.#list.push(each);
    if (this.#list.length > most) this.#list.shift();
  }

  remove(isIt) {
    this.#list = this.#list.filter((each) => !isIt(each));
  }

  find(isIt) {
    return this.#list.find(isIt);
  }

  pick(random) {
    return random.pick(this.#list);
  }

  get newest() {
    return this.#list.at(-1);
  }
}

export class Known {
  #sessions = { scheduled: new Pool(), ended: new Pool() };
  holds = new Pool();
  keys = new Pool();

  /** A session: mostly one that is, as far as was told, in that state. */
  pick(random, state) {
    const other = state === 'scheduled' ? 'ended' : 'scheduled';
    return this.#sessions[random.chance(0.92) ? state : other].pick(random);
  }

  /** Takes what a call was told, whether or not its transaction will commit: who asks for what is not
   *  there is told so, and the journal sets it right. */
  learn({ deed, told, session, wish, token }) {
    const { outcome, session_id: id = session } = told;
    if (outcome === 'held') this.holds.add({ token: told.hold_token, wish });
    const spent = token ?? wish?.token;
    if (spent !== undefined) this.holds.remove((hold) => hold.token === spent);
    if (deed === 'insert' && outcome === 'done' || ['booked', 'already_yours'].includes(outcome)) {
      const hasKey = outcome === 'already_yours' || wish.key !== undefined;
      this.#become('scheduled', { id, mentor_id: told.mentor_id, hasKey });
    }
    if (session !== undefined && outcome === 'not_found') this.#become(undefined, { id });
  }

  /** Takes an event of the journal, by whomever. */
  see({ event, session_id: id, mentor_id: mentor }) {
    if (stateAfter[event]) this.#become(stateAfter[event], { id, mentor_id: mentor, hasKey: this.#hasKey(id) });
    if (event === 'deleted') this.#become(undefined, { id });
  }

  #hasKey(id) {
    const known = Object.values(this.#sessions).map((pool) => pool.find((each) => each.id === id));
    return known.find(Boolean)?.hasKey ?? true;
  }

  #become(state, known) {
    for (const [name, pool] of Object.entries(this.#sessions)) {
      pool.remove(({ id }) => id === known.id);
      if (name === state) pool.add(known);
    }
  }
}

const stateAfter = {
  booked: 'scheduled', rescheduled: 'scheduled', cancelled: 'ended', completed: 'ended', no_show: 'ended',
};
