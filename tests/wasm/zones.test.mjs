// formatSlots where clocks differ or change.
import assert from 'node:assert/strict';
import test from 'node:test';

import {
  allSlots,
  describeOutcome,
  formatSlots,
  plain,
  result,
  row,
  spaced,
  time,
} from './module.mjs';

const at = (starts, options) =>
  formatSlots(
    starts.map((start) => row(start)),
    { ...plain, ...options },
  );

test("days are the visitor's, not the mentor's", () => {
  const days = at(['2026-12-01T09:00', '2026-12-01T18:30', '2026-12-01T23:00'], {
    timeZone: 'Asia/Kathmandu',
  });
  assert.deepEqual(
    days.map((day) => [day.date, day.slots.map((slot) => [slot.key, slot.label])]),
    [
      ['2026-12-01', [['2026-12-01T09:00', '14:45']]],
      [
        '2026-12-02',
        [
          ['2026-12-01T18:30', '00:15'],
          ['2026-12-01T23:00', '04:45'],
        ],
      ],
    ],
  );
});

test('half-hour and quarter-hour zones are exact', () => {
  const label = (timeZone) => allSlots(at(['2026-12-01T10:00'], { timeZone }))[0].label;
  assert.equal(label('Asia/Kolkata'), '15:30');
  assert.equal(label('Asia/Kathmandu'), '15:45');
  assert.equal(label('America/St_Johns'), '06:30');
  assert.equal(label('Australia/Eucla'), '18:45');
});

test('where the zones differ, the description gives both times, each with its zone', () => {
  const [slot] = allSlots(
    at(['2026-12-01T10:00'], { timeZone: 'Asia/Kathmandu', mentorTimeZone: 'Europe/London' }),
  );
  assert.equal(
    slot.description,
    'Tuesday, December 1, 2026, 15:45, Nepal Time, which is 10:00 for the mentor, United Kingdom Time, available',
  );
});

test('where the mentor is on another day, the description says which', () => {
  const [slot] = allSlots(
    at(['2026-12-01T23:30'], { timeZone: 'Asia/Tokyo', mentorTimeZone: 'UTC' }),
  );
  assert.equal(
    slot.description,
    'Wednesday, December 2, 2026, 08:30, Japan Standard Time, which is Tuesday, December 1, 2026, 23:30 for the mentor, Coordinated Universal Time, available',
  );
});

test('where the zones are one, the description gives one time', () => {
  const [slot] = allSlots(
    at(['2026-12-01T10:00'], { timeZone: 'Europe/London', mentorTimeZone: 'Europe/London' }),
  );
  assert.equal(
    slot.description,
    'Tuesday, December 1, 2026, 10:00, United Kingdom Time, available',
  );
});

test('where two zones are called the same and their clocks agree, one of them is enough', () => {
  const [slot] = allSlots(
    at(['2026-12-01T10:00'], { timeZone: 'Europe/Berlin', mentorTimeZone: 'Europe/Paris' }),
  );
  assert.equal(
    slot.description,
    'Tuesday, December 1, 2026, 11:00, Central European Time, available',
  );
});

test('the hour that the clock shows twice is told apart', () => {
  const starts = [
    '2026-10-25T00:00',
    '2026-10-25T00:30',
    '2026-10-25T01:00',
    '2026-10-25T01:30',
    '2026-10-25T02:00',
  ];
  const slots = allSlots(
    at(starts, { timeZone: 'Europe/Berlin', mentorTimeZone: 'Europe/Berlin' }),
  );
  assert.deepEqual(
    slots.map((slot) => slot.label),
    ['02:00 GMT+2', '02:30 GMT+2', '02:00 GMT+1', '02:30 GMT+1', '03:00'],
  );
  assert.equal(new Set(slots.map((slot) => slot.description)).size, starts.length);
  for (const [n, offset] of ['GMT+2', 'GMT+2', 'GMT+1', 'GMT+1'].entries())
    assert.ok(slots[n].description.includes(offset));
});

test('the hour that the clock shows twice is told apart in 12 hours and in German too', () => {
  const starts = ['2026-11-01T05:30', '2026-11-01T06:30'];
  const labels = (locale, hourCycle) =>
    allSlots(at(starts, { timeZone: 'America/New_York', locale, hourCycle })).map((slot) =>
      spaced(slot.label),
    );
  assert.deepEqual(labels('en', 'h12'), ['1:30 AM EDT', '1:30 AM EST']);
  assert.equal(new Set(labels('de', 'h23')).size, 2);
});

test('a time that comes once has no offset, also on a day when the clock is put back', () => {
  const slots = allSlots(
    at(['2026-10-24T23:30', '2026-10-25T02:30', '2026-10-25T12:00'], { timeZone: 'Europe/Berlin' }),
  );
  assert.deepEqual(
    slots.map((slot) => slot.label),
    ['01:30', '03:30', '13:00'],
  );
});

test('a clock that is put back by half an hour is told apart as well', () => {
  const labels = allSlots(
    at(['2026-04-04T14:15', '2026-04-04T14:45', '2026-04-04T15:15', '2026-04-04T15:45'], {
      timeZone: 'Australia/Lord_Howe',
    }),
  ).map((slot) => slot.label);
  assert.deepEqual(labels, ['01:15', '01:45 GMT+11', '01:45 GMT+10:30', '02:15']);
});

test('a clock that is put back at midnight shows each day once', () => {
  // In St John's until 2011, one minute past midnight became one minute past eleven.
  const days = at(
    ['2010-11-07T02:15', '2010-11-07T02:30', '2010-11-07T02:45', '2010-11-07T03:45'],
    { timeZone: 'America/St_Johns' },
  );
  assert.deepEqual(
    days.map((day) => day.date),
    ['2010-11-06', '2010-11-07'],
  );
  assert.deepEqual(
    days[0].slots.map((slot) => slot.startsAt.slice(11, 16)),
    ['02:15', '02:45'],
  );
});

test('on the day when summer time starts, the skipped hour is skipped', () => {
  const labels = allSlots(
    at(['2026-03-29T00:30', '2026-03-29T01:00', '2026-03-29T01:30'], { timeZone: 'Europe/Berlin' }),
  ).map((slot) => slot.label);
  assert.deepEqual(labels, ['01:30', '03:00', '03:30']);
});

test('an alternative in the hour that comes twice is told apart', () => {
  const described = describeOutcome(
    result('slot_taken', { alternatives: [time('2026-10-25T00:30'), time('2026-10-25T01:30')] }),
    { ...plain, timeZone: 'Europe/Berlin', mentorTimeZone: 'Europe/Berlin' },
  );
  assert.match(described.alternatives[0].label, /02:30 GMT\+2$/);
  assert.match(described.alternatives[1].label, /02:30 GMT\+1$/);
  assert.notEqual(described.alternatives[0].description, described.alternatives[1].description);
});

test('more zones than are kept change nothing', () => {
  const zones = Intl.supportedValuesOf('timeZone').slice(0, 60);
  const labels = () =>
    zones.map(
      (timeZone) =>
        allSlots(at(['2026-12-01T10:00'], { timeZone, mentorTimeZone: 'Europe/London' }))[0].label,
    );
  const expected = zones.map((timeZone) =>
    new Intl.DateTimeFormat('en', {
      hour: 'numeric',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone,
    }).format(Date.UTC(2026, 11, 1, 10)),
  );
  assert.deepEqual(labels(), expected);
  assert.deepEqual(labels(), expected);
});
