// The days that have times, each with how many of them are free.
import { element } from './element.mjs';
import { shortDay } from './when.mjs';

/**
 * @param {HTMLOListElement} list
 * @param {object[]} days  of formatSlots
 * @param {{ chosen: string | undefined, words: object, locale: string,
 *           onChoose: (date: string) => void }} options
 */
export function showDays(list, days, { chosen, words, locale, onChoose }) {
  list.replaceChildren(...days.map((day) => {
    const count = day.slots.filter(({ bookable }) => bookable).length;
    const button = element('button', {
      type: 'button',
      class: 'day',
      'data-day': day.date,
      'data-free': String(count),
      'aria-pressed': String(day.date === chosen),
      'aria-label': `${day.heading}, ${words.freeTimes(count)}`,
    }, ...shortDay(day.date, locale).map((part) => element('span', {}, part)),
    element('small', {}, words.free(count)));
    button.addEventListener('click', () => onChoose(day.date));
    return element('li', {}, button);
  }));
}
