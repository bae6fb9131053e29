// describeOutcome: what the visitor is told.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import { describeOutcome, languages, outcomes, plain, result, time } from './module.mjs';

const fixture = JSON.parse(
  readFileSync(new URL('../fixtures/outcomes.json', import.meta.url), 'utf8'),
);

test('the database and the module know the same outcomes', () => {
  assert.deepEqual(Object.keys(fixture).sort(), [...outcomes].sort());
  for (const [outcome, answer] of Object.entries(fixture)) assert.equal(answer.outcome, outcome);
});

for (const [outcome, answer] of Object.entries(fixture))
  test(`the database's ${outcome} is told in the database's words`, () => {
    const { body, alternatives } = describeOutcome(answer, plain);
    const expected =
      outcome === 'slot_taken'
        ? 'This time slot is no longer available. Please select another time.'
        : answer.message;
    assert.equal(body, expected);
    assert.equal(alternatives.length, answer.alternatives.length);
  });

test('each outcome has its tone, and says whether the list is old', () => {
  const told = Object.fromEntries(
    outcomes.map((outcome) => {
      const { tone, refresh } = describeOutcome(result(outcome), plain);
      return [outcome, `${tone} ${refresh}`];
    }),
  );
  assert.deepEqual(told, {
    booked: 'success true',
    slot_taken: 'warning true',
    already_yours: 'info true',
    startup_busy: 'warning false',
    slot_held: 'warning true',
    mentor_unavailable: 'warning true',
    outside_booking_window: 'warning true',
    limit_reached: 'warning true',
    invalid_time: 'warning false',
    held: 'success true',
    hold_expired: 'warning true',
    released: 'info true',
    cancelled: 'success true',
    already_cancelled: 'info true',
    not_found: 'error true',
    rescheduled: 'success true',
  });
});

test('each language has a title and a sentence of its own for each outcome', () => {
  for (const part of ['title', 'body']) {
    const said = new Set();
    for (const locale of languages)
      for (const outcome of outcomes) {
        const text = describeOutcome(result(outcome), { ...plain, locale })[part];
        assert.ok(text.trim().length > 3, `${locale} ${outcome} ${part}`);
        said.add(text);
      }
    assert.equal(said.size, languages.length * outcomes.length);
  }
});

test('German is spoken to German visitors', () => {
  const { body, title } = describeOutcome(result('slot_taken'), { ...plain, locale: 'de-CH' });
  assert.equal(title, 'Dieser Termin ist vergeben');
  assert.equal(body, 'Dieser Termin ist nicht mehr frei. Bitte wählen Sie eine andere Zeit.');
});

test('a visitor is told of holds and moves in his language', () => {
  const told = (outcome) => {
    const { title, body } = describeOutcome(result(outcome), { ...plain, locale: 'de' });
    return `${title}: ${body}`;
  };
  assert.deepEqual(['slot_held', 'held', 'hold_expired', 'released', 'rescheduled'].map(told), [
    'Dieser Termin wird gerade gebucht: Dieser Termin wird gerade von jemand anderem gebucht.',
    'Für Sie reserviert: Dieser Termin ist für Sie reserviert.',
    'Nicht mehr für Sie reserviert: Dieser Termin ist nicht mehr für Sie reserviert ' +
      'und inzwischen vergeben. Bitte wählen Sie eine andere Zeit.',
    'Freigegeben: Dieser Termin ist wieder frei.',
    'Verschoben: Ihr Termin wurde verschoben.',
  ]);
});

test('too early is told from too late, even where too late still lies ahead', () => {
  const body = (message, locale) =>
    describeOutcome(result('outside_booking_window', { message }), {
      ...plain,
      locale,
      now: Date.UTC(2026, 10, 30),
    }).body;
  assert.equal(
    body('This time can no longer be booked.', 'en'),
    'This time can no longer be booked.',
  );
  assert.equal(body('This time cannot be booked yet.', 'en'), 'This time cannot be booked yet.');
  assert.equal(
    body('This time can no longer be booked.', 'de'),
    'Diese Zeit kann nicht mehr gebucht werden.',
  );
  assert.equal(
    body('This time cannot be booked yet.', 'de'),
    'Diese Zeit kann noch nicht gebucht werden.',
  );
});

