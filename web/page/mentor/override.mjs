// Time off and extra hours: a range of instants, as the table's `during` has it, and back.

/**
 * @param {string} during  `["2026-12-01 08:00:00+00","2026-12-01 09:00:00+00")`
 * @returns {{ from: number, to: number } | undefined}  without a bound: ±Infinity; undefined: it has a year
 *   that can't be shown
 */
export function readRange(during) {
  const [, from, to] = /^[[(]([^,]*),([^\])]*)[\])]$/.exec(during) ?? [];
  if (from === undefined) throw new Error(`during: expected a range of times, not "${during}"`);
  const range = { from: readBound(from, -Infinity), to: readBound(to, Infinity) };
  return Number.isNaN(range.from) || Number.isNaN(range.to) ? undefined : range;
}

function readBound(text, open) {
  const plain = text.replaceAll('"', '');
  if (plain === '' || plain.endsWith('infinity')) return open;
  // PostgreSQL writes an offset of whole hours without minutes: no ISO 8601 for JavaScript.
  return Date.parse(plain.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
}

/**
 * A range by the mentor's clock. The database reads the times, also one that the clock skips or
 * shows twice.
 * @param {{ date: string, time: string }} from
 * @param {{ date: string, time: string }} to  not part of it any more
 * @param {string} zone
 */
export function writeRange(from, to, zone) {
  const bound = ({ date, time }) => `"${date} ${time} ${zone}"`;
  return `[${bound(from)},${bound(to)})`;
}
