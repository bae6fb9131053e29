// How lists are kept live, on a reader whose journal, lists and clock the test sets.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { LiveLists } from '../../web/server/events/live_lists.mjs';
import { MentorList } from '../../web/server/events/mentor_list.mjs';

const bounds = { today: 20_000, last: 20_010 };
const everything = [{ from: bounds.today, to: bounds.last }];

const dataOf = (message) => JSON.parse(message.plain.toString().match(/data: (.*)/)[1]);

/** What a listener was told, in the order in which it was. */
function hearing() {
  const told = [];
  return { told, write: (message) => told.push(dataOf(message)) };
}

const byDay = (days) =>
  new Map(Object.entries(days).map(([day, rows]) => [Number(day), rows]));

function listed(list, days, cursor = 'c1', ranges = list.takeStale(bounds)) {
  list.takeIn(ranges, byDay(days), cursor);
}

test('a list is told once, and then only the days that differ', () => {
  const list = new MentorList();
  listed(list, { 20_000: '1', 20_003: '2' });
  const first = list.firstMessage();
  assert.match(first.plain.toString(), /^id: c1\nevent: slots\ndata: \{.*\}\n\n$/);
  const { dates, slots } = dataOf(first);
  assert.deepEqual([dates.length, dates.at(0), dates.at(-1)], [11, '2024-10-04', '2024-10-14']);
  assert.deepEqual(slots, [1, 2]);
  const listener = hearing();
  list.listeners.add(listener);
  list.spoil();
  listed(list, { 20_000: '1', 20_003: '3' });
  list.spoil();
  listed(list, { 20_003: '3' });
  list.spoil();
  listed(list, { 20_003: '3' });
  assert.deepEqual(listener.told,
    [{ dates: ['2024-10-07'], slots: [3] }, { dates: ['2024-10-04'], slots: [] }]);
});

test('what is past is listed no more, and what a nearer horizon hides is', () => {
  const list = new MentorList();
  assert.deepEqual(list.takeStale(bounds), everything);
  list.spoil();
  assert.deepEqual(list.takeStale({ today: 20_002, last: 20_004 }), [{ from: 20_002, to: 20_010 }]);
});

test('changes that lie near each other are listed together, each with the weeks about it', () => {
  const list = new MentorList();
  list.takeStale({ today: 0, last: 400 });
  for (const day of [200, 10, 203, 100]) list.spoilAround(new Date(day * 86_400_000 + 3_600_000));
  assert.deepEqual(list.takeStale({ today: 5, last: 400 }),
    [{ from: 5, to: 19 }, { from: 91, to: 109 }, { from: 191, to: 212 }]);
  assert.equal(list.isStale, false);
});

test('who comes back is told what follows the first of several messages under one cursor', () => {
  const list = new MentorList();
  listed(list, {});
  list.firstMessage();
  for (const [rows, cursor] of [[{ 20_001: '1' }, 'c2'], [{ 20_001: '1', 20_002: '2' }, 'c2'],
    [{ 20_001: '1', 20_002: '2', 20_003: '3' }, 'c3']]) {
    list.spoil();
    listed(list, rows, cursor);
  }
  const told = (lastId) => dataOf(list.firstMessage(lastId));
  assert.deepEqual(told('c1').slots, [1, 2, 3]);
  assert.deepEqual(told('c2').slots, [2, 3]);
  assert.deepEqual(told('c3').slots, []);
  assert.deepEqual(told('c0').slots, [1, 2, 3]);
  for (let n = 0; n < 600; n += 1) {
    list.spoil();
    listed(list, { 20_001: `${n}` }, `d${n}`);
  }
  assert.deepEqual(told('d0').slots, [599], 'too long ago: all that there is');
});

// With a reader -------------------------------------------------------------------------------

let lists;
afterEach(() => lists?.close());

