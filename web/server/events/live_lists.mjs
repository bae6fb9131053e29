// The lists of the mentors whom somebody listens to, kept as they are in the database: one reader
// for all of them, and one list for all who listen to one mentor.
import pg from 'pg';
import { ApiError, databaseUnreachable } from '../errors.mjs';
import { MentorList } from './mentor_list.mjs';
import { daysAtOnce, daysOfFirstPiece } from './pieces.mjs';

const minute = 60_000;
// What changes with the time alone is listed a little at a time, so that no event waits for it.
const millisecondsForUpkeep = 50;
const longestPause = 5_000;
// For how many readings a list is kept that nobody listens to: who comes back is told what is new.
const keptFor = 120;

/**
 * @typedef {object} LiveList
 * @property {MentorList} list
 * @property {{ resolve(list: MentorList): void, reject(error: Error): void }[]} waiting  for the
 *   first listing
 * @property {boolean} isTold  it has been listed
 * @property {string | undefined} key  the mentor as events name him, once that is known
 * @property {number} joining  those who are about to listen
 * @property {number} leftAt  since when nobody listens, in milliseconds of our clock
 * @property {number} daysAtOnce  of which size its next piece is
 * @property {number} listedAt  the minute of the last whole listing
 * @property {number} retryAt
 */

export class LiveLists {
  /** @type {Map<string, LiveList>} */
  #mentors = new Map();
  /** @type {{ at: number, event: import('./journal_reader.mjs').JournalEvent }[]} holds, which end
   *  by themselves */
  #holds = [];
  #reader;
  #lastCursor = '';
  #isRunning = false;
  /** Somebody waits for a list: the next turn comes without a pause. */
  #isWanted = false;
  #isClosed = false;
  /** Why the database can't be read just now. */
  #trouble;
  #wake = () => {};
  #configuration;
  #log;
  #newReader;

  /**
   * @param {{ eventsInterval: number, eventsMentors: number }} configuration
   * @param {(line: string) => void} log
   * @param {() => import('./journal_reader.mjs').JournalReader} newReader  not open yet
   */
  constructor(configuration, log, newReader) {
    this.#configuration = configuration;
    this.#log = log;
    this.#newReader = newReader;
  }

  /**
   * The list of a mentor, once it is known. Whoever gets it adds himself to its listeners at once.
   * @param {string} mentorId
   * @returns {Promise<MentorList>}
   */
  async join(mentorId) {
    if (this.#isClosed) throw new ApiError(503, '57P01', 'The gateway is ending.');
    if (this.#trouble !== undefined) throw databaseUnreachable(this.#trouble);
    const mentor = this.#mentors.get(mentorId) ?? this.#begin(mentorId);
    mentor.joining += 1;
    try {
      return mentor.isTold ? mentor.list : await new Promise((resolve, reject) => {
        mentor.waiting.push({ resolve, reject });
        this.#start();
      });
    } finally {
      mentor.joining -= 1;
      mentor.leftAt = Date.now();
    }
  }

  /** Everybody who listens or waits to. */
  close() {
    this.#isClosed = true;
    this.#refuseWaiting(new ApiError(503, '57P01', 'The gateway is ending.'));
    this.#mentors.clear();
    this.#wake();
  }

  #begin(mentorId) {
    this.#makeRoom();
    const mentor = { list: new MentorList(), waiting: [], isTold: false, key: undefined,
      joining: 0, leftAt: Date.now(), daysAtOnce: daysOfFirstPiece, listedAt: 0, retryAt: 0 };
    this.#mentors.set(mentorId, mentor);
    return mentor;
  }

  #makeRoom() {
    if (this.#mentors.size < this.#configuration.eventsMentors) return;
    const left = this.#firstToGo();
    if (left === undefined) {
      throw new ApiError(503, '53400', 'Too many mentors are listened to.',
        { hint: 'Ask for the list again from time to time.' });
    }
    this.#mentors.delete(left[0]);
    for (const listener of left[1].list.listeners) listener.end();
  }

  /** Whom nobody listens to any more, or else one who lists nothing: anybody can make up the name of a mentor. */
  #firstToGo() {
    const [left] = [...this.#mentors].filter(([, one]) => isLeft(one))
      .sort(([, one], [, other]) => one.leftAt - other.leftAt);
    return left ?? [...this.#mentors].find(([, one]) => one.isTold && one.joining === 0 && one.list.isEmpty);
  }

  #start() {
    this.#isWanted = true;
    this.#wake();
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#run();
  }

  async #run() {
    let pause = this.#configuration.eventsInterval;
    while (this.#mentors.size > 0) {
      try {
        const isDone = await this.#turn();
        this.#trouble = undefined;
        pause = isDone ? this.#configuration.eventsInterval : 0;
      } catch (error) {
        this.#giveUpReader(error);
        pause = Math.min(Math.max(2 * pause, 100), longestPause);
      }
      this.#forgetLeft();
      await this.#sleep(pause);
    }
    this.#reader?.close();
    this.#reader = undefined;
    this.#lastCursor = '';
    this.#holds = [];
    this.#trouble = undefined;
    this.#isRunning = false;
  }

