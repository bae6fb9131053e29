// What the gateway is told by its environment, checked once at the start: a wrong value stops it
// there, by name, and not the first visitor.
import { fileURLToPath } from 'node:url';
import { trustedProxies } from './addresses.mjs';

/** The calls that visitors and mentors make; what each may do is up to roles and policies. */
const visitorsCalls = ['available_slots', 'next_available_slots', 'mentor_info', 'book_session',
  'hold_slot', 'release_hold', 'cancel_session', 'reschedule_session', 'session_ics',
  'preview_hours'];

const bookingTables = ['mentor_settings', 'mentor_availability', 'mentor_availability_overrides',
  'mentor_startup_sessions'];

// HS256's own hash has as many: a shorter secret is easier to guess than to break.
const leastSecretBytes = 32;

/**
 * @typedef {object} Configuration
 * @property {string | undefined} databaseUrl  undefined: PGHOST, PGDATABASE and so on decide
 * @property {string} host
 * @property {number} port  0: any free one
 * @property {string} schema  the one whose functions are served under /rpc
 * @property {string[] | null} functions  the names of those that are; null: all
 * @property {string[]} tables  the names of those that are served
 * @property {boolean} events  whether /events is served
 * @property {number} eventsInterval  from one reading of the journal to the next
 * @property {number} eventsMentors  to whom somebody may listen at once
 * @property {string | null} anonymousRole  of who shows no token; null: the one it connects as
 * @property {Uint8Array | null} jwtSecret  null: no token can be checked, so none is taken
 * @property {string | null} jwtAudience  which a token must name
 * @property {number} poolSize
 * @property {number} statementTimeout  milliseconds, as all timeouts here
 * @property {number} connectionTimeout
 * @property {number} requestTimeout
 * @property {boolean} jwtMustExpire  a token without `exp` is not taken
 * @property {(address: string) => boolean} isTrustedProxy  whose X-Forwarded-For is believed
 * @property {number} writesPerCaller  a minute, of one who is signed in, or else of an address
 * @property {number} writesPerAddress  a minute, of all who are signed in there
 * @property {number} refusalsPerAddress  a minute, of calls that the database refuses
 * @property {number} callsPerAddress  at once
 * @property {number} streamsPerAddress  at once
 * @property {number} connectionsPerAddress  at once
 * @property {number} maxConnections  of browsers
 * @property {number} maxRows  of a table, in one answer
 * @property {number} bodyLimit  bytes
 * @property {string[]} allowedOrigins  other sites that may call; `*` for all
 * @property {string} pageFolder
 * @property {string} moduleFolder
 */

/**
 * @param {Record<string, string | undefined>} env
 * @returns {Configuration}
 */
export function readConfiguration(env) {
  return {
    databaseUrl: env.DATABASE_URL || undefined,
    host: env.HOST || '127.0.0.1',
    port: wholeNumber(env, 'PORT', 3000, 0, 65535),
    schema: env.SLOTGUARD_SCHEMA || 'public',
    functions: functionNames(env.SLOTGUARD_FUNCTIONS),
    tables: env.SLOTGUARD_TABLES === undefined ? bookingTables : words(env.SLOTGUARD_TABLES),
    events: onOrOff(env, 'SLOTGUARD_EVENTS', true),
    eventsInterval: wholeNumber(env, 'SLOTGUARD_EVENTS_INTERVAL', 250, 1, 60_000),
    eventsMentors: wholeNumber(env, 'SLOTGUARD_EVENTS_MENTORS', 1_000, 1),
    anonymousRole: env.SLOTGUARD_ANON_ROLE || null,
    jwtSecret: secret(env.SLOTGUARD_JWT_SECRET),
    jwtAudience: env.SLOTGUARD_JWT_AUD || null,
    jwtMustExpire: onOrOff(env, 'SLOTGUARD_JWT_MUST_EXPIRE', false),
    isTrustedProxy: proxies(env, 'SLOTGUARD_TRUSTED_PROXIES'),
    writesPerCaller: wholeNumber(env, 'SLOTGUARD_WRITES_PER_CALLER', 60, 1),
    writesPerAddress: wholeNumber(env, 'SLOTGUARD_WRITES_PER_ADDRESS', 300, 1),
    refusalsPerAddress: wholeNumber(env, 'SLOTGUARD_REFUSALS_PER_ADDRESS', 120, 1),
    callsPerAddress: wholeNumber(env, 'SLOTGUARD_CALLS_PER_ADDRESS', 5, 1),
    streamsPerAddress: wholeNumber(env, 'SLOTGUARD_STREAMS_PER_ADDRESS', 20, 1),
    connectionsPerAddress: wholeNumber(env, 'SLOTGUARD_CONNECTIONS_PER_ADDRESS', 100, 1),
    poolSize: wholeNumber(env, 'SLOTGUARD_POOL_SIZE', 10, 1, 1000),
    statementTimeout: wholeNumber(env, 'SLOTGUARD_STATEMENT_TIMEOUT', 10_000, 1),
    connectionTimeout: wholeNumber(env, 'SLOTGUARD_CONNECTION_TIMEOUT', 5_000, 1),
    requestTimeout: wholeNumber(env, 'SLOTGUARD_REQUEST_TIMEOUT', 15_000, 1),
    maxConnections: wholeNumber(env, 'SLOTGUARD_MAX_CONNECTIONS', 2_000, 1),
    maxRows: wholeNumber(env, 'SLOTGUARD_MAX_ROWS', 10_000, 1),
    bodyLimit: wholeNumber(env, 'SLOTGUARD_BODY_LIMIT', 16_384, 1),
    allowedOrigins: words(env.SLOTGUARD_ALLOWED_ORIGINS),
    pageFolder: fileURLToPath(new URL('../page/', import.meta.url)),
    moduleFolder: env.SLOTGUARD_MODULE_FOLDER
      || fileURLToPath(new URL('../../build/web/', import.meta.url)),
  };
}

function proxies(env, name) {
  try {
    return trustedProxies(words(env[name]));
  } catch ({ message }) {
    throw new Error(`${name} must be addresses such as 10.0.0.1 or 10.0.0.0/8, not "${message}"`);
  }
}

function functionNames(text) {
  const names = words(text);
  if (names.includes('*')) return null;
  return names.length > 0 ? names : visitorsCalls;
}

function secret(text) {
  if (!text) return null;
  const bytes = new TextEncoder().encode(text);
  if (bytes.length < leastSecretBytes) {
    throw new Error(`SLOTGUARD_JWT_SECRET must have at least ${leastSecretBytes} bytes, `
      + `not ${bytes.length}`);
  }
  return bytes;
}

function onOrOff(env, name, fallback) {
  const text = env[name];
  if (!text) return fallback;
  if (text === 'on' || text === 'off') return text === 'on';
  throw new Error(`${name} must be on or off, not "${text}"`);
}

function words(text = '') {
  return text.split(/[\s,]+/).filter(Boolean);
}

function wholeNumber(env, name, fallback, least, most = 2 ** 31 - 1) {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new Error(`${name} must be a whole number from ${least} to ${most}, not "${text}"`);
  }
  return value;
}
