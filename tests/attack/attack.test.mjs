// The attack's short form: twenty thousand inputs, or ATTACK_INPUTS, always the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attack } from './attack.mjs';

const inputs = Number(process.env.ATTACK_INPUTS ?? 20_000);

test('hostile inputs crash nothing, take no seconds and leave all in order', { timeout: 600_000 }, async () => {
  const { count, wrongs } = await attack(20261201, (sent) => sent >= inputs);
  assert.deepEqual(wrongs, []);
  assert.equal(count, inputs);
});
