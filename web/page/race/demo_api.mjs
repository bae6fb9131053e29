// What the race asks: the same API as every page, signed in as one of the demo's, and the demo's
// own routes beside it.
import { Api, CallRefused, NoAnswer } from '../common/api.mjs';

const clockReadings = 7;

async function ask(route, body) {
  let response;
  let answer;
  try {
    response = await fetch(new URL(route, document.baseURI), body === undefined ? {} : {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    answer = await response.json();
  } catch (cause) {
    throw new NoAnswer(route, { cause });
  }
  if (response.ok) return answer;
  throw response.status >= 500 ? new NoAnswer(route) : new CallRefused(response.status, answer);
}

/**
 * The API, signed in.
 * @param {Record<string, string | number>} who  `{ startup: 1 }` or `{ mentor: 'ada' }`
 */
export async function signIn(who) {
  const { token } = await ask(`demo/token?${new URLSearchParams(who)}`);
  return new Api({ token });
}

/** A hundred visitors ask for one slot at once. */
export function playStorm(mentor, { session_date, session_time }) {
  return ask('demo/storm', { mentor_id: mentor, session_date, session_time });
}

/**
 * How this window's clock stands to the database's: of some readings the one that took least, in
 * whose middle the database is taken to have looked.
 * @returns {Promise<{ ahead: number, margin: number }>}  milliseconds: what to take from an instant
 *   of the database's to have it as `performance.now()` has it, and how far that may be wrong
 */
export async function compareClocks() {
  const readings = [];
  for (let i = 0; i < clockReadings; i += 1) {
    const began = performance.now();
    const { now } = await ask('demo/clock');
    const ended = performance.now();
    readings.push({ ahead: now - (began + ended) / 2, margin: (ended - began) / 2 });
  }
  return readings.reduce((best, one) => (one.margin < best.margin ? one : best));
}

/** Milliseconds since 1970, with the microseconds that Date leaves out. */
export function instantOf(timestamp) {
  const microseconds = /\.\d{3}(\d{1,3})/.exec(timestamp)?.[1] ?? '0';
  return Date.parse(timestamp) + Number(microseconds.padEnd(3, '0')) / 1000;
}
