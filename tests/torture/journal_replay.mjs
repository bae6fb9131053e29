// The journal, told from its first event to its last: each must be one that can happen to what the
// events before it have left, and never may two scheduled sessions collide.
import { collide, isSamePlace, placeOf, roomOf, spans, timeOf } from './history.mjs';

const ended = ['cancelled', 'completed', 'no_show'];
const statusAfter = { booked: 'scheduled', cancelled: 'cancelled', completed: 'completed', no_show: 'no_show' };
/** What a session can have been before it: undefined is a session that is not there. */
const before = {
  booked: [undefined, ...ended],
  cancelled: ['scheduled'],
  completed: ['scheduled', 'no_show'],
  no_show: ['scheduled', 'completed'],
  rescheduled: ['scheduled', ...ended],
  deleted: ['scheduled', ...ended],
};

export class Replay {
  #mentors;
  /** Scheduled and counted sessions of each mentor and startup: few at any moment. */
  #present = new Map();
  findings = [];
  /** Of each session its states in order: { event, state }, no state once it is deleted. */
  sessions = new Map();
  /** Of each hold its events: { held, released }. */
  holds = new Map();
  /** By event_id: how many sessions the mentor's day and week have with it, where that is limited. */
  counts = new Map();

  constructor({ journal, mentors }) {
    this.#mentors = mentors;
    let last = 0;
    for (const event of journal) {
      if (event.event_id <= last) this.#find(event, `stands behind event ${last}`);
      last = event.event_id;
      this.#take(event);
    }
  }

  stateOf(id) {
    return this.sessions.get(id)?.at(-1).state;
  }

  #find(event, words) {
    this.findings.push(`event ${event.event_id} (${event.event}) ${words}`);
  }

  #take(event) {
    if (event.event === 'held' || event.event === 'released') this.#takeHold(event);
    else if (before[event.event]) this.#takeSession(event);
    else if (event.event !== 'hours_changed') this.#find(event, 'is no word that we know');
  }

  #takeHold(event) {
    const id = event.detail?.hold_id;
    const hold = this.holds.get(id);
    if (event.event === 'held') {
      if (hold) this.#find(event, `makes hold ${id} a second time`);
      this.holds.set(id, { held: event });
    } else if (!hold) {
      this.#find(event, `releases hold ${id}, which was never made`);
    } else {
      if (hold.released) this.#find(event, `releases hold ${id} a second time`);
      if (!isSamePlace(event, hold.held)) this.#find(event, `releases hold ${id} at another time than it held`);
      hold.released = event;
    }
  }

  #takeSession(event) {
    const id = event.session_id;
    const old = this.stateOf(id);
    if (!before[event.event].includes(old?.status))
      this.#find(event, `meets session ${id}, which is ${old?.status ?? 'not there'}`);
    if (old && event.event === 'booked' && event.detail?.restored_from !== old.status)
      this.#find(event, `says that session ${id} was ${event.detail?.restored_from}, and it was ${old.status}`);
    if (old && event.event !== 'rescheduled' && !isSamePlace(event, old))
      this.#find(event, `has session ${id} at ${timeOf(event)}, where it was at ${timeOf(old)}`);
    if (old && event.event === 'rescheduled') this.#checkMove(event, old);
    const status = statusAfter[event.event] ?? old?.status ?? 'scheduled';
    this.#become(event, old, event.event === 'deleted' ? undefined : { ...placeOf(event), status });
  }

  #checkMove(event, old) {
    const { previous_starts_at: start, detail } = event;
    // What is not told has not changed.
    const previous = {
      starts_at: start ?? event.starts_at, ends_at: detail?.previous_ends_at ?? event.ends_at,
      mentor_id: detail?.previous_mentor_id ?? event.mentor_id,
      startup_id: detail?.previous_startup_id ?? event.startup_id,
    };
    if (!isSamePlace(previous, old))
      this.#find(event, `moves session ${event.session_id} from ${timeOf(previous)}, and it was at `
        + timeOf(old));
    if (isSamePlace(event, old)) this.#find(event, `moves session ${event.session_id} to where it was`);
  }

  #become(event, old, state) {
    const id = event.session_id;
    for (const list of this.#listsOf(old)) list.delete(id);
    if (state && state.status !== 'cancelled') {
      if (state.status === 'scheduled') this.#checkNeighbours(event, state);
      for (const list of this.#listsOf(state)) list.set(id, state);
      this.#checkLimits(event, state);
    }
    const story = this.sessions.get(id);
    if (story) story.push({ event, state });
    else this.sessions.set(id, [{ event, state }]);
  }

  #listsOf(state) {
    if (!state) return [];
    return [`mentor ${state.mentor_id}`, `startup ${state.startup_id}`].map((name) => {
      if (!this.#present.has(name)) this.#present.set(name, new Map());
      return this.#present.get(name);
    });
  }

  #checkNeighbours(event, state) {
    const [ofMentor, ofStartup] = this.#listsOf(state);
    const room = roomOf(this.#mentors, state.mentor_id);
    for (const [id, other] of ofMentor)
      if (other.status === 'scheduled' && collide(state, other, room))
        this.#find(event, `puts session ${event.session_id} over session ${id}: ${timeOf(state)}, and `
          + timeOf(other));
    for (const [id, other] of ofStartup)
      if (other.status === 'scheduled' && collide(state, other))
        this.#find(event, `puts session ${event.session_id} beside session ${id} of its startup: `
          + `${timeOf(state)}, and ${timeOf(other)}`);
  }

  /** Where only calls take time, no day and no week has more than its mentor takes. */
  #checkLimits(event, state) {
    const mentor = this.#mentors.find(({ id }) => id === state.mentor_id);
    const [ofMentor] = this.#listsOf(state);
    const counts = {};
    this.counts.set(event.event_id, counts);
    for (const [limit, spanOf] of Object.entries(spans)) {
      if (!mentor?.[limit]) continue;
      const count = [...ofMentor.values()].filter((each) => spanOf(each) === spanOf(state)).length;
      counts[limit] = count;
      if (count > mentor[limit])
        this.#find(event, `is number ${count} of mentor ${mentor.id}, who takes ${mentor[limit]} (${limit})`);
    }
  }
}
