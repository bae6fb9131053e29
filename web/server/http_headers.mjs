// The headers that every answer carries: what a browser may do with the page, and which other
// sites may call.

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

/** For an answer that is given before any hook runs. */
export function secure(reply) {
  reply.headers(securityHeaders);
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
      'access-control-expose-headers': 'Content-Range, Preference-Applied, WWW-Authenticate',
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
