// Dates and times from strangers: ISO 8601 alone, with a numeric offset where there is one. PostgreSQL would
// read much else, and keep each time zone that such a text names for as long as the connection lives.
import { ApiError } from './errors.mjs';

const date = String.raw`\d{4,7}-\d\d-\d\d`;
const clock = String.raw`\d\d:\d\d(?::\d\d(?:\.\d+)?)?`;
const offset = String.raw`(?:Z|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)`;
const endless = '-?infinity';
const or = (...forms) => `(?:${forms.join('|')})`;
const dateForm = or(`${date}(?: BC)?`, endless);
const instant = or(`${date}[T ]${clock} ?${offset}(?: BC)?`, endless);
const local = or(`${date}[T ]${clock}(?: BC)?`, endless);

function rangeOf(form) {
  const bound = String.raw`\s*(?:"${form}"|${form})?\s*`;
  return or('empty', String.raw`[\[(]${bound},${bound}[\])]`);
}

const exampleOfInstant = '2027-05-03T10:00:00+02:00';
const exampleOfRange = `["${exampleOfInstant}","2027-05-03T12:00:00+02:00")`;
const forms = new Map(Object.entries({
  date: [dateForm, '2027-05-03'],
  'time without time zone': [clock, '10:00'],
  'time with time zone': [`${clock} ?${offset}`, '10:00+02'],
  'timestamp without time zone': [local, '2027-05-03T10:00:00'],
  'timestamp with time zone': [instant, exampleOfInstant],
  daterange: [rangeOf(dateForm), '[2027-05-03,2027-05-10)'],
  tsrange: [rangeOf(local), '["2027-05-03T10:00:00","2027-05-03T12:00:00")'],
  tstzrange: [rangeOf(instant), exampleOfRange],
}).map(([type, [form, example]]) => [type, { form: new RegExp(`^${form}$`, 'i'), example }]));

/** A zone that PostgreSQL knows by a file: those of POSIX have no slash, or none that Intl knows. */
function isKnownZone(name) {
  try {
    return Intl.DateTimeFormat(undefined, { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

/** "2026-12-01 09:00 Europe/Berlin" as "2026-12-01 09:00Z", to be judged by its form. */
const withoutZones = (text) => text.replace(/ (UTC|[A-Za-z]+(?:\/[A-Za-z0-9_+-]+)+)(?=$|[",)\]])/g,
  (all, zone) => (isKnownZone(zone) ? 'Z' : all));

/**
 * 22007 for a text that is no ISO 8601, where the type is one of dates or times; others are PostgreSQL's to read.
 * @param {string} name  of the argument or column, for the error
 * @param {string} type  as PostgreSQL writes it
 * @param {unknown} value  from JSON, or a filter's text
 * @param {{ inZones?: boolean }} [how]  inZones: the name of a time zone is as good as an offset
 */
export function checkTime(name, type, value, how = {}) {
  const isList = type.endsWith('[]');
  const known = forms.get(isList ? type.slice(0, -2) : type);
  if (known === undefined || value === null || typeof value === 'number') return;
  if (isList && Array.isArray(value)) {
    for (const one of value) checkTime(name, type, one, how);
  } else if (typeof value !== 'string'
      || !known.form.test(how.inZones ? withoutZones(value.trim()) : value.trim())) {
    throw new ApiError(400, '22007', `"${name}" is no ${type} in ISO 8601: ${inShort(value)}`,
      { hint: `Write it like ${known.example}; in an address, + is %2B.` });
  }
}

function inShort(value) {
  const text = JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
