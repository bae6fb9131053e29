// Deeds that write one session a transaction: whatever is mixed of them, nobody deadlocks.
//
// A deed gives a word for what came of it. `refusals` are the errors that it may meet with where it
// loses a race; one that `changes` a session may also find it changed by somebody else meanwhile,
// which is 40001 under REPEATABLE READ and above.
import assert from 'node:assert/strict';

import { mentors, nextInLine, traveller } from './scene.mjs';
import { valuesOf } from './visitor.mjs';

const overlaps = ['23505', '23P01'];
export const writes = (run) => ({ run, refusals: overlaps, changes: false });
export const changes = (run) => ({ run, refusals: overlaps, changes: true });
/** What takes no time can't lose a race for it. */
export const leaves = (run) => ({ run, refusals: [], changes: true });

const columns = '(mentor_id, startup_id, session_date, session_time, duration)';
const insertion = `INSERT INTO mentor_startup_sessions ${columns} VALUES ($1, $2, $3, $4, $5)`;
export const merger = (rows) => `
  MERGE INTO mentor_startup_sessions s
  USING (VALUES ${rows}) wish ${columns}
  ON s.mentor_id = wish.mentor_id AND s.session_date = wish.session_date
    AND s.session_time = wish.session_time AND s.status = 'scheduled'
  WHEN MATCHED THEN UPDATE SET duration = wish.duration
  WHEN NOT MATCHED THEN INSERT ${columns}
    VALUES (wish.mentor_id, wish.startup_id, wish.session_date, wish.session_time, wish.duration)`;

/** Nothing is done where the session is gone, or no longer so. */
const whatIsReported = ({ reports }) => (reports.length ? 'done' : 'nothing');

const refused = /^(slot_taken|already_yours|startup_busy|mentor_unavailable|limit_reached)$/;

export async function book(visitor, wish = visitor.wish()) {
  const before = visitor.reports.length;
  const [{ outcome, session_id: id }] = await visitor.query(
    'SELECT outcome, session_id FROM book_session($1, $2, $3, $4, $5)', valuesOf(wish));
  const written = visitor.reports.slice(before);
  if (outcome === 'booked') {
    const { mentor_id, startup_id } = wish;
    assert.deepEqual(
      written.map((row) => [row.id, row.status, row.mentor_id, row.startup_id]),
      [[Number(id), 'scheduled', mentor_id, startup_id]], 'what was booked is what was written');
  } else {
    assert.match(outcome, refused);
    assert.deepEqual(written, [], 'a refused call writes nothing');
    visitor.wasRefused(wish, outcome);
  }
  return outcome;
}

export async function insert(visitor, wish = visitor.wish(), conflict = '') {
  const before = visitor.reports.length;
  try {
    await visitor.query(`${insertion} ${conflict}`, valuesOf(wish));
  } catch (error) {
    if (overlaps.includes(error.code)) visitor.wasRefused(wish, error.code);
    throw error;
  }
  if (visitor.reports.length > before) return 'done';
  visitor.wasRefused(wish, '23505');
  return 'nothing';
}

/** Changes a session that is known; `set` may use $2 and the values after it. */
async function change(visitor, set, values, pool = 'scheduled') {
  await visitor.query(`UPDATE mentor_startup_sessions SET ${set} WHERE id = $1`,
    [visitor.known(pool).id, ...values]);
  return whatIsReported(visitor);
}

const moveTo = (visitor, { mentor_id, session_date, session_time }) =>
  change(visitor, 'mentor_id = $2, session_date = $3, session_time = $4',
    [mentor_id, session_date, session_time]);

/** Another's very start, who may be on the way to this one's. */
const placeOfAnother = (visitor) => {
  const other = visitor.known('scheduled');
  return other.id ? other : visitor.wish();
};

async function merge(visitor) {
  // Half of them find their session there, and change its length.
  const wish = visitor.random.chance(0.5) ? visitor.wish()
    : { ...placeOfAnother(visitor), duration: visitor.wish().duration };
  await visitor.query(merger('($1::text, $2::bigint, $3::date, $4::time, $5::interval)'),
    valuesOf(wish));
  return whatIsReported(visitor);
}

async function cancel(visitor) {
  const { id } = visitor.known('scheduled');
  const [{ outcome }] = await visitor.query('SELECT outcome FROM cancel_session($1)', [id]);
  assert.equal(visitor.reports.some((row) => row.id === id && row.status === 'cancelled'),
    outcome === 'cancelled', 'what was cancelled is what was written');
  return outcome;
}

