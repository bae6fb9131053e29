// What is told of time off or extra hours that were added: from when to when, and what is booked in
// the time off, since that is not called off with it.
import { readRange } from './override.mjs';
import { rangeInWords } from './time_off_view.mjs';

/**
 * @param {object} row  of mentor_availability_overrides
 * @param {{ data: import('./mentor_data.mjs').MentorData, words: import('./words.mjs').Words }} by
 * @returns {Promise<string[]>} a line each
 */
export async function addedInWords(row, { data, words }) {
  const range = readRange(row.during);
  const count = row.available ? 0 : await scheduledIn(range, data);
  const booked = count === 0 ? [] : [words.say('booked_inside', { count })];
  return [rangeInWords(range, words), ...booked];
}

/** What is written is written: where this can't be read, it is not told as a failure. */
async function scheduledIn({ from, to }, data) {
  try {
    const rows = await data.sessions(from, to);
    return rows.filter(({ status }) => status === 'scheduled').length;
  } catch (error) {
    console.error(error);
    return 0;
  }
}
