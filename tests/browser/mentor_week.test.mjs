// What the mentor's page works out before it draws: days of 23 and 25 hours, where a session stands
// in them, hours behind a list of slots, rules, lengths and ranges. Without a browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readInterval, writeInterval } from '../../web/page/mentor/interval.mjs';
import { readRange, writeRange } from '../../web/page/mentor/override.mjs';
import { weekdaysOf, weeklyRule } from '../../web/page/mentor/rule.mjs';
import { datesOfWeek, layOutWeek, openStretches, ticksOf } from '../../web/page/mentor/week.mjs';
import { ZoneClock } from '../../web/page/mentor/zone_clock.mjs';

const berlin = new ZoneClock('Europe/Berlin');
const session = (from, to) => ({ kind: 'session', from: Date.parse(from), to: Date.parse(to) });
const placesOn = (week, date) => week.days.find((day) => day.date === date).pieces
  .map(({ top, bottom }) => [top, bottom]);

test('a week begins as the language has it', () => {
  assert.equal(datesOfWeek('2026-12-01', 1)[0], '2026-11-30');
  assert.equal(datesOfWeek('2026-12-01', 7)[0], '2026-11-29');
  assert.equal(datesOfWeek('2026-12-01', 6)[0], '2026-11-28');
  assert.equal(datesOfWeek('2026-11-30', 1).at(-1), '2026-12-06');
});

test('on a day of 23 hours the skipped hour is missing, and what lies after it stands where it reads', () => {
  const dates = datesOfWeek('2027-03-28', 1);
  const week = layOutWeek(dates, [session('2027-03-28T00:30Z', '2027-03-28T01:30Z')], berlin);
  assert.deepEqual(placesOn(week, '2027-03-28'), [[90, 210]], 'from 1:30 to 3:30 by the clock');
  assert.deepEqual(week.days.at(-1).missing, [{ top: 120, bottom: 180 }]);
  assert.deepEqual(week.days[0].missing, []);
  assert.equal(week.twice, undefined);
});

test('on a day of 25 hours each of the two hours of one name has its own place', () => {
  const dates = datesOfWeek('2026-10-25', 1);
  const week = layOutWeek(dates, [
    session('2026-10-25T00:15Z', '2026-10-25T00:45Z'), // 2:15, summer time
    session('2026-10-25T01:15Z', '2026-10-25T01:45Z'), // 2:15 again
    session('2026-10-25T08:00Z', '2026-10-25T08:30Z'), // 9:00
    session('2026-10-24T07:00Z', '2026-10-24T07:30Z'), // 9:00 on the day before
  ], berlin);
  assert.deepEqual(placesOn(week, '2026-10-25'), [[135, 165], [195, 225], [600, 630]]);
  assert.deepEqual(placesOn(week, '2026-10-24'), [[600, 630]], 'nine is nine on every day');
  assert.deepEqual(week.days[0].missing, [{ top: 180, bottom: 240 }]);
  assert.deepEqual(week.days.at(-1).missing, []);
  const ticks = ticksOf({ ...week, top: 60, bottom: 360 });
  assert.deepEqual(ticks.map(({ place, reading, again }) => [place, reading / 60, again]),
    [[60, 1, false], [120, 2, false], [180, 2, true], [240, 3, false], [300, 4, false]]);
});

test('a clock that is put back by half an hour, or at midnight, loses nothing', () => {
  const lordHowe = new ZoneClock('Australia/Lord_Howe');
  const autumn = layOutWeek(datesOfWeek('2027-04-04', 1),
    [session('2027-04-03T15:10Z', '2027-04-03T15:20Z')], lordHowe);
  assert.equal(autumn.twice.longer, 30);
  assert.deepEqual(placesOn(autumn, '2027-04-04'), [[130, 140]], '1:40 for the second time');
  const azores = new ZoneClock('Atlantic/Azores');
  assert.equal(azores.dateOf(azores.startOf('2026-10-25') - 60_000), '2026-10-24');
  const cairo = new ZoneClock('Africa/Cairo');
  assert.equal(new Date(cairo.startOf('2026-04-24')).toISOString(), '2026-04-23T22:00:00.000Z',
    'a day whose midnight is skipped begins at one');
});

