// Texts that run to the left, and what in them runs to the right.
import assert from 'node:assert/strict';
import test from 'node:test';

import { allSlots, folder, packs, row, wasmBinary } from './module.mjs';

const { default: SlotGuard } = await import(new URL('slotguard.mjs', folder));

/** English words in the place of Arabic and Hebrew ones: dates and times are of the language. */
const slotguard = await SlotGuard({ wasmBinary });
const page = { ...packs.en.page, title: 'حجز {mentor}', book_at: 'حجز {time}' };
for (const language of ['ar', 'he'])
  slotguard.addLanguage({ ...packs.en, language, direction: 'rtl', page });

const isolated = (text) => `\u2068${text}\u2069`;

test('a language says which way it is written', () => {
  assert.deepEqual(slotguard.languageOf('ar-EG'), { language: 'ar', direction: 'rtl' });
  assert.deepEqual(slotguard.languageOf('en-GB'), { language: 'en', direction: 'ltr' });
});

test('a Latin name in an Arabic sentence is isolated, an Arabic one is not', () => {
  const title = (mentor) => slotguard.say('page.title', { mentor }, { locale: 'ar' });
  assert.equal(title('Ada (Berlin)'), `حجز ${isolated('Ada (Berlin)')}`);
  assert.equal(title('علي'), 'حجز علي');
});

test('an Arabic name in an English sentence is isolated', () => {
  const title = slotguard.say('page.title', { mentor: 'علي' }, { locale: 'en' });
  assert.equal(title, `Book a session with ${isolated('علي')}`);
});

test('a time with Latin letters is isolated in a sentence, one of digits is not', () => {
  const said = (locale, hourCycle, start, timeZone) => {
    const options = { locale, hourCycle, timeZone, now: 0 };
    return allSlots(slotguard.formatSlots([row(start)], options))[0];
  };
  const hebrew = said('he', 'h12', '2026-12-01T13:00', 'UTC');
  assert.match(hebrew.label, /^1:00\sPM$/);
  assert.ok(hebrew.description.includes(isolated(hebrew.label)), hebrew.description);
  const twice = said('ar-AE', 'h23', '2026-10-25T00:30', 'Europe/Berlin');
  assert.match(twice.label, /02:30/);
  assert.ok(twice.description.includes(twice.label));
  const digits = said('he', 'h23', '2026-12-01T13:00', 'UTC');
  assert.ok(!digits.description.includes(isolated(digits.label)), digits.description);
});

test("digits are the locale's", () => {
  const count = (locale) => slotguard.say('page.free_times', { count: 12 }, { locale });
  assert.equal(count('ar-EG'), '١٢ free times');
  assert.equal(count('ar-AE'), '12 free times');
});
