// The mentor's settings as one form. Only what was changed is written, so that a value which this
// form can't show stays as it is, and so does what somebody else has changed meanwhile.
import { CallRefused } from '../common/api.mjs';
import { element } from '../common/element.mjs';
import { field, input, select } from './field.mjs';
import { readInterval, writeInterval } from './interval.mjs';
import { problemInWords, saidBy } from './problem.mjs';

const lengths = {
  slot_duration: ['minutes'],
  buffer_before: ['minutes'],
  buffer_after: ['minutes'],
  minimum_notice: ['minutes', 'hours', 'days', 'weeks'],
  booking_horizon: ['days', 'weeks', 'months', 'years'],
};
const limits = ['max_sessions_per_day', 'max_sessions_per_week', 'max_sessions_per_startup', 'max_holds'];
const defaults = {
  time_zone: 'UTC',
  slot_duration: '00:30:00',
  buffer_before: '00:00:00',
  buffer_after: '00:00:00',
  minimum_notice: '00:00:00',
  booking_horizon: '1 year',
  max_sessions_per_day: null,
  max_sessions_per_week: null,
  max_sessions_per_startup: null,
  max_holds: 50,
};

export class SettingsView {
  #form;
  #words;
  #onSave;
  #parts = new Map();
  #shown;
  #alert = element('p', { role: 'alert', class: 'problem' });
  #button;
  #saving = false;

  /**
   * @param {HTMLFormElement} form
   * @param {object} how
   * @param {import('./words.mjs').Words} how.words
   * @param {() => void} how.onTry  before anything is said of it
   * @param {(changes: object) => Promise<object | null>} how.onSave  writes the changes, and
   *   resolves with the row as it is now; null where it has written none
   */
  constructor(form, { words, onTry, onSave }) {
    this.#form = form;
    this.#words = words;
    this.#onSave = onSave;
    this.#button = element('button', { type: 'submit', class: 'primary', 'data-action': 'save' },
      words.say('save'));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.#saving) return;
      onTry();
      this.#save();
    });
  }

  /** Shows a row, or the defaults for null; a form in which something was typed is left alone. */
  show(row) {
    if (this.#shown !== undefined && Object.keys(this.#changes()).length > 0) return;
    const settings = { ...defaults, ...row };
    if (this.#shown !== undefined && sameSettings(settings, this.#shown)) return;
    this.#drawAnew(settings);
  }

  /** The keyboard stays at the control that it was at. */
  #drawAnew(settings) {
    const { activeElement: before } = document;
    const isHere = this.#form.contains(before);
    this.#shown = settings;
    this.#draw();
    if (isHere) (this.#form.elements.namedItem(before.name) ?? this.#button).focus();
  }

  #draw() {
    const words = this.#words;
    this.#parts = new Map([
      ['time_zone', zonePart(words, this.#shown.time_zone)],
      ...Object.entries(lengths).map(([name, allowed]) =>
        [name, lengthPart(words, name, this.#shown[name], allowed)]),
      ...limits.map((name) => [name, limitPart(words, name, this.#shown[name])]),
    ]);
    this.#form.replaceChildren(
      element('div', { class: 'fields' }, ...[...this.#parts.values()].map(({ root }) => root)),
      element('p', { class: 'hint' }, words.say('settings_hint')),
      this.#alert, element('div', { class: 'row actions' }, this.#button));
  }

  #changes() {
    return Object.fromEntries([...this.#parts]
      .map(([name, part]) => [name, part.value()])
      .filter(([, value]) => value !== undefined));
  }

  async #save() {
    if (!this.#allFilled()) return;
    const changes = this.#changes();
    this.#saving = true;
    this.#button.ariaDisabled = 'true';
    this.#alert.textContent = '';
    try {
      const row = await this.#onSave(changes);
      if (row !== null) this.#drawAnew({ ...defaults, ...row });
    } catch (error) {
      this.#complain(error);
    } finally {
      this.#saving = false;
      this.#button.ariaDisabled = null;
    }
  }

  #allFilled() {
    const wrong = [...this.#parts.values()].find(({ control }) => !control.checkValidity());
    if (wrong === undefined) return true;
    wrong.complain(this.#words.say('whole_number'));
    wrong.control.focus();
    return false;
  }

  /** The database names the setting that it refuses. */
  #complain(error) {
    const named = error instanceof CallRefused && [...this.#parts].find(([name]) =>
      error.said.includes(name) || error.said.includes(name.replaceAll('_', ' ')));
    if (!named) {
      this.#alert.textContent = problemInWords(error, this.#words);
      return;
    }
    named[1].complain(saidBy(error));
    named[1].control.focus();
  }
}

function sameSettings(one, other) {
  return Object.keys(defaults).every((name) => one[name] === other[name]);
}

function zonePart(words, shown) {
  const zones = Intl.supportedValuesOf('timeZone');
  const names = [...new Set(['UTC', ...zones, shown])].toSorted();
  const control = select(names.map((name) => [name, name.replaceAll('_', ' ')]), shown,
    { name: 'time_zone', dir: 'ltr' });
  return part(field(words.say('time_zone'), control, { hint: words.say('time_zone_hint') }), shown,
    () => control.value);
}

function lengthPart(words, name, shown, allowed) {
  const read = readInterval(shown, allowed);
  const control = input('number',
    { name, min: '0', step: '1', inputmode: 'numeric', value: String(read?.count ?? '') });
  control.required = read !== undefined;
  const unit = allowed.length === 1
    ? element('span', {}, words.say(`unit_${allowed[0]}`))
    : select(allowed.map((one) => [one, words.say(`unit_${one}`)]), read?.unit,
      { name: `${name}_unit`, 'aria-label': words.say('unit_of', { what: words.say(name) }) });
  const hint = read === undefined
    ? words.say('as_set', { value: shown }) : words.say(`${name}_hint`);
  const seen = () => (control.value === '' ? '' : writeInterval(
    { count: Number(control.value), unit: allowed.length === 1 ? allowed[0] : unit.value }));
  const before = seen();
  return part(field(words.say(name), control, { hint, beside: [unit] }), before, seen);
}

function limitPart(words, name, shown) {
  const control = input('number',
    { name, min: '0', step: '1', inputmode: 'numeric', value: String(shown ?? '') });
  return part(field(words.say(name), control, { hint: words.say('limit_hint') }), shown,
    () => (control.value === '' ? null : Number(control.value)));
}

/** A field whose value is undefined as long as it is what was shown. */
function part(made, shown, read) {
  return { ...made, value: () => (read() === shown ? undefined : read()) };
}
