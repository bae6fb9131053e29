// GET /calendar/<mentor_id>.ics?token=…: a mentor's sessions as one calendar, for a program that
// subscribes to it. Such programs sign in by nothing but the address, so the token stands in it.
import ICAL from 'ical.js';
import pg from 'pg';
import { ApiError } from './errors.mjs';

const quoted = pg.escapeIdentifier;
const longest = 5_000;
// Made by signed_in_roles.sql: it reads a calendar and does nothing else.
const calendarRole = 'slotguard_calendar';
// A line has 75 octets at most (RFC 5545, 3.1), the space that continues one included.
ICAL.foldLength = 74;

/**
 * @param {import('fastify').FastifyInstance} app
 * @param {{ database: ReturnType<import('./database.mjs').openDatabase>, schema: string }} parts
 */
export function addCalendarFeed(app, { database, schema }) {
  app.get('/calendar/:mentor.ics', { config: { takesTurns: true } }, async (request, reply) => {
    const { mentor } = request.params;
    const token = [request.query.token].flat().at(-1);
    const caller = await request.caller(token);
    refuseOthers(caller, mentor);
    if (token !== undefined) refusePowerfulToken(caller);
    const rows = await database.read((client) => readSessions(client, schema, mentor), caller);
    return reply.type('text/calendar; charset=utf-8').send(feedOf(mentor, rows));
  });
}

/** Policies would show another mentor an empty calendar, which looks like one without sessions. */
function refuseOthers({ signedIn, claims }, mentor) {
  if (!signedIn) {
    throw new ApiError(401, '42501', 'a calendar is for who signs in',
      { hint: 'Add ?token= with a token of that mentor to the address.' });
  }
  const { mentor_id: own } = JSON.parse(claims);
  if (own === mentor) return;
  throw new ApiError(403, '42501', `mentor "${mentor}" is not yours`,
    { hint: 'Sign in as that mentor.' });
}

/** Programs keep an address, log it and share it: what stands in it may be good for nothing else. */
function refusePowerfulToken({ role }) {
  if (role === calendarRole) return;
  throw new ApiError(403, '42501', 'a token in an address must be one for the calendar alone',
    { hint: `Sign one with the role ${calendarRole} and the mentor_id.` });
}

/** The last three months and all that is to come; a cancelled session leaves the calendar. */
async function readSessions(client, schema, mentor) {
  const { rows } = await client.query(`
    SELECT ${quoted(schema)}.session_ics(s.key) AS file, s.startup_id::text AS startup,
        s.starts_at, s.ends_at
    FROM (SELECT s.*, coalesce(to_jsonb(s) ->> 'session_id', to_jsonb(s) ->> 'id')::bigint AS key
          FROM ${quoted(schema)}.mentor_startup_sessions s
          WHERE s.mentor_id::text = $1 AND s.status <> 'cancelled'
              AND s.ends_at > now() - interval '90 days'
          ORDER BY s.starts_at LIMIT ${longest}) AS s`, [mentor]);
  return rows;
}

function feedOf(mentor, rows) {
  const feed = new ICAL.Component('vcalendar');
  feed.addPropertyWithValue('version', '2.0');
  feed.addPropertyWithValue('prodid', '-//slotguard//calendar of a mentor//EN');
  // No type of its own is known for it, and without one it would not be escaped.
  feed.addProperty(new ICAL.Property(['x-wr-calname', {}, 'text', mentor]));
  for (const row of rows) feed.addSubcomponent(eventOf(row));
  return `${feed}\r\n`;
}

/**
 * The event of session_ics(), in UTC: each file describes its zone from its own session on, and a
 * calendar can hold but one description of a zone.
 */
function eventOf({ file, startup, starts_at: starts, ends_at: ends }) {
  const event = new ICAL.Component(ICAL.parse(file)).getFirstSubcomponent('vevent');
  for (const [name, instant] of [['dtstart', starts], ['dtend', ends]]) {
    event.removeAllProperties(name);
    event.addPropertyWithValue(name, ICAL.Time.fromJSDate(instant, true));
  }
  event.updatePropertyWithValue('summary', `Session with startup ${startup}`);
  return event;
}
