// What a request asks of a table, read from its query and body: which rows, which columns, in which
// order, and what to write. No name is believed here: the catalogue has the last word.
import { ApiError } from '../errors.mjs';

const comparisons = new Map([
  ['eq', '='], ['neq', '<>'], ['gt', '>'], ['gte', '>='], ['lt', '<'], ['lte', '<='],
]);
const states = new Map([
  ['null', 'NULL'], ['not_null', 'NOT NULL'], ['true', 'TRUE'], ['false', 'FALSE'],
  ['unknown', 'UNKNOWN'],
]);

/**
 * @typedef {object} TableQuery
 * @property {{ column: string, comparison: string, value: string }
 *            | { column: string, state: string }}[] filters
 * @property {{ column: string, direction: string, nulls: string }[]} order
 * @property {string[] | null} select  null: all columns
 * @property {string[] | null} writes  the columns that a POST names; null: those of its body
 * @property {number | null} limit
 * @property {number} offset
 */

/**
 * @param {Record<string, string | string[]>} query
 * @returns {TableQuery}
 */
export function readQuery({ select, order, limit, offset, columns, ...filters }) {
  return {
    filters: Object.entries(filters).flatMap(([column, values]) =>
      [values].flat().map((value) => readFilter(column, value))),
    order: order === undefined ? [] : readOrders(names(last(order))),
    select: select === undefined || last(select) === '*' ? null : onceEach('select', names(last(select))),
    writes: columns === undefined ? null : names(last(columns)),
    limit: limit === undefined ? null : wholeNumber('limit', last(limit)),
    offset: offset === undefined ? 0 : wholeNumber('offset', last(offset)),
  };
}

/** Of a name given twice the last counts. */
function last(value) {
  return [value].flat().at(-1);
}

/** Clients put names in quotes, where they might hold something else than letters. */
function names(list) {
  return list.split(',').map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
}

function readOrders(texts) {
  const orders = texts.map(readOrder);
  onceEach('order', orders.map(({ column }) => column));
  return orders;
}

/** A column that is named a thousand times is worked out a thousand times. */
function onceEach(parameter, columns) {
  const twice = columns.find((name, index) => columns.indexOf(name) < index);
  if (twice === undefined) return columns;
  throw new ApiError(400, 'PGRST100', `"${parameter}" names the column "${twice}" twice`,
    { hint: `Name each column once in ${parameter}.` });
}

function readFilter(column, text) {
  const [, operator, value] = text.match(/^([a-z]+)\.(.*)$/s) ?? [];
  if (comparisons.has(operator)) {
    return { column, comparison: comparisons.get(operator), value };
  }
  if (operator === 'is' && states.has(value.toLowerCase())) {
    return { column, state: states.get(value.toLowerCase()) };
  }
  throw notSupported(`${column}=${text}`, 'A filter is a column and one of '
    + `${[...comparisons.keys()].join(', ')} or is, like mentor_id=eq.ada or valid_until=is.null.`);
}

function readOrder(text) {
  const [, column, direction = 'asc', nulls] =
    text.match(/^(.+?)(?:\.(asc|desc))?(?:\.nulls(first|last))?$/) ?? [];
  if (column === undefined) {
    throw notSupported(`order=${text}`, 'Write it like order=starts_at.desc.');
  }
  const nullsGo = nulls ?? (direction === 'asc' ? 'last' : 'first');
  return { column, direction: direction.toUpperCase(), nulls: nullsGo.toUpperCase() };
}

function wholeNumber(name, text) {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number)) return number;
  throw notSupported(`${name}=${text}`, `Pass a whole number as ${name}.`);
}

function notSupported(what, hint) {
  return new ApiError(400, 'PGRST100', `"${what}" is not supported by this gateway`, { hint });
}

/**
 * The rows to write. The JSON itself goes to PostgreSQL as it came: a number over 2^53 would not
 * survive JavaScript.
 * @param {string | undefined} json
 * @param {boolean} many  whether an array of objects is taken too
 * @returns {{ columns: string[], rows: number, values: object[], json: string }}  json: an array
 */
export function readRows(json, many) {
  const value = parsed(json);
  const rows = Array.isArray(value) && many ? value : [value];
  if (rows.some((row) => row === null || typeof row !== 'object' || Array.isArray(row))) {
    throw invalidJson(`The body must be a JSON object${many ? ', or an array of such' : ''}`);
  }
  const columns = rows.length === 0 ? [] : Object.keys(rows[0]);
  const keys = new Set(columns);
  const same = rows.every((row) => {
    const own = Object.keys(row);
    return own.length === keys.size && own.every((key) => keys.has(key));
  });
  if (!same) throw invalidJson('All object keys must match');
  return { columns, rows: rows.length, values: rows, json: Array.isArray(value) ? json : `[${json}]` };
}

function parsed(json) {
  try {
    return JSON.parse(json || '');
  } catch (cause) {
    throw invalidJson('Empty or invalid json', cause);
  }
}

function invalidJson(message, cause) {
  return new ApiError(400, 'PGRST102', message, { cause });
}
