// What the checker says of a world that was told by a forge, and falsified or not.
import assert from 'node:assert/strict';
import test from 'node:test';

import { checkHistory } from './checker.mjs';
import { Forge } from './forge.mjs';

/** An honest world, falsified before it is judged. */
function findingsOf(tell, falsify = () => {}) {
  const forge = new Forge();
  tell(forge);
  const history = forge.end();
  falsify(history);
  return checkHistory(history).findings;
}
export const passes = (name, tell, falsify) =>
  test(name, () => assert.deepEqual(findingsOf(tell, falsify), []));
export const finds = (name, words, tell, falsify) =>
  test(`found: ${name}`, () => assert.match(findingsOf(tell, falsify).join('\n'), words));

/** Whatever the journal, the reader and the tables know of a session. */
export function forget({ journal, read, sessions }, id) {
  const isIt = ({ session_id: session }) => session === id;
  for (const list of [journal, sessions]) list.splice(0, list.length, ...list.filter((row) => !isIt(row)));
  read.splice(0, read.length, ...read.filter(({ row }) => !isIt(row)));
}
export function forgetEvent({ journal, read }, id) {
  for (const list of [journal, read]) list.splice(list.findIndex(({ event_id: each }) => each === id), 1);
}
