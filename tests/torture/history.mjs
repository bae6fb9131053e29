// What a history is made of, and what can be said of one call of it. The checker reads nothing else.
//
// history = {
//   mentors    { id, before, after (seconds), perDay, perWeek, changes (before the first call) }
//   mayDeadlock   whether some transactions write several sessions, in any order
//   calls      in the order in which they were made, see below
//   journal    rows of booking_events by event_id, instants in seconds
//   read       [{ event_id, seenAt, row }] as the reader was given them, in that order
//   late       { since, read } of a reader who began with latest_booking_cursor() at that moment, if any
//   sessions   rows of mentor_startup_sessions in the end
//   holds      rows of slot_holds in the end
// }
//
// call = {
//   number     its place among the calls
//   transaction   a number that the calls of one transaction share; transactionSize: how many they are
//   deed       what it does, a key of `deeds`
//   wish       { mentor_id, startup_id, starts_at, ends_at, key, token }, where it wishes for a time
//   session    the id of the session that it is about; token of a hold, mentor
//              whose settings it changes
//   from       when it was sent, until: when it was answered, both in milliseconds of one clock that
//              never goes back
//   looksFrom  when its snapshot may have been taken, where that was before it was sent
//   wall       [from, until] of the clock on the wall, in seconds, for what expires
//   timeouts   whether lock_timeout or statement_timeout may end it
//   isolation  of its transaction
//   told       the answer: { outcome, session_id, … }, or { code, constraint } of an error; nothing
//              where none came
//   fate       'committed', 'undone' or 'unknown': what became of its transaction
//   sealed     when its COMMIT was sent, settled: when that was answered
// }

/** What each deed writes into the journal, and the answers by which it tells that it has. A plain
 *  writer's `done` is a row that it wrote; it is bound by the guard, and not by the rules. */
export const deeds = {
  book: { event: 'booked', success: 'booked' },
  hold: { event: 'held', success: 'held' },
  release: { event: 'released', success: 'released' },
  cancel: { event: 'cancelled', success: 'cancelled' },
  reschedule: { event: 'rescheduled', success: 'rescheduled' },
  insert: { event: 'booked', success: 'done', isPlain: true },
  move: { event: 'rescheduled', success: 'done', isPlain: true },
  give: { event: 'rescheduled', success: 'done', isPlain: true },
  restore: { event: 'booked', success: 'done', isPlain: true },
  call_off: { event: 'cancelled', success: 'done', isPlain: true },
  complete: { event: 'completed', success: 'done', isPlain: true },
  miss: { event: 'no_show', success: 'done', isPlain: true },
  remove: { event: 'deleted', success: 'done', isPlain: true },
  tune: { event: 'hours_changed', success: 'done', isPlain: true },
  list: {},
};

export const isPlain = (call) => deeds[call.deed].isPlain === true;
export const makesSession = (call) => call.deed === 'book' || call.deed === 'insert';

/** It was told that it has written, by itself and not by an earlier call of the same key. */
export const toldSuccess = ({ deed, told }) =>
  told !== undefined && told.outcome === deeds[deed].success && told.replayed !== true;

/** It has written, or somebody lied. */
export const mustHaveWritten = (call) => call.fate === 'committed' && toldSuccess(call);

/** It may have written, as far as anybody can know. */
export const mayHaveWritten = (call) => deeds[call.deed].event !== undefined
  && call.fate === 'unknown' && (call.told === undefined || toldSuccess(call));

export const endOf = (call) => call.until ?? Infinity;
export const commitEndOf = (call) => (call.fate === 'committed' ? call.settled : Infinity);
export const commitStartOf = (call) => call.sealed ?? call.from;

const place = ['mentor_id', 'startup_id', 'starts_at', 'ends_at'];
export const placeOf = (row) => Object.fromEntries(place.map((name) => [name, row[name]]));
export const isSamePlace = (one, other) => place.every((name) => one[name] === other[name]);
/** Whether something is where it was wished; a wish may leave out what is as it was. */
export const fits = (wish, row) =>
  place.every((name) => wish?.[name] === undefined || wish[name] === row[name]);

/** Two stretches [starts_at, ends_at) that share an instant; `room` is what has to lie between. */
export const collide = (one, other, room = 0) =>
  one.starts_at < other.ends_at + room && other.starts_at < one.ends_at + room;

export const roomOf = (mentors, id) => {
  const mentor = mentors.find((each) => each.id === id);
  return (mentor?.before ?? 0) + (mentor?.after ?? 0);
};

/** Days and weeks of mentors with limits, whose clocks show UTC. */
export const spans = {
  perDay: ({ starts_at: at }) => Math.floor(at / 86_400),
  perWeek: ({ starts_at: at }) => Math.floor((at / 86_400 + 3) / 7), // 1970-01-01: a Thursday
};

/** Instants of one and the same moment, of which one came by way of JSON in milliseconds. */
export const isSameInstant = (one, other) => Math.abs(one - other) < 0.0011;

/** A time as a finding names it. */
export const timeOf = ({ mentor_id: mentor, startup_id: startup, starts_at: from, ends_at: to }) =>
  `${mentor}, startup ${startup}, ${iso(from)} to ${iso(to)}`;
const iso = (seconds) => (Number.isFinite(seconds)
  ? new Date(seconds * 1000).toISOString().slice(0, 16) : String(seconds));

export const nameOf = (call) =>
  `call ${call.number} (${call.deed}${call.told ? `, told ${call.told.outcome ?? call.told.code}` : ''})`;

export function groupBy(list, keyOf) {
  const groups = new Map();
  for (const each of list) {
    const key = keyOf(each);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  return groups;
}
