// Whether a language says all that English says, with the same fillings and its own plural forms.
//
//   tools/node.sh wasm/languages/check.mjs wasm/languages/fr.json …    (all of them without a name)
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isPlural, phraseOf, pluralCategories, textsOf } from './phrases.mjs';

const folder = new URL('./', import.meta.url);

/** Every language file, English first. */
export const languageFiles = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort((one, other) => (other === 'en.json') - (one === 'en.json') || (one < other ? -1 : 1))
  .map((name) => fileURLToPath(new URL(name, folder)));

const english = JSON.parse(readFileSync(new URL('en.json', folder), 'utf8'));

/** `{name}` of each filling in a text, sorted. */
const fillingsOf = (text) => [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name).sort();

/**
 * What is wrong with a language, a line each: `page.book_at: …`.
 * @param {object} language  the content of its file
 * @param {string} tag  as the file is called
 * @param {object} [reference]  what it must say
 * @returns {string[]}
 */
export function faultsOf(language, tag, reference = english) {
  if (typeof language !== 'object' || language === null) return ['it is no object'];
  return [
    ...faultsOfHead(language, tag),
    ...faultsOfShape(language, reference, ''),
    ...faultsOfPlurals(language, tag),
    ...faultsOfTexts(language, reference),
  ];
}

function* faultsOfHead({ language, direction }, tag) {
  if (language !== tag) yield `language: expected "${tag}" as the file is called, got "${language}"`;
  const expected = directionOf(tag);
  if (direction !== expected) yield `direction: expected "${expected}", got "${direction}"`;
}

/** By the script that a language is written in, since not every Intl knows the direction. */
export function directionOf(tag) {
  const { script } = new Intl.Locale(tag).maximize();
  return ['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo', 'Adlm'].includes(script) ? 'rtl' : 'ltr';
}

/** The same phrases and groups of phrases; plural forms are looked at elsewhere. */
function* faultsOfShape(language, reference, path) {
  for (const name of Object.keys(reference)) {
    if (!Object.hasOwn(language, name)) yield `${path}${name}: is missing`;
  }
  for (const [name, value] of Object.entries(language)) {
    const here = path + name;
    if (!Object.hasOwn(reference, name)) yield `${here}: English has no such phrase`;
    else if (kindOf(value) !== kindOf(reference[name])) {
      yield `${here}: expected ${kindOf(reference[name])}, got ${kindOf(value)}`;
    } else if (kindOf(value) === 'a group') yield* faultsOfShape(value, reference[name], `${here}.`);
    if (path !== '' && pluralCategories.includes(name)) {
      yield `${here}: only a plural form is called so, and "other" is missing beside it`;
    }
  }
}

function kindOf(value) {
  if (isPlural(value)) return 'plural forms';
  return typeof value === 'object' && value !== null ? 'a group' : 'a text';
}

/** Just the forms that the language has, and "zero" for none at all where one likes. */
function* faultsOfPlurals(language, tag, path = '') {
  const needed = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
  for (const [name, value] of Object.entries(language)) {
    const here = path + name;
    if (kindOf(value) === 'a group') yield* faultsOfPlurals(value, tag, `${here}.`);
    if (kindOf(value) !== 'plural forms') continue;
    for (const form of needed) {
      if (!Object.hasOwn(value, form)) yield `${here}.${form}: this plural form is missing`;
    }
    for (const form of Object.keys(value)) {
      if (!needed.includes(form) && form !== 'zero') {
        yield `${here}.${form}: this language has no such plural form`;
      }
    }
  }
}

function* faultsOfTexts(language, reference) {
  const fillings = fillingsByPhrase(reference);
  for (const [path, text] of textsOf(language)) {
    if (typeof text !== 'string') yield `${path}: expected a text, got ${JSON.stringify(text)}`;
    else yield* faultsOfText(path, text, fillings.get(phraseOf(path)));
  }
}

/** What each phrase is filled with; of plural forms, what the fullest of them is. */
function fillingsByPhrase(reference) {
  const fillings = new Map();
  for (const [path, text] of textsOf(reference)) {
    const before = fillings.get(phraseOf(path)) ?? [];
    const here = fillingsOf(text);
    fillings.set(phraseOf(path), here.length > before.length ? here : before);
  }
  return fillings;
}

function* faultsOfText(path, text, expected) {
  if (text.trim() === '') yield `${path}: is empty`;
  if (text !== text.trim()) yield `${path}: begins or ends with a space`;
  if (/[<>]|&\w+;/.test(text)) yield `${path}: holds markup`;
  if (/[\u0000-\u001f\u202a-\u202e\u2066-\u2069]/.test(text)) {
    yield `${path}: holds a control character`;
  }
  if (text.normalize() !== text) yield `${path}: is not in Unicode's normal form C`;
  if (/[{}]/.test(text.replace(/\{[a-z_]+\}/g, ''))) yield `${path}: has a brace too many`;
  if (expected === undefined) return;
  const fillings = fillingsOf(text);
  // "one", "two" and "zero" may say their number in words.
  const inWords = /\.(zero|one|two)$/.test(path);
  const wanted = inWords && !fillings.includes('count')
    ? expected.filter((name) => name !== 'count') : expected;
  if (fillings.join() !== wanted.join()) {
    yield `${path}: expected ${named(wanted)}, got ${named(fillings)}`;
  }
}

const named = (fillings) =>
  fillings.length === 0 ? 'no fillings' : fillings.map((name) => `{${name}}`).join(' ');

/**
 * Reads a file and tells what is wrong with it, each line with the file's name.
 * @param {string} file
 * @returns {{ language: object | undefined, faults: string[] }}
 */
export function readLanguage(file) {
  const name = basename(file);
  let language;
  try {
    language = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return { language, faults: [`${name}: ${error.message}`] };
  }
  const faults = faultsOf(language, basename(file, '.json')).map((fault) => `${name}: ${fault}`);
  return { language, faults };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = process.argv.length > 2 ? process.argv.slice(2) : languageFiles;
  const faults = files.flatMap((file) => readLanguage(file).faults);
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exit(1);
  console.log(`${files.map((file) => basename(file)).join(', ')}: complete`);
}
