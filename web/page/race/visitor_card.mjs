// One of the two visitors: a card with who it is, what it asks for, and what it was told, in the
// language that it wants to be answered in.
import { element, setText } from '../common/element.mjs';
import { speaking } from '../common/language.mjs';
import { languageSelect, localeFor } from './words.mjs';

export class VisitorCard {
  /** The page's, and its own. */
  #pageWords;
  #words;
  #language;
  #direction;
  #slot = null;
  #result = null;
  #asked = element('p', { class: 'quiet' });
  #told = element('div', { class: 'told' });

  /**
   * @param {{ name: string, startup: number, language: string }} visitor
   * @param {import('./words.mjs').Words} words
   */
  constructor({ name, startup, language }, words) {
    this.name = name;
    this.startup = startup;
    this.#pageWords = words;
    this.#language = language;
    this.node = element('article', { class: 'card visitor', 'data-visitor': String(startup) },
      element('h3', {}, name), this.#languageField(language), this.#asked, this.#told);
  }

  #languageField(chosen) {
    const id = `language-of-${this.startup}`;
    const onChoose = (language) => this.answerIn(language);
    return element('div', { class: 'field' },
      element('label', { for: id }, this.#pageWords.say('pair.answer_in')),
      languageSelect({ id, chosen, onChoose }));
  }

  /** Until then nothing can be shown. */
  start() {
    return this.answerIn(this.#language);
  }

  /** What it has asked and was told already is said again in the language. */
  async answerIn(chosen) {
    const { locale: pages } = this.#pageWords.options;
    const locale = localeFor(chosen, [pages, ...navigator.languages]);
    const { language, direction } = await speaking(locale, ['race']);
    this.#language = language;
    this.#direction = direction;
    this.#words = this.#pageWords.in({ locale, language });
    this.#showAsked();
    if (this.#result !== null) this.show(this.#result);
  }

  #showAsked() {
    const words = this.#words;
    this.#mark(this.#asked);
    setText(this.#asked, this.#slot === null ? words.say('pair.ready')
      : words.say('pair.asks_for', { when: words.session(this.#slot).when }));
  }

  #mark(node) {
    Object.assign(node, { lang: this.#language, dir: this.#direction });
  }

  ask(slot) {
    this.#slot = slot;
    this.#result = null;
    this.#showAsked();
    this.#mark(this.#told);
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
    const { slotguard, options } = this.#words;
    const told = slotguard.describeOutcome(result, options);
    this.#mark(this.#told);
    this.#told.dataset.tone = told.tone;
    this.#told.dataset.outcome = result.outcome;
    this.#told.replaceChildren(
      element('h4', {}, told.title),
      element('p', {}, told.body),
      ...told.alternatives.length === 0 ? [] : [
        element('p', { class: 'small quiet' }, this.#words.say('pair.nearby')),
        element('ul', { class: 'row nearby' }, ...told.alternatives.map(({ key, label }) =>
          element('li', { 'data-alternative': key }, label))),
      ],
    );
  }
}
