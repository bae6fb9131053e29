// Deeds of clients who repeat their requests, and hold a slot before they book it. All of them are calls:
// holds bind no others. Each deed gives a word for what came of it, and throws where a promise is broken.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

export const mentors = [
  { id: 'anna' },
  { id: 'bert', before: 5, after: 10 },
  { id: 'carl', perDay: 6 },
];
const sharedStartups = [1, 2, 3, 4, 5, 6];

const noSerialOrder = /^could not serialize access due to read\/write dependencies/;
const answer = `SELECT outcome, session_id::int, replayed, hold_token, expires_at FROM`;

export class Client {
  /** What was told, to be held against the tables: ids of sessions, and how often a slot was held. */
  booked = [];
  held = 0;
  askedAgain = [];
  isInTransaction = false;

  /**
   * @param {object} with
   * @param {[object, object]} with.connections  of one page that is open twice
   * @param {number} with.startup  one that is this client's alone
   * @param {{ admin: object, requests: object[], tokens: string[], expired: number }} with.shared
   */
  constructor({ connections, startup, random, shared, days }) {
    Object.assign(this, { startup, random, shared, days });
    [this.first, this.second] = connections;
  }

  wish(startup = this.random.pick(sharedStartups)) {
    const { random } = this;
    const minutes = 9 * 60 + 15 * random.below(24);
    const time = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
    return { values: [random.pick(mentors).id, startup, random.pick(this.days), time, `${random.pick([15, 30, 45])} minutes`] };
  }

  /** Under SERIALIZABLE PostgreSQL may find no order for what the statements of others read, and every client
   *  asks again then: that this does no harm is what is shown here. */
  async call(text, values, connection = this.first) {
    for (;;) {
      try {
        return (await connection.query(`${answer} ${text}`, values)).rows[0];
      } catch (error) {
        if (error.code !== '40001' || !noSerialOrder.test(error.message) || this.isInTransaction) throw error;
        this.askedAgain.push(`${text} ${error.detail}`);
      }
    }
  }

  async book({ values, key = null, token = null }, connection) {
    const told = await this.call('book_session($1, $2, $3, $4, $5, $6, $7)', [...values, key, token], connection);
    if (told.outcome === 'booked' && !told.replayed) this.booked.push(told.session_id);
    return told;
  }

  async hold({ values }, connection) {
    const told = await this.call('hold_slot($1, $2, $3, $4, $5)', values, connection);
    assert.equal(told.outcome === 'held', told.hold_token !== null, 'who holds has a token');
    if (told.outcome === 'held' && !told.replayed) this.held += 1;
    return told;
  }

  release(token) {
    return this.call('release_hold($1)', [token]);
  }

  /** As time does it, which fails for nobody; but the journal tells it as a change of the hold. */
  async expire(token) {
    const { rowCount } = await this.shared.admin.query(
      'UPDATE slot_holds SET expires_at = clock_timestamp() WHERE hold_token = $1', [token]);
    this.shared.expired += rowCount;
    return rowCount;
  }
}

/** All that were ever told of one key are told of one session, and one of them booked it. */
function noteKey(request, { outcome, session_id: id, replayed }) {
  if (outcome !== 'booked') return outcome;
  assert.equal(request.session ?? id, id, 'a key is one session');
  request.session = id;
  assert.ok(replayed || !request.isBooked, 'a key books once');
  request.isBooked ||= !replayed;
  return replayed ? 'replayed' : 'booked';
}

async function newRequest(client) {
  const request = { ...client.wish(), key: randomUUID() };
  client.shared.requests.push(request);
  return noteKey(request, await client.book(request));
}

/** Of the last ones, which others may be at. */
async function retry(client) {
  const request = client.random.pick(client.shared.requests.slice(-12));
  return request ? noteKey(request, await client.book(request)) : 'nothing';
}

async function twiceAtOnce(client) {
  const request = { ...client.wish(), key: randomUUID() };
  client.shared.requests.push(request);
  const told = await Promise.all([client.book(request, client.first), client.book(request, client.second)]);
  return told.map((one) => noteKey(request, one)).toSorted().join(' and ');
}

