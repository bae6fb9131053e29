// formatMonth: a month as a calendar shows it.
import assert from 'node:assert/strict';
import test from 'node:test';

import { formatSlots, languages, plain, row, slotguard } from './module.mjs';

const { formatMonth } = slotguard;
const dates = (month) => month.weeks.map((week) => week.map((day) => day?.date.slice(8) ?? ''));
const dayOf = (month, date) => month.weeks.flat().find((day) => day?.date === date);

test('a month is weeks of seven, from the first day to the last', () => {
  const month = formatMonth('2026-12', [], { ...plain, locale: 'en-GB' });
  assert.equal(month.heading, 'December 2026');
  assert.equal(month.firstDay, 1);
  assert.deepEqual(dates(month), [
    ['', '01', '02', '03', '04', '05', '06'],
    ['07', '08', '09', '10', '11', '12', '13'],
    ['14', '15', '16', '17', '18', '19', '20'],
    ['21', '22', '23', '24', '25', '26', '27'],
    ['28', '29', '30', '31', '', '', ''],
  ]);
});

test('weeks begin as the locale has it, and the names of the days stand above them', () => {
  const american = formatMonth('2026-12', [], { ...plain, locale: 'en-US' });
  assert.equal(american.firstDay, 7);
  assert.deepEqual(dates(american)[0], ['', '', '01', '02', '03', '04', '05']);
  assert.deepEqual(american.weekdays[0], { short: 'Sun', long: 'Sunday' });
  const german = formatMonth('2026-12', [], { ...plain, locale: 'de' });
  assert.deepEqual(german.weekdays.at(0).long, 'Montag');
  assert.deepEqual(german.weekdays.at(-1).long, 'Sonntag');
  assert.equal(formatMonth('2026-12', [], { ...plain, locale: 'ar-EG' }).firstDay, 6);
});

test('leap years have their day, in whatever week a month begins', () => {
  const lengths = ['2028-02', '2026-02', '2100-02', '2026-11', '1970-01'].map(
    (month) => formatMonth(month, [], plain).weeks.flat().filter(Boolean).length,
  );
  assert.deepEqual(lengths, [29, 28, 28, 30, 31]);
});

test('each day says how many of its times are free', () => {
  const days = formatSlots(
    [
      row('2026-12-01T10:00'),
      row('2026-12-01T10:30'),
      row('2026-12-01T11:00', 'booked'),
      row('2026-12-02T10:00', 'held'),
      row('2026-12-03T10:00'),
      row('2027-01-01T10:00'),
    ],
    plain,
  );
  const month = formatMonth('2026-12', days, plain);
  assert.deepEqual(dayOf(month, '2026-12-01'), {
    date: '2026-12-01',
    label: '1',
    heading: 'Tuesday, December 1, 2026',
    description: 'Tuesday, December 1, 2026, 2 free times',
    free: 2,
    today: false,
  });
  const said = (date) => dayOf(month, date).description.split(', ').at(-1);
  assert.equal(said('2026-12-02'), 'no free times');
  assert.equal(said('2026-12-03'), '1 free time');
  assert.equal(said('2026-12-04'), 'no free times');
});

test("today is the visitor's", () => {
  const now = Date.UTC(2026, 11, 1, 20);
  const today = (timeZone) =>
    formatMonth('2026-12', [], { ...plain, timeZone, now })
      .weeks.flat()
      .filter((day) => day?.today)
      .map(({ date, description }) => `${date} ${description}`);
  assert.deepEqual(today('UTC'), [
    '2026-12-01 Today, Tuesday, December 1, 2026, no free times',
  ]);
  assert.deepEqual(today('Asia/Tokyo'), [
    '2026-12-02 Today, Wednesday, December 2, 2026, no free times',
  ]);
});

test('every language writes months and numbers the way Intl does', () => {
  for (const locale of [...languages, 'en-GB', 'de-AT', 'ar-EG']) {
    const month = formatMonth('2026-12', [], { ...plain, locale });
    const first = Date.UTC(2026, 11, 1);
    const options = { month: 'long', year: 'numeric', timeZone: 'UTC', calendar: 'gregory' };
    const { language } = slotguard.languageOf(locale);
    const spoken = language === locale.split('-')[0] ? locale : language;
    assert.equal(month.heading, new Intl.DateTimeFormat(spoken, options).format(first));
    assert.equal(dayOf(month, '2026-12-24').label, new Intl.NumberFormat(spoken).format(24));
  }
});

test('what is no month, or are no days, is refused by its name', () => {
  const refused = (wrong, field) =>
    assert.throws(wrong, ({ message }) => message.split(': expected ')[0] === field, field);
  for (const month of ['2026-13', '2026-1', '12/2026', '2026-12-01', '', 7, undefined])
    refused(() => formatMonth(month, [], plain), 'month');
  refused(() => formatMonth('2026-12', {}, plain), 'days');
  refused(() => formatMonth('2026-12', [7], plain), 'days[0]');
  refused(() => formatMonth('2026-12', [{ date: '2026-12-01' }], plain), 'days[0].slots');
  refused(() => formatMonth('2026-12', [{ date: 'x', slots: [] }], plain), 'days[0].date');
});
