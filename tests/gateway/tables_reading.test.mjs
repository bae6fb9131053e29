// Reading rows by the table routes, as PostgREST has it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createTableStack } from './table_stack.mjs';

let stack;

before(async () => {
  stack = await createTableStack();
  await stack.fill();
});
after(() => stack.end());

const ask = (path, how) => stack.ask(path, how);
const opens = async (query) =>
  (await ask(`mentor_availability?${query}`)).body.map((row) => row.opens.slice(0, 5));

test('a mentor sees his rows, all columns of them, and nobody else\'s', async () => {
  const { status, body, range, headers } = await ask('mentor_settings');
  assert.equal(status, 200);
  assert.deepEqual(body, [{ mentor_id: 'ada', time_zone: 'Europe/Berlin', slot_duration: '00:30:00',
    buffer_before: '00:00:00', buffer_after: '00:00:00', minimum_notice: '00:00:00',
    booking_horizon: '1 year', max_sessions_per_day: null, max_sessions_per_week: null,
    max_sessions_per_startup: null, max_holds: 50 }]);
  assert.equal(range, '0-0/*');
  assert.match(headers.get('content-type'), /^application\/json/);
  const asked = await ask('mentor_settings?mentor_id=eq.grace');
  assert.deepEqual([asked.body, asked.range], [[], '*/*']);
});

for (const [query, expected] of [
  ['order=opens', ['08:00', '09:00', '13:00']],
  ['order=opens.desc', ['13:00', '09:00', '08:00']],
  ['order=valid_until.desc.nullslast,opens.desc', ['13:00', '09:00', '08:00']],
  ['order=valid_until.desc,opens', ['08:00', '09:00', '13:00']],
  ['order=opens&limit=1', ['08:00']],
  ['order=opens&limit=1&offset=1', ['09:00']],
  ['opens=eq.09:00', ['09:00']],
  ['opens=neq.09:00&order=opens', ['08:00', '13:00']],
  ['opens=gt.09:00', ['13:00']],
  ['opens=gte.09:00&order=opens', ['09:00', '13:00']],
  ['opens=lt.09:00', ['08:00']],
  ['opens=lte.09:00&order=opens', ['08:00', '09:00']],
  ['opens=gt.08:00&opens=lt.13:00', ['09:00']],
  ['valid_until=is.null&order=opens', ['08:00', '09:00']],
  ['valid_until=is.not_null', ['13:00']],
]) {
  test(`?${query} gives ${expected}`, async () => {
    assert.deepEqual(await opens(query), expected);
  });
}

test('columns can be chosen', async () => {
  const { body } = await ask('mentor_availability?select=opens,mentor_id&opens=eq.09:00');
  assert.deepEqual(body, [{ opens: '09:00:00', mentor_id: 'ada' }]);
});

test('rows can be counted beyond the limit', async () => {
  const count = { Prefer: 'count=exact' };
  assert.equal((await ask('mentor_availability?limit=2', { prefer: count })).range, '0-1/3');
  const head = await ask('mentor_availability?opens=gt.20:00', { method: 'HEAD', prefer: count });
  assert.deepEqual([head.status, head.range, head.text], [200, '*/0', '']);
});

test('one row can be asked for as an object', async () => {
  const object = { Accept: 'application/vnd.pgrst.object+json' };
  const one = await ask('mentor_settings', { prefer: object });
  assert.equal(one.body.mentor_id, 'ada');
  const three = await ask('mentor_availability', { prefer: object });
  assert.deepEqual([three.status, three.body.code, three.body.details],
    [406, 'PGRST116', 'The result contains 3 rows']);
});

test('a value is a value, whatever it looks like', async () => {
  for (const value of ["x' OR true --", 'a,b', 'eq.ada', '*', '%', 'null', '']) {
    const { status, body } = await ask(`mentor_settings?mentor_id=eq.${encodeURIComponent(value)}`);
    assert.deepEqual([status, body], [200, []], value);
  }
});

test('what PostgreSQL cannot convert, it says in its own words', async () => {
  const { status, body } = await ask('mentor_availability?opens=eq.late');
  assert.deepEqual([status, body.code], [400, '22007']);
});

for (const [query, code] of [
  ['opens=like.*', 'PGRST100'], ['opens=09:00', 'PGRST100'], ['valid_until=is.soon', 'PGRST100'],
  ['or=(opens.eq.09:00)', 'PGRST100'], ['limit=-1', 'PGRST100'], ['limit=all', 'PGRST100'],
  ['offset=1.5', 'PGRST100'], ['no_such=eq.1', '42703'], ['order=no_such', '42703'],
  ['select=no_such', '42703'], ['select=mentor_settings(*)', '42703'], ['xmin=eq.1', '42703'],
  ['order=opens%3B--', '42703'], ['%22opens%22%3Dtrue--=eq.1', '42703'],
]) {
  test(`?${query} is refused, never ignored`, async () => {
    const answer = await ask(`mentor_availability?${query}`);
    assert.deepEqual([answer.status, answer.body.code], [400, code]);
  });
}

test('a column is named once in select and in order', async () => {
  for (const asked of ['select=id,rrule,id', 'order=id,id.desc', `select=${'id,'.repeat(1000)}id`]) {
    const { status, body } = await ask(`mentor_availability?${asked}`);
    assert.deepEqual([status, body.code], [400, 'PGRST100'], asked.slice(0, 40));
    assert.match(body.message, /names the column "id" twice/);
  }
  assert.equal((await ask('mentor_availability?select=id,rrule&order=id,rrule')).status, 200);
});
