// The languages' files, and the check that a build runs over them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import { faultsOf, languageFiles, readLanguage } from '../../wasm/languages/check.mjs';
import { languages, packs } from './module.mjs';

const folder = new URL('../../wasm/languages/', import.meta.url);
const read = (tag) => JSON.parse(readFileSync(new URL(`${tag}.json`, folder), 'utf8'));
const german = read('de');

/** What is wrong with German after `spoil` had its way with it. */
function faultsAfter(spoil) {
  const spoilt = structuredClone(german);
  spoil(spoilt);
  return faultsOf(spoilt, 'de');
}

test('every language says all that English says', () => {
  for (const file of languageFiles) assert.deepEqual(readLanguage(file).faults, []);
});

test('every language has its pack, and nothing is lost between the packs', () => {
  assert.deepEqual(languageFiles.length, languages.length);
  for (const tag of languages) {
    const parts = Object.keys(packs).filter((name) => name.split('.')[0] === tag);
    assert.deepEqual(Object.assign({}, ...parts.map((name) => packs[name])), read(tag));
  }
});

const spoilt = {
  'a phrase that is missing': [
    (de) => delete de.outcomes.booked.title,
    'outcomes.booked.title: is missing',
  ],
  'a section that is missing': [(de) => delete de.page, 'page: is missing'],
  'a phrase too many': [(de) => (de.page.more = 'x'), 'page.more: English has no such phrase'],
  'another filling': [
    (de) => (de.page.book_at = '{when} buchen'),
    'page.book_at: expected {time}, got {when}',
  ],
  'a filling that is missing': [
    (de) => (de.page.book_at = 'Buchen'),
    'page.book_at: expected {time}, got no fillings',
  ],
  'a filling too many': [
    (de) => (de.page.book = '{time} buchen'),
    'page.book: expected no fillings, got {time}',
  ],
  'a filling that only one plural form lacks': [
    (de) => (de.slots.day_with_free_times.one = '{count} freie Zeit'),
    'slots.day_with_free_times.one: expected {count} {day}, got {count}',
  ],
  'a count that a plural form for many lacks': [
    (de) => (de.page.free_times.other = 'freie Zeiten'),
    'page.free_times.other: expected {count}, got no fillings',
  ],
  'a plural form that is missing': [
    (de) => delete de.page.free_times.one,
    'page.free_times.one: this plural form is missing',
  ],
  'a plural form that the language has not': [
    (de) => (de.page.free_times.few = '{count} freie Zeiten'),
    'page.free_times.few: this language has no such plural form',
  ],
  'a text instead of plural forms': [
    (de) => (de.page.free_times = '{count}'),
    'page.free_times: expected plural forms, got a text',
  ],
  'plural forms instead of a text': [
    (de) => (de.page.book = { one: 'Buchen', other: 'Buchen' }),
    'page.book: expected a text, got plural forms',
  ],
  'an empty text': [(de) => (de.page.book = ''), 'page.book: is empty'],
  'no text at all': [(de) => (de.page.book = 7), 'page.book: expected a text, got 7'],
  'a space at the end': [(de) => (de.page.book = 'Buchen '), 'page.book: begins or ends with a space'],
  'an element of HTML': [(de) => (de.page.book = '<b>Buchen</b>'), 'page.book: holds markup'],
  'an entity of HTML': [(de) => (de.page.book = 'A &amp; B'), 'page.book: holds markup'],
  'a brace that is open': [(de) => (de.page.book = 'Buchen {'), 'page.book: has a brace too many'],
  'a mark of direction': [
    (de) => (de.page.book = '\u202bBuchen'),
    'page.book: holds a control character',
  ],
  'letters in pieces': [
    (de) => (de.page.lengths = 'Wie lange dauert’s fu\u0308r Sie?'),
    "page.lengths: is not in Unicode's normal form C",
  ],
  'another tag': [(de) => (de.language = 'nl'), 'language: expected "de" as the file is called, got "nl"'],
  'the other direction': [(de) => (de.direction = 'rtl'), 'direction: expected "ltr", got "rtl"'],
};

for (const [what, [spoil, fault]] of Object.entries(spoilt))
  test(`the check finds ${what}`, () => {
    assert.deepEqual(faultsAfter(spoil), [fault]);
  });

test('a form for none, one or two may say so in words', () => {
  const spoil = (de) => {
    de.page.free_times.zero = 'nichts frei';
    de.page.free_times.one = 'eine freie Zeit';
  };
  assert.deepEqual(faultsAfter(spoil), []);
});
