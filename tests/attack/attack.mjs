// A hostile caller against a server of its own: what must never happen, whatever is sent. The server stays up, no call
// takes seconds, no error is one of PostgreSQL's "can't happen", and what stands in the tables at the end is in order.
import { runScript } from '../gateway/stack.mjs';
import { startServer } from '../faults/servers.mjs';
import { random, seed } from './chance.mjs';
import { inputFor } from './inputs.mjs';

const slow = 2_000;
const deadly = /terminated by signal|PANIC|TRAP: |ERROR: AddressSanitizer|runtime error:|stack smashing/;
// 57P0x are of a server that goes down; XX of one that should have.
const forbidden = /^(?:XX|57P0|58)/;

const settings = ['max_prepared_transactions = 20', "statement_timeout = '20s'", 'log_min_messages = warning',
  "log_min_error_statement = panic", "lock_timeout = '5s'"];

// Others' triggers that fail now and then, before and after a row is written, and a way to run a statement in one.
const others = `
  CREATE SCHEMA testing; GRANT USAGE ON SCHEMA testing TO PUBLIC;
  CREATE FUNCTION testing.fail_now_and_then() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.startup_id = 13 THEN RAISE EXCEPTION 'not today'; END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER a_fails BEFORE INSERT OR UPDATE ON mentor_startup_sessions FOR EACH ROW EXECUTE FUNCTION testing.fail_now_and_then();
  CREATE TRIGGER z_fails AFTER INSERT OR UPDATE ON mentor_startup_sessions FOR EACH ROW WHEN (NEW.startup_id = 2) EXECUTE FUNCTION testing.fail_now_and_then();
  CREATE TRIGGER hold_fails BEFORE INSERT ON slot_holds FOR EACH ROW EXECUTE FUNCTION testing.fail_now_and_then();
  CREATE FUNCTION testing.nest(statement text) RETURNS text LANGUAGE plpgsql AS $$
  BEGIN
    EXECUTE statement;
    RETURN 'done';
  EXCEPTION WHEN unique_violation OR exclusion_violation OR invalid_parameter_value THEN
    RETURN SQLSTATE;
  END $$;
  INSERT INTO mentor_settings (mentor_id, time_zone, booking_horizon, max_sessions_per_day, max_sessions_per_startup)
    VALUES ('ada', 'Europe/Berlin', '100 years', 3, 4), ('bob', 'UTC', '1 year', NULL, NULL);
  INSERT INTO mentor_availability (mentor_id, opens, closes) VALUES ('ada', '00:00', '00:00'), ('bob', '09:00', '12:00')`;

const functionsOf = `
  SELECT n.nspname AS schema, p.proname AS name, coalesce(a.list, '[]') AS arguments
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e',
    LATERAL (SELECT json_agg(json_build_object('name', p.proargnames[i], 'type', format_type(p.proargtypes[i - 1], NULL),
        'optional', i > p.pronargs - p.pronargdefaults) ORDER BY i) AS list FROM generate_series(1, p.pronargs) i) AS a
  WHERE p.prorettype <> 'trigger'::regtype AND n.nspname = $1 AND p.proname <> 'setup_booking' ORDER BY p.proname`;

const tablesOf = `
  SELECT c.relname AS name, json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, NULL)) ORDER BY a.attnum) AS columns
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    -- What check_booking() goes by: it says so of whatever somebody writes into these.
    AND a.attname NOT IN ('booked_as', 'created_at')
  WHERE c.relnamespace = 'public'::regnamespace AND c.relname IN ('mentor_settings', 'mentor_availability', 'mentor_availability_overrides',
    'mentor_startup_sessions', 'slot_holds') GROUP BY c.relname ORDER BY c.relname`;

async function makeTarget(server) {
  const admin = await server.connect();
  await admin.query('CREATE EXTENSION slotguard');
  await admin.query('SELECT * FROM setup_booking()');
  for (const file of ['web/server/api_role.sql', 'web/server/signed_in_roles.sql']) await runScript({ url: server.url }, file);
  await admin.query(others);
  const [{ rows: functions }, { rows: internals }, { rows: tables }] = [await admin.query(functionsOf, ['public']),
    await admin.query(functionsOf, ['slotguard_internal']), await admin.query(tablesOf)];
  return { admin, functions, internals, tables };
}

/** As text that psql can run again. */
const told = ({ role, claims, context, statements }) => [`-- ${context}`, `SET ROLE ${role};`,
  `SELECT set_config('request.jwt.claims', ${claims}, false);`, ...statements.map((one) => `${one.replace(/^!/, '')};`)].join('\n');

/** Sends one input; what came of it that must not. */
async function send(client, input) {
  const wrongs = [];
  let failed = false;
  const say = async (text) => {
    const began = performance.now();
    try {
      await client.query(text);
      return undefined;
    } catch (error) {
      if (error.code === undefined) wrongs.push(`the connection is gone: ${error.message}`);
      else if (forbidden.test(error.code)) wrongs.push(`${error.code} ${error.message}`);
      return error;
    } finally {
      const took = performance.now() - began;
      if (took > slow) wrongs.push(`${Math.round(took)} ms: ${text.slice(0, 300)}`);
    }
  };
  await say(`RESET ROLE; SELECT set_config('request.jwt.claims', ${input.claims}, false); SET ROLE ${input.role}`);
  for (const statement of input.statements) {
    if (statement.startsWith('!')) {
      if (failed) await say(statement.slice(1));
      failed = false;
    } else if (!failed || /^(?:COMMIT|ROLLBACK)/.test(statement)) {
      failed = await say(statement) !== undefined;
    }
  }
  await say('ROLLBACK');
  await say('DEALLOCATE ALL');
  return wrongs;
}

/**
 * Attacks from a seed until `isOver(count)`.
 * @param {number} from
 * @param {(count: number) => boolean} isOver
 * @param {(count: number) => void} [tell]  each five hundred inputs
 * @returns {Promise<{ count: number, wrongs: string[] }>}
 */
export async function attack(from, isOver, tell = () => {}) {
  seed(from);
  const server = await startServer('attack', { settings });
  const wrongs = [];
  let count = 0;
  let isUp = true;
  try {
    const target = await makeTarget(server);
    let client = await server.connect();
    for (; !isOver(count) && wrongs.length < 10 && isUp; count += 1) {
      const input = inputFor(target);
      const found = await send(client, input);
      // Too slow once may be the machine; twice it is the call.
      const again = found.length > 0 && found.every((one) => / ms: /.test(one)) ? await send(client, input) : found;
      for (const wrong of again) wrongs.push(`${wrong}\n${told(input)}`);
      isUp = !again.some((one) => /connection is gone/.test(one));
      // A backend lives for a while: what it remembers is part of what is attacked.
      if (isUp && count % 500 === 499) {
        await client.end();
        client = await server.connect();
        tell(count + 1);
      }
    }
    const { rows } = isUp ? await target.admin.query('SELECT check_name, detail FROM check_booking() WHERE NOT ok') : { rows: [] };
    for (const { check_name: name, detail } of rows) wrongs.push(`check_booking(): ${name}: ${detail}`);
  } finally {
    const log = await server.log();
    for (const line of log.split('\n')) if (deadly.test(line)) wrongs.push(`the server's log: ${line}`);
    await server.stop();
  }
  return { count, wrongs };
}
