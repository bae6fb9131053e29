// The calls of the API that the page makes, in PostgREST's protocol. Nothing is decided here.

// Longer than the gateway lets a statement run, so that its answer is waited for.
const patience = 20_000;

/** No answer, or one that says "not now": worth another try. */
export class NoAnswer extends Error {}

/** The service says that the call itself is wrong. */
export class CallRefused extends Error {}

/** The mentor's time zone and usual length. */
export async function mentorInfo(mentor) {
  const answer = await call('mentor_info', { mentor_id: mentor });
  return Array.isArray(answer) ? answer[0] : answer;
}

/** The rows of available_slots; both dates are the mentor's, and inclusive. */
export function availableSlots(mentor, { from, to }, duration) {
  return call('available_slots',
    { mentor_id: mentor, from_date: from, to_date: to, ...durationArgument(duration) });
}

/**
 * A booking_result, whatever came of it.
 * @param {{ slot: object, duration: string | null, key: string }} wish  the same key again asks for
 *   the same booking, not for another
 */
export function bookSession(mentor, startup, { slot, duration, key }) {
  return call('book_session', {
    mentor_id: mentor,
    startup_id: startup,
    session_date: slot.session_date,
    session_time: slot.session_time,
    ...durationArgument(duration),
    idempotency_key: key,
  });
}

/** An idempotency key that nobody else has. A page that came by plain http has no randomUUID(). */
export function newKey() {
  return crypto.getRandomValues(new BigUint64Array(2)).join('-');
}

/** Left out, it is the mentor's usual one. */
function durationArgument(duration) {
  return duration === null ? {} : { duration };
}

async function call(name, args) {
  let response;
  let answer;
  try {
    response = await fetch(new URL(`rpc/${name}`, document.baseURI), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(args),
      signal: AbortSignal.timeout(patience),
    });
    answer = await response.json();
  } catch (cause) {
    throw new NoAnswer(name, { cause });
  }
  if (response.ok) return answer;
  const said = `${answer.message} (${answer.code})`;
  throw response.status >= 500 ? new NoAnswer(said) : new CallRefused(said);
}
