// A crowd of connections that want everything, each kind from an address of its own, with the limits that a gateway
// has by itself: a visitor from another address books all the same.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { createBookingDatabase, dateIn, limitsByDefault, openHours, startGateway } from './stack.mjs';

let database;
let gateway;
let port;
let dates;
const sockets = [];

before(async () => {
  database = await createBookingDatabase();
  await openHours(database, 'ada', { opens: '00:00', closes: '00:00' });
  dates = await Promise.all([2, 390].map((days) => dateIn(database, days)));
  gateway = await startGateway({ DATABASE_URL: database.urlFor('slotguard_web'), ...limitsByDefault });
  port = Number(new URL(gateway.url).port);
});
after(async () => {
  leave();
  await gateway.stop();
  await database.drop();
});

/** Opens connections from one address, and says the same on each; resolves once each is open or refused. */
const connections = (count, localAddress, said = '') => Promise.all(Array.from({ length: count }, async () => {
  const socket = net.connect({ port, host: '127.0.0.1', localAddress });
  sockets.push(socket);
  socket.on('error', () => {});
  await Promise.race([once(socket, 'connect'), once(socket, 'close')]);
  if (said) socket.write(said);
  return socket;
}));

async function book(time) {
  const began = performance.now();
  const request = http.request(`${gateway.url}/rpc/book_session`, { method: 'POST', localAddress: '127.0.2.1', agent: false,
    headers: { 'Content-Type': 'application/json' } });
  request.end(JSON.stringify({ mentor_id: 'ada', startup_id: 1, session_date: dates[0], session_time: time }));
  const [response] = await once(request, 'response');
  let text = '';
  for await (const piece of response.setEncoding('utf8')) text += piece;
  assert.equal(JSON.parse(text).outcome, 'booked', text);
  return performance.now() - began;
}

/** Books five times; a machine that does something else just then is forgiven, a gateway that lets visitors wait is not. */
async function aVisitorBooks(firstHour) {
  const waited = [];
  for (let half = 0; half < 5; half += 1) {
    const [hour, minutes] = [firstHour + (half >> 1), half % 2 ? '30' : '00'];
    waited.push(await book(`${String(hour).padStart(2, '0')}:${minutes}`));
  }
  const [, , median] = waited.sort((a, b) => a - b);
  assert.ok(median < 1_000, `a visitor waited ${waited.map(Math.round)} ms`);
  const health = await fetch(`${gateway.url}/health`);
  assert.equal(health.status, 200);
}

async function aVisitorListens() {
  const request = http.get(`${gateway.url}/events?mentor_id=ada`, { localAddress: '127.0.2.1', agent: false });
  const [response] = await once(request, 'response');
  assert.equal(response.statusCode, 200, 'a visitor listens, too');
  request.destroy();
}

const idle = () => connections(2_000, '127.0.1.1');

async function dripping() {
  const slow = await connections(200, '127.0.1.2', 'POST /rpc/mentor_info HTTP/1.1\r\nHost: a\r\n'
    + 'Content-Type: application/json\r\nContent-Length: 10000\r\n\r\n{');
  const drip = setInterval(() => { for (const socket of slow) socket.write(' '); }, 50);
  after(() => clearInterval(drip));
}

/** Opens a thousand streams, of addresses that have as many as each may. */
async function listening() {
  let made = 0;
  const ask = () => `GET /events?mentor_id=made-up-${made += 1} HTTP/1.1\r\nHost: a\r\n\r\n`;
  for (let address = 1; address <= 50; address += 1) {
    await Promise.all(Array.from({ length: 20 }, () => connections(1, `127.0.4.${address}`, ask())));
  }
}

async function listing() {
  const ask = `GET /rpc/available_slots?mentor_id=ada&from_date=${dates[0]}&to_date=${dates[1]} HTTP/1.1\r\nHost: a\r\n\r\n`;
  for (const socket of await connections(200, '127.0.1.4', ask.repeat(20))) socket.pause();
}

function leave() {
  for (const socket of sockets.splice(0)) socket.destroy();
}

for (const [n, [what, crowd]] of [['two thousand idle connections', idle], ['bodies that drip', dripping],
  ['a thousand streams of mentors who are made up', listening],
  ['lists that are asked for in advance, and not read', listing]].entries()) {
  test(`a visitor from another address books within a second beside ${what}`, async () => {
    await crowd();
    await aVisitorBooks(3 * n);
    await aVisitorListens();
    leave();
  });
}

test('a visitor from another address books within a second beside all of them at once', async () => {
  await Promise.all([idle(), dripping(), listening(), listing()]);
  await aVisitorBooks(12);
  await aVisitorListens();
});
