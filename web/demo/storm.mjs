// A hundred visitors who want one slot at the same moment. A browser opens a handful of connections
// to a site and lets the rest wait, so that a window can't play them; a thread beside the gateway
// can, by HTTP as they would, each on a connection of his own.
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/**
 * @typedef {object} Told
 * @property {number} startup_id
 * @property {string | null} outcome
 * @property {string | null} code  of an error, where there is no outcome
 * @property {number} milliseconds  from the press to the answer
 */

/**
 * @param {{ address: string, slot: object, visitors: { startup: number, token: string }[] }} storm
 *   `slot` has the arguments of book_session that all have in common
 * @returns {Promise<{ told: Told[], milliseconds: number }>}
 */
export function playStorm(storm) {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL(import.meta.url), { workerData: storm });
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Error(`the storm ended early, with code ${code}`)));
  });
}

async function ask(address, slot, { startup, token }) {
  const pressed = performance.now();
  const response = await fetch(`${address}/rpc/book_session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ ...slot, startup_id: startup }),
  });
  const { outcome = null, code = null } = await response.json();
  return { startup_id: startup, outcome, code, milliseconds: performance.now() - pressed };
}

/** They have the page open before they press: connecting is none of what is measured. */
async function connect(address, count) {
  const greet = async () => (await fetch(`${address}/health`)).text();
  await Promise.all(Array.from({ length: count }, greet));
}

async function play({ address, slot, visitors }) {
  await connect(address, visitors.length);
  const began = performance.now();
  const told = await Promise.all(visitors.map((visitor) => ask(address, slot, visitor)));
  return { told, milliseconds: performance.now() - began };
}

if (!isMainThread) parentPort.postMessage(await play(workerData));
