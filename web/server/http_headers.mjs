// The headers that every answer carries: what a browser may do with the page, and which other
// sites may call.
import { STATUS_CODES } from 'node:http';
import { ApiError } from './errors.mjs';

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

const securityHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** @param {import('fastify').FastifyInstance} app */
export function addSecurityHeaders(app) {
  app.addHook('onRequest', async (request, reply) => { secure(reply); });
}

function secure(reply) {
  reply.headers(securityHeaders);
}

/** For an answer that is given before any hook runs. */
export function secureEarly(reply) {
  secure(reply);
  reply.header('cache-control', 'no-store');
}

/** What is told to one caller is told to no other: nobody keeps it, unless a route says otherwise. */
export function keepPrivate(app) {
  app.addHook('onSend', async (request, reply) => {
    if (reply.hasHeader('cache-control')) return;
    reply.header('cache-control', 'no-store');
    vary(reply, 'Authorization');
  });
}

const statusOfParser = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not come in whole in time.'],
  HPE_HEADER_OVERFLOW: [431, 'The headers are too large.'],
};

/** The last answer on a connection, where no route is reached. */
function refusal(message) {
  const body = JSON.stringify({ code: 'PGRST100', details: null, hint: null, message });
  const headers = { ...securityHeaders, 'cache-control': 'no-store', connection: 'close',
    'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) };
  return { headers, body };
}

/** What Node's parser refuses. */
export function refuseMalformed(error, socket) {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const [status, message] = statusOfParser[error.code] ?? [400, 'The request is no HTTP.'];
  const { headers, body } = refusal(message);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines}\r\n${body}`);
}

/** What Node's server would refuse by itself. @param {import('fastify').FastifyInstance} app  with no `requireHostHeader` */
export function refuseIncomplete(app) {
  app.server.on('checkExpectation', (request, response) => {
    const { headers, body } = refusal('The only expectation that can be met is 100-continue.');
    response.writeHead(417, headers).end(body);
  });
  app.addHook('onRequest', async ({ raw }) => {
    if (raw.httpVersion === '1.0' || raw.headers.host !== undefined) return;
    throw new ApiError(400, 'PGRST100', 'The header Host is missing.');
  });
}

/** One more header of the request that the answer depends on. */
export function vary(reply, name) {
  const others = reply.getHeader('vary');
  reply.header('vary', others === undefined ? name : `${others}, ${name}`);
}

/**
 * Lets the scripts of the listed sites call; with none listed, browsers keep every other site out.
 * @param {import('fastify').FastifyInstance} app
 * @param {string[]} allowedOrigins
 */
export function addCrossOriginHeaders(app, allowedOrigins) {
  app.addHook('onRequest', async (request, reply) => {
    if (allowedOrigins.length === 0) return undefined;
    // Also where nobody says who asks: a cache must not hand that answer to a listed site.
    vary(reply, 'Origin');
    const origin = request.headers.origin;
    if (origin === undefined) return undefined;
    if (!allowedOrigins.includes('*') && !allowedOrigins.includes(origin)) return undefined;
    reply.headers({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': 'Content-Range, Preference-Applied, Retry-After, WWW-Authenticate',
    });
    return request.method === 'OPTIONS' ? answerPreflight(request, reply) : undefined;
  });
}

function answerPreflight(request, reply) {
  return reply.code(204).headers({
    'access-control-allow-methods': 'GET, HEAD, POST, PATCH, DELETE',
    'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '',
    'access-control-max-age': '600',
  }).send();
}