/** Its own mentor and startup, to another time; the answer says which they are by then. */
async function reschedule(visitor) {
  const { id } = visitor.known('scheduled');
  const { session_date, session_time, duration } = visitor.wish();
  const before = visitor.reports.length;
  const [{ outcome, replayed, ...asked }] = await visitor.query(`
    SELECT outcome, replayed, mentor_id, startup_id::int, session_date::text, session_time::text,
           extract(epoch FROM starts_at)::float AS starts_at, extract(epoch FROM ends_at)::float AS ends_at
    FROM reschedule_session($1, $2, $3, $4)`,
  [id, session_date, session_time, visitor.random.chance(0.5) ? duration : null]);
  const written = visitor.reports.slice(before);
  if (outcome === 'rescheduled' && !replayed) {
    assert.deepEqual(written.map((row) => [row.id, row.status, row.starts_at, row.ends_at]),
      [[id, 'scheduled', asked.starts_at, asked.ends_at]], 'what was moved is what was written');
    return outcome;
  }
  assert.deepEqual(written, [], 'what is refused or told again writes nothing');
  if (refused.test(outcome)) {
    if (asked.mentor_id === traveller.id) delete asked.starts_at; // whose clock may be another by now
    visitor.wasRefused(asked, outcome);
  }
  return outcome;
}

const remove = (pool) => async (visitor) => {
  await visitor.query('DELETE FROM mentor_startup_sessions WHERE id = $1',
    [visitor.known(pool).id]);
  return whatIsReported(visitor);
};

async function travel(visitor) {
  const zone = visitor.random.pick([traveller.zone, traveller.otherZone]);
  await visitor.query('UPDATE mentor_settings SET time_zone = $2 WHERE mentor_id = $1',
    [traveller.id, zone]);
  return 'done';
}

async function changeZone(visitor) {
  const { zone, otherZone } = visitor.random.pick(mentors);
  return change(visitor,
    'time_zone = CASE time_zone WHEN $2 THEN $3 WHEN $3 THEN $2 ELSE time_zone END',
    [zone, otherZone]);
}

/** Books or inserts, takes it back with a savepoint, and writes the same again. */
const retryOneOf = (...ways) => async (visitor) => {
  const [write, again] = [visitor.random.pick(ways), visitor.random.pick(ways)];
  const wish = visitor.wish();
  return visitor.inTransaction(async () => {
    await visitor.inSavepoint(() => write(visitor, wish),
      { refusals: overlaps, end: 'ROLLBACK TO' });
    return again(visitor, wish);
  });
};

async function changeOfMind(visitor) {
  const write = visitor.random.pick([book, insert, cancel]);
  await visitor.inTransaction(() => write(visitor), 'ROLLBACK');
  return 'done';
}

/** Those of the deeds that are named. */
export const some = (deeds, ...names) =>
  Object.fromEntries(names.map((name) => [name, deeds[name]]));

export const deedsOfOne = {
  book: { ...writes(book), refusals: [] },
  insert: writes(insert),
  // PostgreSQL's own 40001: "nothing" would lie where the snapshot does not show what stands there.
  insert_or_nothing: changes((visitor) =>
    insert(visitor, visitor.wish(), 'ON CONFLICT DO NOTHING')),
  merge: changes(merge),
  move: changes((visitor) => moveTo(visitor, visitor.wish())),
  move_onto: changes((visitor) => moveTo(visitor, placeOfAnother(visitor))),
  // The next in line is the trigger's: who takes it a session waits for its cancel's hours, as the
  // trigger does for its, and the other way round.
  change_startup: changes((visitor) => change(visitor,
    `startup_id = CASE startup_id WHEN ${nextInLine} THEN startup_id ELSE $2 END`,
    [visitor.wish().startup_id])),
  change_duration: changes((visitor) =>
    change(visitor, 'duration = $2', [visitor.wish().duration])),
  change_zone: changes(changeZone),
  // Not of one that somebody else has ended meanwhile: what is cancelled can't be completed.
  end: leaves((visitor) => change(visitor, "status = CASE status WHEN 'scheduled' THEN $2 ELSE status END",
    [visitor.random.pick(['completed', 'cancelled', 'no_show'])])),
  reinstate: changes((visitor) => change(visitor, "status = 'scheduled'", [], 'ended')),
  cancel: { ...leaves(cancel), endedAlready: true },
  reschedule: { ...leaves(reschedule), endedAlready: true },
  remove: leaves(remove('scheduled')),
  clear_away: leaves(remove('ended')),
  travel: leaves(travel),
  retry: writes(retryOneOf(book, insert)),
  change_of_mind: { ...changes(changeOfMind), endedAlready: true },
};

/** Only calls take time, so limits hold; what is taken back or gone gives its place to others. */
export const deedsOfTheFull = {
  ...some(deedsOfOne, 'book', 'cancel', 'reschedule', 'remove', 'clear_away', 'change_of_mind'),
  // Not of a session that was cancelled meanwhile: it would count again, past the limit.
  be_over: leaves((visitor) => change(visitor,
    "status = CASE status WHEN 'scheduled' THEN $2 ELSE status END",
    [visitor.random.pick(['completed', 'no_show'])])),
  book_again: { ...writes(retryOneOf(book)), refusals: [] },
};

/** Where two meet in these, one may wait for the other in the wrong order. */
export const deedsOfMeeting = some(deedsOfOne, 'book', 'reinstate', 'cancel', 'reschedule', 'end',
  'move', 'move_onto', 'change_zone', 'remove');