test('a session over midnight stands in both days, and ends with the first one', () => {
  const week = layOutWeek(datesOfWeek('2026-12-01', 1),
    [session('2026-12-01T22:30Z', '2026-12-01T23:30Z')], berlin);
  assert.deepEqual(placesOn(week, '2026-12-01'), [[1410, 1440]]);
  assert.deepEqual(placesOn(week, '2026-12-02'), [[0, 30]]);
  assert.deepEqual([week.top, week.bottom], [0, 1440]);
});

test('slots that touch or overlap are one stretch of hours', () => {
  const row = (from, to) => ({ starts_at: `2026-12-01T${from}:00Z`, ends_at: `2026-12-01T${to}:00Z` });
  assert.deepEqual(openStretches([row('09:00', '09:30'), row('09:30', '10:30'), row('10:00', '10:30'),
    row('14:00', '14:30')]).map(({ from, to }) => [new Date(from).toISOString().slice(11, 16),
    new Date(to).toISOString().slice(11, 16)]), [['09:00', '10:30'], ['14:00', '14:30']]);
});

test('the weekly rules that the form makes are read again, all others are not guessed at', () => {
  assert.equal(weeklyRule([3, 1]), 'FREQ=WEEKLY;BYDAY=MO,WE');
  assert.deepEqual(weekdaysOf(weeklyRule([7, 2])), [2, 7]);
  assert.deepEqual(weekdaysOf('freq=weekly;interval=1;wkst=SU;byday=fr'), [5]);
  assert.deepEqual(weekdaysOf('FREQ=DAILY'), [1, 2, 3, 4, 5, 6, 7]);
  for (const rule of ['FREQ=WEEKLY', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO', 'FREQ=MONTHLY;BYDAY=MO',
    'FREQ=MONTHLY;BYDAY=1MO', 'FREQ=WEEKLY;BYDAY=MO;COUNT=4', 'FREQ=WEEKLY;BYDAY=1MO']) {
    assert.equal(weekdaysOf(rule), undefined, rule);
  }
});

test('a length is a number of one unit, or is left as it stands', () => {
  const all = ['minutes', 'hours', 'days', 'weeks', 'months', 'years'];
  for (const [text, count, unit] of [['00:30:00', 30, 'minutes'], ['02:00:00', 2, 'hours'],
    ['1 day', 1, 'days'], ['14 days', 2, 'weeks'], ['1 year', 1, 'years'], ['6 mons', 6, 'months'],
    ['1 year 6 mons', 18, 'months'], ['00:00:00', 0, 'minutes']]) {
    assert.deepEqual(readInterval(text, all), { count, unit }, text);
  }
  assert.deepEqual(readInterval('01:30:00', ['minutes']), { count: 90, unit: 'minutes' });
  assert.deepEqual(readInterval('00:00:00', ['days']), { count: 0, unit: 'days' });
  for (const text of ['1 day 02:00:00', '1 mon 3 days', '00:00:30', '-01:00:00', '']) {
    assert.equal(readInterval(text, all), undefined, text);
  }
  assert.equal(writeInterval({ count: 45, unit: 'minutes' }), '45 minutes');
});

test('a range is read as PostgreSQL writes it, and written so that PostgreSQL reads the mentor’s clock', () => {
  const instant = (text) => Date.parse(text);
  assert.deepEqual(readRange('["2026-12-01 08:00:00+00","2026-12-01 09:00:00.5+00")'),
    { from: instant('2026-12-01T08:00Z'), to: instant('2026-12-01T09:00:00.5Z') });
  assert.deepEqual(readRange('["2026-12-01 08:00:00+05:30",)'),
    { from: instant('2026-12-01T02:30Z'), to: Infinity });
  assert.deepEqual(readRange('[-infinity,infinity]'), { from: -Infinity, to: Infinity });
  assert.throws(() => readRange('empty'), /during: expected a range/);
  assert.equal(
    writeRange({ date: '2026-12-01', time: '09:00' }, { date: '2026-12-02', time: '00:00' },
      'Europe/Berlin'),
    '["2026-12-01 09:00 Europe/Berlin","2026-12-02 00:00 Europe/Berlin")');
});
