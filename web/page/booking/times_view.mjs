// The times of one day as radios; one that can't be booked stays where it was, and says why.
import { element, focusedElement, keepInStep, setAttribute, setText } from '../common/element.mjs';

/**
 * @param {HTMLFieldSetElement} fieldset
 * @param {object | undefined} day  of formatSlots
 * @param {{ chosen: object | undefined, zone: string, onChoose: (startsAt: string) => void,
 *   onEnter: () => void, moving: boolean }} shown  onEnter: on, with the time that is chosen
 * @param {import('./speech.mjs').Speech} speech
 */
export function showTimes(fieldset, day, { chosen, zone, onChoose, onEnter, moving }, speech) {
  if (fieldset.children.length === 0) {
    fieldset.append(element('legend', {}, element('span', { class: 'day-heading' }),
      element('span', { class: 'about-day' }), element('span', { class: 'about-day' })),
    element('div', { class: 'slots', part: 'times' }));
  }
  setAttribute(fieldset, 'aria-describedby', moving && 'moving');
  const [legend, list] = fieldset.children;
  const count = day?.slots.filter(({ bookable }) => bookable).length;
  const lines = day ? [day.heading, zone, speech.say('free_times', { count })]
    : [speech.say('no_day'), '', ''];
  lines.forEach((line, index) => setText(legend.children[index], line));
  keepInStep(list, day?.slots ?? [], {
    key: ({ startsAt }) => startsAt,
    create: (slot) => makeSlot(slot, { onChoose, onEnter }),
    update: (label, slot) => showSlot(label, slot, slot === chosen, speech),
  });
}

function makeSlot(slot, { onChoose, onEnter }) {
  const input = element('input', {
    type: 'radio',
    name: 'slot',
    onchange() {
      if (input.ariaDisabled === 'true') input.checked = false;
      else onChoose(slot.startsAt);
    },
    onkeydown(event) {
      if (event.key !== 'Enter') return;
      // A browser would send the form: booked before anybody had seen what the form asks.
      event.preventDefault();
      if (input.ariaDisabled === 'true') return;
      onChoose(slot.startsAt);
      onEnter();
    },
    // Taken while the keyboard stood on it, it was left in reach until now.
    onblur() { input.disabled = input.ariaDisabled === 'true'; },
  });
  return element('label', { class: 'slot', part: 'time' }, input,
    element('span', { class: 'time' }), element('small', {}));
}

function showSlot(label, slot, isChosen, speech) {
  const [input, time, state] = label.children;
  setAttribute(label, 'data-slot', slot.key);
  setAttribute(label, 'data-state', slot.state);
  setAttribute(input, 'value', slot.key);
  setAttribute(input, 'aria-label', slot.description);
  setAttribute(input, 'aria-disabled', !slot.bookable && 'true');
  // A disabled field loses the focus, and whoever stood on it his place.
  input.disabled = !slot.bookable && focusedElement() !== input;
  input.checked = isChosen;
  setText(time, slot.label);
  setText(state, slot.bookable ? '' : speech.say(`states.${slot.state}`));
}

/** Moves on to what can be chosen, as a press on a day asks for; nothing is chosen by it. */
export function focusTimes(fieldset) {
  const next = fieldset.hidden && fieldset.parentElement.querySelector('[data-next]');
  (next || (fieldset.querySelector('input:not(:disabled)') ?? fieldset)).focus();
}
