// So many who listen, in a process of their own: what it costs them is not the gateway's. Tells its
// parent when all have the first list, and, of each day, when the last one has heard of it.
import net from 'node:net';

const [url, many] = process.argv.slice(2);
const { hostname, port } = new URL(url);

const now = () => Number(process.hrtime.bigint()) / 1e6;

/** How many have heard of each day that is waited for. @type {Map<string, number>} */
const heard = new Map();
const told = [];
let awaited = Infinity;

function hear(day) {
  if (!heard.has(day)) return;
  heard.set(day, heard.get(day) + 1);
  if (heard.get(day) < Number(many)) return;
  told.push([day, now()]);
  if (told.length === awaited) process.send(told);
}

/** Resolves once it has the first event. */
function listen() {
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(port), hostname);
    let rest = '';
    let isFirst = true;
    socket.on('error', reject);
    socket.setEncoding('latin1');
    socket.on('data', (text) => {
      rest += text;
      const messages = rest.split('\n\n');
      rest = messages.pop();
      for (const message of messages) {
        const [, dates] = message.match(/data: \{"dates":\[([^\]]*)\]/) ?? [];
        if (dates === undefined) continue;
        if (!isFirst) for (const [, day] of dates.matchAll(/"([^"]+)"/g)) hear(day);
        isFirst = false;
        resolve();
      }
    });
    socket.write('GET /events?mentor_id=famous HTTP/1.1\r\nHost: here\r\n\r\n');
  });
}

for (let n = 0; n < Number(many); n += 50) {
  await Promise.all(Array.from({ length: Math.min(50, Number(many) - n) }, listen));
}
process.on('message', ({ days }) => {
  for (const day of days) heard.set(day, 0);
  awaited = days.length;
});
process.send('all listen');