/** A reader of which the test says what it reads; `turns` counts the readings. */
function newLists(more = {}) {
  const state = { events: [], days: {}, clock: 1_000_000_000, turns: 0, log: [], ...more };
  const reader = {
    cursor: 'c',
    spellingsDiffer: false,
    async open() {
      if (state.down) throw new Error('no database');
    },
    close() {},
    async isAlive() { return !state.down; },
    now: () => state.clock,
    async normalize(mentorId) { return mentorId.toLowerCase(); },
    async read() {
      state.turns += 1;
      if (state.down) throw new Error('no database');
      return { events: state.events.splice(0), isLast: true, isLost: false };
    },
    async boundsOf() { return state.year ?? bounds; },
    async list(mentorId, { from, to }) {
      state.onList?.(mentorId, { from, to });
      const pause = (state.millisecondsForDay ?? 0) * (to - from + 1);
      if (pause > 0) await new Promise((done) => { setTimeout(done, pause); });
      if (state.failing?.(mentorId)) throw state.failing(mentorId);
      return byDay(state.days);
    },
  };
  lists = new LiveLists({ eventsInterval: 1, eventsMentors: 10 }, (line) => state.log.push(line),
    () => reader);
  return { lists, state };
}

const event = (more) => ({ mentor_id: 'ada', previous_mentor_id: null, starts_at: null,
  previous_starts_at: null, expires_at: null, ...more });

async function listening(mentorId) {
  const list = await lists.join(mentorId);
  const listener = hearing();
  list.listeners.add(listener);
  return { list, listener };
}

async function turns(state, count = 2) {
  const until = state.turns + count;
  while (state.turns < until) await new Promise(setImmediate);
}

test('a mentor with very many times keeps nobody else waiting, and is told of as a whole', async () => {
  const asked = [];
  const year = { today: 20_000, last: 20_365 };
  const { state } = newLists({
    year,
    days: { 20_000: '"first"', 20_365: '"last"' },
    onList: (mentorId, range) => asked.push({ mentorId, ...range }),
  });
  const { listener } = await listening('ada');
  asked.length = 0;
  // Each day takes a while: the second piece is smaller than the first.
  state.millisecondsForDay = 10;
  const heavy = lists.join('bert');
  await turns(state, 1);
  state.days = { 20_000: '"changed"', 20_365: '"last"' };
  state.events = [event({ starts_at: new Date(20_000 * 86_400_000) })];
  while (listener.told.length === 0) await new Promise(setImmediate);
  assert.ok(asked.filter(({ mentorId }) => mentorId === 'bert').length < 5, 'ada is not kept waiting');
  state.millisecondsForDay = 0;
  const { dates, slots } = dataOf((await heavy).firstMessage());
  assert.equal(dates.length, 366);
  assert.deepEqual(slots.at(-1), 'last');
  const pieces = asked.filter(({ mentorId }) => mentorId === 'bert');
  assert.ok(pieces.length > 2);
  assert.ok(pieces.slice(0, 2).every(({ from, to }) => to - from < 31));
});

test('what the passing of time changes is told with the next minute', async () => {
  const { state } = newLists({ days: { 20_000: '"available"' } });
  const { listener } = await listening('ada');
  state.days = { 20_000: '"closed"' };
  await turns(state);
  assert.deepEqual(listener.told, [], 'nobody wrote anything');
  state.clock += 60_000;
  await turns(state);
  assert.deepEqual(listener.told, [{ dates: ['2024-10-04'], slots: ['closed'] }]);
});

test('a hold that ends is looked for when the database\'s clock says so', async () => {
  const { state } = newLists({ days: { 20_000: '"held"' }, clock: 30_000 });
  const { listener } = await listening('ada');
  const starts_at = new Date(20_000 * 86_400_000);
  state.events = [event({ starts_at, expires_at: new Date(40_000) })];
  await turns(state);
  state.days = { 20_000: '"available"' };
  await turns(state);
  assert.deepEqual(listener.told, []);
  state.clock = 40_000;
  await turns(state);
  assert.deepEqual(listener.told, [{ dates: ['2024-10-04'], slots: ['available'] }]);
});

