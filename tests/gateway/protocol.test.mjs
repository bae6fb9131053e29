// The gateway speaks PostgREST's protocol for functions: arguments in, answers out.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createProtocolDatabase, everyFunction, rpc, startGateway } from './stack.mjs';

let database;
let gateway;

before(async () => {
  database = await createProtocolDatabase();
  gateway = await startGateway({ ...everyFunction, DATABASE_URL: database.urlFor('slotguard_web') });
});
after(async () => {
  await gateway.stop();
  await database.drop();
});

const get = async (path, headers = {}) => {
  const response = await fetch(gateway.url + path, { headers });
  return { status: response.status, headers: response.headers, body: await response.json() };
};

test('arguments go by name, in any order', async () => {
  assert.equal((await rpc(gateway, 'add_them', { b: 2, a: 40 })).body, 42);
});

test('an argument with a default may be left out', async () => {
  assert.equal((await rpc(gateway, 'add_them', { a: 1 })).body, 11);
});

test('names are quoted as they are', async () => {
  const call = await rpc(gateway, encodeURIComponent('Odd name'), { 'odd "argument': "it's" });
  assert.equal(call.body, "it's");
});

test('a number too large for JavaScript comes back unharmed', async () => {
  const { text } = await rpc(gateway, 'echo_bigint', '{"value": 9007199254740993}');
  assert.equal(text, '9007199254740993');
});

test('a token and a length of time are texts, as JSON has no word for them', async () => {
  const token = '3d0e5b0c-6f0e-4a9e-9a52-1c3c1b0f7d11';
  assert.equal((await rpc(gateway, 'echo_uuid', { value: token })).body, token);
  assert.equal((await rpc(gateway, 'echo_interval', { value: '90 minutes' })).body, '01:30:00');
  assert.equal((await get('/rpc/echo_interval?value=PT5M')).body, '00:05:00');
});

test('null is an argument too, and an answer', async () => {
  const { status, text } = await rpc(gateway, 'echo_text', { value: null });
  assert.deepEqual([status, text], [200, 'null']);
});

test('a composite is an object, a set is an array', async () => {
  assert.deepEqual((await rpc(gateway, 'one_pair', {})).body, { first: 'a', second: 1 });
  const set = await rpc(gateway, 'pairs', { how_many: 2 });
  assert.deepEqual(set.body, [{ first: 'n1', second: 1 }, { first: 'n2', second: 2 }]);
  assert.equal(set.headers.get('content-range'), '0-1/*');
  assert.match(set.headers.get('content-type'), /^application\/json/);
});

test('an empty set is an empty array', async () => {
  const { body, headers } = await rpc(gateway, 'pairs', { how_many: 0 });
  assert.deepEqual(body, []);
  assert.equal(headers.get('content-range'), '*/*');
});

test('a function without arguments may be called without a body', async () => {
  const response = await fetch(`${gateway.url}/rpc/one_pair`, { method: 'POST' });
  assert.deepEqual([response.status, await response.json()], [200, { first: 'a', second: 1 }]);
});

test('void is 204 without a body', async () => {
  const { status, text } = await rpc(gateway, 'nothing', {});
  assert.deepEqual([status, text], [204, '']);
});

test('one row can be asked for as an object', async () => {
  const accept = { Accept: 'application/vnd.pgrst.object+json' };
  const one = await rpc(gateway, 'pairs', { how_many: 1 }, accept);
  assert.deepEqual(one.body, { first: 'n1', second: 1 });
  const two = await rpc(gateway, 'pairs', { how_many: 2 }, accept);
  assert.deepEqual([two.status, two.body], [406, {
    code: 'PGRST116', details: 'The result contains 2 rows', hint: null,
    message: 'Cannot coerce the result to a single JSON object',
  }]);
});

test('a call whose answer has the wrong number of rows is undone', async () => {
  const accept = { Accept: 'application/vnd.pgrst.object+json' };
  const { status } = await rpc(gateway, 'write_down', { word: 'twice' }, accept);
  assert.equal(status, 406);
  const { rows } = await database.admin.query("SELECT FROM writings WHERE word = 'twice'");
  assert.equal(rows.length, 0);
});

test('GET calls with arguments from the query', async () => {
  assert.equal((await get('/rpc/add_them?a=1&b=2')).body, 3);
  assert.deepEqual((await get('/rpc/pairs?how_many=1&select=*')).body,
    [{ first: 'n1', second: 1 }]);
});

test('HEAD answers like GET, without the body', async () => {
  const response = await fetch(`${gateway.url}/rpc/pairs?how_many=3`,
    { method: 'HEAD', headers: { Prefer: 'count=exact' } });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-range'), '0-2/3');
  assert.equal(await response.text(), '');
});

