// What a client may ask for: each deed makes a plan by chance, which is the statement, how its answer is
// read, and what the history notes of it. A plan can be carried out a second time when its reply was lost.
import { minutes, mentors, startups } from './scene.mjs';

const limited = new Set(mentors.filter(({ perDay }) => perDay).map(({ id }) => id));
const listed = mentors.find(({ hasHours }) => hasHours).id;

const epoch = (column) => `extract(epoch FROM ${column})::float8 AS ${column}`;
const answer = `outcome, session_id, mentor_id, startup_id, ${epoch('starts_at')}, ${epoch('ends_at')}, replayed,
  hold_token, ${epoch('expires_at')}, alternatives`;
const row = `id AS session_id, mentor_id, startup_id, ${epoch('starts_at')}, ${epoch('ends_at')}`;

const seconds = (text) => Date.parse(text) / 1000;
const offersOf = (list) => list.map(({ starts_at: from, ends_at: to }) =>
  ({ starts_at: seconds(from), ends_at: seconds(to) }));

function readAnswer([{ alternatives, ...told }]) {
  return { ...told, offers: offersOf(alternatives) };
}
const readRow = ([written]) => (written ? { outcome: 'done', ...written } : { outcome: 'nothing' });

/** What somebody would like; `local` is how they say it. */
function wishFor({ random, places }) {
  const { session_date: date, session_time: time, ...place } = random.pick(places);
  const length = random.pick(minutes);
  return {
    mentor_id: place.mentor_id, startup_id: random.pick(startups), starts_at: place.starts_at,
    ends_at: place.starts_at + 60 * length, local: [date, time, `${length} minutes`],
  };
}

/** With a key that somebody has used before, or is just using, mostly for the same; with a hold; or
 *  just so. */
function wishToBook(client) {
  const { random, known } = client;
  const used = random.chance(0.1) ? random.chance(0.5) ? known.keys.newest : known.keys.pick(random) : undefined;
  if (used) {
    const wish = random.chance(0.6) ? used : wishFor(client);
    return { ...wish, startup_id: used.startup_id, key: used.key };
  }
  const key = random.chance(0.7) ? client.newKey() : undefined;
  const held = random.chance(0.4) ? known.holds.pick(random) : undefined;
  const wish = held ? { ...held.wish, token: held.token, key } : { ...wishFor(client), key };
  if (key !== undefined) known.keys.add(wish);
  return wish;
}

function book(client) {
  const wish = wishToBook(client);
  return {
    wish, read: readAnswer,
    text: `SELECT ${answer} FROM book_session($1, $2, $3, $4, $5, $6, $7)`,
    values: [wish.mentor_id, wish.startup_id, ...wish.local, wish.key, wish.token],
  };
}

function hold(client) {
  const wish = wishFor(client);
  return {
    wish, read: readAnswer,
    text: `SELECT ${answer} FROM hold_slot($1, $2, $3, $4, $5, $6)`,
    values: [wish.mentor_id, wish.startup_id, ...wish.local,
      client.random.pick(['50 ms', '500 ms', '2 s', '1 minute'])],
  };
}

function release({ random, known }) {
  const token = known.holds.pick(random)?.token ?? '00000000-0000-4000-8000-000000000000';
  return { token, read: readAnswer, text: `SELECT ${answer} FROM release_hold($1)`, values: [token] };
}

function cancel({ random, known }) {
  const session = known.pick(random, 'scheduled')?.id;
  return session && {
    session, read: readAnswer, text: `SELECT ${answer} FROM cancel_session($1)`, values: [session],
  };
}

/** A session that is known, and another time of its mentor's for it. */
function anotherTime(client, isAllowed = () => true) {
  const session = client.known.pick(client.random, 'scheduled');
  if (!session || !isAllowed(session)) return undefined;
  const places = client.places.filter(({ mentor_id: mentor }) => mentor === session.mentor_id);
  const { starts_at, ends_at, local } = wishFor({ random: client.random, places });
  return { session: session.id, wish: { starts_at, ends_at }, local };
}

function reschedule(client) {
  const { session, wish, local } = anotherTime(client) ?? {};
  return session && {
    session, wish, read: readAnswer,
    text: `SELECT ${answer} FROM reschedule_session($1, $2, $3, $4)`, values: [session, ...local],
  };
}

