// formatSlots: days and slots in the visitor's zone and words.
import assert from 'node:assert/strict';
import test from 'node:test';

import { allSlots, formatSlots, languages, plain, row, slotguard, spaced, states } from './module.mjs';

const first = (days) => allSlots(days)[0];

test('a slot has its key, its instant, a label, a description, its state and whether to offer it', () => {
  assert.deepEqual(formatSlots([row('2026-12-01T10:00')], plain), [
    {
      date: '2026-12-01',
      heading: 'Tuesday, December 1, 2026',
      slots: [
        {
          key: '2026-12-01T10:00',
          startsAt: '2026-12-01T10:00:00Z',
          label: '10:00',
          description: 'Tuesday, December 1, 2026, 10:00, Coordinated Universal Time, available',
          state: 'available',
          bookable: true,
        },
      ],
    },
  ]);
});

test('no slots are no days', () => {
  assert.deepEqual(formatSlots([], plain), []);
});

test('only an available slot can be chosen', () => {
  for (const state of states) {
    const slot = first(formatSlots([row('2026-12-01T10:00', state)], plain));
    assert.equal(slot.state, state);
    assert.equal(slot.bookable, state === 'available');
  }
});

test('each language has other words for each state', () => {
  const said = new Set();
  for (const locale of languages)
    for (const state of states)
      said.add(
        first(formatSlots([row('2026-12-01T10:00', state)], { ...plain, locale })).description,
      );
  assert.equal(said.size, languages.length * states.length);
});

test('the state is said in words', () => {
  const words = (state, locale) =>
    first(formatSlots([row('2026-12-01T10:00', state)], { ...plain, locale }))
      .description.split(', ')
      .at(-1);
  assert.deepEqual(
    states.map((state) => words(state, 'en')),
    ['available', 'already booked', 'being booked right now', 'not open for booking'],
  );
  assert.deepEqual(
    states.map((state) => words(state, 'de')),
    ['frei', 'bereits gebucht', 'wird gerade gebucht', 'nicht buchbar'],
  );
});

test('a closed slot that has begun is in the past', () => {
  const now = Date.UTC(2026, 11, 1, 10);
  const slots = allSlots(
    formatSlots(
      ['09:30', '10:00', '10:30'].map((at) => row(`2026-12-01T${at}`, 'closed')),
      { ...plain, now },
    ),
  );
  assert.deepEqual(
    slots.map((slot) => slot.description.split(', ').at(-1)),
    ['in the past', 'in the past', 'not open for booking'],
  );
});

test('days and slots come in order of time, whatever order the rows had', () => {
  const starts = ['2026-12-02T09:00', '2026-12-01T10:30', '2026-12-02T08:00', '2026-12-01T10:00'];
  const days = formatSlots(
    starts.map((at) => row(at)),
    plain,
  );
  assert.deepEqual(
    days.map((day) => day.date),
    ['2026-12-01', '2026-12-02'],
  );
  assert.deepEqual(
    allSlots(days).map((slot) => slot.key),
    [...starts].sort(),
  );
});

test('the rows that were passed are left as they were', () => {
  const rows = [row('2026-12-02T09:00'), row('2026-12-01T10:30')];
  const before = structuredClone(rows);
  formatSlots(Object.freeze(rows.map(Object.freeze)), Object.freeze({ ...plain }));
  assert.deepEqual(rows, before);
});

test('a key keeps seconds that are not zero, and the label shows them', () => {
  const rows = ['10:00:00', '10:00:30', '10:00:30.5'].map((session_time) =>
    row('2026-12-01T10:00', 'available', {
      session_time,
      starts_at: `2026-12-01T${session_time}+00:00`,
    }),
  );
  const slots = allSlots(formatSlots(rows, plain));
  assert.deepEqual(
    slots.map((slot) => slot.key),
    ['2026-12-01T10:00', '2026-12-01T10:00:30', '2026-12-01T10:00:30.5'],
  );
  assert.deepEqual(
    slots.slice(0, 2).map((slot) => slot.label),
    ['10:00', '10:00:30'],
  );
  assert.equal(slots[2].startsAt, '2026-12-01T10:00:30.500000Z');
});

test('an instant is the same instant with any offset', () => {
  const spellings = [
    '2026-12-01T10:00:00+00:00',
    '2026-12-01T15:45:00+05:45',
    '2026-12-01T06:30:00-03:30',
    '2026-12-01T10:00:00Z',
  ];
  for (const starts_at of spellings)
    assert.equal(
      first(formatSlots([row('2026-12-01T10:00', 'available', { starts_at })], plain)).startsAt,
      '2026-12-01T10:00:00Z',
    );
});

test("today and tomorrow are said to be so, in the visitor's zone", () => {
  const rows = ['2026-12-01T22:00', '2026-12-02T22:00', '2026-12-03T22:00'].map((at) => row(at));
  const headings = (locale, timeZone) =>
    formatSlots(rows, { locale, timeZone, now: new Date('2026-12-01T20:00:00Z') }).map(
      (day) => day.heading,
    );
  assert.deepEqual(headings('en', 'UTC'), [
    'Today, Tuesday, December 1, 2026',
    'Tomorrow, Wednesday, December 2, 2026',
    'Thursday, December 3, 2026',
  ]);
  assert.deepEqual(headings('de', 'UTC').slice(0, 2), [
    'Heute, Dienstag, 1. Dezember 2026',
    'Morgen, Mittwoch, 2. Dezember 2026',
  ]);
  assert.deepEqual(headings('en', 'Asia/Tokyo').slice(0, 2), [
    'Today, Wednesday, December 2, 2026',
    'Tomorrow, Thursday, December 3, 2026',
  ]);
});

