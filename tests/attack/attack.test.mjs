// The attack's short form: ten thousand inputs, always the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attack } from './attack.mjs';

test('ten thousand hostile inputs crash nothing, take no seconds and leave all in order', { timeout: 600_000 }, async () => {
  const { count, wrongs } = await attack(20261201, (sent) => sent >= 10_000);
  assert.deepEqual(wrongs, []);
  assert.equal(count, 10_000);
});
