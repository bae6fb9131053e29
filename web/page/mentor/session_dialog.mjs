// One session: who comes, when, and what they would like to talk about; and the way to call it off.
import { element } from '../common/element.mjs';
import { openDialog } from './dialog.mjs';
import { field } from './field.mjs';

/**
 * @param {object} session  a row
 * @param {object} options
 * @param {import('./words.mjs').Words} options.words
 * @param {number} options.now
 * @param {(reason: string) => Promise<void>} options.onCancel
 */
export function openSession(session, { words, now, onCancel }) {
  const who = words.say('startup', { startup: String(session.startup_id) });
  const details = detailsOf(session, words);
  const isOver = session.status !== 'scheduled' || Date.parse(session.starts_at) <= now;
  const common = { title: who, dismiss: words.say('close'), toRead: true, fallback: 'week' };
  if (isOver) {
    openDialog({ ...common, content: [details] }, words);
    return;
  }
  const reason = field(words.say('cancel_reason'),
    element('textarea', { name: 'reason', rows: '3', maxlength: '1000' }),
    { hint: words.say('cancel_reason_hint') });
  openDialog({
    ...common,
    content: [details, reason.root],
    accept: words.say('cancel_session'),
    danger: true,
    onAccept: async () => {
      await onCancel(reason.control.value.trim());
      return true;
    },
  }, words);
}

function detailsOf(session, words) {
  const { when } = words.session(session);
  const status = session.status === 'scheduled' ? [] : [words.say(`status_${session.status}`)];
  return element('div', { class: 'details' },
    element('p', { class: 'when' }, when),
    ...status.map((text) => element('p', { class: 'quiet' }, text)),
    ...(session.visitor_note ? [
      element('h3', {}, words.say('note')),
      element('p', { class: 'note', dir: 'auto' }, session.visitor_note),
    ] : []));
}