test("the present moment is the browser's where none is given", () => {
  const soon = new Date(Date.now() + 1000).toISOString().slice(0, 16);
  const [day] = formatSlots([row(soon)], { locale: 'en', timeZone: 'UTC' });
  assert.match(day.heading, /^To(day|morrow), /); // tomorrow, if midnight passes just now
});

test('the hour cycle changes how a time is written', () => {
  const labels = (hourCycle, locale) =>
    allSlots(
      formatSlots(
        ['00:00', '09:05', '12:00', '13:30'].map((at) => row(`2026-12-01T${at}`)),
        { ...plain, locale, hourCycle },
      ),
    ).map((slot) => spaced(slot.label));
  assert.deepEqual(labels('h12', 'en'), ['12:00 AM', '9:05 AM', '12:00 PM', '1:30 PM']);
  assert.deepEqual(labels('h23', 'en'), ['00:00', '09:05', '12:00', '13:30']);
  assert.deepEqual(labels('h23', 'en-US'), labels('h23', 'en-GB'));
  assert.deepEqual(labels('auto', 'en-US'), labels('h12', 'en'));
  assert.deepEqual(labels('auto', 'de'), ['00:00', '09:05', '12:00', '13:30']);
  assert.deepEqual(labels(undefined, 'de'), labels('auto', 'de'));
});

test('in every hour cycle no two times of a day share a label', () => {
  const rows = Array.from({ length: 96 }, (_, n) =>
    row(new Date(Date.UTC(2026, 11, 1) + n * 900_000).toISOString().slice(0, 16)),
  );
  for (const locale of languages)
    for (const hourCycle of ['auto', 'h12', 'h23']) {
      const labels = allSlots(formatSlots(rows, { ...plain, locale, hourCycle })).map(
        (slot) => slot.label,
      );
      assert.equal(new Set(labels).size, rows.length, `${locale} ${hourCycle}`);
    }
});

test('neither the hour cycle, nor the locale, nor the zone changes the instant, the key or the state', () => {
  const rows = states.map((state, n) =>
    row(['2026-12-01T00:00', '2026-12-01T12:00', '2026-12-01T18:00', '2026-12-01T23:30'][n], state),
  );
  const kept = (options) =>
    allSlots(formatSlots(rows, { ...plain, ...options })).map(({ key, startsAt, state }) => ({
      key,
      startsAt,
      state,
    }));
  const expected = kept({});
  for (const hourCycle of ['auto', 'h12', 'h23'])
    for (const locale of ['en', 'de-CH', 'ja'])
      for (const timeZone of ['UTC', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Kiritimati'])
        assert.deepEqual(kept({ hourCycle, locale, timeZone }), expected);
});

test('a regional locale is written the way of its region', () => {
  const heading = (locale) =>
    formatSlots([row('2026-12-01T10:00')], { ...plain, locale })[0].heading;
  assert.equal(heading('en-GB').replace(',', ''), 'Tuesday 1 December 2026');
  assert.equal(heading('de-AT'), 'Dienstag, 1. Dezember 2026');
  assert.equal(heading('DE-at'), heading('de-AT'));
});

test('a language that is not there gets English words and dates, and the clock it is used to', () => {
  const [day] = formatSlots([row('2026-12-01T15:00')], {
    locale: 'hu-HU',
    timeZone: 'UTC',
    now: 0,
  });
  assert.equal(day.heading, 'Tuesday, December 1, 2026');
  assert.equal(day.slots[0].label, '15:00');
  assert.match(day.slots[0].description, /available$/);
});

test('options may be left out, and a null one is as if it were', () => {
  assert.equal(allSlots(formatSlots([row('2026-12-01T10:00')])).length, 1);
  const nothing = {
    locale: null,
    timeZone: null,
    mentorTimeZone: null,
    hourCycle: null,
    now: null,
  };
  assert.deepEqual(
    formatSlots([row('2026-12-01T10:00')], nothing),
    formatSlots([row('2026-12-01T10:00')]),
  );
});

test("the visitor's zone is the browser's own where none is given", () => {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const slot = first(formatSlots([row('2026-12-01T10:00')], { locale: 'en' }));
  assert.ok(slot.description.includes(`, ${slotguard.describeZone(own, { locale: 'en' })}, `));
});

test('ten thousand slots are formatted, each with its own key', () => {
  const rows = Array.from({ length: 10_000 }, (_, n) =>
    row(new Date(Date.UTC(2026, 0, 1) + n * 900_000).toISOString().slice(0, 16)),
  );
  const days = formatSlots(rows, {
    ...plain,
    timeZone: 'Asia/Kathmandu',
    mentorTimeZone: 'Europe/London',
  });
  assert.equal(new Set(allSlots(days).map((slot) => slot.key)).size, 10_000);
  assert.equal(days.length, 105);
});
