// The named arguments of a call, from a POST's body or a GET's query.
// The JSON goes to PostgreSQL as it came: a number over 2^53 would not survive JavaScript.
import { ApiError } from './errors.mjs';

/**
 * @param {{ method: string, body?: unknown, query: Record<string, string | string[]> }} request
 * @returns {{ names: string[], values: Record<string, unknown>, json: string }}
 */
export function argumentsOf(request) {
  // `select=*` is what PostgREST's clients send for "all columns".
  const { select, ...query } = request.query;
  if (select !== undefined && select !== '*') throw noFilters('select');
  return request.method === 'POST' ? fromBody(request.body, query) : fromQuery(query);
}

function fromBody(body, query) {
  const [filter] = Object.keys(query);
  if (filter !== undefined) throw noFilters(filter);
  const json = body || '{}';
  const values = parseObject(json);
  return { names: Object.keys(values), values, json };
}

function parseObject(json) {
  let value;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new ApiError(400, 'PGRST102', 'Empty or invalid json', { cause });
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new ApiError(400, 'PGRST102', 'The body must be a JSON object of named arguments');
  }
  return value;
}

function fromQuery(query) {
  // Of a name given twice the last counts.
  const values = Object.fromEntries(Object.entries(query).map(([name, value]) =>
    [name, Array.isArray(value) ? value.at(-1) : value]));
  return { names: Object.keys(values), values, json: JSON.stringify(values) };
}

function noFilters(name) {
  return new ApiError(400, 'PGRST100', `"${name}" is not supported by this gateway`,
    { hint: 'It passes arguments only; filters, columns and ranges need PostgREST.' });
}
