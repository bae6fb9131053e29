// The pool of connections, and the one way to use one: a transaction, in which the caller is who
// callers.mjs found him to be.
import pg from 'pg';
import { ApiError, connectionLost, databaseUnreachable, poolExhausted } from './errors.mjs';

// The server cancels a statement first; this is for a server that has stopped answering at all.
const patienceBeyondStatementTimeout = 2_000;

/** @param {import('./configuration.mjs').Configuration} configuration */
export function openDatabase(configuration) {
  const pool = new pg.Pool({
    connectionString: configuration.databaseUrl,
    application_name: 'slotguard gateway',
    max: configuration.poolSize,
    connectionTimeoutMillis: configuration.connectionTimeout,
    statement_timeout: configuration.statementTimeout,
    query_timeout: configuration.statementTimeout + patienceBeyondStatementTimeout,
    idle_in_transaction_session_timeout: configuration.statementTimeout,
    keepAlive: true,
    // What a backend remembers for good, and PostgreSQL's own of it, ends with the connection.
    maxUses: 2_000,
    maxLifetimeSeconds: 600,
  });
  // Whoever asks whether the gateway is well waits for nobody who asks for something else.
  const asked = new pg.Pool({ ...pool.options, max: 1, idleTimeoutMillis: 60_000 });
  let answer;
  // Without listeners a lost connection would end the process. The pool drops it, and the next
  // request makes a new one or says why it can't.
  for (const one of [pool, asked]) {
    one.on('error', () => {});
    one.on('connect', (client) => client.on('error', () => {}));
  }
  return {
    /** Runs `work` in a transaction that may write, as the caller. */
    write: (work, caller) => inTransaction(pool, beginAs('BEGIN', caller), work),
    /** Runs `work` in a transaction in which PostgreSQL itself refuses to write (25006). */
    read: (work, caller) => inTransaction(pool, beginAs('BEGIN READ ONLY', caller), work),
    /** Whether the database answers: one question for all who ask meanwhile. */
    isAlive() {
      answer ??= inTransaction(asked, beginAs('BEGIN READ ONLY'), (client) => client.query('SELECT 1'))
        .finally(() => { answer = undefined; });
      return answer;
    },
    close: () => Promise.all([pool.end(), asked.end()]),
  };
}

/**
 * One message to the server and not three. Both settings end with the transaction, so nobody finds
 * them on a connection that the pool hands on.
 */
function beginAs(begin, { role, claims } = { role: null, claims: '' }) {
  const settings = [`set_config('request.jwt.claims', ${pg.escapeLiteral(claims)}, true)`];
  if (role !== null) settings.unshift(`set_config('role', ${pg.escapeLiteral(role)}, true)`);
  return `${begin}; SELECT ${settings.join(', ')}`;
}

async function inTransaction(pool, begin, work) {
  const client = await beginOn(pool, begin);
  let unusable;
  try {
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    unusable = await rollBack(client, error);
    throw unusable && !isDatabaseError(error) ? connectionLost(error) : error;
  } finally {
    client.release(unusable);
  }
}

/**
 * A connection on which a transaction is open; those that died in the pool are passed over. Where
 * one gives no answer in time, the others would not either: the visitor is told then.
 */
async function beginOn(pool, begin) {
  const { max, connectionTimeoutMillis } = pool.options;
  let lost;
  for (let tries = 0; tries <= max; tries += 1) {
    const client = await connect(pool);
    try {
      await client.query({ text: begin, query_timeout: connectionTimeoutMillis });
      return client;
    } catch (error) {
      const dead = await rollBack(client, error);
      client.release(dead);
      if (!dead) throw error; // No such role, or one that the gateway's may not become.
      lost = error; // Nothing was done on it yet, so another one may do it.
      if (error.message === 'Query read timeout') break; // pg's words; it has no code for it.
    }
  }
  throw connectionLost(lost);
}

async function connect(pool) {
  try {
    return await pool.connect();
  } catch (error) {
    // pg-pool's words for "nobody gave a connection back in time"; it has no code for it.
    const busy = error.message === 'timeout exceeded when trying to connect';
    throw busy ? poolExhausted(error) : databaseUnreachable(error);
  }
}

/** Makes the connection fit for the next request, or says (true) that it must be thrown away. */
async function rollBack(client, error) {
  if (!(error instanceof ApiError) && !isDatabaseError(error)) return true;
  // After a FATAL error this fails. The error does not tell it apart: `severity` is in whatever
  // language the server speaks.
  try {
    await client.query('ROLLBACK');
    return false;
  } catch {
    return true;
  }
}

function isDatabaseError(error) {
  return error instanceof pg.DatabaseError;
}
