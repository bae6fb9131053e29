// The course of the page: a button that fires two calls, one that fires a hundred, and one that
// cancels what came of them.
import { CallRefused } from '../common/api.mjs';
import { element, setText } from '../common/element.mjs';
import { madeHere } from './made_here.mjs';
import { MomentView } from './moment_view.mjs';
import { stormNews, stormView } from './storm_view.mjs';
import { VisitorCard } from './visitor_card.mjs';

// Not those of the addresses that `make demo` shows: they may be busy with a session of their own.
const startups = [11, 12];

export class RacePage {
  #course;
  #words;
  #slot;
  #busy = false;
  #next = element('p', { class: 'next' });
  #trouble = element('div', { role: 'alert' });
  #card = element('div', { class: 'message' }, this.#trouble);
  #news = element('p', { role: 'status', class: 'news' });
  #stormNews = element('div', { role: 'status', class: 'news stack' });
  #storm = element('div', { class: 'stack' });
  #lastStorm = null;
  #tidyNews = element('p', { role: 'status', class: 'news' });
  #toTidy = element('p', {});

  /**
   * @param {import('./race_course.mjs').RaceCourse} course
   * @param {import('./words.mjs').Words} words
   */
  constructor(course, words) {
    this.#course = course;
    this.#words = words;
    const others = words.language === 'de' ? 'en' : 'de';
    this.cards = [
      { name: words.say('pair.first'), startup: startups[0], language: words.language },
      { name: words.say('pair.second'), startup: startups[1], language: others },
    ].map((visitor) => new VisitorCard(visitor, words));
    this.moment = new MomentView(words);
    this.buttons = {
      race: this.#button('race', 'pair.press', (event) => this.#race(event.timeStamp)),
      storm: this.#button('storm', 'storm.press', () => this.#letStormLoose()),
      tidy: this.#button('tidy', 'tidy.press', () => this.#tidyUp()),
    };
    this.buttons.tidy.classList.remove('primary');
  }

