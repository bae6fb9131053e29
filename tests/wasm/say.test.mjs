// say, describeZone and formatDuration: phrases of the page's own.
import assert from 'node:assert/strict';
import test from 'node:test';

import { languages, packs, plain, slotguard, spaced } from './module.mjs';

const { say, describeZone, formatDuration } = slotguard;

test('a phrase is said in the language of the locale', () => {
  assert.equal(say('page.book_at', { time: '10:00' }, plain), 'Book 10:00');
  assert.equal(say('page.book_at', { time: '10:00' }, { locale: 'de-AT' }), '10:00 buchen');
  assert.equal(say('page.choose_time.title', {}, plain), 'No time chosen yet');
});

test('what it is filled with stays as it is', () => {
  const mentor = '{mentor} <b>"Ada"</b> \\ 𝄞 \n';
  assert.equal(say('page.title', { mentor }, plain), `Book a session with ${mentor}`);
  const long = 'Ada '.repeat(10_000);
  assert.equal(say('page.title', { mentor: long }, plain), `Book a session with ${long}`);
});

test('the plural form is chosen by the count, and the count is written as the locale does', () => {
  const free = (count, locale) => spaced(say('page.free_times', { count }, { locale }));
  assert.equal(free(0, 'en'), 'no free times');
  assert.equal(free(1, 'en'), '1 free time');
  assert.equal(free(2, 'en'), '2 free times');
  assert.equal(free(1234, 'en'), '1,234 free times');
  assert.equal(free(1234, 'de'), '1.234 freie Zeiten');
  assert.equal(free(1, 'de'), '1 freie Zeit');
});

test('each language says each number in the form that Intl.PluralRules names', () => {
  for (const locale of languages) {
    const forms = packs[locale].page.free_times;
    const rules = new Intl.PluralRules(locale);
    for (const count of [0, 1, 2, 3, 5, 11, 21, 22, 25, 100, 101, 1000, 1_000_000]) {
      const form = (count === 0 && forms.zero) || forms[rules.select(count)];
      const digits = new Intl.NumberFormat(locale).format(count);
      assert.equal(
        say('page.free_times', { count }, { locale }),
        form.replace('{count}', digits),
        `${locale} ${count}`,
      );
    }
  }
});

const complaints = [
  ['an unknown phrase', () => say('page.lost'), 'phrase'],
  ['a group of phrases', () => say('page.choose_time'), 'phrase'],
  ['what every object has', () => say('constructor'), 'phrase'],
  ['no phrase at all', () => say(), 'phrase'],
  ['a missing filling', () => say('page.title'), 'fillings.mentor'],
  ['a filling that is null', () => say('page.title', { mentor: null }), 'fillings.mentor'],
  ['a filling that is no text', () => say('page.title', { mentor: ['Ada'] }), 'fillings.mentor'],
  ['a number that is none', () => say('page.free_times', { count: NaN }), 'fillings.count'],
  ['a count in words', () => say('page.free_times', { count: 'two' }), 'fillings.count'],
  ['a missing count', () => say('page.free_times'), 'fillings.count'],
  ['fillings that are none', () => say('page.title', 'Ada'), 'fillings'],
  ['an unknown locale', () => say('page.book', {}, { locale: 'x' }), 'options.locale'],
  ['an unknown zone', () => describeZone('Mars/Olympus'), 'zone'],
  ['no zone', () => describeZone(), 'zone'],
  ['a duration that is none', () => formatDuration('30'), 'minutes'],
  ['a negative duration', () => formatDuration(-30), 'minutes'],
];

for (const [what, wrong, field] of complaints)
  test(`${what} is refused by its name`, () => {
    assert.throws(wrong, (error) => {
      assert.ok(error instanceof Error);
      assert.equal(error.message.split(': expected ')[0], field);
      return true;
    });
  });

test('a zone has its name in the language of the words', () => {
  assert.equal(describeZone('Europe/Berlin', plain), 'Central European Time');
  assert.equal(describeZone('Europe/Berlin', { locale: 'de' }), 'Mitteleuropäische Zeit');
});

test('a duration is said in minutes', () => {
  assert.equal(formatDuration(30, plain), '30 minutes');
  assert.equal(formatDuration(1, plain), '1 minute');
  assert.equal(formatDuration(90, { locale: 'de' }), '90 Minuten');
});
