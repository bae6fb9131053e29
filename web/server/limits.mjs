// What one address, or one who is signed in, may ask for: so many writes a minute, so many calls, streams and
// connections at once. Nobody's program can use up what is there for all.
import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import { ApiError } from './errors.mjs';

const minute = 60_000;
// How many calls of one address wait, for each that is under way: a page asks for a few things at once.
const waitingForEach = 20;

/** The same for all addresses of one subscriber: of IPv6, he has a whole network. */
const addressOf = (ip) => normalizeIP(ip);

export function tooMany(what, seconds) {
  return new ApiError(429, '53400', `Too many ${what}.`, {
    hint: `Try again in ${seconds} second${seconds === 1 ? '' : 's'}.`, retryAfter: seconds,
  });
}

/**
 * `request.countWrite(caller)` throws 429 where the address, or whoever is signed in, has written enough.
 * @param {import('fastify').FastifyInstance} app
 * @param {import('./configuration.mjs').Configuration} configuration
 */
export function limitWrites(app, { writesPerCaller, writesPerAddress }) {
  app.register(rateLimit, { global: false });
  let limiters;
  const begin = () => [
    // Who is not signed in is known by nothing but the address.
    { max: (request) => (request.signedIn ? writesPerAddress : writesPerCaller),
      keyGenerator: (request) => `${request.signedIn} ${addressOf(request.ip)}` },
    { max: writesPerCaller, keyGenerator: (request) => request.writer },
  ].map((limit) => app.createRateLimit({ timeWindow: minute, ...limit }));
  app.decorateRequest('writer', '');
  app.decorateRequest('countWrite', async function countWrite({ claims, signedIn }) {
    limiters ??= begin();
    this.writer = signedIn ? subjectOf(JSON.parse(claims)) : '';
    for (const limiter of signedIn ? limiters : limiters.slice(0, 1)) {
      const { isExceeded, ttlInSeconds } = await limiter(this);
      if (isExceeded) throw tooMany('writes', ttlInSeconds);
    }
  });
}

function subjectOf({ role, sub, startup_id: startup, mentor_id: mentor }) {
  return JSON.stringify([role, sub, startup, mentor]);
}

/**
 * Lets only so many calls of one address be under way at once, until their answers are read; others of it wait,
 * before they take a connection to the database from anybody. For routes with `config.takesTurns`.
 */
export function limitCalls(app, { callsPerAddress }) {
  /** @type {Map<string, { running: number, waiting: (() => void)[] }>} */
  const queues = new Map();
  const leave = (address, queue) => {
    queue.running -= 1;
    const next = queue.waiting.shift();
    if (next) next();
    else if (queue.running === 0) queues.delete(address);
  };
  app.addHook('preHandler', async (request, reply) => {
    if (!request.routeOptions.config.takesTurns) return;
    const address = addressOf(request.ip);
    const queue = queues.get(address) ?? { running: 0, waiting: [] };
    queues.set(address, queue);
    if (queue.running >= callsPerAddress) {
      if (queue.waiting.length >= waitingForEach * callsPerAddress) throw tooMany('calls at once', 1);
      await new Promise((resolve) => { queue.waiting.push(resolve); });
    }
    queue.running += 1;
    // Also where he has gone meanwhile, or goes without reading.
    if (reply.raw.closed) leave(address, queue);
    else reply.raw.once('close', () => leave(address, queue));
  });
}

/** Counts what one address has of something. */
export class CountByAddress {
  #most;
  #counts = new Map();

  constructor(most) {
    this.#most = most;
  }

  /** Takes a place, unless all are taken. */
  take(ip) {
    const address = addressOf(ip);
    const count = this.#counts.get(address) ?? 0;
    if (count >= this.#most) return false;
    this.#counts.set(address, count + 1);
    return true;
  }

  giveBack(ip) {
    const address = addressOf(ip);
    const count = this.#counts.get(address) - 1;
    if (count > 0) this.#counts.set(address, count);
    else this.#counts.delete(address);
  }
}

/** Those of a trusted proxy are everybody's, and not counted. */
export function limitConnections(app, { maxConnections, connectionsPerAddress, isTrustedProxy }) {
  app.server.maxConnections = maxConnections;
  const connections = new CountByAddress(connectionsPerAddress);
  app.server.on('connection', (socket) => {
    const { remoteAddress } = socket;
    if (remoteAddress === undefined || isTrustedProxy(remoteAddress)) return;
    if (!connections.take(remoteAddress)) socket.destroy();
    else socket.once('close', () => connections.giveBack(remoteAddress));
  });
}
