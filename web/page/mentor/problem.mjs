// An error of a call in words for the mentor. What the database says of a wrong value is its own,
// English, and shown as such: it names the value, which nothing here could do better.
import { CallRefused, NoAnswer } from '../common/api.mjs';

/** @param {Error} error @param {import('./words.mjs').Words} words */
export function problemInWords(error, words) {
  if (error instanceof NoAnswer) return words.say('no_answer');
  if (!(error instanceof CallRefused)) throw error;
  if (error.status === 401) return words.say('signed_out');
  if (error.status === 403) return words.say('not_allowed');
  if (error.status === 429) return words.sayShared('busy.body');
  return words.say('refused', { said: saidBy(error) });
}

/** What the database said, with its advice. @param {CallRefused} error */
export function saidBy({ said, message, details, hint }) {
  const sentences = [said || message, details, hint].filter(Boolean);
  return sentences.map((text) => (/[.!?]$/.test(text) ? text : `${text}.`)).join(' ');
}
