// The attack's short form: twenty thousand inputs, always the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attack } from './attack.mjs';

test('twenty thousand hostile inputs crash nothing, take no seconds and leave all in order', { timeout: 600_000 }, async () => {
  const { count, wrongs } = await attack(20261201, (sent) => sent >= 20_000);
  assert.deepEqual(wrongs, []);
  assert.equal(count, 20_000);
});
