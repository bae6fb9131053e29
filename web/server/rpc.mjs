// /rpc/<function>: named arguments in, what the function returns out. The step between the page
// and the database; nothing about bookings is known or decided here.
import pg from 'pg';
import { ApiError } from './errors.mjs';
import { answerForm } from './answer_form.mjs';
import { argumentsOf } from './arguments.mjs';
import { refuseOtherSchema } from './schema.mjs';
import { checkTime } from './times.mjs';

const quoted = pg.escapeIdentifier;
// Quoted names with a space: no function has a column or an argument that they could be taken for.
const answer = quoted('the answer');
const given = quoted('the arguments');

/**
 * @param {import('fastify').FastifyInstance} app
 * @param {{ database: ReturnType<import('./database.mjs').openDatabase>,
 *           catalogue: import('./functions_catalogue.mjs').FunctionsCatalogue,
 *           schema: string }} parts
 */
export function addRpcRoutes(app, { database, catalogue, schema }) {
  async function call(request, reply, run) {
    const caller = await request.caller();
    refuseOtherSchema(request, schema);
    const form = answerForm(request.headers.accept);
    const { names, values, json } = argumentsOf(request);
    const callee = await choose(catalogue, schema, request.params.name, names);
    for (const { name, type } of callee.arguments) {
      if (names.includes(name)) checkTime(name, type, values[name]);
    }
    if (callee.writes) await request.countWrite(caller);
    const statement = callStatement(schema, callee, names, form.single);
    const row = await run((client) => callOnce(client, statement, json, form), caller);
    return send(reply, request, callee, form, row);
  }

  app.addHook('onError', async (request, reply, error) => {
    // The function was dropped or changed since the catalogue was read.
    if (error.code === '42883') catalogue.forget();
  });
  const turns = { config: { takesTurns: true } };
  app.post('/rpc/:name', turns, (request, reply) => call(request, reply, database.write));
  // A GET must be safe to repeat, so PostgreSQL refuses it any write: 25006, which is 405.
  app.get('/rpc/:name', turns, (request, reply) => call(request, reply, database.read));
  app.route({
    method: ['PUT', 'PATCH', 'DELETE'],
    url: '/rpc/:name',
    handler: ({ method }) => {
      throw new ApiError(405, 'PGRST101', `Cannot use the ${method} method on RPC`);
    },
  });
}

async function choose(catalogue, schema, name, names) {
  const candidates = await catalogue.find(name, names);
  if (candidates.length === 1) return candidates[0];
  if (candidates.length > 1) throw ambiguous(schema, candidates);
  const list = names.join(', ');
  const asked = names.length > 0 ? `(${list})` : ' without parameters';
  const searched = names.length > 0
    ? ` with parameter${names.length > 1 ? 's' : ''} ${list}` : asked;
  throw new ApiError(404, 'PGRST202',
    `Could not find the function ${schema}.${name}${asked} in the schema cache`,
    { details: `Searched for the function ${schema}.${name}${searched}, `
        + 'but no matches were found in the schema cache.' });
}

function ambiguous(schema, candidates) {
  const signatures = candidates.map(({ name, arguments: list }) =>
    `${schema}.${name}(${list.map((one) => `${one.name} => ${one.type}`).join(', ')})`);
  return new ApiError(300, 'PGRST203',
    `Could not choose the best candidate function between: ${signatures.join(', ')}`,
    { hint: 'Try renaming the parameters or the function itself in the database '
        + 'so function overloading can be resolved' });
}

/** PostgreSQL converts the JSON, and says in its own words what it can't convert. */
function callStatement(schema, callee, names, single) {
  const passed = callee.arguments.filter((one) => names.includes(one.name));
  const columns = passed.map((one) => `${quoted(one.name)} ${one.type}`).join(', ');
  const named = passed.map((one) => `${quoted(one.name)} => ${given}.${quoted(one.name)}`);
  const invocation = `${quoted(schema)}.${quoted(callee.name)}(${named.join(', ')}) AS ${answer}`;
  const source = passed.length === 0
    ? invocation
    : `json_to_record($1::json) AS ${given}(${columns}), LATERAL ${invocation}`;
  return {
    text: `SELECT ${answerColumns(callee, single)} FROM ${source}`,
    takesArguments: passed.length > 0,
  };
}

function answerColumns(callee, single) {
  if (callee.returnsNothing) return 'NULL AS body, 1 AS rows';
  if (!callee.returnsSet) return `to_json(${answer})::text AS body, 1 AS rows`;
  const body = single ? `(json_agg(${answer}) -> 0)` : `coalesce(json_agg(${answer}), '[]')`;
  return `${body}::text AS body, count(*)::int AS rows`;
}

async function callOnce(client, statement, json, form) {
  const { rows: [row] } = await client.query(statement.text, statement.takesArguments ? [json] : []);
  if (form.single && row.rows !== 1) {
    // Thrown inside the transaction, so that what the function did is undone.
    throw new ApiError(406, 'PGRST116', 'Cannot coerce the result to a single JSON object',
      { details: `The result contains ${row.rows} rows` });
  }
  return row;
}

function send(reply, request, callee, form, { body, rows }) {
  if (callee.returnsNothing) return reply.code(204).send();
  if (callee.returnsSet) {
    const total = /count=(exact|planned|estimated)/.test(request.headers.prefer ?? '') ? rows : '*';
    reply.header('content-range', `${rows > 0 ? `0-${rows - 1}` : '*'}/${total}`);
  }
  return reply.type(`${form.type}; charset=utf-8`).send(body ?? 'null');
}