  /** All that is below the page's title. */
  sections() {
    const { buttons } = this;
    const say = (phrase) => this.#words.say(phrase);
    return [
      element('div', {}, this.#next, this.#card),
      section('pair', say('pair.title'),
        element('div', { class: 'visitors' }, ...this.cards.map(({ node }) => node)),
        element('div', { class: 'decision' }, buttons.race), this.#news),
      this.moment.node,
      section('storm', say('storm.title'), element('p', {}, say('storm.intro')),
        element('div', { class: 'decision' }, buttons.storm), this.#stormNews, this.#storm),
      section('tidy', say('tidy.title'), this.#toTidy,
        element('div', { class: 'decision' }, buttons.tidy), this.#tidyNews),
    ];
  }

  async start() {
    setText(this.#next, this.#words.say('loading'));
    await this.#do(async () => {
      this.#words.mentorZone = await this.#course.mentorZone();
      await Promise.all([this.#course.signIn(startups), ...this.cards.map((card) => card.start())]);
    });
  }

  #button(name, phrase, onPress) {
    return element('button', { type: 'button', class: 'primary', 'data-action': name,
      onclick: (event) => { if (!this.#busy) onPress(event); } }, this.#words.say(phrase));
  }

  #retryButton() {
    return element('button', { type: 'button', 'data-action': 'retry',
      onclick: () => { if (!this.#busy) this.start(); } }, this.#words.say('trouble.again'));
  }

  /** One thing at a time, and the next free slot after each. */
  async #do(work) {
    this.#setBusy(true);
    this.#showTrouble(null);
    try {
      await work().finally(() => { this.#slot = undefined; });
      this.#slot = await this.#course.nextSlot();
      this.#showNext();
    } catch (error) {
      this.#showTrouble(error);
    }
    setText(this.#toTidy, this.#words.say('tidy.to_do', { count: madeHere().length }));
    this.#setBusy(false);
  }

  #setBusy(busy) {
    this.#busy = busy;
    const { race, storm, tidy } = this.buttons;
    for (const button of [race, storm]) button.ariaDisabled = String(busy || !this.#slot);
    tidy.ariaDisabled = String(busy || madeHere().length === 0);
  }

  #showNext() {
    const words = this.#words;
    const { mentor } = this.#course;
    const { when, zone } = this.#slot ? words.session(this.#slot) : {};
    setText(this.#next, this.#slot
      ? words.say('next', { mentor, when, zone })
      : words.say('none_left', { mentor }));
  }

  #showTrouble(error) {
    this.#card.removeAttribute('data-tone');
    this.#trouble.replaceChildren();
    if (error === null) return;
    console.error(error);
    const said = error instanceof CallRefused
      ? this.#words.say('trouble.failed', { message: error.message })
      : this.#words.say('trouble.body');
    this.#card.dataset.tone = 'error';
    this.#trouble.append(
      element('h2', { class: 'heading' }, this.#words.say('trouble.title')), element('p', {}, said),
      ...this.#slot ? [] : [element('div', { class: 'row' }, this.#retryButton())]);
  }

  #race(pressed) {
    if (!this.#slot) return undefined;
    const slot = this.#slot;
    // First of all: what is shown meanwhile is no part of what is measured.
    const asked = this.#course.race(startups, slot, pressed);
    for (const card of this.cards) card.ask(slot);
    setText(this.#news, '');
    return this.#do(async () => {
      const answers = await this.#answersTo(asked);
      answers.forEach(({ result }, i) => this.cards[i].show(result));
      await this.#tellRace(answers, { slot, pressed });
      setText(this.buttons.race, this.#words.say('pair.press_again'));
    });
  }

  /** Where no answer came, the cards say nothing, and the trouble is told above them. */
  async #answersTo(asked) {
    try {
      return await asked;
    } catch (error) {
      for (const card of this.cards) card.clear();
      throw error;
    }
  }

  async #tellRace(answers, { slot, pressed }) {
    const words = this.#words;
    const { mentor } = this.#course;
    const lanes = answers.map(({ result, sent, answered }, i) => ({ name: this.cards[i].name, sent,
      answered, outcome: result.outcome, told: words.outcome(result) }));
    const winner = lanes.findIndex(({ outcome }) => outcome === 'booked');
    const loser = lanes[1 - winner];
    setText(this.#news, winner === -1 ? words.say('pair.nobody_has_it')
      : words.say('pair.one_has_it', { winner: lanes[winner].name, loser: loser.name,
        duration: words.duration(loser.answered) }));
    const rows = await this.#course.rowsAt(slot);
    const moment = winner === -1 ? { decided: null }
      : await this.#course.momentOf(rows[0], pressed);
    this.moment.show({ lanes, rows, slot, mentor, ...moment });
  }

  #letStormLoose() {
    if (!this.#slot) return undefined;
    const words = this.#words;
    const slot = this.#slot;
    this.#storm.replaceChildren();
    this.#lastStorm = null;
    setText(this.#stormNews, words.say('storm.asking'));
    return this.#do(async () => {
      const storm = await this.#course.storm(slot).catch((error) => {
        setText(this.#stormNews, '');
        throw error;
      });
      this.#stormNews.replaceChildren(...stormNews(storm, words));
      this.#showStorm({ slot, rows: storm.rows });
      setText(this.buttons.storm, words.say('storm.press_again'));
    });
  }

  #showStorm(storm) {
    const { mentor } = this.#course;
    this.#lastStorm = storm;
    this.#storm.replaceChildren(...stormView({ ...storm, mentor }, this.#words));
  }

  /** The rows that are shown are those that there are. */
  async #showRowsAnew() {
    const rowsAt = (slot) => this.#course.rowsAt(slot);
    await this.moment.refresh(rowsAt);
    if (this.#lastStorm === null) return;
    const { slot } = this.#lastStorm;
    this.#showStorm({ slot, rows: await rowsAt(slot) });
  }

  #tidyUp() {
    if (madeHere().length === 0) return undefined;
    setText(this.#tidyNews, '');
    return this.#do(async () => {
      const count = await this.#course.tidyUp(this.#words.say('tidy.reason'));
      await this.#showRowsAnew();
      setText(this.#tidyNews, this.#words.say('tidy.done', { count }));
    });
  }
}

function section(name, title, ...content) {
  return element('section', { class: 'stack', 'aria-labelledby': `${name}-title` },
    element('h2', { id: `${name}-title` }, title), ...content);
}
