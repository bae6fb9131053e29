// The statements of the table routes. Names come from the catalogue and are quoted; values go as
// parameters and are cast by PostgreSQL, which says in its own words what it can't convert.
import pg from 'pg';

const quoted = pg.escapeIdentifier;
// Quoted names with a space: no column has a name that they could be taken for.
const table = quoted('the table');
const given = quoted('the rows given');
const found = quoted('the rows found');

/**
 * @typedef {import('./tables_catalogue.mjs').CatalogueTable} CatalogueTable
 * @typedef {import('./table_query.mjs').TableQuery} TableQuery
 * @typedef {object} Wish
 * @property {string} schema
 * @property {CatalogueTable} known
 * @property {TableQuery} query
 * @property {boolean} single  one object, not an array
 * @property {number} [mostRows]  that a reading gives, whatever was asked for
 * @property {boolean} [counts]  how many there are without `limit`, too
 * @property {boolean} [tells]  which rows were written; else nobody needs a right to read them
 * @property {{ columns: string[], json: string }} [rows]  what to write
 */

/** @param {Wish} wish */
export function readStatement({ schema, known, query, single, counts, mostRows }) {
  const values = [];
  const from = `${nameOf(schema, known)} ${where(known, query, values)}`;
  const order = query.order.map(({ column, direction, nulls }) =>
    `${table}.${quoted(column)} ${direction} NULLS ${nulls}`);
  const page = `SELECT ${columnsOf(query)} FROM ${from}`
    + (order.length > 0 ? ` ORDER BY ${order.join(', ')}` : '')
    + ` LIMIT ${Math.min(query.limit ?? mostRows, mostRows)} OFFSET ${query.offset}`;
  const total = counts ? `(SELECT count(*) FROM ${from})::int` : 'NULL';
  return { text: `SELECT ${answer(single)}, ${total} AS total FROM (${page}) AS ${found}`, values };
}

/** @param {Wish} wish */
export function insertStatement(wish) {
  const { schema, known, rows } = wish;
  const columns = rows.columns.map(quoted).join(', ');
  const source = rows.columns.length === 0 ? 'DEFAULT VALUES'
    : `(${columns}) SELECT ${columns} FROM ${recordSet(known, rows.columns)}`;
  return written(wish, `INSERT INTO ${nameOf(schema, known)} ${source}`,
    rows.columns.length === 0 ? [] : [rows.json]);
}

/** @param {Wish} wish */
export function updateStatement(wish) {
  const { schema, known, query, rows } = wish;
  const values = [rows.json];
  const changes = rows.columns.map((name) => `${quoted(name)} = ${given}.${quoted(name)}`);
  return written(wish, `UPDATE ${nameOf(schema, known)} SET ${changes.join(', ')} `
    + `FROM ${recordSet(known, rows.columns)} ${where(known, query, values)}`, values);
}

/** @param {Wish} wish */
export function deleteStatement(wish) {
  const { schema, known, query } = wish;
  const values = [];
  return written(wish,
    `DELETE FROM ${nameOf(schema, known)} ${where(known, query, values)}`, values);
}

function written({ query, single, tells }, statement, values) {
  const returned = tells ? columnsOf(query) : 'NULL';
  return {
    text: `WITH ${found} AS (${statement} RETURNING ${returned}) `
      + `SELECT ${answer(single)}, count(*)::int AS total FROM ${found}`,
    values,
  };
}

function nameOf(schema, { name }) {
  return `${quoted(schema)}.${quoted(name)} AS ${table}`;
}

function columnsOf({ select }) {
  return select === null ? `${table}.*`
    : select.map((name) => `${table}.${quoted(name)}`).join(', ');
}

function answer(single) {
  const body = single ? `(json_agg(${found}) -> 0)` : `coalesce(json_agg(${found}), '[]')`;
  return `${body}::text AS body, count(*)::int AS rows`;
}

function recordSet({ columns }, names) {
  const typed = names.map((name) => `${quoted(name)} ${columns.get(name)}`);
  return `json_to_recordset($1::json) AS ${given}(${typed.join(', ')})`;
}

/** Puts the values at the end of `values`. */
function where({ columns }, { filters }, values) {
  if (filters.length === 0) return '';
  const conditions = filters.map(({ column, comparison, value, state }) => {
    if (state !== undefined) return `${table}.${quoted(column)} IS ${state}`;
    values.push(value);
    return `${table}.${quoted(column)} ${comparison} $${values.length}::${columns.get(column)}`;
  });
  return `WHERE ${conditions.join(' AND ')}`;
}
