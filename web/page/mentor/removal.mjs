// Asks once before hours, time off or extra hours are removed. The focus begins at the question,
// not at the button that answers it.
import { element } from '../common/element.mjs';
import { openDialog } from './dialog.mjs';

/** The phrases of each kind. */
const kinds = {
  hours: { ask: 'remove_hours', effect: 'sessions_stay', keep: 'keep', place: 'add-hours' },
  timeOff: { ask: 'remove_time_off', effect: 'time_off_given_back', keep: 'leave_it',
    place: 'add-time-off' },
  extraHours: { ask: 'remove_extra_hours', effect: 'sessions_stay', keep: 'leave_it',
    place: 'add-time-off' },
};

/**
 * @param {keyof kinds} kind
 * @param {string} what  in words
 * @param {() => Promise<void>} onRemove
 * @param {import('./words.mjs').Words} words
 */
export function askToRemove(kind, what, onRemove, words) {
  const { ask, effect, keep, place } = kinds[kind];
  openDialog({
    title: words.say(ask),
    content: [element('p', {}, what), element('p', { class: 'hint' }, words.say(effect))],
    accept: words.say(ask),
    dismiss: words.say(keep),
    danger: true,
    toRead: true,
    fallback: place,
    onAccept: async () => {
      await onRemove();
      return true;
    },
  }, words);
}
