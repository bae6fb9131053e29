// describeSession: when a session is, for both sides.
import assert from 'node:assert/strict';
import test from 'node:test';

import { plain, slotguard, spaced, time } from './module.mjs';

const auto = { ...plain, hourCycle: 'auto' };

/** Spaces as they are typed: which ones ICU writes is not our claim. */
const described = (session, options) =>
  Object.fromEntries(
    Object.entries(slotguard.describeSession(session, { ...auto, ...options })).map(
      ([name, text]) => [name, text && spaced(text).replace(/[\u2009\u2002]/g, ' ')],
    ),
  );

test('a session has date, time and zone in words, for the visitor and for the mentor', () => {
  const session = { ...time('2026-12-01T08:00'), time_zone: 'America/New_York' };
  assert.deepEqual(described(session, { timeZone: 'Europe/Berlin' }), {
    date: 'Tuesday, December 1, 2026',
    time: '9:00 – 9:30 AM',
    zone: 'Central European Time',
    when: 'Tuesday, December 1, 2026, 9:00 – 9:30 AM',
    mentorWhen: 'Tuesday, December 1, 2026, 3:00 – 3:30 AM',
    mentorZone: 'Eastern Time',
  });
});

test('in German it is German', () => {
  const session = { ...time('2026-12-01T08:00'), time_zone: 'Europe/London' };
  const german = described(session, { timeZone: 'Europe/Berlin', locale: 'de' });
  assert.equal(german.when, 'Dienstag, 1. Dezember 2026, 09:00–09:30 Uhr');
  assert.equal(german.mentorWhen, 'Dienstag, 1. Dezember 2026, 08:00–08:30 Uhr');
});

test("the mentor's time is left out where it reads the same", () => {
  for (const time_zone of ['Europe/Berlin', 'Europe/Paris', undefined, null]) {
    const session = { ...time('2026-12-01T08:00'), time_zone };
    const { mentorWhen, mentorZone } = described(session, { timeZone: 'Europe/Berlin' });
    assert.deepEqual([mentorWhen, mentorZone], [null, null]);
  }
});

test('the zone that the options name goes before that of the answer', () => {
  const session = { ...time('2026-12-01T08:00'), time_zone: 'Asia/Tokyo' };
  const { mentorZone } = described(session, { mentorTimeZone: 'America/New_York' });
  assert.equal(mentorZone, 'Eastern Time');
});

test('a session over midnight names both days', () => {
  const { when, time: range } = described(time('2026-12-01T23:45'), {});
  for (const text of [when, range])
    assert.match(text, /Tuesday, December 1, 2026.*11:45 PM.*Wednesday, December 2, 2026.*12:15 AM/);
});

test('the hour that the clock shows twice is told apart', () => {
  const when = (start) => described(time(start), { timeZone: 'America/New_York' }).when;
  assert.equal(when('2026-11-01T05:00'), 'Sunday, November 1, 2026, 1:00 – 1:30 AM EDT');
  assert.equal(when('2026-11-01T05:30'), 'Sunday, November 1, 2026, 1:30 AM EDT – 1:00 AM EST');
  assert.equal(when('2026-11-01T06:30'), 'Sunday, November 1, 2026, 1:30 – 2:00 AM EST');
  assert.doesNotMatch(when('2026-11-01T12:30'), /E[DS]T/);
});

test('what is no session is refused by its field', () => {
  const refused = (session, field) =>
    assert.throws(
      () => slotguard.describeSession(session, plain),
      ({ message }) => message.split(': expected ')[0] === field,
      field,
    );
  const session = time('2026-12-01T08:00');
  refused(null, 'session');
  refused({ ...session, starts_at: 'soon' }, 'session.starts_at');
  refused({ ...session, ends_at: session.starts_at }, 'session.ends_at');
  refused({ ...session, time_zone: 'Mars' }, 'session.time_zone');
});