function insert(client) {
  const wish = wishFor(client);
  if (limited.has(wish.mentor_id)) return undefined;
  if (client.random.chance(0.3)) wish.key = client.newKey();
  return {
    wish, read: readRow,
    text: `INSERT INTO mentor_startup_sessions (mentor_id, startup_id, session_date, session_time, duration,
             idempotency_key) VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${row}`,
    values: [wish.mentor_id, wish.startup_id, ...wish.local, wish.key],
  };
}

const isUnlimited = ({ mentor_id: mentor }) => mentor !== undefined && !limited.has(mentor);

function move(client) {
  const { session, wish, local } = anotherTime(client, isUnlimited) ?? {};
  return session && {
    session, wish, read: readRow,
    text: `UPDATE mentor_startup_sessions SET session_date = $2, session_time = $3, duration = $4
           WHERE id = $1 AND status = 'scheduled'
             AND (session_date, session_time, duration) IS DISTINCT FROM ($2::date, $3::time, $4::interval)
           RETURNING ${row}`,
    values: [session, ...local],
  };
}

/** A key stands for its startup, so what has one stays with it. */
function give({ random, known }) {
  const session = known.pick(random, 'scheduled');
  if (!session || session.hasKey || !isUnlimited(session)) return undefined;
  const startup = random.pick(startups);
  return {
    session: session.id, wish: { startup_id: startup }, read: readRow,
    text: `UPDATE mentor_startup_sessions SET startup_id = $2
           WHERE id = $1 AND status = 'scheduled' AND startup_id <> $2 RETURNING ${row}`,
    values: [session.id, startup],
  };
}

/** A plain statement that leaves a session where it is. */
const plain = (state, statement, isAllowed = () => true) => ({ random, known }) => {
  const session = known.pick(random, state);
  return session && isAllowed(session)
    ? { session: session.id, read: readRow, text: `${statement} RETURNING ${row}`, values: [session.id] }
    : undefined;
};
const end = (status) => plain('scheduled',
  `UPDATE mentor_startup_sessions SET status = '${status}' WHERE id = $1 AND status = 'scheduled'`);

function list({ random, places }) {
  const { session_date: date } = random.pick(places.filter(({ mentor_id: mentor }) => mentor === listed));
  return {
    text: `SELECT state, ${epoch('starts_at')}, ${epoch('ends_at')} FROM available_slots($1, $2, $2, $3)`,
    values: [listed, date, `${random.pick(minutes)} minutes`],
    read: (rows) => ({
      outcome: 'listed', mentor_id: listed, offers: rows.filter(({ state }) => state === 'available'),
      shown: rows.filter(({ state }) => state !== 'available'),
    }),
  };
}

/** Changes a mentor's settings so that nothing comes of it, except that all have to read them again. */
function tune({ random }) {
  const mentor = random.pick(mentors).id;
  return {
    mentor, values: [mentor], read: () => ({ outcome: 'done' }),
    text: `UPDATE mentor_settings SET booking_horizon = interval '7 years' - booking_horizon WHERE mentor_id = $1`,
  };
}

/** How often each comes, and its plan: nothing where there is nothing to do it to. */
const kinds = {
  book: [36, book],
  hold: [9, hold],
  release: [4, release],
  cancel: [11, cancel],
  reschedule: [12, reschedule],
  insert: [6, insert],
  move: [4, move],
  give: [2, give],
  restore: [3, plain('ended', `UPDATE mentor_startup_sessions SET status = 'scheduled'
    WHERE id = $1 AND status <> 'scheduled'`, isUnlimited)],
  call_off: [3, end('cancelled')],
  complete: [2, end('completed')],
  miss: [1, end('no_show')],
  remove: [5, plain('scheduled', 'DELETE FROM mentor_startup_sessions WHERE id = $1')],
  list: [2, list],
  tune: [0.3, tune],
};

const total = Object.values(kinds).reduce((sum, [weight]) => sum + weight, 0);

/** What this client does next. */
export function planFor(client) {
  for (;;) {
    let place = client.random.next() * total;
    const [deed, [, make]] = Object.entries(kinds).find(([, [weight]]) => (place -= weight) < 0);
    const plan = make(client);
    if (plan) return { deed, ...plan };
  }
}
