// What is wrong is refused by its name, and never formatted.
import assert from 'node:assert/strict';
import test from 'node:test';

import { allSlots, describeOutcome, formatSlots, plain, result, row, states } from './module.mjs';

const refused = (call, field) =>
  assert.throws(
    call,
    (error) => {
      assert.ok(error instanceof Error);
      assert.equal(error.name, 'Error');
      assert.equal(error.message.split(': expected ')[0], field);
      assert.match(error.message, /: expected .+, got .+/s);
      return true;
    },
    field,
  );

const slotWith = (more) => () =>
  formatSlots([row('2026-12-01T10:00'), row('2026-12-01T10:30', 'available', more)], plain);
const without = (object, field) =>
  Object.fromEntries(Object.entries(object).filter(([name]) => name !== field));

const wrongKinds = [
  undefined,
  null,
  true,
  7,
  NaN,
  Infinity,
  7n,
  Symbol('x'),
  '',
  [],
  {},
  () => '',
  new Date(),
];

for (const field of ['session_date', 'session_time', 'starts_at', 'ends_at', 'state']) {
  test(`a slot without ${field} is refused`, () => {
    refused(
      () => formatSlots([row('2026-12-01T10:00'), without(row('2026-12-01T10:30'), field)], plain),
      `slots[1].${field}`,
    );
  });
  test(`a slot whose ${field} is of another kind is refused`, () => {
    for (const value of wrongKinds) refused(slotWith({ [field]: value }), `slots[1].${field}`);
  });
}

const wrongTimestamps = [
  '2026-02-30T10:00:00+00:00',
  '2026-12-01T25:00:00+00:00',
  '2026-12-01T10:00:00',
  '2026-12-01 10:00:00+00:00',
  'infinity',
  'tomorrow',
  '2026-12-01T10:00:00+00:00\0',
  '２０２６-12-01T10:00:00+00:00',
  '2026-12-01T10:00:00+00:00'.repeat(1000),
];

test('a timestamp that is malformed or impossible is refused', () => {
  for (const value of wrongTimestamps) {
    refused(slotWith({ starts_at: value }), 'slots[1].starts_at');
    refused(slotWith({ ends_at: value }), 'slots[1].ends_at');
  }
});

test('a date or time that is malformed or impossible is refused', () => {
  for (const value of ['2026-02-30', '2026-12-1', '2026-12-01T10:00', '12/01/2026', 'today'])
    refused(slotWith({ session_date: value }), 'slots[1].session_date');
  for (const value of ['10:00', '25:00:00', '10:60:00', '10:00:00+00', '10:00:00\0', 'noon'])
    refused(slotWith({ session_time: value }), 'slots[1].session_time');
});

test('a slot that ends before it starts, or at once, is refused', () => {
  for (const value of ['2026-12-01T10:30:00+00:00', '2026-12-01T10:00:00+00:00'])
    refused(slotWith({ ends_at: value }), 'slots[1].ends_at');
});

test('an unknown state is refused, also one that every object has', () => {
  for (const value of [
    'free',
    'Available',
    'available ',
    'available\0',
    '__proto__',
    'constructor',
    'toString',
  ])
    refused(slotWith({ state: value }), 'slots[1].state');
});

test('the complaint about a state names each that there is', () => {
  assert.throws(slotWith({ state: 'free' }), ({ message }) =>
    states.every((state) => message.includes(`"${state}"`)),
  );
});

test('what is no list of objects is refused', () => {
  for (const value of [undefined, null, 7, 'slots', {}, { length: 1, 0: row('2026-12-01T10:00') }])
    refused(() => formatSlots(value, plain), 'slots');
  for (const value of [undefined, null, 7, 'slot', [], () => {}])
    refused(() => formatSlots([value], plain), 'slots[0]');
  refused(() => formatSlots(new Array(4_000_000_000), plain), 'slots[0]');
});

test('options of another kind are refused', () => {
  for (const value of [null, 7, 'en', [], () => {}])
    refused(() => formatSlots([], value), 'options');
});

test('an unknown locale, zone or hour cycle is refused', () => {
  for (const value of ['', 'x', 'en_US', '__proto__', 'de\0', 7, {}, ['en']])
    refused(() => formatSlots([], { ...plain, locale: value }), 'options.locale');
  for (const field of ['timeZone', 'mentorTimeZone'])
    for (const value of [
      '',
      'Mars/Olympus',
      'Europe/London\0',
      '__proto__',
      '東京',
      7,
      {},
      'Europe/London'.repeat(100),
    ])
      refused(() => formatSlots([], { ...plain, [field]: value }), `options.${field}`);
  for (const value of ['h24', 'H12', '', 12, true, ['h12']])
    refused(() => formatSlots([], { ...plain, hourCycle: value }), 'options.hourCycle');
});

