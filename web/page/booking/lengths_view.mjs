// How long the session shall be: the mentor's usual length and its multiples.
import { element, keepInStep, setText } from '../common/element.mjs';

const multiples = [1, 2, 3];
const longest = 180;

/**
 * The lengths to choose from, in minutes; none where there is nothing to choose.
 * @param {string} usual  the mentor's slot_duration, such as "00:30:00"
 */
export function lengthsFor(usual) {
  const minutes = minutesOf(usual);
  const lengths = multiples.map((times) => minutes * times).filter((length) => length <= longest);
  return lengths.length < 2 ? [] : lengths;
}

/**
 * @param {HTMLFieldSetElement} fieldset
 * @param {{ lengths: number[], chosen: number, onChoose: (minutes: number) => void }} shown
 * @param {import('./speech.mjs').Speech} speech
 */
export function showLengths(fieldset, { lengths, chosen, onChoose }, speech) {
  fieldset.hidden = lengths.length === 0;
  if (fieldset.children.length === 0) {
    fieldset.append(element('legend', {}), element('div', { class: 'row' }));
  }
  const [legend, row] = fieldset.children;
  setText(legend, speech.say('lengths'));
  keepInStep(row, lengths, {
    key: String,
    create: (length) => element('label', { class: 'choice', part: 'length' },
      element('input', { type: 'radio', name: 'length', value: String(length),
        onchange: () => onChoose(length) }), ''),
    update(label, length) {
      label.firstElementChild.checked = length === chosen;
      setText(label.lastChild, speech.minutes(length));
    },
  });
}

/** NaN, so no choice at all, where PostgreSQL writes it with days or seconds. */
export function minutesOf(interval) {
  const [, hours, minutes] = /^(\d\d):(\d\d):00$/.exec(interval) ?? [];
  return Number(hours) * 60 + Number(minutes);
}
