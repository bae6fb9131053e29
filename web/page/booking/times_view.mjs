// The times of one day as radios; one that can't be booked stays where it was, and says why.
import { element } from '../common/element.mjs';

/**
 * @param {HTMLFieldSetElement} fieldset
 * @param {object | undefined} day  of formatSlots
 * @param {{ chosen: object | undefined, words: object, zone: string,
 *           onChoose: (slot: object) => void }} options
 */
export function showTimes(fieldset, day, { chosen, words, zone, onChoose }) {
  fieldset.hidden = day === undefined;
  if (day === undefined) return;
  fieldset.replaceChildren(
    element('legend', {}, day.heading, element('span', { class: 'zone' }, `, ${zone}`)),
    element('div', { class: 'slots' }, ...day.slots.map((slot) => {
      const input = element('input', {
        type: 'radio',
        name: 'slot',
        value: slot.key,
        disabled: !slot.bookable,
        checked: slot === chosen,
        'aria-label': slot.description,
      });
      input.addEventListener('change', () => onChoose(slot));
      return element('label', { class: 'slot', 'data-slot': slot.key, 'data-state': slot.state },
        input, element('span', { class: 'time' }, slot.label),
        ...(slot.bookable ? [] : [element('small', {}, words.states[slot.state] ?? slot.state)]));
    })),
  );
}

/** Moves on to the times, as a press on a day asks for; nothing is chosen by it. */
export function focusTimes(fieldset) {
  (fieldset.querySelector('input:not(:disabled)') ?? fieldset).focus();
}
