// A refusal has a reason that was there, or on its way, between the question and the answer.
import { collide, deeds, isPlain, isSameInstant, nameOf, placeOf, roomOf, spans, timeOf } from './history.mjs';
import { slack } from './lives.mjs';

const isSlot = (wish, life) => life.mentor_id === wish.mentor_id && life.starts_at === wish.starts_at
  && life.ends_at === wish.ends_at;
const countOf = (lives) => new Set(lives.map((life) => life.session_id ?? `hold ${life.hold_id}`)).size;
const holdsAtOnce = 5;

/** One wish of one call, held against what may have been there. */
class Look {
  constructor(call, wish, lives, mentors) {
    Object.assign(this, { call, wish, lives, room: roomOf(mentors, wish.mentor_id) });
    this.mentor = mentors.find(({ id }) => id === wish.mentor_id) ?? {};
  }

  get ofMentor() {
    return this.#butForItself(this.lives.scheduledOfMentor(this.wish.mentor_id, this.call));
  }

  get ofStartup() {
    return this.#butForItself(this.lives.scheduledOfStartup(this.wish.startup_id, this.call));
  }

  get holdsOfOthers() {
    return this.lives.holdsOfMentor(this.wish.mentor_id, this.call)
      .filter((hold) => hold.startup_id !== this.wish.startup_id);
  }

  get isFull() {
    const lives = [...this.#butForItself(this.lives.countedOfMentor(this.wish.mentor_id, this.call)),
      ...this.holdsOfOthers];
    const isDayOrWeekFull = Object.entries(spans).some(([limit, spanOf]) => this.mentor[limit]
      && countOf(lives.filter((life) => spanOf(life) === spanOf(this.wish))) >= this.mentor[limit]);
    return isDayOrWeekFull || this.call.deed === 'hold'
      && countOf(this.lives.holdsOfStartup(this.wish.startup_id, this.call)) >= holdsAtOnce;
  }

  get isTaken() {
    return [...this.ofMentor, ...this.holdsOfOthers].some((life) => this.hits(life, this.room))
      || this.ofStartup.some((life) => this.hits(life)) || this.isFull;
  }

  hits(life, room = 0) {
    return collide(this.wish, life, room);
  }

  #butForItself(lives) {
    return lives.filter(({ session_id: id }) => id === undefined || id !== this.call.session);
  }
}

/** Of wishes for a time. */
const reasons = {
  slot_taken: (look) => look.ofMentor.some((life) =>
    life.startup_id !== look.wish.startup_id && look.hits(life)),
  already_yours: (look) => look.ofStartup.some((life) =>
    isSlot(look.wish, life) && life.session_id === look.call.told.session_id),
  startup_busy: (look) => look.ofStartup.some((life) => look.hits(life)),
  slot_held: (look) => look.holdsOfOthers.some((hold) => look.hits(hold)
    && isSameInstant(hold.expires_at, look.call.told.expires_at)),
  mentor_unavailable: (look) => look.room > 0
    && [...look.ofMentor, ...look.holdsOfOthers].some((life) => look.hits(life, look.room)),
  limit_reached: (look) => look.isFull,
  hold_expired: (look, { holdOfToken }) => isOver(holdOfToken.get(look.wish.token), look.call, look.lives)
    && look.isTaken,
  unique_mentor_time_slot: (look) => look.ofMentor.some((life) => life.starts_at === look.wish.starts_at),
  no_overlapping_sessions: (look) => look.ofMentor.some((life) => look.hits(life, look.room)),
  no_overlapping_startup_sessions: (look) => look.ofStartup.some((life) => look.hits(life)),
};

/** A hold that had expired, or may have been released: it is no longer among those that can be met. */
function isOver(hold, call, lives) {
  // Its own transaction may have ended it.
  if (!hold || call.transactionSize > 1) return true;
  if (hold.held.detail.expires_at < call.wall[1] + slack) return true;
  const life = lives.holdsOfMentor(hold.held.mentor_id, call)
    .find(({ hold_id: id }) => id === hold.held.detail.hold_id);
  return !life || life.surely[0] > call.from || life.surely[1] < call.until;
}

const isThere = ({ status }) => status !== undefined;
const isOf = (...statuses) => ({ status }) => statuses.includes(status);
/** Of deeds that are about a session: what can be said of it while they looked. */
const statesFor = {
  already_cancelled: isOf('cancelled'),
  not_found: isOf(undefined),
  55000: isOf('completed', 'no_show'),
  23514: isOf('completed', 'no_show', 'cancelled'),
};
/** What a plain statement passes over. */
const passedOver = {
  remove: isOf(undefined),
  restore: isOf(undefined, 'scheduled'),
  move: (life, { wish }) => life.status !== 'scheduled' || isAt(life, wish),
  give: (life, { wish }) => life.status !== 'scheduled' || life.startup_id === wish.startup_id,
};
const isAt = (life, wish) => life.starts_at === wish.starts_at && life.ends_at === wish.ends_at;
const isNotScheduled = (life) => life.status !== 'scheduled';

