// One control of a form with its label, what there is to know of it, and what is wrong with it.
import { element } from '../common/element.mjs';

let fields = 0;

/**
 * @param {string} label
 * @param {HTMLElement} control
 * @param {{ hint?: string, beside?: Node[] }} [more]  beside: other controls on the same line
 * @returns {{ root: HTMLElement, control: HTMLElement, complain(text: string): void,
 *             pass(): void }}
 */
export function field(label, control, { hint, beside = [] } = {}) {
  const id = `field-${fields += 1}`;
  control.id = id;
  const problem = element('p', { class: 'problem', id: `${id}-problem`, hidden: true });
  const known = hint === undefined ? [] : [element('p', { class: 'hint', id: `${id}-hint` }, hint)];
  const describe = () => control.setAttribute('aria-describedby',
    [...known, ...(problem.hidden ? [] : [problem])].map((node) => node.id).join(' '));
  const made = {
    root: element('div', { class: 'field' }, element('label', { for: id }, label),
      beside.length === 0 ? control : element('div', { class: 'beside' }, control, ...beside),
      ...known, problem),
    control,
    complain(text) {
      problem.textContent = text;
      problem.hidden = false;
      control.setAttribute('aria-invalid', 'true');
      describe();
    },
    pass() {
      problem.hidden = true;
      problem.textContent = '';
      control.removeAttribute('aria-invalid');
      describe();
    },
  };
  describe();
  control.addEventListener('input', made.pass);
  return made;
}

/** @param {string} type @param {object} [attributes] */
export function input(type, attributes = {}) {
  return element('input', { type, ...attributes });
}

/** A date whose year has four digits. @param {object} attributes */
export function dateInput(attributes) {
  return input('date', { max: '9999-12-31', ...attributes });
}

/** @param {[string, string][]} choices  value and words @param {string} [chosen] */
export function select(choices, chosen, attributes = {}) {
  return element('select', attributes, ...choices.map(([value, words]) =>
    element('option', { value, selected: value === chosen }, words)));
}

/** A native radio or checkbox that is drawn as the whole of its label. */
export function choice(type, words, attributes) {
  const control = input(type, attributes);
  const root = element('label', { class: 'choice' }, control, element('span', {}, words));
  return { root, control };
}
