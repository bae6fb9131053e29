// What a hostile caller sends: a call of the API or a plain write, of odd values, by some role, in some context.
import { random } from './chance.mjs';
import { claimsOf, valueOf } from './values.mjs';

/** @typedef {{ name: string, schema: string, arguments: { name: string, type: string, optional: boolean }[] }} Callee */
/** @typedef {{ name: string, columns: { name: string, type: string }[] }} Table */

const roles = ['postgres', 'slotguard_startup', 'slotguard_startup', 'slotguard_web', 'slotguard_mentor'];
// What books is asked for more often than what lists.
const often = new Set(['book_session', 'hold_slot', 'reschedule_session', 'cancel_session', 'release_hold']);
const isolations = ['READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE'];
const body = (statement) => statement.replaceAll("'", "''");

/** @param {Callee} callee */
function callOf({ schema, name, arguments: list }) {
  const given = list.filter(({ optional }) => !optional || random.chance(0.6))
    .map(({ name: argument, type }) => `"${argument}" => ${valueOf(type)}`);
  return `SELECT * FROM ${schema}.${name}(${given.join(', ')})`;
}

/** @param {Table} table */
function writeOf({ name, columns }) {
  // PostgreSQL numbers the rows itself.
  const some = columns.filter(({ name: column }) => random.chance(column === 'id' ? 0.02 : 0.6));
  const chosen = some.length > 0 ? some : [random.pick(columns)];
  const where = () => {
    const { name: column, type } = random.pick(columns);
    return `"${column}" ${random.pick(['=', '<', '>', 'IS NOT DISTINCT FROM'])} ${valueOf(type)}`;
  };
  switch (random.below(10)) {
    case 0: if (random.chance(0.8)) return `SELECT count(*) FROM ${name} WHERE ${where()}`;
      return `DELETE FROM ${name} WHERE ${where()}`;
    case 1: return `SELECT count(*) FROM ${name} WHERE ${where()}`;
    case 2: case 3: case 4: return `UPDATE ${name} SET ${chosen.slice(0, 3).map(({ name: column, type }) =>
      `"${column}" = ${valueOf(type)}`).join(', ')} WHERE ${where()}`;
    default: return `INSERT INTO ${name} (${chosen.map(({ name: column }) => `"${column}"`).join(', ')}) VALUES (${
      chosen.map(({ type }) => valueOf(type)).join(', ')})`;
  }
}

/** Where it stands: each gives the statements of one message, which is one transaction unless it says otherwise. */
const contexts = {
  plain: (one) => [one()],
  transaction: (one) => [`BEGIN ISOLATION LEVEL ${random.pick(isolations)}`, one(), one(), random.pick(['COMMIT', 'ROLLBACK'])],
  // As drivers and psql do of themselves: whatever fails is undone, and the transaction goes on.
  savepoints: (one) => ['BEGIN', 'SAVEPOINT a', one(), '!ROLLBACK TO a', one(), 'SAVEPOINT b', one(), '!ROLLBACK TO b', 'RELEASE a',
    one(), random.pick(['COMMIT', 'ROLLBACK'])],
  blocks: (one) => [`DO $attack$ BEGIN BEGIN EXECUTE '${body(one())}'; EXCEPTION WHEN OTHERS THEN
    BEGIN EXECUTE '${body(one())}'; EXCEPTION WHEN OTHERS THEN NULL; END; END; EXECUTE '${body(one())}'; END $attack$`],
  cursor: (one) => ['BEGIN', `DECLARE c CURSOR FOR ${one('call')}`, 'FETCH 1 FROM c', 'SAVEPOINT a', one(), '!ROLLBACK TO a', 'FETCH ALL FROM c', 'COMMIT'],
  prepared: (one) => {
    const name = `attack_${random.below(1_000_000)}`;
    return ['BEGIN', one(), one(), `PREPARE TRANSACTION '${name}'`, `${random.pick(['COMMIT', 'ROLLBACK'])} PREPARED '${name}'`];
  },
  statement: (one) => [`PREPARE p AS ${one('call')}`, 'EXECUTE p', 'EXECUTE p', 'DEALLOCATE p'],
  cut: (one) => ['BEGIN', "SET LOCAL statement_timeout = '1ms'", one(), one(), 'ROLLBACK'],
  inATrigger: (one) => [`SELECT testing.nest('${body(one())}')`],
  explained: (one) => [`EXPLAIN (ANALYZE, VERBOSE) ${one('call')}`],
};

/**
 * One input: the statements in their order. A mark `!` before one says that it is for after an error.
 * @param {{ functions: Callee[], internals: Callee[], tables: Table[] }} target
 * @returns {{ role: string, claims: string, context: string, statements: string[] }}
 */
export function inputFor({ functions, internals, tables }) {
  const context = random.pick(Object.keys(contexts));
  const one = (kind) => {
    if (kind !== 'call' && random.chance(0.3)) return writeOf(random.pick(tables));
    const booking = functions.filter(({ name }) => often.has(name));
    return callOf(random.pick(random.chance(0.05) ? internals : random.chance(0.5) ? booking : functions));
  };
  const role = random.pick(roles);
  return { role, claims: claimsOf(role), context, statements: contexts[context](one) };
}