const timeouts = ['55P03', '57014'];
/** Errors of PostgreSQL's own, that say nothing of sessions. */
function isNoRefusal({ told, timeouts: hasTimeouts, isolation, deed }, mayDeadlock) {
  if (timeouts.includes(told.code)) return hasTimeouts === true;
  if (told.code === '40P01') return mayDeadlock === true;
  if (told.code !== '40001') return false;
  // A call that books can't be told so for a race that it lost; one that changes a row can.
  return isolation === 'serializable'
    || isolation === 'repeatable read' && !['book', 'hold', 'insert'].includes(deed);
}

/** The wish with what it leaves to its session, in each state that the session may have had. */
function wishesOf(call, lives) {
  if (call.session === undefined) return [call.wish];
  return lives.ofSession(call.session, call).filter(isThere)
    .map((life) => ({ ...placeOf(life), ...call.wish }));
}

function hasReason(call, { lives, explanation, mentors }) {
  const { told, session } = call;
  const word = told.constraint ?? told.outcome ?? told.code;
  // A call meets no constraint: a lost race is an outcome.
  if (told.constraint && !isPlain(call)) return false;
  if (call.deed === 'release')
    return word === 'not_found' && isOver(explanation.holdOfToken.get(call.token), call, lives);
  const states = () => lives.ofSession(session, call);
  if (word === 'nothing')
    return states().some((life) => (passedOver[call.deed] ?? isNotScheduled)(life, call));
  if (word === 'rescheduled') return states().some((life) => isAt(life, call.wish));
  if (word === 'held')
    return lives.holdsOfStartup(call.wish.startup_id, call).some((hold) => isSlot(call.wish, hold));
  if (statesFor[word]) return states().some(statesFor[word]);
  return reasons[word] !== undefined
    && wishesOf(call, lives).some((wish) => reasons[word](new Look(call, wish, lives, mentors), explanation));
}

/** Answers about keys are judged with the keys. */
const isAboutKeys = ({ deed, told }) => told.outcome === 'booked'
  || (deed === 'insert' ? told.constraint === 'unique_idempotency_key' : told.code === '22023');

/** Free times that were offered, and those that were listed, were not surely taken all the while. */
function wrongOffers(call, { lives, mentors }) {
  const { offers = [], mentor_id: mentor = call.wish?.mentor_id } = call.told;
  if (offers.length === 0 || call.transactionSize > 1) return [];
  const room = roomOf(mentors, mentor);
  const there = lives.surelyOfMentor(mentor, call)
    .filter(({ session_id: id }) => call.session === undefined || id !== call.session);
  return offers.flatMap((offer) => there.filter((life) => collide(offer, life, room))
    .map((life) => `${nameOf(call)} was offered a time that session ${life.session_id} had: ${timeOf(life)}`));
}

/** What is shown as booked or held has somebody who may have it. */
function wrongStates(call, { lives }) {
  const { shown = [], mentor_id: mentor } = call.told;
  const there = {
    booked: () => lives.scheduledOfMentor(mentor, call),
    held: () => lives.holdsOfMentor(mentor, call),
  };
  return shown.filter(({ state }) => there[state])
    .filter((slot) => !there[slot.state]().some((life) => collide(slot, life)))
    .map((slot) => `${nameOf(call)} was shown as ${slot.state} what nobody had: `
      + timeOf({ ...slot, mentor_id: mentor }));
}

/** Calls that were told of no success: each needs a reason. Gives findings and how many were judged. */
export function judgeRefusals(history, lives, explanation) {
  const about = { lives, explanation, mentors: history.mentors };
  const found = [];
  let judged = 0;
  for (const call of history.calls) {
    if (!call.told) continue;
    // A list shows what was there when its transaction took its snapshot.
    const looking = call.deed === 'list' ? { ...call, from: call.looksFrom ?? call.from } : call;
    found.push(...wrongOffers(looking, about), ...wrongStates(looking, about));
    const { success } = deeds[call.deed];
    if (!success || call.told.outcome === success && !call.told.replayed || isAboutKeys(call)) continue;
    judged += 1;
    if (isNoRefusal(call, history.mayDeadlock) || hasReason(call, about)) continue;
    const words = ['message', 'detail', 'where'].map((name) => call.told[name]).filter(Boolean);
    const facts = [...words, call.session && `session ${call.session}`, call.wish && timeOf(call.wish)];
    found.push(`${nameOf(call)} without a reason, from ${call.from} to ${call.until}: `
      + facts.filter(Boolean).join('; '));
  }
  return { found, judged };
}

