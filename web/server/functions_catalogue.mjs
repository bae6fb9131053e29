// Which functions there are to call, and what their arguments are named: PostgreSQL's catalogue
// knows. Read at the first call, and again when a call finds nothing that fits, so a function made
// later needs no restart.

// Milliseconds from one reading to the next: strangers who ask for what is not there, however
// often, cost no more.
const leastBetweenReadings = 1_000;

/**
 * @typedef {object} Argument
 * @property {string} name
 * @property {string} type  as PostgreSQL writes it, quoted where need be
 * @property {boolean} optional
 *
 * @typedef {object} CatalogueFunction
 * @property {string} name
 * @property {boolean} returnsSet
 * @property {boolean} returnsNothing  RETURNS void
 * @property {Argument[]} arguments
 */

// Left out: what SQL can't call (triggers and other functions of pseudo-types), and what named
// JSON arguments can't express (unnamed or variadic arguments). Who may call is not asked here:
// PostgreSQL says so itself at the call, with 42501.
const readFunctions = `
  SELECT p.proname AS name,
         p.proretset AS "returnsSet",
         result.oid = 'void'::regtype AS "returnsNothing",
         coalesce(inputs.arguments, '[]') AS arguments
  FROM pg_catalog.pg_proc p
  JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
  JOIN pg_catalog.pg_type result ON result.oid = p.prorettype
  CROSS JOIN LATERAL (
      SELECT json_agg(json_build_object(
                 'name', a.name,
                 'type', format_type(a.type, NULL),
                 'optional', a.position > p.pronargs - p.pronargdefaults) ORDER BY a.position)
                 AS arguments,
             bool_and(a.name <> '' AND t.typtype <> 'p') AS callable
      FROM (SELECT row_number() OVER (ORDER BY u.ordinality) AS position, u.type,
                   coalesce(u.name, '') AS name
            FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]), p.proargnames,
                        p.proargmodes) WITH ORDINALITY AS u(type, name, mode, ordinality)
            WHERE coalesce(u.mode, 'i') IN ('i', 'b')) AS a
      JOIN pg_catalog.pg_type t ON t.oid = a.type) AS inputs
  WHERE n.nspname = $1
    AND ($2::text[] IS NULL OR p.proname = ANY ($2))
    AND p.prokind = 'f'
    AND p.provariadic = 0
    AND (result.typtype <> 'p' OR result.oid IN ('void'::regtype, 'record'::regtype))
    AND inputs.callable IS NOT FALSE`;

export class FunctionsCatalogue {
  /** @type {Map<string, CatalogueFunction[]> | undefined} the last good reading */
  #functions;
  /** @type {Promise<void> | undefined} under way; callers that miss meanwhile share it */
  #reading;
  #readAt = -Infinity;
  #outdated = false;
  #database;
  #schema;
  #served;
  #now;

  /**
   * @param {{ read: Function }} database
   * @param {{ schema: string, functions: string[] | null }} configuration
   * @param {() => number} [now]  milliseconds from any start
   */
  constructor(database, { schema, functions }, now = () => performance.now()) {
    this.#database = database;
    this.#schema = schema;
    this.#served = functions;
    this.#now = now;
  }

  /**
   * The functions that can be called so: more than one where overloads differ in type alone.
   * @param {string} name
   * @param {string[]} argumentNames
   * @returns {Promise<CatalogueFunction[]>}
   */
  async find(name, argumentNames) {
    if (this.#functions === undefined) await this.#read();
    const found = fitting(this.#functions, name, argumentNames);
    const enough = found.length > 0 && !this.#outdated;
    if (enough || this.#now() - this.#readAt < leastBetweenReadings) return found;
    await this.#read();
    return fitting(this.#functions, name, argumentNames);
  }

  /** To be called when PostgreSQL knows a function no more that was found here. */
  forget() {
    this.#outdated = true;
  }

  /** Where it fails, what was known stays known, so that whoever calls that is served on. */
  #read() {
    this.#reading ??= this.#readNow().finally(() => { this.#reading = undefined; });
    return this.#reading;
  }

  async #readNow() {
    const { rows } = await this.#database.read((client) =>
      client.query(readFunctions, [this.#schema, this.#served]));
    this.#functions = Map.groupBy(rows, (row) => row.name);
    this.#readAt = this.#now();
    this.#outdated = false;
  }
}

function fitting(functions, name, argumentNames) {
  return (functions.get(name) ?? []).filter((candidate) =>
    argumentNames.every((given) => candidate.arguments.some((known) => known.name === given))
    && candidate.arguments.every((known) => known.optional || argumentNames.includes(known.name)));
}
