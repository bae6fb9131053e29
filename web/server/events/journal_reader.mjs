// The one connection by which the gateway follows the journal and lists what changed. It has no
// rights but to read the journal and to list, whoever listens.
import pg from 'pg';

const quoted = pg.escapeIdentifier;
const patienceBeyondStatementTimeout = 2_000;
const eventsAtOnce = 1_000;
const mostDays = 366;
// The cursor is of another journal, or events after it were pruned: nobody knows what was missed.
const cursorIsLost = new Set(['22023', '55000']);

/**
 * @typedef {object} JournalEvent
 * @property {string | null} mentor_id  null: of every mentor's
 * @property {string | null} previous_mentor_id
 * @property {Date | null} starts_at  null: no instant in particular
 * @property {Date | null} previous_starts_at
 * @property {Date | null} expires_at  of a hold
 */

export class JournalReader {
  /** The last event that was read; empty while there is none. */
  cursor = '';
  #client;
  #schema;
  #clockAhead = 0;
  #normalize = async (mentorId) => mentorId;

  /** Whether two texts may be one mentor, so that it takes the database to tell. */
  spellingsDiffer = false;

  /** @param {import('../configuration.mjs').Configuration} configuration */
  constructor(configuration) {
    const { statementTimeout } = configuration;
    this.#schema = quoted(configuration.schema);
    this.#client = new pg.Client({
      connectionString: configuration.databaseUrl,
      application_name: 'slotguard gateway: events',
      connectionTimeoutMillis: configuration.connectionTimeout,
      statement_timeout: statementTimeout,
      query_timeout: statementTimeout + patienceBeyondStatementTimeout,
      keepAlive: true,
    });
    // Without a listener a lost connection would end the process; the next question finds it.
    this.#client.on('error', () => {});
  }

  /** @param {string} [cursor]  to go on from there; else from now on */
  async open(cursor = '') {
    await this.#client.connect();
    await this.#client.query('SET ROLE slotguard_journal');
    await this.#learn();
    this.cursor = cursor || await this.#latest();
  }

  /** The connection is given up, whatever it is doing. */
  close() {
    this.#client.end().catch(() => {});
  }

  /** Whether it is still there, after an error. */
  async isAlive() {
    try {
      await this.#client.query('SELECT 1');
      return true;
    } catch {
      return false;
    }
  }

  /** The database's clock. */
  now() {
    return Date.now() + this.#clockAhead;
  }

  /** How a mentor is written in events. @param {string} mentorId */
  normalize(mentorId) {
    return this.#normalize(mentorId);
  }

  /**
   * The next events, `isLast` where there are none after them.
   * @returns {Promise<{ events: JournalEvent[], isLast: boolean, isLost: boolean }>}  isLost: some
   *   may be missing
   */
  async read() {
    try {
      const { rows } = await this.#client.query({
        name: 'events',
        text: `SELECT cursor, event, mentor_id, starts_at, previous_starts_at,
            detail ->> 'previous_mentor_id' AS previous_mentor_id,
            (detail ->> 'expires_at')::timestamptz AS expires_at
          FROM ${this.#schema}.booking_events_after($1, ${eventsAtOnce})`,
        values: [this.cursor || null],
      });
      if (rows.length > 0) this.cursor = rows.at(-1).cursor;
      return { events: rows, isLast: rows.length < eventsAtOnce, isLost: false };
    } catch (error) {
      if (!cursorIsLost.has(error.code)) throw error;
      this.cursor = await this.#latest();
      return { events: [], isLast: true, isLost: true };
    }
  }

  /**
   * From when to when a mentor can be listed, in days since 1970-01-01 on his clock.
   * @returns {Promise<{ today: number, last: number }>}
   */
  async boundsOf(mentorId) {
    const { rows: [bounds] } = await this.#client.query({
      name: 'bounds',
      text: `SELECT (now() AT TIME ZONE time_zone)::date - date '1970-01-01' AS today,
          ((now() + booking_horizon) AT TIME ZONE time_zone)::date - date '1970-01-01' AS last
        FROM ${this.#schema}.mentor_info($1)`,
      values: [mentorId],
    });
    return { today: bounds.today, last: Math.min(bounds.last, bounds.today + mostDays - 1) };
  }

  /**
   * The rows of each day that has any, as JSON without brackets.
   * @param {{ from: number, to: number }} range
   * @returns {Promise<Map<number, string>>}
   */
  async list(mentorId, { from, to }) {
    const { rows } = await this.#client.query({
      name: 'list',
      text: `SELECT s.session_date - date '1970-01-01' AS day,
          string_agg(row_to_json(s)::text, ',' ORDER BY s.starts_at) AS slots
        FROM ${this.#schema}.available_slots($1, date '1970-01-01' + $2::int,
                                             date '1970-01-01' + $3::int) AS s
        GROUP BY s.session_date`,
      values: [mentorId, from, to],
    });
    return new Map(rows.map(({ day, slots }) => [day, slots]));
  }

  async #latest() {
    const { rows: [{ cursor }] } = await this.#client.query(
      `SELECT ${this.#schema}.latest_booking_cursor() AS cursor`);
    return cursor ?? '';
  }

  /** The clock, and what a mentor's key is: in an adopted table it may be a uuid. */
  async #learn() {
    const { rows: [{ now, is_uuid, is_deterministic }] } = await this.#client.query(
      `SELECT clock_timestamp() AS now, a.atttypid = 'uuid'::regtype AS is_uuid,
          coalesce(c.collisdeterministic, true) AS is_deterministic
        FROM pg_catalog.pg_attribute a LEFT JOIN pg_catalog.pg_collation c ON c.oid = a.attcollation
        WHERE a.attrelid = '${this.#schema.replaceAll("'", "''")}.booking_events'::regclass
          AND a.attname = 'mentor_id'`);
    this.#clockAhead = now.getTime() - Date.now();
    this.spellingsDiffer = !is_deterministic;
    if (is_uuid) {
      this.#normalize = async (mentorId) => (await this.#client.query(
        'SELECT $1::uuid::text AS key', [mentorId])).rows[0].key;
    }
  }
}
