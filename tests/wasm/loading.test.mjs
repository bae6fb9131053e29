// loadLanguage and addLanguage: what is spoken, and since when.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import test from 'node:test';

import { folder, packs, plain, result, wasmBinary } from './module.mjs';

const { default: SlotGuard } = await import(new URL('slotguard.mjs', folder));

/** A module whose files come from a server that answers with `answer(path)`, null for none. */
async function withServer(answer, use) {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    const body = answer(request.url);
    response.writeHead(body === null ? 404 : 200, { 'content-type': 'application/json' });
    response.end(body ?? '');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  const locateFile = (file) => `http://127.0.0.1:${port}/${file}`;
  try {
    await use(await SlotGuard({ wasmBinary, locateFile }), asked);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const built = (path) => readFileSync(new URL(`.${path}`, folder));
const titleIn = (slotguard, locale) =>
  slotguard.describeOutcome(result('booked'), { ...plain, locale }).title;

/** What console.warn was told meanwhile. */
async function warnings(during) {
  const { warn } = console;
  const told = [];
  console.warn = (...words) => told.push(words.join(' '));
  try {
    await during();
  } finally {
    console.warn = warn;
  }
  return told;
}

test('a language is spoken once it is loaded, and is fetched once', () =>
  withServer(built, async (slotguard, asked) => {
    assert.equal(titleIn(slotguard, 'de'), 'Booked');
    assert.deepEqual(slotguard.languageOf('de-AT'), { language: 'en', direction: 'ltr' });
    const answers = await Promise.all(['de-AT', 'de', 'de'].map((tag) => slotguard.loadLanguage(tag)));
    for (const answer of answers) assert.deepEqual(answer, { language: 'de', direction: 'ltr' });
    assert.deepEqual(asked, ['/languages/de.json']);
    assert.equal(titleIn(slotguard, 'de-CH'), 'Gebucht');
    assert.equal(titleIn(slotguard, 'en'), 'Booked');
  }));

test('English, and what there is no pack for, is fetched from nowhere', () =>
  withServer(built, async (slotguard, asked) => {
    for (const locale of ['en', 'en-GB', 'tlh', 'haw-US'])
      assert.deepEqual(await slotguard.loadLanguage(locale), { language: 'en', direction: 'ltr' });
    assert.deepEqual(asked, []);
  }));

for (const [what, answer] of [
  ['can not be had', () => null],
  ['is no JSON', () => '<!doctype html>'],
  ['is not whole', () => JSON.stringify({ language: 'de', direction: 'ltr', page: {} })],
])
  test(`a pack that ${what} leaves English, says so, and may come later`, () =>
    withServer(answer, async (slotguard) => {
      const told = await warnings(async () => {
        assert.deepEqual(await slotguard.loadLanguage('de'), { language: 'en', direction: 'ltr' });
      });
      assert.match(told.join(), /slotguard: de could not be loaded/);
      assert.equal(titleIn(slotguard, 'de'), 'Booked');
      slotguard.addLanguage(packs.de);
      assert.equal(titleIn(slotguard, 'de'), 'Gebucht');
    }));

test('a pack that is at hand needs no network', async () => {
  const slotguard = await SlotGuard({ wasmBinary });
  assert.deepEqual(slotguard.addLanguage(packs.de), { language: 'de', direction: 'ltr' });
  assert.equal(titleIn(slotguard, 'de'), 'Gebucht');
});

test('a pack that is not in order is refused by its path, and changes nothing', async () => {
  const slotguard = await SlotGuard({ wasmBinary });
  const refused = (pack, field) =>
    assert.throws(
      () => slotguard.addLanguage(pack),
      ({ message }) => message.split(': expected ')[0] === field,
      field,
    );
  refused(null, 'pack');
  refused({ ...packs.de, language: 'Deutsch!' }, 'pack.language');
  refused({ ...packs.de, direction: 'down' }, 'pack.direction');
  refused({ ...packs.de, page: 'x' }, 'pack.page');
  refused({ ...packs.de, states: { ...packs.de.states, held: 7 } }, 'pack.states.held');
  const { held, ...states } = packs.de.states;
  refused({ ...packs.de, states }, 'pack.states.held');
  assert.deepEqual(slotguard.languageOf('de'), { language: 'en', direction: 'ltr' });
  slotguard.addLanguage(packs.de);
  refused({ language: 'de', direction: 'ltr', page: { book: '' } }, 'pack.page.book');
  assert.equal(slotguard.say('page.book', {}, { locale: 'de' }), 'Buchen');
});

test('what one page alone needs is a pack of its own, on top of the language', async () => {
  const slotguard = await SlotGuard({ wasmBinary });
  const mentor = (language, hello) => ({ language, direction: 'ltr', mentor: { hello } });
  assert.throws(() => slotguard.addLanguage(mentor('de', 'Hallo')), /pack\.outcomes/);
  slotguard.addLanguage(mentor('en', 'Hello'));
  slotguard.addLanguage(packs.de);
  // Until the page's own pack is there, its words are English.
  assert.equal(slotguard.say('mentor.hello', {}, { locale: 'de' }), 'Hello');
  slotguard.addLanguage(mentor('de', 'Hallo'));
  assert.equal(slotguard.say('mentor.hello', {}, { locale: 'de' }), 'Hallo');
});
