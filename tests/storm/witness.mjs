// Who says "taken" must have had a reason: a session that stood in the way at some moment between
// question and answer. Clients' answers arrive in any order, so each session is taken to live from
// the beginning of the deed that wrote it to the end of the deed that ended it, and a refusal is
// judged when all deeds that went on beside it have ended.
import { fullDays, mentors } from './scene.mjs';

const apart = new Map(mentors.map(({ id, before, after }) => [id, 60 * (before + after)]));

/** In seconds; `room` is what has to lie between the two. */
const collide = (one, other, room = 0) =>
  one.starts_at < other.ends_at + room && other.starts_at < one.ends_at + room;

const isOfMentor = (wish, session) => session.mentor_id === wish.mentor_id;
const isOfStartup = (wish, session) => session.startup_id === wish.startup_id;
/** One place in the index, whatever zone the sessions are told in. */
const hasItsKey = (wish, session) => isOfMentor(wish, session)
  && session.session_date === wish.session_date && session.session_time === wish.session_time;
const isNear = (wish, session) => isOfMentor(wish, session)
  && collide(wish, session, apart.get(wish.mentor_id));
const isOwn = (wish, session) => isOfStartup(wish, session)
  && (collide(wish, session) || hasItsKey(wish, session));
const isAnothers = (wish, session) => isOfMentor(wish, session) && !isOfStartup(wish, session)
  && (collide(wish, session) || hasItsKey(wish, session));

/** How many a mentor takes in the date and in the week of a wish. */
const limited = new Map(fullDays.mentors.map((mentor) => [mentor.id, mentor]));
const dayNumber = ({ session_date: date }) => Date.parse(`${date}Z`) / 86_400_000;
const weekNumber = (session) => Math.floor((dayNumber(session) + 3) / 7); // 1970-01-01: a Thursday
const isFull = (most, numberOf, wish, sessions) => new Set(sessions
  .filter((session) => isOfMentor(wish, session) && numberOf(session) === numberOf(wish))
  .map(({ id }) => id)).size >= (most ?? Infinity);
const isLimitReached = (wish, sessions) => {
  const { perDay, perWeek } = limited.get(wish.mentor_id);
  return isFull(perDay, dayNumber, wish, sessions) || isFull(perWeek, weekNumber, wish, sessions);
};

/** Whether the session is a reason for this word or SQLSTATE; a full day has more than one. */
const reasons = {
  slot_taken: isAnothers,
  startup_busy: isOwn,
  already_yours: (wish, session) => isOfMentor(wish, session) && isOfStartup(wish, session)
    && session.starts_at === wish.starts_at && session.ends_at === wish.ends_at,
  mentor_unavailable: isNear,
  23505: hasItsKey,
  '23P01': (wish, session) => isNear(wish, session) || isOwn(wish, session),
};

export class Witness {
  #clock = 0;
  #begun = new Map();
  #lives = [];
  #toBeJudged = [];
  #ledger;
  /** Refusals without a reason, in sentences. */
  findings = [];
  judged = 0;

  constructor(ledger) {
    this.#ledger = ledger;
  }

  begins(visitor) {
    this.#begun.set(visitor, this.#clock += 1);
  }

  /** Takes what a deed reported and where it was refused, once the ledger has noted it. */
  ends(visitor, { reports, refusals }) {
    const from = this.#begun.get(visitor);
    const until = this.#clock += 1;
    this.#begun.delete(visitor);
    for (const report of reports) this.#live(report, from, until);
    for (const { wish, word } of refusals)
      if (wish.starts_at) this.#toBeJudged.push({ wish, word, from, until });
    this.#judge();
  }

  #live(report, from, now) {
    for (const life of this.#lives)
      if (life.session.id === report.id && life.session.revision <= report.revision)
        life.until = Math.min(life.until, now);
    const isOld = this.#ledger.newest(report.id).revision > report.revision;
    if (report.status === 'scheduled'
      || limited.has(report.mentor_id) && ['completed', 'no_show'].includes(report.status))
      this.#lives.push({ session: report, from, until: isOld ? now : Infinity });
  }

  #judge() {
    const goingOn = Math.min(...this.#begun.values());
    while (this.#toBeJudged[0]?.until < goingOn) this.#look(this.#toBeJudged.shift());
    const needed = Math.min(goingOn, ...this.#toBeJudged.map(({ from }) => from));
    this.#lives = this.#lives.filter(({ until }) => until >= needed);
  }

  #look({ wish, word, from, until }) {
    this.judged += 1;
    const sessions = this.#lives.filter((life) => life.from <= until && life.until >= from)
      .map(({ session }) => session);
    const isTrue = word === 'limit_reached' ? isLimitReached(wish, sessions)
      : sessions.some((session) => session.status === 'scheduled' && reasons[word](wish, session));
    if (!isTrue) this.findings.push(`${word} without a reason: ${JSON.stringify(wish)}`);
  }
}
