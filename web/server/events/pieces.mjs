// How many days of a mentor are listed at once. One with very many times is listed piece by piece,
// between which the journal is read, so that nobody else's events wait for long.

const millisecondsForPiece = 100;

export const daysOfFirstPiece = 31;

/**
 * As many days as will take about a hundred milliseconds, by those that were listed last.
 * @param {{ from: number, to: number }[]} ranges  that were listed
 * @param {number} milliseconds  that it took
 * @param {number} before  the answer of before
 */
export function daysAtOnce(ranges, milliseconds, before) {
  const days = ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  if (days === 0) return before;
  return Math.max(1, Math.floor(days * millisecondsForPiece / Math.max(milliseconds, 1)));
}