/** A key that was used is refused for anything else, and is not remembered for what was taken back. */
async function otherArguments(client) {
  const request = client.random.pick(client.shared.requests.filter(({ session }) => session));
  if (!request) return 'nothing';
  const values = request.values.with(3, '23:00');
  return client.book({ ...request, values }).then(
    () => assert.fail('a key was used for something else'),
    ({ code }) => code);
}

/** Who holds a slot gets it, whatever others do. */
async function holdAndConfirm(client) {
  const wish = client.wish(client.startup);
  const { outcome, hold_token: token } = await client.hold(wish);
  if (outcome !== 'held') return outcome;
  assert.equal((await client.hold(wish)).hold_token, token, 'held again is held by the same token');
  const told = await client.book({ ...wish, token: client.random.chance(0.8) ? token : null });
  assert.equal(told.outcome, 'booked', 'who holds a slot gets it');
  return 'booked';
}

async function holdAndRelease(client) {
  const { outcome, hold_token: token } = await client.hold(client.wish(client.startup));
  if (outcome !== 'held') return outcome;
  assert.equal((await client.release(token)).outcome, 'released');
  assert.equal((await client.release(token)).outcome, 'not_found');
  return 'released';
}

/** Confirmed and released at the same moment, or confirmed twice. */
async function confirmBesideAnother(client) {
  const wish = client.wish(client.startup);
  const { outcome, hold_token: token } = await client.hold(wish);
  if (outcome !== 'held') return outcome;
  const other = client.random.chance(0.5)
    ? client.call('release_hold($1)', [token], client.second)
    : client.book({ ...wish, token }, client.second);
  const words = (await Promise.all([client.book({ ...wish, token }), other])).map((told) => told.outcome);
  // Where the release came first, another may have been faster.
  assert.ok(words.includes('booked') || words[1] === 'released', `confirmed beside another: ${words}`);
  return words.join(' and ');
}

async function holdTooLong(client) {
  const wish = client.wish(client.startup);
  const { outcome, hold_token: token } = await client.hold(wish);
  if (outcome !== 'held') return outcome;
  await client.expire(token);
  const rival = client.random.pick(sharedStartups);
  if (client.random.chance(0.5)) await client.book({ values: wish.values.with(1, rival) }, client.second);
  const told = await client.book({ ...wish, token });
  assert.match(told.outcome, /^(booked|hold_expired|mentor_unavailable|limit_reached)$/);
  return told.outcome;
}

/** Held and left, by a startup that others act for too: so it may be confirmed by whoever comes by. */
async function holdAndLeave(client) {
  const { outcome, hold_token: token } = await client.hold(client.wish());
  if (token) client.shared.tokens.push(token);
  return outcome;
}

const someToken = ({ shared, random }) => random.pick(shared.tokens.slice(-30));

async function expireSome(client) {
  return await client.expire(someToken(client) ?? randomUUID()) ? 'done' : 'nothing';
}

async function takeBack(client) {
  const { first, booked, held } = client;
  const before = [...booked];
  client.isInTransaction = true;
  await first.query('BEGIN');
  try {
    if (client.random.chance(0.5)) await client.hold(client.wish());
    else await client.book({ ...client.wish(), key: randomUUID() });
  } finally {
    await first.query('ROLLBACK');
    Object.assign(client, { booked: before, held, isInTransaction: false });
  }
  return 'done';
}

const someSession = ({ booked, random }) => random.pick(booked) ?? 0;

export const deeds = {
  newRequest, retry, twiceAtOnce, otherArguments, holdAndConfirm, holdAndRelease, confirmBesideAnother, holdTooLong,
  holdAndLeave, expireSome, takeBack,
  book: async (client) => (await client.book(client.wish())).outcome,
  release: async (client) => (await client.release(someToken(client) ?? randomUUID())).outcome,
  cancel: async (client) => (await client.call('cancel_session($1)', [someSession(client)])).outcome,
  reschedule: async (client) => (await client.call('reschedule_session($1, $2, $3, $4)',
    [someSession(client), ...client.wish().values.slice(2)])).outcome,
};
