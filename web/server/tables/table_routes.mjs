// /<table>: rows in, rows out, as PostgREST has it, under the row-level policies of whoever asks.
import { answerForm } from '../answer_form.mjs';
import { ApiError } from '../errors.mjs';
import { refuseOtherSchema } from '../schema.mjs';
import { checkTime } from '../times.mjs';
import { readQuery, readRows } from './table_query.mjs';
import { deleteStatement, insertStatement, readStatement, updateStatement }
  from './table_statement.mjs';

// The calls write these: a plain write would step over the rules that they keep.
const onlyRead = new Set(['mentor_startup_sessions', 'slot_holds', 'booking_events']);

/**
 * @param {import('fastify').FastifyInstance} app
 * @param {{ database: ReturnType<import('../database.mjs').openDatabase>,
 *           catalogue: import('./tables_catalogue.mjs').TablesCatalogue,
 *           schema: string, tables: string[], mostRows: number }} parts
 */
export function addTableRoutes(app, parts) {
  for (const name of parts.tables) {
    const url = `/${encodeURIComponent(name)}`;
    const writes = { POST: insert, PATCH: update, DELETE: remove };
    const config = { takesTurns: true };
    app.get(url, { config }, (request, reply) => read(parts, name, request, reply));
    app.route({
      method: ['POST', 'PATCH', 'DELETE', 'PUT'],
      url,
      config,
      handler: (request, reply) => {
        const write = onlyRead.has(name) ? undefined : writes[request.method];
        if (write !== undefined) return write(parts, name, request, reply);
        throw new ApiError(405, 'PGRST117', `Unsupported HTTP method: ${request.method}`);
      },
    });
  }
  app.addHook('onError', async (request, reply, error) => {
    // The table or a column was dropped or changed since the catalogue was read.
    if (error.code === '42703' || error.code === '42P01') parts.catalogue.forget();
  });
}

async function read(parts, name, request, reply) {
  const counts = /count=(exact|planned|estimated)/.test(request.headers.prefer ?? '');
  const asked = { ...await understand(parts, name, request), tells: true, counts,
    mostRows: parts.mostRows };
  const { rows, total, body } = await run(parts.database.read, asked, readStatement(asked));
  const first = asked.query.offset;
  const range = rows > 0 ? `${first}-${first + rows - 1}` : '*';
  return reply.header('content-range', `${range}/${total ?? '*'}`)
    .type(`${asked.type}; charset=utf-8`).send(body ?? 'null');
}

async function insert(parts, name, request, reply) {
  const rows = readRows(request.body, true);
  const asked = await understand(parts, name, request, rows);
  await request.countWrite(asked.caller);
  if (rows.rows === 0) return sendWritten(reply, asked, 201, { total: 0, body: '[]' });
  if (rows.rows > 1 && asked.rows.columns.length === 0) {
    throw new ApiError(400, 'PGRST102', 'Rows without a column can be written one at a time only');
  }
  return sendWritten(reply, asked, 201,
    await run(parts.database.write, asked, insertStatement(asked)));
}

async function update(parts, name, request, reply) {
  const rows = readRows(request.body, false);
  const asked = await understand(parts, name, request, rows);
  await request.countWrite(asked.caller);
  refuseAllRows(asked, 'UPDATE');
  if (rows.columns.length === 0) {
    return sendWritten(reply, asked, 200, { total: 0, body: '[]' });
  }
  return sendWritten(reply, asked, 200,
    await run(parts.database.write, asked, updateStatement(asked)));
}

async function remove(parts, name, request, reply) {
  const asked = await understand(parts, name, request);
  await request.countWrite(asked.caller);
  refuseAllRows(asked, 'DELETE');
  return sendWritten(reply, asked, 200,
    await run(parts.database.write, asked, deleteStatement(asked)));
}

/** All that a statement needs, with every name found in the catalogue. */
async function understand({ catalogue, schema }, name, request, rows = { columns: [] }) {
  const caller = await request.caller();
  refuseOtherSchema(request, schema);
  refuseUpsert(request);
  const { single, type } = answerForm(request.headers.accept);
  const query = readQuery(request.query);
  const writes = query.writes ?? rows.columns;
  const reads = [...query.filters, ...query.order].map(({ column }) => column)
    .concat(query.select ?? []);
  const known = await catalogue.find(name, [...reads, ...writes]);
  if (known === undefined) throw noTable(schema, name);
  for (const column of reads) if (!known.columns.has(column)) throw noColumnToRead(name, column);
  for (const column of writes) if (!known.columns.has(column)) throw noColumnToWrite(name, column);
  checkTimes(known, query, rows.values ?? [], writes);
  const tells = /return=representation/.test(request.headers.prefer ?? '');
  return { caller, schema, known, query, single, type, tells,
    rows: { ...rows, columns: writes } };
}

function checkTimes({ columns }, { filters }, rows, writes) {
  for (const { column, value = null } of filters) checkTime(column, columns.get(column), value);
  for (const row of rows) {
    for (const column of writes) {
      checkTime(column, columns.get(column), row[column] ?? null, { inZones: true });
    }
  }
}

/**
 * PostgreSQL reads the values of a statement before it asks who may run it. So it is asked that first, of the
 * statement without its values.
 */
async function askForRights(client, { text, values }) {
  if (values.length > 0) await client.query(`EXPLAIN ${text}`, values.map(() => null));
}

function run(transaction, { caller, single, tells }, { text, values }) {
  return transaction(async (client) => {
    await askForRights(client, { text, values });
    const { rows: [row] } = await client.query(text, values);
    if (single && tells && row.rows !== 1) {
      // Thrown inside the transaction, so that what was written is undone.
      throw new ApiError(406, 'PGRST116', 'Cannot coerce the result to a single JSON object',
        { details: `The result contains ${row.rows} rows` });
    }
    return row;
  }, caller);
}

function sendWritten(reply, { tells, type }, status, { total, body }) {
  reply.header('content-range', `*/${total}`);
  if (!tells) return reply.code(status === 200 ? 204 : status).send();
  return reply.code(status).header('preference-applied', 'return=representation')
    .type(`${type}; charset=utf-8`).send(body);
}

/**
 * A filter that was forgotten must not empty a table. PostgREST leaves that to an extension of the
 * database's, whose words these are.
 */
function refuseAllRows({ query }, verb) {
  if (query.limit !== null || query.offset > 0) {
    throw new ApiError(400, 'PGRST100', `"limit" of ${verb} is not supported by this gateway`,
      { hint: 'Say which rows are meant, like ?id=eq.7.' });
  }
  if (query.filters.length > 0) return;
  throw new ApiError(400, '21000', `${verb} requires a WHERE clause`,
    { hint: 'Say which rows are meant, like ?id=eq.7.' });
}

function refuseUpsert({ headers, query }) {
  if (!/resolution=/.test(headers.prefer ?? '') && query.on_conflict === undefined) return;
  throw new ApiError(400, 'PGRST100', 'Upsert is not supported by this gateway',
    { hint: 'PATCH the row, and POST it where none was changed.' });
}

function noTable(schema, name) {
  return new ApiError(404, 'PGRST205',
    `Could not find the table '${schema}.${name}' in the schema cache`,
    { hint: 'Run setup_booking(), which makes the tables of slotguard.' });
}

function noColumnToRead(name, column) {
  return new ApiError(400, '42703', `column ${name}.${column} does not exist`);
}

function noColumnToWrite(name, column) {
  return new ApiError(400, 'PGRST204',
    `Could not find the '${column}' column of '${name}' in the schema cache`);
}
