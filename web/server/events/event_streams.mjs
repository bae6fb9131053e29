// GET /events?mentor_id=…: a stream of what changes at a mentor's, for anybody, as the list is. It
// tells times and states, never who.
import { ApiError } from '../errors.mjs';
import { vary } from '../http_headers.mjs';
import { CountByAddress, tooMany, untilFirstOnConnection } from '../limits.mjs';
import { JournalReader } from './journal_reader.mjs';
import { LiveLists } from './live_lists.mjs';
import { Message, packedBeginning } from './message.mjs';

const heartbeatEvery = 15_000;
// What a listener may leave unread, beside his first message, before he is cut. He comes back by
// himself, and is told what he missed.
const mostUnread = 1_048_576;

const beginning = new Message('retry: 2000\n\n');
const comment = new Message(':\n\n');

class Listener {
  #response;
  #isPacked;
  #mostUnread;

  /** @param {import('node:http').ServerResponse} response  whose head is written */
  constructor(response, isPacked, firstMessage) {
    this.#response = response;
    this.#isPacked = isPacked;
    this.#mostUnread = mostUnread + this.#form(firstMessage).length;
    if (isPacked) response.write(packedBeginning);
    response.write(this.#form(beginning));
    response.write(this.#form(firstMessage));
  }

  /** @param {Message} message */
  write(message) {
    if (this.isSlow) this.#response.destroy();
    else this.#response.write(this.#form(message));
  }

  #form(message) {
    return this.#isPacked ? message.packed : message.plain;
  }

  /** What is under way reaches those who read it. */
  end() {
    if (this.#response.writableLength > 0) this.#response.destroy();
    else this.#response.end();
  }

  get isSlow() {
    return this.#response.writableLength > this.#mostUnread;
  }
}

/**
 * @param {import('fastify').FastifyInstance} app
 * @param {import('../configuration.mjs').Configuration} configuration
 * @param {(line: string) => void} log
 */
export function addEventStreams(app, configuration, log) {
  const lists = new LiveLists(configuration, log, () => new JournalReader(configuration));
  const streams = new CountByAddress(configuration.streamsPerAddress);
  /** @type {Set<Listener>} */
  const listeners = new Set();
  const heartbeat = setInterval(() => {
    for (const listener of listeners) listener.write(comment);
  }, heartbeatEvery).unref();

  app.route({
    method: 'GET',
    url: '/events',
    exposeHeadRoute: false,
    config: { asksDatabase: true },
    async handler(request, reply) {
      const mentorId = mentorAsked(request);
      await untilFirstOnConnection(reply.raw);
      if (!streams.take(request.ip)) throw tooMany('streams of events', 60);
      reply.raw.once('close', () => streams.giveBack(request.ip));
      const list = await lists.join(mentorId);
      reply.hijack();
      begin(request, reply, list, listeners);
    },
  });
  app.addHook('preClose', async () => {
    clearInterval(heartbeat);
    lists.close();
    for (const listener of listeners) listener.end();
  });
}

function mentorAsked({ query }) {
  const mentorId = [query.mentor_id].flat().at(-1);
  if (mentorId) return mentorId;
  throw new ApiError(400, 'PGRST100', 'mentor_id is missing',
    { hint: 'Say whose times are meant, like /events?mentor_id=ada.' });
}

function begin(request, reply, list, listeners) {
  const response = reply.raw;
  if (response.destroyed) return; // He went while his list was made.
  const isPacked = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  vary(reply, 'Accept-Encoding');
  response.shouldKeepAlive = false;
  // Between two comments nothing moves, for longer than calls may be allowed to take.
  response.socket.setTimeout(0);
  response.writeHead(200, {
    ...reply.getHeaders(),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    ...(isPacked ? { 'content-encoding': 'gzip' } : {}),
  });
  const listener = new Listener(response, isPacked,
    list.firstMessage(request.headers['last-event-id']));
  list.listeners.add(listener);
  listeners.add(listener);
  response.once('close', () => {
    list.listeners.delete(listener);
    listeners.delete(listener);
  });
}