test('a GET that would write is refused by PostgreSQL itself', async () => {
  const { status, body } = await get('/rpc/write_down?word=sneaky');
  assert.deepEqual([status, body.code], [405, '25006']);
  const { rows } = await database.admin.query("SELECT FROM writings WHERE word = 'sneaky'");
  assert.equal(rows.length, 0);
});

test('no other method calls a function', async () => {
  const response = await fetch(`${gateway.url}/rpc/nothing`, { method: 'DELETE' });
  const { code, message } = await response.json();
  assert.deepEqual([response.status, code, message],
    [405, 'PGRST101', 'Cannot use the DELETE method on RPC']);
});

for (const [what, name, body] of [
  ['an unknown function', 'no_such', { a: 1 }],
  ['an unknown argument', 'add_them', { a: 1, c: 2 }],
  ['a missing argument', 'add_them', { b: 1 }],
  ['a trigger function', 'a_trigger', {}],
  ['an argument without a name', 'unnamed', {}],
  ['an argument of any type', 'any_of', { value: 1 }],
  ['a function of another schema', 'secret', {}],
  ['a name with SQL in it', 'nothing(); DROP TABLE writings; --', {}],
]) {
  test(`${what} is 404 PGRST202`, async () => {
    const answer = await rpc(gateway, encodeURIComponent(name), body);
    assert.equal(answer.status, 404);
    assert.equal(answer.body.code, 'PGRST202');
    assert.ok(answer.body.message.startsWith(`Could not find the function public.${name}`));
  });
}

test('PGRST202 says what was looked for, as PostgREST does', async () => {
  assert.deepEqual((await rpc(gateway, 'no_such', { b: 1, a: 2 })).body, {
    code: 'PGRST202',
    details: 'Searched for the function public.no_such with parameters b, a, '
      + 'but no matches were found in the schema cache.',
    hint: null,
    message: 'Could not find the function public.no_such(b, a) in the schema cache',
  });
});

test('a function made later is found without a restart, and its loss noticed', async () => {
  const late = async () => (await rpc(gateway, 'late', {})).body;
  assert.equal((await late()).code, 'PGRST202');
  await database.admin.query("CREATE FUNCTION late() RETURNS int LANGUAGE sql AS 'SELECT 7'");
  while (await late() !== 7) ; // not before a second after the last reading
  await database.admin.query('DROP FUNCTION late()');
  assert.equal((await late()).code, '42883');
  while ((await late()).code !== 'PGRST202') ;
});

test('overloads that the names cannot tell apart are 300 PGRST203', async () => {
  const { status, body } = await rpc(gateway, 'two_ways', { value: 1 });
  assert.deepEqual([status, body.code], [300, 'PGRST203']);
});

test('malformed JSON is 400 PGRST102', async () => {
  for (const body of ['{"a": 1', '[]', '[{"a":1}]', '"a"', 'null', '\u0000']) {
    const answer = await rpc(gateway, 'add_them', body);
    assert.deepEqual([answer.status, answer.body.code], [400, 'PGRST102'], body);
  }
});

test('a body that is not JSON by its type is 415', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
    const answer = await rpc(gateway, 'add_them', '{"a":1}', { 'Content-Type': type });
    assert.deepEqual([answer.status, answer.body.code], [415, 'PGRST107'], type);
  }
});

test('an answer in a form that is not served is 406', async () => {
  const { status, body } = await rpc(gateway, 'add_them', { a: 1 }, { Accept: 'text/csv' });
  assert.deepEqual([status, body.message],
    [406, 'None of these media types are available: text/csv']);
});

test('a filter is refused, never ignored', async () => {
  const { status, body } = await rpc(gateway, 'pairs?first=eq.n1', { how_many: 2 });
  assert.deepEqual([status, body.code], [400, 'PGRST100']);
});

test('only the exposed schema may be named', async () => {
  const same = await rpc(gateway, 'add_them', { a: 1 }, { 'Content-Profile': 'public' });
  assert.equal(same.body, 11);
  const { status, body } = await rpc(gateway, 'secret', {}, { 'Content-Profile': 'hidden' });
  assert.deepEqual([status, body.code], [406, 'PGRST106']);
});

test('Prefer headers do no harm', async () => {
  const headers = { Prefer: 'return=representation, tx=rollback, handling=lenient' };
  assert.equal((await rpc(gateway, 'add_them', { a: 1 }, headers)).body, 11);
});

test('a token is never ignored while there is no secret to check it', async () => {
  const { status, body } = await rpc(gateway, 'add_them', { a: 1 },
    { Authorization: 'Bearer a.b.c' });
  assert.deepEqual([status, body.code, body.message],
    [500, 'PGRST300', 'Server lacks JWT secret']);
});
