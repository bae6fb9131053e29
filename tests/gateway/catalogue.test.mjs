// The catalogue of functions, on a database that counts how often it is read, and a clock that the
// test sets.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FunctionsCatalogue } from '../../web/server/functions_catalogue.mjs';

const known = { name: 'known', returnsSet: false, returnsNothing: false, arguments: [] };

function newCatalogue() {
  const state = { readings: 0, milliseconds: 0, rows: [known] };
  const database = {
    async read() {
      state.readings += 1;
      return { rows: await state.rows };
    },
  };
  const catalogue = new FunctionsCatalogue(database, { schema: 'public', functions: null },
    () => state.milliseconds);
  return { state, finds: async (name) => (await catalogue.find(name, [])).length, catalogue };
}

test('strangers who ask for what is not there cost one reading a second', async () => {
  const { state, finds } = newCatalogue();
  for (let asked = 0; asked < 100; asked += 1) assert.equal(await finds('unknown'), 0);
  assert.equal(state.readings, 1);
  state.milliseconds = 1000;
  for (let asked = 0; asked < 100; asked += 1) assert.equal(await finds('unknown'), 0);
  assert.equal(state.readings, 2);
});

test('those who miss at the same moment share one reading', async () => {
  const { state, finds } = newCatalogue();
  await Promise.all(Array.from({ length: 10 }, () => finds('unknown')));
  assert.equal(state.readings, 1);
});

test('a known function is served while the catalogue is read anew, and where that fails', async () => {
  const { state, finds } = newCatalogue();
  assert.equal(await finds('known'), 1);
  state.milliseconds = 1000;
  let fail;
  state.rows = new Promise((_, reject) => { fail = reject; });
  const stranger = finds('unknown');
  assert.equal(await finds('known'), 1);
  fail(new Error('no database'));
  await assert.rejects(stranger, /no database/);
  assert.equal(await finds('known'), 1);
});

test('a catalogue that could not be read is read at the next call', async () => {
  const { state, finds } = newCatalogue();
  state.rows = Promise.reject(new Error('no database'));
  await assert.rejects(finds('known'), /no database/);
  state.rows = [known];
  assert.equal(await finds('known'), 1);
});

test('what PostgreSQL knew no more is read again, within the same bound', async () => {
  const { state, finds, catalogue } = newCatalogue();
  assert.equal(await finds('known'), 1);
  state.rows = [];
  catalogue.forget();
  assert.equal(await finds('known'), 1);
  state.milliseconds = 1000;
  assert.equal(await finds('known'), 0);
  assert.equal(state.readings, 2);
});
