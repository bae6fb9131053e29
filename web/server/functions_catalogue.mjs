// Which functions there are to call, and what their arguments are named: PostgreSQL's catalogue
// knows.
import { KeptReading } from './kept_reading.mjs';

/**
 * @typedef {object} Argument
 * @property {string} name
 * @property {string} type  as PostgreSQL writes it, quoted where need be
 * @property {boolean} optional
 *
 * @typedef {object} CatalogueFunction
 * @property {string} name
 * @property {boolean} returnsSet
 * @property {boolean} writes  or may: it is VOLATILE
 * @property {boolean} returnsNothing  RETURNS void
 * @property {Argument[]} arguments
 */

// Left out: what SQL can't call (triggers and other functions of pseudo-types), and what named
// JSON arguments can't express (unnamed or variadic arguments). Who may call is not asked here:
// PostgreSQL says so itself at the call, with 42501.
const readFunctions = `
  SELECT p.proname AS name,
         p.proretset AS "returnsSet",
         p.provolatile = 'v' AS writes,
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
  /** @type {KeptReading<Map<string, CatalogueFunction[]>, CatalogueFunction[]>} */
  #kept;

  /**
   * @param {{ read: Function }} database
   * @param {{ schema: string, functions: string[] | null }} configuration
   * @param {() => number} [now]  milliseconds from any start
   */
  constructor(database, { schema, functions }, now) {
    this.#kept = new KeptReading(async () => {
      const { rows } = await database.read((client) =>
        client.query(readFunctions, [schema, functions]));
      return Map.groupBy(rows, (row) => row.name);
    }, now);
  }

  /**
   * The functions that can be called so: more than one where overloads differ in type alone.
   * @param {string} name
   * @param {string[]} argumentNames
   * @returns {Promise<CatalogueFunction[]>}
   */
  find(name, argumentNames) {
    return this.#kept.find((functions) => fitting(functions, name, argumentNames),
      (found) => found.length > 0);
  }

  /** To be called when PostgreSQL knows a function no more that was found here. */
  forget() {
    this.#kept.forget();
  }
}

function fitting(functions, name, argumentNames) {
  return (functions.get(name) ?? []).filter((candidate) =>
    argumentNames.every((given) => candidate.arguments.some((known) => known.name === given))
    && candidate.arguments.every((known) => known.optional || argumentNames.includes(known.name)));
}
