// The gateway, put together from its parts: who may ask, what is answered, and what an error
// looks like. Listening is main.mjs's.
import fastify from 'fastify';
import { tellOfUnnamedProxy } from './addresses.mjs';
import { addCalendarFeed } from './calendar_feed.mjs';
import { knowCallers } from './callers.mjs';
import { letConnectionsEnd, longestSilence } from './connections.mjs';
import { openDatabase } from './database.mjs';
import { ApiError, toApiError } from './errors.mjs';
import { addEventStreams } from './events/event_streams.mjs';
import { FunctionsCatalogue } from './functions_catalogue.mjs';
import { addCrossOriginHeaders, addSecurityHeaders, keepPrivate, refuseIncomplete, refuseMalformed, secureEarly }
  from './http_headers.mjs';
import { limitCalls, limitConnections, limitRefusals, limitWrites } from './limits.mjs';
import { packLongAnswers } from './packed_answers.mjs';
import { addRpcRoutes } from './rpc.mjs';
import { addStaticPages } from './static_pages.mjs';
import { addTableRoutes } from './tables/table_routes.mjs';
import { TablesCatalogue } from './tables/tables_catalogue.mjs';

/**
 * @param {import('./configuration.mjs').Configuration} configuration
 * @param {(line: string) => void} log  gets one line for each error of the server's
 * @param {{ extend?: (app: import('fastify').FastifyInstance, parts: { database: object }) => void }}
 *   [more]  adds routes of its own
 */
export function buildApp(configuration, log, { extend = () => {} } = {}) {
  const database = openDatabase(configuration);
  const catalogue = new FunctionsCatalogue(database, configuration);
  const app = fastify({
    bodyLimit: configuration.bodyLimit,
    requestTimeout: configuration.requestTimeout,
    // For headers too, and looked after each second: Node does it twice a minute, whatever was said.
    http: {
      requestTimeout: configuration.requestTimeout,
      headersTimeout: configuration.requestTimeout,
      connectionsCheckingInterval: 1_000,
      requireHostHeader: false, // refuseIncomplete() asks for it.
    },
    trustProxy: configuration.isTrustedProxy,
    clientErrorHandler: refuseMalformed,
    connectionTimeout: longestSilence(configuration),
    forceCloseConnections: 'idle',
    frameworkErrors(error, request, reply) {
      secureEarly(reply);
      sendError(error, request, reply, log);
    },
  });
  readJsonAsText(app);
  tellOfUnnamedProxy(app, configuration, log);
  limitConnections(app, configuration);
  letConnectionsEnd(app);
  addSecurityHeaders(app);
  refuseIncomplete(app);
  addCrossOriginHeaders(app, configuration.allowedOrigins);
  keepPrivate(app);
  packLongAnswers(app);
  knowCallers(app, configuration);
  limitWrites(app, configuration);
  limitCalls(app, configuration);
  limitRefusals(app, configuration);
  const { schema, tables, maxRows: mostRows } = configuration;
  addRpcRoutes(app, { database, catalogue, schema });
  addTableRoutes(app, { database, catalogue: new TablesCatalogue(database, configuration), schema,
    tables, mostRows });
  addCalendarFeed(app, { database, schema });
  if (configuration.events) addEventStreams(app, configuration, log);
  addHealth(app, database);
  addStaticPages(app, configuration);
  extend(app, { database });
  app.setErrorHandler((error, request, reply) => sendError(error, request, reply, log));
  app.setNotFoundHandler(() => {
    throw new ApiError(404, 'PGRST125', 'Invalid path specified in request URL');
  });
  app.addHook('onClose', () => database.close());
  return app;
}

/** JSON is the only body taken: a form on another site can't send one without asking first. */
function readJsonAsText(app) {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' },
    (request, body, done) => done(null, body));
}

function addHealth(app, database) {
  app.get('/health', async (request, reply) => {
    await database.isAlive();
    return reply.send({ status: 'ok' });
  });
}

function sendError(error, request, reply, log) {
  const answer = toApiError(error, request.signedIn);
  if (answer.status >= 500) {
    const why = answer.cause?.message ?? answer.message;
    // A query can hold a token. A message can hold line breaks and a caller's text; a log line is one line.
    const [path] = request.url.split(/[?#]/);
    log(`${request.method} ${path} ${answer.status} ${answer.code} ${JSON.stringify(why)}`);
  }
  if (answer.retryAfter !== undefined) reply.header('retry-after', answer.retryAfter);
  if (answer.challenge) reply.header('www-authenticate', answer.challenge);
  return reply.code(answer.status).type('application/json; charset=utf-8').send(answer.body);
}
