// One of the two visitors: a card with who it is, what it asks for, and what it was told, in the
// language that it wants to be answered in.
import { element, setText } from '../common/element.mjs';
import { speaking } from '../common/language.mjs';
import { languageSelect } from './words.mjs';

export class VisitorCard {
  #words;
  #language;
  #result = null;
  #asked = element('p', { class: 'quiet' });
  #told = element('div', { class: 'told' });

  /**
   * @param {{ name: string, startup: number, locale: string }} visitor
   * @param {import('./words.mjs').Words} words
   */
  constructor({ name, startup, locale }, words) {
    this.name = name;
    this.startup = startup;
    this.#words = words;
    this.#language = { locale };
    this.node = element('article', { class: 'card visitor', 'data-visitor': String(startup) },
      element('h3', {}, name), this.#languageField(locale), this.#asked, this.#told);
    setText(this.#asked, words.say('pair.ready'));
  }

  #languageField(chosen) {
    const id = `language-of-${this.startup}`;
    const onChoose = (locale) => this.answerIn(locale);
    return element('div', { class: 'field' },
      element('label', { for: id }, this.#words.say('pair.answer_in')),
      languageSelect({ id, chosen, onChoose }));
  }

  /** Until then nothing can be shown. */
  start() {
    return this.answerIn(this.#language.locale);
  }

  /** What it was told already is said again in the language. */
  async answerIn(locale) {
    const { language, direction } = await speaking(locale, ['race']);
    this.#language = { locale, language, direction };
    if (this.#result !== null) this.show(this.#result);
  }

  ask(slot) {
    this.#result = null;
    const { when } = this.#words.session(slot);
    setText(this.#asked, this.#words.say('pair.asks_for', { when }));
    this.#told.removeAttribute('data-tone');
    this.#told.replaceChildren(element('p', {}, this.#words.say('pair.asking')));
  }

  /** No answer came. */
  clear() {
    this.#told.replaceChildren();
  }

  /** @param {object} result  a booking_result */
  show(result) {
    this.#result = result;
    const { locale, language, direction } = this.#language;
    const { slotguard, options } = this.#words;
    const told = slotguard.describeOutcome(result, { ...options, locale });
    const nearby = slotguard.say('race.pair.nearby', {}, { ...options, locale });
    Object.assign(this.#told, { lang: language, dir: direction });
    this.#told.dataset.tone = told.tone;
    this.#told.dataset.outcome = result.outcome;
    this.#told.replaceChildren(
      element('h4', {}, told.title),
      element('p', {}, told.body),
      ...told.alternatives.length === 0 ? [] : [
        element('p', { class: 'small quiet' }, nearby),
        element('ul', { class: 'row nearby' }, ...told.alternatives.map(({ key, label }) =>
          element('li', { 'data-alternative': key }, label))),
      ],
    );
  }
}
