// What the demo's gateway serves beside what every gateway serves: tokens, the race page, and the
// storm and the clock that the race page needs. No other gateway has any of it.
import { fileURLToPath } from 'node:url';
import { ApiError } from '../server/errors.mjs';
import { serveFile } from '../server/static_pages.mjs';
import { playStorm } from './storm.mjs';
import { mentors, startups } from './tokens.mjs';

const namesOfOurs = ['127.0.0.1', 'localhost', '[::1]', '::1'];

/** The race page, and what web/bundle.mjs makes for it, where no other gateway serves from. */
const racePage = {
  '/race': '../page/race/race.html',
  '/race.css': '../../build/demo/race.css',
  '/race.mjs': '../../build/demo/race.mjs',
};

/**
 * @param {import('fastify').FastifyInstance} app
 * @param {{ database: ReturnType<import('../server/database.mjs').openDatabase>,
 *           tokens: import('./tokens.mjs').Tokens }} parts
 */
export function addDemo(app, { database, tokens }) {
  for (const [url, path] of Object.entries(racePage)) {
    serveFile(app, url, fileURLToPath(new URL(path, import.meta.url)));
  }
  app.register(async (demo) => {
    demo.addHook('onRequest', keepOtherSitesOut);
    demo.get('/token', (request, reply) => sendToken(tokens, request, reply));
    demo.get('/clock', (request, reply) => sendClock(database, reply));
    addStorm(demo, app, tokens);
  }, { prefix: '/demo' });
}

/**
 * A token is for whoever has it: none for the scripts of another site's page beside ours, also where
 * that site's name has been made to lead here, and then looks like our own.
 */
async function keepOtherSitesOut({ headers, host, hostname }) {
  const site = headers['sec-fetch-site'] ?? 'same-origin';
  const { origin } = headers;
  const ours = origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
  const named = namesOfOurs.includes(hostname) || hostname === process.env.HOST;
  if (ours && named && (site === 'same-origin' || site === 'none')) return;
  throw new ApiError(403, '42501', 'the demo answers its own pages only');
}

async function sendToken(tokens, { query }, reply) {
  const token = await tokens.forQuery(query);
  if (token === undefined) {
    throw new ApiError(404, 'PGRST125', `the demo has no token for "${new URLSearchParams(query)}"`,
      { hint: `Ask for startup=${startups.first} to startup=${startups.last}, `
          + `or for ${mentors.map((name) => `mentor=${name}`).join(' or ')}.` });
  }
  return reply.header('cache-control', 'no-store').send({ token });
}

/** The database's clock, in milliseconds: pages set theirs by it before they compare instants. */
async function sendClock(database, reply) {
  const { rows: [{ now }] } = await database.read((client) =>
    client.query('SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now'));
  return reply.header('cache-control', 'no-store').send({ now });
}

/** One at a time: a hundred visitors are as many as the demo is for. */
function addStorm(demo, app, tokens) {
  let underWay = false;
  demo.post('/storm', async (request) => {
    if (underWay) throw new ApiError(409, '55006', 'a storm is on its way already');
    underWay = true;
    try {
      const visitors = await Promise.all(
        Array.from({ length: startups.last }, async (_, i) => (
          { startup: i + 1, token: await tokens.forStartup(i + 1) })));
      const slot = slotOf(request.body);
      return await playStorm({ address: app.listeningOrigin, slot, visitors });
    } finally {
      underWay = false;
    }
  });
}

/** What all ask for; whether it is a time at all is the database's to say. */
function slotOf(body) {
  const { mentor_id, session_date, session_time } = parsed(body) ?? {};
  for (const [name, value] of Object.entries({ mentor_id, session_date, session_time })) {
    if (typeof value !== 'string') throw new ApiError(400, '22023', `${name} must be a text`);
  }
  return { mentor_id, session_date, session_time };
}

function parsed(body) {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new ApiError(400, 'PGRST102', 'the body must be JSON', { cause });
  }
}
