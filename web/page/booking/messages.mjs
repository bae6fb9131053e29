// What is told to the visitor, as data that can be said again in another language: what came of a
// call, and what to do where nothing came.
import { CallRefused } from '../common/api.mjs';
import { actionButton, alternativeButtons, buttonRow } from './message_view.mjs';

const regionFor = (tone) => (tone === 'success' || tone === 'info' ? 'news' : 'refusal');

/** What is said of a time that can't be had: old news once another one is chosen. */
const aboutChoice = { slot_taken: 1, slot_held: 1, startup_busy: 1, mentor_unavailable: 1,
  outside_booking_window: 1, limit_reached: 1, invalid_time: 1, hold_expired: 1 };

/**
 * An outcome. Throws where it is none that this page can read.
 * @param {object} result  a booking_result
 * @param {import('./speech.mjs').Speech} speech
 * @param {object} [more]
 * @param {(row: object) => void} [more.onAlternative]
 * @param {string} [more.heading]  a phrase, above the alternatives
 * @param {(speech: object) => string[]} [more.lines]  further ones
 * @param {(speech: object) => Node[]} [more.ways]
 * @param {'news' | 'refusal'} [more.region]  where it belongs to another than its tone says
 */
export function outcomeMessage(result, speech, more = {}) {
  const { tone, refresh } = speech.outcome(result);
  return {
    region: more.region ?? regionFor(tone),
    refresh,
    isAboutChoice: result.outcome in aboutChoice,
    say: (now) => sayOutcome(result, now, more),
  };
}

function sayOutcome(result, speech, { onAlternative, heading, lines, ways }) {
  const { tone, title, body, alternatives } = speech.outcome(result);
  const buttons = onAlternative === undefined ? [] : alternativeButtons(
    alternatives, speech.say(heading), (index) => onAlternative(result.alternatives[index]));
  return {
    tone,
    title,
    outcome: result.outcome,
    lines: [
      ...(result.starts_at ? speech.whenLines(result) : []),
      body,
      ...(buttons.length > 0 ? [speech.say('nearby', { count: alternatives.length })] : []),
      // An answer that was given before tells how it was then; the hint, what became of it since.
      ...(result.replayed && result.hint ? [speech.say('said', { message: result.hint })] : []),
      ...(lines?.(speech) ?? []),
    ],
    ways: [...buttons, ...(ways?.(speech) ?? [])],
  };
}

/** One way on: to try again. */
export const againWay = (again) => (speech) =>
  [buttonRow(actionButton('retry', speech.say('again'), again))];

/** A message of the page's own, under a phrase that has a title and a body. */
export function plainMessage(phrase, { tone, problem, ways, lines }) {
  return {
    region: regionFor(tone),
    isAboutChoice: problem === 'no-choice',
    say: (speech) => ({
      tone,
      problem,
      title: speech.say(`${phrase}.title`),
      lines: [speech.say(`${phrase}.body`), ...(lines?.(speech) ?? [])],
      ways: ways?.(speech),
    }),
  };
}

/** What somebody else has done to one's session: called it off, or moved it. */
export function changedMessage({ before, now }) {
  const isCancelled = now.status === 'cancelled';
  const { cancellation_reason: reason } = now;
  return {
    region: 'refusal',
    say: (speech) => ({
      tone: 'warning',
      problem: isCancelled ? 'session-cancelled' : 'session-moved',
      title: speech.say(isCancelled ? 'session_cancelled' : 'session_moved'),
      lines: [
        ...speech.whenLines(now),
        ...(isCancelled ? [] : [speech.say('moved_from', { when: speech.session(before).when })]),
        ...(reason ? [speech.say('reason', { reason })] : []),
      ],
    }),
  };
}

/** Something came of it, and the page cannot tell what: of a newer slotguard's outcomes, say. */
export function unreadableMessage(result, again) {
  const said = typeof result?.message === 'string' ? result.message : null;
  return plainMessage('unreadable', {
    tone: 'warning',
    problem: 'unreadable',
    lines: (speech) => (said === null ? [] : [speech.say('said', { message: said })]),
    ways: againWay(again),
  });
}

/**
 * Nothing came, or a refusal of the call itself.
 * @param {Error} error
 * @param {object} how
 * @param {string} how.noAnswer  the phrase for no answer
 * @param {string} [how.refused]  the phrase for a refusal
 * @param {(speech: object) => string[]} [how.about]  lines that say what it is about
 * @param {() => void} how.again
 */
export function troubleMessage(error, { noAnswer, refused = 'failed', about, again }) {
  const isRefusal = error instanceof CallRefused;
  const phrase = { 401: 'sign_in', 429: 'busy' }[error.status] ?? refused;
  return plainMessage(isRefusal ? phrase : noAnswer, {
    tone: 'error',
    problem: isRefusal ? 'refused' : 'no-answer',
    lines: (speech) => [
      ...(about?.(speech) ?? []),
      ...(isRefusal ? [speech.say('said', { message: error.message })] : []),
      ...(!isRefusal && navigator.onLine === false ? [speech.say('offline')] : []),
    ],
    ways: againWay(again),
  });
}