test('two spellings of one mentor are told of the same events', async () => {
  const { state } = newLists();
  const both = await Promise.all(['ADA', 'ada'].map(listening));
  state.days = { 20_001: '1' };
  state.events = [event()];
  await turns(state);
  for (const { listener } of both) assert.equal(listener.told.length, 1);
});

test('an event of nobody in particular is of everybody', async () => {
  const { state } = newLists();
  const both = await Promise.all(['ada', 'grace'].map(listening));
  state.days = { 20_001: '1' };
  state.events = [event({ mentor_id: null })];
  await turns(state);
  for (const { listener } of both) assert.equal(listener.told.length, 1);
});

test('while the database is gone nobody new is taken, and the others are told once it is back',
  async () => {
    const { state } = newLists();
    const { listener } = await listening('ada');
    state.down = true;
    state.days = { 20_001: '1' };
    while (state.log.length === 0) await new Promise(setImmediate);
    await assert.rejects(lists.join('ada'), { status: 503, code: 'PGRST000' });
    assert.deepEqual(listener.told, []);
    state.down = false;
    while (listener.told.length === 0) await new Promise(setImmediate);
    assert.deepEqual([listener.told[0].slots, state.log], [[1], ['events: "no database"']]);
    await lists.join('grace');
  });

test('those who wait for a first list are told that there is no database', async () => {
  const { state } = newLists({ down: true });
  const answers = await Promise.allSettled(['ada', 'ada', 'grace'].map((one) => lists.join(one)));
  assert.deepEqual(answers.map(({ reason }) => reason.status), [503, 503, 503]);
  state.down = false;
  // Not before the next try.
  while (await lists.join('ada').catch(() => undefined) === undefined) {
    await new Promise(setImmediate);
  }
});

test('a mentor who cannot be listed takes nothing from the others', async () => {
  const { createRequire } = await import('node:module');
  const pg = createRequire(new URL('../../web/package.json', import.meta.url))('pg');
  const wrong = Object.assign(new pg.DatabaseError('no uuid', 0, 'error'), { code: '22P02' });
  const { state } = newLists({ failing: (mentorId) => (mentorId === 'wrong' ? wrong : undefined) });
  const { listener } = await listening('ada');
  await assert.rejects(lists.join('wrong'), wrong);
  state.days = { 20_001: '1' };
  state.events = [event()];
  await turns(state);
  assert.equal(listener.told.length, 1);
  assert.deepEqual(state.log, []);
});

test('a stranger who asks for many mentors pushes nobody out who listens', async () => {
  newLists().state.days = { 20_001: '1' };
  await listening('ada');
  for (let n = 0; n < 30; n += 1) await lists.join(`left ${n}`);
  const others = [];
  for (let n = 0; n < 9; n += 1) others.push(await listening(`kept ${n}`));
  await assert.rejects(lists.join('one more'), { status: 503, code: '53400' });
  await lists.join('ada');
});

test('who asks for one mentor after another holds no event back', { timeout: 20_000 }, async () => {
  let asked = 0;
  const askForAnother = () => {
    asked += 1;
    lists.join(`made up ${asked}`).catch(() => {});
  };
  const { state } = newLists({ millisecondsForDay: 0.1,
    onList: (mentorId) => { if (mentorId !== 'ada' && asked < 2_000) askForAnother(); } });
  await listening('ada');
  askForAnother();
  await turns(state, 4);
  assert.ok(asked < 20, `${asked} were listed first`);
});

test('who waits while the gateway ends is told so', async () => {
  newLists();
  const waiting = lists.join('ada');
  lists.close();
  await assert.rejects(waiting, { status: 503 });
  await assert.rejects(lists.join('ada'), { status: 503 });
});
