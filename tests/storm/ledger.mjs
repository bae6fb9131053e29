// What was reported of sessions to the clients who wrote them, to be held against the table
// afterwards; and the ids that are known by it, for deeds that need one.

/** Ids to choose from: one is put in, taken out and picked without a search. */
class Pool {
  #ids = [];
  #places = new Map();

  add(id) {
    if (this.#places.has(id)) return;
    this.#places.set(id, this.#ids.length);
    this.#ids.push(id);
  }

  remove(id) {
    const place = this.#places.get(id);
    if (place === undefined) return;
    const last = this.#ids.pop();
    this.#places.delete(id);
    if (last === id) return;
    this.#ids[place] = last;
    this.#places.set(last, place);
  }

  pick(random) {
    return random.pick(this.#ids);
  }
}

export class Ledger {
  /** Of each id its newest report, and how many changes were reported. */
  #sessions = new Map();
  #pools = { scheduled: new Pool(), ended: new Pool() };

  /** Notes what a transaction reported, once it has committed. */
  note(reports) {
    for (const report of reports) {
      const entry = this.#sessions.get(report.id) ?? { changes: 0 };
      this.#sessions.set(report.id, entry);
      if (report.revision > 0 && report.status !== 'gone') entry.changes += 1;
      // Answers may arrive in another order than the changes were made in.
      if (entry.newest && !isNewer(report, entry.newest)) continue;
      entry.newest = report;
      this.#moveTo(poolOf(report), report.id);
    }
  }

  /** A session of that pool, as far as is known; one that never was where it is empty. */
  pick(pool, random) {
    const id = this.#pools[pool].pick(random);
    return this.#sessions.get(id)?.newest ?? { id: 0 };
  }

  /** The newest report of a session. */
  newest(id) {
    return this.#sessions.get(id).newest;
  }

  /** Where the table and the reports disagree, in sentences. */
  disagreements(rows) {
    const stored = new Map(rows.map((row) => [row.id, row]));
    const found = rows.filter(({ id }) => !this.#sessions.has(id))
      .map(({ id }) => `session ${id} is there, and nobody was told`);
    for (const [id, entry] of this.#sessions) {
      const trouble = troubleOf(entry, stored.get(id));
      if (trouble) found.push(`session ${id} ${trouble}`);
    }
    return found;
  }

  get size() {
    return this.#sessions.size;
  }

  #moveTo(pool, id) {
    for (const [name, each] of Object.entries(this.#pools)) {
      if (name === pool) each.add(id);
      else each.remove(id);
    }
  }
}

/** A deletion has the revision of what it deleted. */
const isNewer = (one, other) =>
  one.revision > other.revision || one.status === 'gone' && one.revision === other.revision;

function poolOf({ status }) {
  if (status === 'gone') return undefined;
  return status === 'scheduled' ? 'scheduled' : 'ended';
}

function troubleOf({ changes, newest }, row) {
  if (newest.revision !== changes)
    return `was changed ${newest.revision} times, of which ${changes} were told`;
  if (newest.status === 'gone') return row ? 'was deleted, and is there' : '';
  if (!row) return 'was written, and is not there';
  return Object.keys(row).filter((column) => row[column] !== newest[column])
    .map((column) => `has ${column} ${row[column]}, not ${newest[column]}`).join(', ');
}
