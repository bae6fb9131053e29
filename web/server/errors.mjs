// What went wrong, in PostgREST's words: code, message, details, hint, and the HTTP status.
// The statuses are those of PostgREST's documentation ("HTTP Status Codes").
import pg from 'pg';

/** An answer that is an error; thrown anywhere, sent by the error handler in app.mjs. */
export class ApiError extends Error {
  /**
   * @param {number} status
   * @param {string} code  an SQLSTATE, or one of PostgREST's own
   * @param {string} message
   * @param {{ details?: string | null, hint?: string | null, cause?: unknown,
   *           challenge?: string, retryAfter?: number }} [more]  challenge: how to sign in, where that would
   *   help; retryAfter: in so many seconds it may be tried again
   */
  constructor(status, code, message, { details = null, hint = null, cause, challenge, retryAfter } = {}) {
    super(message, { cause });
    this.status = status;
    this.code = code;
    this.details = details;
    this.hint = hint;
    this.retryAfter = retryAfter;
    this.challenge = challenge ?? (status === 401 ? 'Bearer' : undefined);
  }

  get body() {
    const { code, details, hint, message } = this;
    return { code, details, hint, message };
  }
}

const statusOfState = {
  23503: 409,
  23505: 409,
  25006: 405,
  42501: 401, // nobody has shown who they are; with a token it is 403
  42883: 404,
  '42P01': 404,
  '42P17': 500,
  53400: 500,
  P0001: 400,
  // A server that stops ends our connections with these: not the caller's doing, and worth a retry.
  '57P01': 503,
  '57P02': 503,
  '57P03': 503,
};

const statusOfClass = {
  '08': 503, '09': 500, '0L': 403, '0P': 403, 25: 500, 28: 403, '2D': 500, 38: 500, 39: 500,
  '3B': 500, 40: 500, 53: 503, 54: 500, 55: 500, 57: 500, 58: 500, F0: 500, HV: 500, P0: 500,
  XX: 500,
};

/**
 * @param {string} sqlstate
 * @param {boolean} [signedIn]  whether the caller has shown who he is
 */
export function statusOf(sqlstate, signedIn = false) {
  if (sqlstate === '42501' && signedIn) return 403;
  return statusOfState[sqlstate] ?? statusOfClass[sqlstate.slice(0, 2)] ?? 400;
}

/**
 * Any error, as the answer that it becomes.
 * @param {any} error
 * @param {boolean} [signedIn]
 */
export function toApiError(error, signedIn = false) {
  if (error instanceof ApiError) return error;
  if (error instanceof pg.DatabaseError) {
    const status = isUnknownRole(error) ? 401 : statusOf(error.code, signedIn);
    return new ApiError(status, error.code, error.message,
      { details: error.detail, hint: error.hint, cause: error });
  }
  if (error?.code?.startsWith?.('FST_')) return fromFastify(error);
  // Fastify gives 400 to a body that broke off; nobody is there to read the answer.
  if (error?.code === 'ECONNRESET' && error.statusCode === 400) {
    return new ApiError(400, 'PGRST102', 'The request body broke off.', { cause: error });
  }
  return new ApiError(500, 'PGRSTX00', 'The gateway failed.', { cause: error });
}

/** A token's role that is not there. PostgREST too knows it by these words, beside 22023. */
function isUnknownRole({ code, message }) {
  return code === '22023' && /^role ".*" does not exist$/s.test(message);
}

function fromFastify(error) {
  if (error.statusCode === 413) {
    return new ApiError(413, 'PGRST102', 'The request body is too large.', { cause: error });
  }
  if (error.statusCode === 415) {
    return new ApiError(415, 'PGRST107', 'The Content-Type must be application/json.',
      { cause: error });
  }
  return new ApiError(error.statusCode ?? 400, 'PGRST100', error.message, { cause: error });
}

/** No connection could be made: the reason is for our log, and no stranger's business. */
export function databaseUnreachable(cause) {
  return new ApiError(503, 'PGRST000', 'Database connection error. Retrying the connection.',
    { cause });
}

/** The connection broke while it was used; what it was doing may or may not have been done. */
export function connectionLost(cause) {
  return new ApiError(503, 'PGRST001', 'Database client error. Retrying the connection.',
    { cause });
}

/** Every connection of the pool was busy for too long. */
export function poolExhausted(cause) {
  return new ApiError(504, 'PGRST003', 'Timed out acquiring connection from connection pool.',
    { cause });
}
