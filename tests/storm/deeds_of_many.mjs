// Deeds that write several sessions a transaction, also such as overlap each other. Two of them may
// wait for each other in a circle, or one of them with one of the others: that is 40P01.
import { book, changes, deedsOfOne, insert, leaves, merger, writes } from './deeds_of_one.mjs';
import { mentors } from './scene.mjs';
import { valuesOf } from './visitor.mjs';

const columns = '(mentor_id, startup_id, session_date, session_time, duration)';
const into = `INSERT INTO mentor_startup_sessions ${columns}`;
const types = ['text', 'bigint', 'date', 'time', 'interval'];

/** Two or three wishes, and now and then one more that is near the first. */
function wishesOf(visitor) {
  const wishes = Array.from({ length: 2 + visitor.random.below(2) }, () => visitor.wish());
  if (visitor.random.chance(0.3)) {
    const { mentor_id, session_date, session_time } = wishes[0];
    const nearby = session_time.replace(/:\d\d:/, visitor.random.pick([':00:', ':20:', ':40:']));
    wishes.push({ ...visitor.wish(), mentor_id, session_date, session_time: nearby });
  }
  return wishes;
}

/** Wishes as rows of parameters, "($1, $2, …)", "($6, …)", and the values that belong there. */
const asParameters = (wishes) => ({
  rows: wishes.map((_, i) =>
    `(${types.map((type, j) => `$${5 * i + j + 1}::${type}`).join(', ')})`),
  values: wishes.flatMap(valuesOf),
});

const done = async (visitor, text, values) => {
  await visitor.query(text, values);
  return visitor.reports.length ? 'done' : 'nothing';
};

function insertMany(visitor) {
  const { rows, values } = asParameters(wishesOf(visitor));
  return done(visitor, `${into} VALUES ${rows}`, values);
}

async function copy(visitor) {
  await visitor.copy(`mentor_startup_sessions ${columns}`,
    wishesOf(visitor).map((wish) => valuesOf(wish).join('\t')));
  return 'done';
}

/** One statement that writes two sessions and moves a third. */
function statementOfThree(visitor) {
  const wishes = [visitor.wish(), visitor.wish(), visitor.wish()];
  const { rows: [one, other, place], values } = asParameters(wishes);
  return done(visitor,
    `WITH one AS (${into} VALUES ${one}), other AS (${into} VALUES ${other})
     UPDATE mentor_startup_sessions SET ${columns} = ROW ${place} WHERE id = $16`,
    [...values, visitor.known('scheduled').id]);
}

function mergeMany(visitor) {
  const one = visitor.wish();
  let other;
  // MERGE may not write a row twice.
  do other = visitor.wish(); while (other.mentor_id === one.mentor_id);
  const { rows, values } = asParameters([one, other]);
  return done(visitor, merger(rows), values);
}

const someKnown = (visitor, count) =>
  Array.from({ length: count }, () => visitor.known('scheduled').id);

/** Two sessions change places, in one statement. */
const swap = (visitor) => done(visitor,
  `UPDATE mentor_startup_sessions s
   SET session_date = other.session_date, session_time = other.session_time,
       duration = other.duration
   FROM mentor_startup_sessions other
   WHERE (s.id, other.id) IN (($1, $2), ($2, $1)) AND s.status = 'scheduled'`,
  someKnown(visitor, 2));

/** A mentor's whole night is a little later, or earlier. */
const shift = (visitor) => done(visitor,
  `UPDATE mentor_startup_sessions
   SET session_date = (session_date + session_time + $2::interval)::date,
       session_time = (session_date + session_time + $2::interval)::time
   WHERE mentor_id = $1 AND status = 'scheduled'`,
  [visitor.random.pick(mentors).id, visitor.random.pick(['5 minutes', '-5 minutes'])]);

const removeMany = (visitor) => done(visitor,
  'DELETE FROM mentor_startup_sessions WHERE id = ANY ($1)', [someKnown(visitor, 3)]);

/** Two calls in one transaction, and between them a plain statement that may fail. */
const bookTwo = (visitor) => visitor.inTransaction(async () => {
  const first = await book(visitor);
  await visitor.inSavepoint(() => insert(visitor), { refusals: ['23505', '23P01'] });
  return `${first} and ${await book(visitor)}`;
});

export const deedsOfMany = {
  insert_many: writes(insertMany),
  copy: writes(copy),
  statement_of_three: changes(statementOfThree),
  merge_many: changes(mergeMany),
  swap: changes(swap),
  shift: changes(shift),
  remove_many: leaves(removeMany),
  book_two: writes(bookTwo),
};

const each = (deeds, make) =>
  Object.fromEntries(Object.entries(deeds).map(([name, deed]) => [name, make(deed)]));

/** Deeds of both kinds, in which nobody may rely on never meeting a deadlock. */
export const mixedDeeds = each({ ...deedsOfOne, ...deedsOfMany },
  (deed) => ({ ...deed, mayDeadlock: true }));

const theTableFirst = ({ run, ...deed }) => ({
  ...deed,
  run: (visitor) => visitor.inTransaction(async () => {
    await visitor.query('LOCK TABLE mentor_startup_sessions IN SHARE ROW EXCLUSIVE MODE');
    return run(visitor);
  }),
});

/** Deeds of both kinds, of which those that write several sessions take the table first: that is
 *  how they keep out of every circle. */
export const orderlyDeeds = { ...deedsOfOne, ...each(deedsOfMany, theTableFirst) };
