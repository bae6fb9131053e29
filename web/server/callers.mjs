// Who calls: the token in Authorization, checked, as a role of the database and the claims that its
// policies and calls go by. Without a token, the anonymous role.
import { errors, jwtVerify } from 'jose';
import { ApiError } from './errors.mjs';

// Clocks differ; PostgREST allows as much.
const secondsBetweenClocks = 30;

/**
 * @typedef {object} Caller
 * @property {string | null} role  null: the one that the gateway connects as
 * @property {string} claims  JSON for `request.jwt.claims`; empty without a token
 * @property {boolean} signedIn
 */

/**
 * Finds out of each request who asks, at most once: `request.caller()`, or `request.caller(token)`
 * where the token came another way than in Authorization.
 * @param {import('fastify').FastifyInstance} app
 * @param {import('./configuration.mjs').Configuration} configuration
 */
export function knowCallers(app, { anonymousRole, jwtSecret, jwtAudience, jwtMustExpire }) {
  const stranger = { role: anonymousRole, claims: '', signedIn: false };
  app.decorateRequest('signedIn', false);
  app.decorateRequest('caller', async function caller(
    token = bearerToken(this.headers.authorization)) {
    if (token === undefined) return stranger;
    const claims = await verified(token, jwtSecret, jwtAudience, jwtMustExpire);
    this.signedIn = true;
    const role = roleOf(claims) ?? anonymousRole;
    return { role, claims: JSON.stringify(claims), signedIn: true };
  });
}

/** Nothing where another scheme is used: that is somebody else's, a proxy's say. */
function bearerToken(authorization = '') {
  const found = authorization.match(/^bearer(?:\s+(.*))?$/i);
  return found ? found[1] ?? '' : undefined;
}

/** A token that can't be checked must not be ignored: its bearer believes to be someone. */
async function verified(token, secret, audience, mustExpire) {
  if (secret === null) throw new ApiError(500, 'PGRST300', 'Server lacks JWT secret');
  try {
    const { payload } = await jwtVerify(token, secret, {
      algorithms: ['HS256'],
      clockTolerance: secondsBetweenClocks,
      ...(audience === null ? {} : { audience }),
      ...(mustExpire ? { requiredClaims: ['exp'] } : {}),
    });
    return payload;
  } catch (cause) {
    if (!(cause instanceof errors.JOSEError)) throw cause;
    throw badToken(cause instanceof errors.JWTExpired ? 'JWT expired' : 'JWT invalid', cause);
  }
}

function roleOf({ role }) {
  if (role === undefined) return null;
  // A NUL can't be told to PostgreSQL.
  if (typeof role === 'string' && !role.includes('\0')) return role;
  throw badToken('JWT invalid', new Error('the claim "role" is no name of a role'));
}

function badToken(message, cause) {
  const challenge = `Bearer error="invalid_token", error_description="${message}"`;
  return new ApiError(401, 'PGRST301', message, { details: cause.message, cause, challenge });
}
