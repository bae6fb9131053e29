// What one address, or one who is signed in, may ask for: so many writes a minute, so many calls, streams and
// connections at once. Nobody's program can use up what is there for all.
import rateLimit from '@fastify/rate-limit';
import pg from 'pg';
import { addressOf } from './addresses.mjs';
import { ApiError, statusOf } from './errors.mjs';

const minute = 60_000;
// How many calls of one address wait, for each that is under way: a page asks for a few things at once.
const waitingForEach = 20;

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

/** Whom claims name: by those that we know of, else by all that stay when the token is renewed. */
function subjectOf({ iat, exp, nbf, jti, ...claims }) {
  const { role, sub, startup_id: startup, mentor_id: mentor } = claims;
  const known = [sub, startup, mentor];
  return JSON.stringify(known.some((claim) => claim !== undefined) ? [role, ...known] : claims);
}

/**
 * PostgreSQL writes a line into its log for each call that it refuses: of one address, so many a minute. For routes
 * with `config.takesTurns` or `config.asksDatabase`.
 */
export function limitRefusals(app, { refusalsPerAddress }) {
  let limiter;
  const count = (request, how) => {
    limiter ??= app.createRateLimit({ timeWindow: minute, max: refusalsPerAddress, keyGenerator: ({ ip }) => addressOf(ip) });
    return limiter(request, how);
  };
  app.addHook('preHandler', async (request) => {
    const { takesTurns, asksDatabase } = request.routeOptions.config;
    if (!takesTurns && !asksDatabase) return;
    const { remaining, ttlInSeconds } = await count(request, { increment: false });
    if (remaining === 0) throw tooMany('calls that were refused', ttlInSeconds);
  });
  app.addHook('onError', async (request, reply, error) => {
    if (isCallersError(error)) await count(request);
  });
}

/** Where the server itself is in trouble, that is nobody's doing. */
function isCallersError(error) {
  return error instanceof pg.DatabaseError && statusOf(error.code) !== 503;
}

/**
 * Of requests that are sent in advance on one connection, the next waits until the one before is answered: Node says
 * of no other that its connection is closed, so that a place would not be given back.
 * @param {import('node:http').ServerResponse} response
 */
export function untilFirstOnConnection(response) {
  return response.socket === null
    ? new Promise((resolve) => { response.once('socket', () => resolve()); })
    : Promise.resolve();
}

/**
 * Lets only so many calls of one address be under way at once, from when they ask the database until their answers are
 * read; others of it wait, before they take a connection to the database from anybody. For routes with
 * `config.takesTurns`.
 */
export function limitCalls(app, { callsPerAddress }) {
  const turns = new Turns(callsPerAddress);
  app.decorateRequest('answered', null);
  app.addHook('preHandler', async (request, reply) => {
    if (!request.routeOptions.config.takesTurns) return undefined;
    await untilFirstOnConnection(reply.raw);
    const address = addressOf(request.ip);
    await turns.take(address);
    if (reply.raw.closed) {
      turns.giveBack(address);
      return reply.hijack(); // Nobody is there to be answered.
    }
    const closed = new Promise((resolve) => { reply.raw.once('close', resolve); });
    // The database goes on with a call whose caller has gone.
    const answered = new Promise((resolve) => { request.answered = resolve; });
    Promise.all([closed, answered]).then(() => turns.giveBack(address));
    return undefined;
  });
  app.addHook('onSend', async (request) => { request.answered?.(); });
}

class Turns {
  #most;
  /** @type {Map<string, { running: number, waiting: (() => void)[] }>} */
  #queues = new Map();

  constructor(most) {
    this.#most = most;
  }

  /** Resolves when it is one's turn. */
  async take(address) {
    const queue = this.#queues.get(address) ?? { running: 0, waiting: [] };
    this.#queues.set(address, queue);
    if (queue.running < this.#most) {
      queue.running += 1;
      return;
    }
    if (queue.waiting.length >= waitingForEach * this.#most) throw tooMany('calls at once', 1);
    // Whoever gives back his turn hands it on.
    await new Promise((resolve) => { queue.waiting.push(resolve); });
  }

  giveBack(address) {
    const queue = this.#queues.get(address);
    const next = queue.waiting.shift();
    if (next) {
      next();
      return;
    }
    queue.running -= 1;
    if (queue.running === 0) this.#queues.delete(address);
  }
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
    if (remoteAddress !== undefined && isTrustedProxy(remoteAddress)) return;
    // Without an address he has gone already.
    if (remoteAddress === undefined || !connections.take(remoteAddress)) socket.destroy();
    else socket.once('close', () => connections.giveBack(remoteAddress));
  });
}
