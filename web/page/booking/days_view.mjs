// The days that have times, each with how many of them are free.
import { element } from '../common/element.mjs';
import { dayInWords } from './when.mjs';

/**
 * @param {HTMLOListElement} list
 * @param {object[]} days  of formatSlots
 * @param {{ chosen: string | undefined, words: object, locale: string,
 *           onChoose: (date: string) => void }} options
 */
export function showDays(list, days, { chosen, words, locale, onChoose }) {
  list.replaceChildren(...days.map((day) => {
    const count = day.slots.filter(({ bookable }) => bookable).length;
    const { weekday, date } = dayInWords(day.date, locale);
    const button = element('button', {
      type: 'button',
      class: 'day',
      'data-day': day.date,
      'data-free': String(count),
      'aria-pressed': String(day.date === chosen),
    }, element('span', {}, weekday), ' ', element('strong', {}, date), ' ',
    element('small', {}, words.freeTimes(count)));
    button.addEventListener('click', () => onChoose(day.date));
    return element('li', {}, button);
  }));
}