test('what there is only so much of is told apart', () => {
  const body = (message, locale) =>
    describeOutcome(result('limit_reached', { message }), { ...plain, locale }).body;
  const day = 'The mentor takes no more sessions on this day.';
  const week = 'The mentor takes no more sessions in this week.';
  const holds =
    'You hold as many time slots as you can at once. Please book or release one of them first.';
  const startup = 'You have as many sessions with this mentor as you can have at once.';
  const rush = 'Too many people are booking with this mentor right now. Please try again in a few minutes.';
  for (const message of [day, week, holds, startup, rush]) assert.equal(body(message, 'en'), message);
  assert.match(body(day, 'de'), /an diesem Tag/);
  assert.match(body(week, 'de'), /in dieser Woche/);
  assert.match(body(holds, 'de'), /bereits so viele Termine reserviert/);
  assert.match(body(startup, 'de'), /wie zugleich möglich sind/);
  assert.match(body(rush, 'de'), /in ein paar Minuten/);
});

test('an alternative on the day that was asked for shows its time alone, another day its day', () => {
  const alternatives = [time('2026-12-01T10:30'), time('2026-12-02T09:00')];
  assert.deepEqual(describeOutcome(result('slot_taken', { alternatives }), plain).alternatives, [
    {
      key: '2026-12-01T10:30',
      label: '10:30',
      description: 'Tuesday, December 1, 2026, 10:30, Coordinated Universal Time, available',
    },
    {
      key: '2026-12-02T09:00',
      label: 'Wed, Dec 2, 09:00',
      description: 'Wednesday, December 2, 2026, 09:00, Coordinated Universal Time, available',
    },
  ]);
});

test("the day of an alternative is the visitor's", () => {
  const asked = { starts_at: '2026-12-01T14:00:00+00:00', session_time: '14:00:00' };
  const alternatives = [time('2026-12-01T14:30'), time('2026-12-01T15:00')];
  const labels = describeOutcome(result('slot_taken', { ...asked, alternatives }), {
    ...plain,
    timeZone: 'Asia/Tokyo',
  }).alternatives.map((alternative) => alternative.label);
  assert.deepEqual(labels, ['23:30', 'Wed, Dec 2, 00:00']);
});

test('a time that does not exist still has the day that it was asked for on', () => {
  const alternatives = [time('2026-12-01T10:30'), time('2026-12-02T10:30')];
  const labels = describeOutcome(
    result('invalid_time', { starts_at: null, ends_at: null, alternatives }),
    plain,
  ).alternatives.map((alternative) => alternative.label);
  assert.deepEqual(labels, ['10:30', 'Wed, Dec 2, 10:30']);
});

test('alternatives stay in the order that the database gave them', () => {
  const starts = ['2026-12-01T10:30', '2026-12-01T09:30', '2026-12-01T11:00'];
  const { alternatives } = describeOutcome(
    result('slot_taken', { alternatives: starts.map((at) => time(at)) }),
    plain,
  );
  assert.deepEqual(
    alternatives.map((alternative) => alternative.key),
    starts,
  );
});

test("the mentor's zone is the answer's where the options name none", () => {
  const answer = result('slot_taken', {
    time_zone: 'Asia/Kathmandu',
    alternatives: [time('2026-12-01T10:30')],
  });
  const description = (options) =>
    describeOutcome(answer, { ...plain, ...options }).alternatives[0].description;
  assert.match(description({}), /which is 16:15 for the mentor, Nepal Time/);
  assert.match(
    description({ mentorTimeZone: 'Asia/Tokyo' }),
    /which is 19:30 for the mentor, Japan Standard Time/,
  );
});

test('what the answer may leave null or out is not missed', () => {
  const { outcome, replayed, message, alternatives } = result('not_found');
  const described = describeOutcome({ outcome, replayed, message, alternatives }, plain);
  assert.equal(described.body, 'There is no such session or hold.');
  assert.deepEqual(
    described,
    describeOutcome(
      result('not_found', {
        mentor_id: null,
        startup_id: null,
        session_date: null,
        session_time: null,
        starts_at: null,
        ends_at: null,
        time_zone: null,
      }),
      plain,
    ),
  );
});

test('braces in the data stay what they are', () => {
  const described = describeOutcome(
    result('booked', { mentor_id: '{day}', message: '{state}' }),
    plain,
  );
  assert.equal(described.body, 'Your session is booked.');
});