  /** Reads on, and tells what changed; false where there is more to do at once. */
  async #turn() {
    this.#isWanted = false;
    if (this.#reader === undefined) await this.#openReader();
    const { events, isLast, isLost } = await this.#reader.read();
    this.#lastCursor = this.#reader.cursor;
    if (isLost) this.#spoilAll();
    this.#spoilBy(events);
    this.#spoilWhereHoldsEnded();
    // Who comes meanwhile is listed after the next events, which would wait as long as somebody comes.
    for (const [mentorId, mentor] of [...this.#mentors]) {
      if (isToBeListed(mentor)) await this.#tell(mentorId, mentor);
    }
    return await this.#keepUp() && isLast && ![...this.#mentors.values()].some(isToBeListed);
  }

  async #openReader() {
    const reader = this.#newReader();
    try {
      await reader.open(this.#lastCursor);
    } catch (error) {
      reader.close();
      throw error;
    }
    this.#reader = reader;
    this.#spoilAll();
  }

  #giveUpReader(error) {
    if (this.#trouble === undefined && !this.#isClosed) {
      this.#log(`events: ${JSON.stringify(error.message || error.code)}`);
    }
    this.#trouble = error;
    this.#reader?.close();
    this.#reader = undefined;
    this.#refuseWaiting(databaseUnreachable(error));
  }

  #spoilAll() {
    for (const { list } of this.#mentors.values()) list.spoil();
  }

  #spoilBy(events) {
    if (events.length === 0) return;
    const byKey = Map.groupBy(this.#mentors.values(), ({ key }) => key);
    const everybody = [...this.#mentors.values()];
    for (const event of events) {
      const ofAll = event.mentor_id === null || this.#reader.spellingsDiffer;
      const concerned = ofAll ? everybody
        : [event.mentor_id, event.previous_mentor_id].flatMap((key) => byKey.get(key) ?? []);
      for (const { list } of concerned) spoil(list, event);
      if (event.expires_at !== null) {
        this.#holds.push({ at: event.expires_at.getTime(), event: { ...event, expires_at: null } });
      }
    }
  }

  #spoilWhereHoldsEnded() {
    const now = this.#reader.now();
    const ended = this.#holds.filter(({ at }) => at <= now);
    if (ended.length === 0) return;
    this.#holds = this.#holds.filter(({ at }) => at > now);
    this.#spoilBy(ended.map(({ event }) => event));
  }

  /** Times pass, and the horizon moves on: each list is looked through once a minute. */
  async #keepUp() {
    const began = performance.now();
    const current = this.#currentMinute();
    for (const [mentorId, mentor] of this.#mentors) {
      const isUnderWay = mentor.list.isStale;
      if (mentor.listedAt === current || isUnderWay || mentor.retryAt > Date.now()) continue;
      if (performance.now() - began > millisecondsForUpkeep) return false;
      mentor.list.spoil();
      mentor.listedAt = current;
      await this.#tell(mentorId, mentor);
    }
    return true;
  }

  #currentMinute() {
    return Math.floor(this.#reader.now() / minute);
  }

  /** Where one list fails, the others are told on. */
  async #tell(mentorId, mentor) {
    try {
      await this.#list(mentorId, mentor);
    } catch (error) {
      mentor.list.spoil();
      if (!(error instanceof pg.DatabaseError) || !await this.#reader.isAlive()) throw error;
      mentor.retryAt = Date.now() + minute;
      for (const { reject } of mentor.waiting.splice(0)) reject(error);
      if (mentor.list.listeners.size > 0) {
        this.#log(`events of ${JSON.stringify(mentorId)}: ${JSON.stringify(error.message)}`);
      }
    }
  }

  async #list(mentorId, mentor) {
    mentor.key ??= await this.#reader.normalize(mentorId);
    const ranges = mentor.list.takeStale(await this.#reader.boundsOf(mentorId), mentor.daysAtOnce);
    const fresh = new Map();
    const began = performance.now();
    for (const range of ranges) {
      for (const [day, slots] of await this.#reader.list(mentorId, range)) fresh.set(day, slots);
    }
    mentor.daysAtOnce = daysAtOnce(ranges, performance.now() - began, mentor.daysAtOnce);
    mentor.list.takeIn(ranges, fresh, this.#reader.cursor);
    // What is left of a first listing comes with the next turns.
    if (mentor.isTold || mentor.list.isStale) return;
    mentor.listedAt = this.#currentMinute();
    mentor.isTold = true;
    for (const { resolve } of mentor.waiting.splice(0)) resolve(mentor.list);
  }

  #refuseWaiting(error) {
    for (const mentor of this.#mentors.values()) {
      for (const { reject } of mentor.waiting.splice(0)) reject(error);
    }
  }

  #forgetLeft() {
    const before = Date.now() - keptFor * this.#configuration.eventsInterval;
    for (const [mentorId, mentor] of this.#mentors) {
      const isNew = !mentor.isTold && mentor.waiting.length > 0;
      if (mentor.list.listeners.size > 0) mentor.leftAt = Date.now();
      else if (!isNew && isLeft(mentor) && (mentor.leftAt < before || !mentor.isTold)) {
        this.#mentors.delete(mentorId);
      }
    }
  }

  #sleep(milliseconds) {
    if (this.#isWanted) return undefined;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** @param {MentorList} list @param {import('./journal_reader.mjs').JournalEvent} event */
function spoil(list, { starts_at, previous_starts_at }) {
  if (starts_at === null) list.spoil();
  else list.spoilAround(starts_at);
  if (previous_starts_at !== null) list.spoilAround(previous_starts_at);
}

function isLeft({ list, joining }) {
  return list.listeners.size === 0 && joining === 0;
}

function isToBeListed({ list, retryAt }) {
  return list.isStale && retryAt <= Date.now();
}
