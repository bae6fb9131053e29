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
  for (const socket of sockets) socket.destroy();
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

async function aVisitorBooks(hour) {
  const tries = [];
  for (let minutes = 0; minutes < 60; minutes += 30) tries.push(await book(`${hour}:${String(minutes).padStart(2, '0')}`));
  const fastest = Math.min(...tries);
  assert.ok(fastest < 1_000, `a visitor waited ${fastest} ms`);
  const health = await fetch(`${gateway.url}/health`);
  assert.equal(health.status, 200);
}

test('beside two thousand idle connections', async () => {
  await connections(2_000, '127.0.1.1');
  await aVisitorBooks('01');
});

test('beside bodies that drip', async (t) => {
  const dripping = await connections(200, '127.0.1.2', 'POST /rpc/mentor_info HTTP/1.1\r\nHost: a\r\n'
    + 'Content-Type: application/json\r\nContent-Length: 10000\r\n\r\n{');
  const drip = setInterval(() => { for (const socket of dripping) socket.write(' '); }, 50);
  t.after(() => clearInterval(drip));
  await aVisitorBooks('02');
});

test('beside a thousand streams of mentors who are made up', async () => {
  for (let n = 0; n < 1_000; n += 100) {
    const ask = (i) => `GET /events?mentor_id=made-up-${n + i} HTTP/1.1\r\nHost: a\r\n\r\n`;
    for (let i = 0; i < 100; i += 1) await connections(1, '127.0.1.3', ask(i));
  }
  const request = http.get(`${gateway.url}/events?mentor_id=ada`, { localAddress: '127.0.2.1', agent: false });
  const [response] = await once(request, 'response');
  assert.equal(response.statusCode, 200, 'a visitor listens, too');
  request.destroy();
  await aVisitorBooks('03');
});

test('beside lists that are asked for in advance, and not read', async () => {
  const ask = `GET /rpc/available_slots?mentor_id=ada&from_date=${dates[0]}&to_date=${dates[1]} HTTP/1.1\r\nHost: a\r\n\r\n`;
  for (const socket of await connections(200, '127.0.1.4', ask.repeat(20))) socket.pause();
  await aVisitorBooks('04');
  await aVisitorBooks('05');
});