test('a present moment that is none is refused', () => {
  for (const value of [
    '2026-12-01',
    '0',
    NaN,
    Infinity,
    -8.64e15,
    8.64e15,
    new Date(NaN),
    {},
    Object.create(Date.prototype),
    true,
    7n,
  ])
    refused(() => formatSlots([], { ...plain, now: value }), 'options.now');
});

for (const field of ['outcome', 'replayed', 'message', 'alternatives'])
  test(`an answer without ${field} is refused`, () => {
    refused(() => describeOutcome(without(result('booked'), field), plain), `result.${field}`);
    refused(() => describeOutcome(result('booked', { [field]: null }), plain), `result.${field}`);
  });

test('an unknown outcome is refused, also one that every object has', () => {
  for (const value of ['', 'Booked', 'booked\0', 'lost', '__proto__', 'constructor'])
    refused(() => describeOutcome(result(value), plain), 'result.outcome');
});

test('a field of an answer that is of another kind is refused', () => {
  const wrong = {
    session_id: '7',
    startup_id: 7.5,
    mentor_id: 7,
    session_date: 20261201,
    session_time: '10:00',
    starts_at: 'soon',
    ends_at: 1,
    time_zone: 7,
    replayed: 'false',
    hold_token: 7,
    expires_at: 'later',
    message: 7,
    hint: [],
    alternatives: {},
  };
  for (const [field, value] of Object.entries(wrong))
    refused(() => describeOutcome(result('booked', { [field]: value }), plain), `result.${field}`);
  refused(() => describeOutcome(result('booked', { session_id: NaN }), plain), 'result.session_id');
});

test('a wrong alternative is refused by its place', () => {
  const alternatives = [row('2026-12-01T10:00'), { ...row('2026-12-01T10:30'), starts_at: 5 }];
  refused(
    () => describeOutcome(result('slot_taken', { alternatives }), plain),
    'result.alternatives[1].starts_at',
  );
});

test('a zone of the answer that the browser does not know is refused under its own name', () => {
  refused(
    () => describeOutcome(result('booked', { time_zone: 'CET-1CEST' }), plain),
    'result.time_zone',
  );
});

test('what is no answer is refused', () => {
  for (const value of [undefined, null, 'booked', [result('booked')]])
    refused(() => describeOutcome(value, plain), 'result');
});

test('a field that only the prototype has is missing', () => {
  const inherited = Object.assign(
    Object.create({ state: 'available' }),
    without(row('2026-12-01T10:00'), 'state'),
  );
  refused(() => formatSlots([inherited], plain), 'slots[0].state');
  const parsed = JSON.parse(`{"__proto__": ${JSON.stringify(row('2026-12-01T10:00'))}}`);
  refused(() => formatSlots([parsed], plain), 'slots[0].session_date');
});

test('a polluted Object.prototype neither fills in a field nor an option', () => {
  Object.prototype.state = 'available';
  Object.prototype.timeZone = 'Mars/Olympus';
  try {
    refused(
      () => formatSlots([without(row('2026-12-01T10:00'), 'state')], plain),
      'slots[0].state',
    );
    assert.equal(allSlots(formatSlots([row('2026-12-01T10:00')], { locale: 'en' })).length, 1);
  } finally {
    delete Object.prototype.state;
    delete Object.prototype.timeZone;
  }
});

test('names that only look like fields change nothing', () => {
  const odd = {
    ...row('2026-12-01T10:00'),
    constructor: 1,
    hasOwnProperty: 2,
    toString: null,
    ['__proto__x']: 3,
  };
  assert.deepEqual(formatSlots([odd], plain), formatSlots([row('2026-12-01T10:00')], plain));
});

test('getters and proxies that throw are refused like missing fields', () => {
  const throwing = {
    get session_date() {
      throw new TypeError('no');
    },
  };
  refused(() => formatSlots([throwing], plain), 'slots[0].session_date');
  const trap = () => {
    throw new TypeError('no');
  };
  refused(
    () =>
      formatSlots([new Proxy({}, { get: trap, has: trap, getOwnPropertyDescriptor: trap })], plain),
    'slots[0].session_date',
  );
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  refused(() => formatSlots(proxy, plain), 'slots');
});

test('the error shows what came instead, in any script', () => {
  assert.throws(slotWith({ state: 'verfügbar ☎ 𝄞' }), { message: /got "verfügbar ☎ 𝄞"$/ });
  assert.throws(slotWith({ state: 'x'.repeat(100_000) }), {
    message: /got a text that is too long$/,
  });
});

test('fifty thousand wrong calls leave the module as it was', () => {
  const before = formatSlots([row('2026-12-01T10:00')], plain);
  for (let n = 0; n < 50_000; n++)
    assert.throws(() => formatSlots([row('2026-12-01T10:00'), {}], plain));
  assert.deepEqual(formatSlots([row('2026-12-01T10:00')], plain), before);
});
