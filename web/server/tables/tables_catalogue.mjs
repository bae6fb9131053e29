// Which of the served tables are there, and what their columns are: the only names that ever get
// into a statement.
import { KeptReading } from '../kept_reading.mjs';

/**
 * @typedef {object} CatalogueTable
 * @property {string} name
 * @property {Map<string, string>} columns  the type of each, as PostgreSQL writes it
 */

// With the type's modifier given as -1, so that bpchar is not "character", which is one letter.
const readTables = `
  SELECT c.relname AS name, json_object_agg(a.attname, format_type(a.atttypid, -1)) AS columns
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE n.nspname = $1 AND c.relname = ANY ($2) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  GROUP BY c.oid, c.relname`;

export class TablesCatalogue {
  /** @type {KeptReading<Map<string, CatalogueTable>, CatalogueTable | undefined>} */
  #kept;

  /**
   * @param {{ read: Function }} database
   * @param {{ schema: string, tables: string[] }} configuration
   * @param {() => number} [now]  milliseconds from any start
   */
  constructor(database, { schema, tables }, now) {
    this.#kept = new KeptReading(async () => {
      const { rows } = await database.read((client) => client.query(readTables, [schema, tables]));
      return new Map(rows.map(({ name, columns }) =>
        [name, { name, columns: new Map(Object.entries(columns)) }]));
    }, now);
  }

  /**
   * @param {string} name
   * @param {Iterable<string>} columnNames  that it should have; it is looked for anew if it hasn't
   * @returns {Promise<CatalogueTable | undefined>}
   */
  find(name, columnNames) {
    const wanted = [...columnNames];
    return this.#kept.find((tables) => tables.get(name),
      (table) => table !== undefined && wanted.every((column) => table.columns.has(column)));
  }

  /** To be called when PostgreSQL knows a table or column no more that was found here. */
  forget() {
    this.#kept.forget();
  }
}
