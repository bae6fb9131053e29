// A stack with hours of two mentors, asked through the table routes as one of them.
import { createSignedInStack, mentorClaims, signedIn } from './stack.mjs';

export const ada = signedIn(mentorClaims('ada'));

/** Asks for more than a status where something is written. */
export const whole = { Prefer: 'return=representation' };

export async function createTableStack() {
  const { database, gateway } = await createSignedInStack();
  return {
    database,
    gateway,
    /** The rows that each test begins with. */
    fill: () => database.admin.query(hours),
    ask: (path, how) => ask(gateway, path, how),
    async hoursOf(mentor) {
      const { rows } = await database.admin.query(
        'SELECT opens::text FROM mentor_availability WHERE mentor_id = $1 ORDER BY opens',
        [mentor]);
      return rows.map((row) => row.opens.slice(0, 5));
    },
    async end() {
      await gateway.stop();
      await database.drop();
    },
  };
}

const hours = `
  DELETE FROM mentor_settings; DELETE FROM mentor_availability;
  DELETE FROM mentor_availability_overrides;
  INSERT INTO mentor_settings (mentor_id, time_zone)
    VALUES ('ada', 'Europe/Berlin'), ('grace', 'UTC');
  INSERT INTO mentor_availability (mentor_id, opens, closes, valid_from, valid_until) VALUES
    ('ada', '09:00', '12:00', '2026-01-01', NULL),
    ('ada', '13:00', '15:00', '2026-02-01', '2026-12-31'),
    ('ada', '08:00', '08:30', '2026-03-01', NULL),
    ('grace', '10:00', '11:00', '2026-01-01', NULL)`;

async function ask(gateway, path, { method = 'GET', body, headers = ada, prefer = {} } = {}) {
  const response = await fetch(`${gateway.url}/${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers, ...prefer },
    body: typeof body === 'object' ? JSON.stringify(body) : body,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text,
    body: text === '' ? undefined : JSON.parse(text),
    range: response.headers.get('content-range') };
}
