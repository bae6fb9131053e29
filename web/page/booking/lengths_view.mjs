// How long the session shall be: the mentor's usual length and its multiples.
import { element } from '../common/element.mjs';

const multiples = [1, 2, 3];
const longest = 180;

/**
 * Fills the fieldset, or leaves it hidden where there is nothing to choose.
 * @param {HTMLFieldSetElement} fieldset
 * @param {string} usual  the mentor's slot_duration, such as "00:30:00"
 * @param {{ words: object, locale: string, onChoose: (duration: string | null) => void }} options
 */
export function showLengths(fieldset, usual, { words, locale, onChoose }) {
  const minutes = minutesOf(usual);
  const choices = multiples.map((times) => minutes * times).filter((length) => length <= longest);
  fieldset.hidden = choices.length < 2;
  if (fieldset.hidden) return;
  const format = new Intl.NumberFormat(locale,
    { style: 'unit', unit: 'minute', unitDisplay: 'long' });
  fieldset.replaceChildren(
    element('legend', {}, words.lengths),
    element('div', { class: 'row' }, ...choices.map((length) => {
      const usualOne = length === minutes;
      const input = element('input', { type: 'radio', name: 'length', checked: usualOne });
      input.addEventListener('change', () => onChoose(usualOne ? null : `${length} minutes`));
      return element('label', { class: 'choice' }, input, format.format(length));
    })),
  );
}

/** NaN, so no choice at all, where PostgreSQL writes it with days or seconds. */
function minutesOf(interval) {
  const [, hours, minutes] = /^(\d\d):(\d\d):00$/.exec(interval) ?? [];
  return Number(hours) * 60 + Number(minutes);
}
