// How the mentor reads: language and clock. They are kept in the address, which is opened anew, so
// that all of the page speaks one language; the keyboard is then where it was.
import { element } from '../common/element.mjs';
import { select } from './field.mjs';

/* global slotguardLanguages -- the tags of wasm/languages/, put in by bundle.mjs */

const clocks = ['auto', 'h12', 'h23'];
const chosen = 'slotguard.mentor.chosen';

/** The clock that the address asks for, else the one that the language has. */
export function knownClock(asked) {
  return clocks.includes(asked) ? asked : 'auto';
}

/**
 * @param {HTMLElement} row
 * @param {import('./words.mjs').Words} words
 * @param {{ language: string, hourCycle: string }} spoken
 */
export function showPreferences(row, words, { language, hourCycle }) {
  row.append(
    preference('locale', words.sayShared('language'), slotguardLanguages.map((tag) =>
      [tag, nameOfLanguage(tag)]), language, localeFor),
    preference('hourCycle', words.sayShared('clock'), clocks.map((clock) =>
      [clock, words.sayShared(`clocks.${clock}`)]), hourCycle));
  document.getElementById(`preference-${sessionStorage.getItem(chosen)}`)?.focus();
  sessionStorage.removeItem(chosen);
}

function preference(name, label, choices, value, meant = (choice) => choice) {
  const control = select(choices, value, { id: `preference-${name}`, name });
  control.addEventListener('change', () => {
    const address = new URL(location.href);
    address.searchParams.set(name, meant(control.value));
    address.hash = '';
    sessionStorage.setItem(chosen, name);
    location.assign(address);
  });
  return element('div', {},
    element('label', { for: control.id, class: 'spoken' }, label), control);
}

/** Who chooses English in a British browser means British dates. */
function localeFor(language) {
  return navigator.languages.find((locale) =>
    locale === language || locale.startsWith(`${language}-`)) ?? language;
}

/** In itself, as whoever looks for it knows it. */
function nameOfLanguage(tag) {
  const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag);
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}
