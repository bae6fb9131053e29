// What the module writes by itself is what Intl.DateTimeFormat would have written. INTL_SEED makes other
// instants and zones.
import assert from 'node:assert/strict';
import test from 'node:test';

import { Random } from '../storm/random.mjs';
import { folder, packs, row, wasmBinary } from './module.mjs';

const { default: SlotGuard } = await import(new URL('slotguard.mjs', folder));

const seed = Number(process.env.INTL_SEED ?? 7);

// Dates come in the language of the words. Here the words do not matter, so English ones will do for
// every language that a visitor may have.
const tags =
  'en de fr es pt-BR it nl pl cs sv tr uk ar he hi ja ca fi el th fa bn my zh-Hant bg sr eu'.split(' ');
const regions =
  'en-GB en-US en-AU en-IN de-AT de-CH fr-CA fr-CH es-MX pt-PT nl-BE ar-EG ar-SA ar-AE ar-MA sr-Latn'.split(
    ' ',
  );
const slotguard = await SlotGuard({ wasmBinary });
for (const language of tags) if (language !== 'en') slotguard.addLanguage({ ...packs.en, language });

const first = Date.UTC(1970, 0, 2);
const last = Date.UTC(2100, 0, 1);
const minute = 60_000;
const zones = Intl.supportedValuesOf('timeZone');
// Among them clocks of odd minutes, of Ramadan, of half an hour's summer time, and across the date line.
const oddZones = [
  'UTC',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'America/St_Johns',
  'Africa/Monrovia',
  'Antarctica/Troll',
];

const kept = new Map();

function intl(locale, timeZone, options) {
  const key = JSON.stringify([locale, timeZone, options]);
  if (!kept.has(key))
    kept.set(key, new Intl.DateTimeFormat(locale, { ...options, timeZone, calendar: 'gregory' }));
  return kept.get(key);
}

const day = { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' };
const isoDate = { year: 'numeric', month: '2-digit', day: '2-digit' };

function timeOptions(locale, hourCycle) {
  const auto = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions().hourCycle;
  const cycle = hourCycle === 'auto' ? auto : hourCycle;
  return { hour: cycle === 'h23' ? '2-digit' : 'numeric', minute: '2-digit', hourCycle: cycle };
}

const rowAt = (time) => row(new Date(time).toISOString().slice(0, 16));

/** Formats the instants, and compares each with what Intl writes. Tells how many times had an offset. */
function compare(times, locale, timeZone, hourCycle = 'auto') {
  const options = { locale, timeZone, mentorTimeZone: timeZone, hourCycle, now: 0 };
  let offsets = 0;
  for (const { date, heading, slots } of slotguard.formatSlots(times.map(rowAt), options))
    for (const { startsAt, label } of slots) {
      const when = Date.parse(startsAt);
      const said = `${locale} ${timeZone} ${hourCycle} ${startsAt}`;
      // Monrovia's clock was behind by 44 minutes and 30 seconds, so whole minutes were none there.
      const seconds = intl('en', timeZone, { second: 'numeric' }).format(when) !== '0';
      const time = { ...timeOptions(locale, hourCycle), ...(seconds && { second: '2-digit' }) };
      assert.equal(date, intl('sv-SE', timeZone, isoDate).format(when), said);
      assert.equal(heading, intl(locale, timeZone, day).format(when), said);
      const plain = intl(locale, timeZone, time).format(when);
      if (label === plain) continue;
      offsets += 1;
      assert.equal(label, intl(locale, timeZone, { ...time, timeZoneName: 'short' }).format(when), said);
    }
  return offsets;
}

const sometime = (random) => first + random.below((last - first) / minute) * minute;

for (const locale of [...tags, ...regions])
  test(`dates and times are Intl's in ${locale}, whatever the hour cycle`, () => {
    const random = new Random(seed);
    for (const hourCycle of ['auto', 'h12', 'h23']) {
      // Every month, every weekday, every hour of the day.
      const times = Array.from({ length: 60 }, (none, n) => Date.UTC(2026, 0, 1) + n * 391_860_000);
      compare(times, locale, 'UTC', hourCycle);
      const zone = random.pick(zones);
      compare(Array.from({ length: 8 }, () => sometime(random)), locale, zone, hourCycle);
    }
  });

/** How often Intl.DateTimeFormat is asked to format anything meanwhile. */
function questionsTo(meanwhile) {
  const { get, ...rest } = Object.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, 'format');
  let questions = 0;
  Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', {
    ...rest,
    get() {
      questions += 1;
      return get.call(this);
    },
  });
  try {
    meanwhile();
  } finally {
    Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', { ...rest, get });
  }
  return questions;
}

test('Intl is asked about a zone and a locale once, whatever the language', () => {
  const rows = Array.from({ length: 2000 }, (none, n) => rowAt(Date.UTC(2026, 0, 1, 2) + n * 240 * minute));
  // But for the hours that a clock shows twice, which are none of these.
  for (const locale of [...tags, ...regions])
    for (const hourCycle of ['h12', 'h23']) {
      const zonesOf = { timeZone: 'Europe/Kyiv', mentorTimeZone: 'America/Santiago' };
      const format = () => slotguard.formatSlots(rows, { locale, hourCycle, ...zonesOf, now: 0 });
      format();
      assert.equal(questionsTo(format), 0, `${locale} ${hourCycle}`);
    }
});

test("every zone's clock is Intl's, from 1970 to 2100", () => {
  const random = new Random(seed);
  for (const zone of [...zones, ...oddZones])
    compare(Array.from({ length: 6 }, () => sometime(random)), 'en', zone);
});

test('about each change of a clock it is exact to the minute', () => {
  const changes = {
    'Europe/Berlin': ['2026-03-29T01:00Z', '2026-10-25T01:00Z', '1980-04-05T23:00Z'],
    'America/New_York': ['2026-03-08T07:00Z', '2026-11-01T06:00Z', '1974-01-06T07:00Z'],
    'Australia/Lord_Howe': ['2026-04-04T15:00Z', '2026-10-03T15:30Z'],
    'America/St_Johns': ['2010-11-07T02:31Z', '2010-03-14T03:31Z'],
    'Pacific/Apia': ['2011-12-30T10:00Z'],
    'Africa/Monrovia': ['1972-01-07T00:44Z'],
    'America/Boa_Vista': ['2000-10-08T04:00Z', '2000-10-15T03:00Z'],
    'Asia/Pyongyang': ['2015-08-14T15:00Z', '2018-05-04T15:00Z'],
    'Africa/Casablanca': ['2026-02-15T02:00Z', '2026-03-22T02:00Z'],
  };
  for (const [zone, instants] of Object.entries(changes))
    for (const instant of instants) {
      const times = Array.from({ length: 400 }, (none, n) => Date.parse(instant) + (n - 200) * minute);
      const offsets = compare(times, 'en', zone);
      assert.ok(offsets <= 120, `${zone} ${instant}: ${offsets} times with an offset`);
    }
});
