// The coming sessions, and the dialog in which one is cancelled.
import { element, keepInStep, setText } from '../common/element.mjs';
import { actionButton, buttonRow } from './message_view.mjs';

/**
 * @param {object} parts
 * @param {{ list: object[] | null | undefined, cancelled: object[] }} sessions
 * @param {Record<string, (session: object) => void>} deeds  calendar, move, cancel
 */
export function showSessions(parts, { list, cancelled }, deeds, speech) {
  const shown = [...list ?? [], ...cancelled];
  parts.section.hidden = shown.length === 0;
  setText(parts.heading, speech.say('sessions'));
  keepInStep(parts.list, shown, {
    key: ({ session_id: id, starts_at: starts, status }) =>
      `${id} ${status} ${starts} ${speech.id}`,
    create: (session) => (session.status === 'cancelled' ? makeCancelled(session, speech)
      : makeSession(session, deeds, speech)),
    update() {},
  });
}

function makeSession(session, deeds, speech) {
  const when = `session-${session.session_id}`;
  const [first, ...rest] = speech.whenLines(session);
  const { visitor_note: note } = session;
  const lines = note ? [...rest, speech.say('your_note', { note })] : rest;
  return element('li', { class: 'card session', 'data-session': String(session.session_id) },
    element('p', { id: when, class: 'session-when' }, first),
    ...lines.map((line) => element('p', { class: 'quiet small' }, line)),
    buttonRow(...deedButtons(session, deeds, speech, { 'aria-describedby': when })));
}

/** Called off by somebody else: nothing is left to do with it. */
function makeCancelled(session, speech) {
  const { session_id: id, cancellation_reason: reason } = session;
  const lines = [speech.say('session_cancelled'),
    ...(reason ? [speech.say('reason', { reason })] : [])];
  return element('li', { class: 'card session', 'data-cancelled': String(id) },
    element('p', { class: 'session-when' }, element('s', {}, speech.whenLines(session)[0])),
    ...lines.map((line) => element('p', { class: 'small' }, line)));
}

/** What can be done with a session, as buttons. */
export function deedButtons(session, deeds, speech, more = {}) {
  return ['calendar', 'move', 'cancel'].map((deed) =>
    actionButton(deed, speech.say(`deeds.${deed}`), () => deeds[deed](session), more));
}

/**
 * Asks once, and for a reason that may be left out.
 * @returns {Promise<string | undefined>} the reason, '' without one; undefined: it is kept
 */
export function askToCancel(dialog, session, speech) {
  const reason = element('textarea', { id: 'reason', maxlength: '2000', rows: '2',
    'aria-describedby': 'reason-hint' });
  let answer;
  const form = element('form',
    { method: 'dialog', onsubmit: () => { answer = reason.value.trim(); } },
    element('h2', { id: 'dialog-heading' }, speech.say('cancelling.title')),
    element('div', {}, ...speech.whenLines(session).map((line) => element('p', {}, line))),
    element('div', { class: 'field' },
      element('label', { for: 'reason' }, speech.say('cancelling.reason')), reason,
      element('p', { class: 'quiet small', id: 'reason-hint' }, speech.say('cancelling.hint'))),
    buttonRow(
      element('button', { class: 'danger', 'data-action': 'confirm-cancel' },
        speech.say('cancelling.confirm')),
      actionButton('keep-session', speech.say('keep'), () => dialog.close())));
  dialog.replaceChildren(form);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(answer), { once: true });
  });
}
