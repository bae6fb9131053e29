// One mentor of the property test: made, asked for everything, and compared. Gives what disagrees.
import { Expectation } from './expectation.mjs';
import { expand, toText } from './recurrence_model.mjs';

const key = `to_char(session_date + session_time, 'YYYY-MM-DD"T"HH24:MI:SS.US')`;
const fiveMinutes = Array.from({ length: 288 }, (_, i) => 5 * i);
const show = (micros) => new Date(micros / 1000).toISOString();

export class MentorCheck {
  findings = [];
  /** The mentor as SQL, where anything disagrees. */
  told = [];
  asked = 0;
  outcomes = new Map();

  constructor(client, plan) {
    this.client = client;
    this.plan = plan;
    this.day = toText(plan.day);
  }

  async #rows(text, values) {
    return (await this.client.query(text, values)).rows;
  }

  #finds(what, slot) {
    this.findings.push(`${slot?.key ?? this.day}: ${what}`);
  }

  async run() {
    const { id, startups, statements } = this.plan;
    await this.client.query(statements.join('\n'));
    // One transaction has one now(); its own zone is nobody's business.
    await this.client.query(`BEGIN; SET LOCAL TimeZone TO '${this.plan.sessionZone}'`);
    try {
      await this.#look();
      await this.#compareHours();
      for (const startup of Object.values(startups)) await this.#askAs(startup);
      await this.#compareNext();
      if (this.findings.length) this.told = (await this.#rows(
        'SELECT told FROM probe.told($1, $2) told', [id, startups.known])).map(({ told }) => told);
    } finally {
      await this.client.query('ROLLBACK');
    }
  }

  /** Reads what is shown: the day's list, and what is available in the months about it. */
  async #look() {
    const { id, length, startups } = this.plan;
    const [{ facts }] = await this.#rows('SELECT probe.facts($1, $2) AS facts', [id, startups.known]);
    this.facts = facts;
    const [{ elapsed }] = await this.#rows('SELECT 1e6 * extract(epoch FROM $1::interval)::float8 AS elapsed', [length]);
    this.length = elapsed ?? facts.step;
    this.listed = await this.#rows(`SELECT ${key} AS key, probe.micros(starts_at) AS starts,
      probe.micros(ends_at) AS ends, state FROM available_slots($1, $2, $2, $3)`, [id, this.day, length]);
    this.span = await this.#spanAbout();
    const rows = await this.#rows(`SELECT coalesce(array_agg(probe.micros(starts_at)), '{}') AS starts
      FROM available_slots($1, $2, $3, $4) WHERE state = 'available'`, [id, ...this.span, length]);
    this.available = rows[0].starts;
    this.expectation = new Expectation(facts, this.listed);
    for (const row of this.listed) {
      const wanted = this.expectation.stateOf(row);
      if (row.state !== wanted) this.#finds(`listed as ${row.state}, not ${wanted}`, row);
    }
  }

  /** What that startup can book, of all that is listed: what it holds itself is not in its way. */
  async #availableTo(startup) {
    const [from, to] = this.span;
    const rows = await this.#rows(`SELECT DISTINCT ${key} AS key, probe.micros(starts_at) AS starts,
        probe.micros(ends_at) AS ends
      FROM unnest($3::float8[]) held,
        LATERAL (SELECT (timestamptz 'epoch' + held / 1e6 * interval '1 s')::date AS day) d,
        LATERAL available_slots($1, greatest(day - 9, $4), least(day + 9, $5), $2) s
      WHERE state IN ('held', 'closed') AND day BETWEEN $4::date - 9 AND $5::date + 9`,
      [this.plan.id, this.plan.length, this.expectation.ownHolds(startup), from, to]);
    const more = rows.map((row) => ({ ...row, is_listed: true }))
      .filter((slot) => this.expectation.outcomeOf(slot, startup) === 'booked').map(({ starts }) => starts);
    return [...this.available, ...more].toSorted((one, other) => one - other);
  }

  /** Dates far enough on both sides for every alternative that may be named. */
  async #spanAbout() {
    const { earliest, latest } = this.facts;
    const noon = this.plan.day * 86400e6 + 43200e6;
    const centre = Math.min(Math.max(noon, earliest), Math.max(earliest, latest)) / 86400e6;
    return [toText(Math.floor(centre) - 67), toText(Math.ceil(centre) + 67)];
  }

  /** The hours of the list are those of PostgreSQL's own ranges and series. */
  async #compareHours() {
    const { id, length, rules, day } = this.plan;
    const hours = rules.flatMap(({ rrule, opens, closes, from, until }) =>
      expand(rrule, from, Math.min(day + 4, until ?? Infinity)).map((date) => [toText(date), opens, closes]));
    const offered = await this.#rows('SELECT * FROM probe.offered($1, $2, $3, $4, $5, $6)',
      [id, this.day, length, ...[0, 1, 2].map((column) => hours.map((hour) => hour[column]))]);
    const told = new Map(this.listed.map((row) => [row.key, row]));
    for (const slot of offered) {
      if (told.get(slot.key)?.starts !== slot.starts) this.#finds('offered by the hours, and not listed', slot);
      told.delete(slot.key);
    }
    for (const slot of told.values()) this.#finds('listed, and not offered by the hours', slot);
  }

  #keyOf(minute, seconds = '00.000000') {
    const two = (number) => String(number).padStart(2, '0');
    return `${this.day}T${two(Math.floor(minute / 60))}:${two(minute % 60)}:${seconds}`;
  }

  async #askAs(startup) {
    const { id, length, random } = this.plan;
    const odd = [1, 2, 3].map(() => this.#keyOf(random.below(1440), random.pick(['00.000001', '30.000000', '59.999999'])));
    const starts = [...new Set([...fiveMinutes.map((minute) => this.#keyOf(minute)),
      ...this.listed.map((row) => row.key), ...odd])];
    const answers = await this.#rows('SELECT * FROM probe.ask_all($1, $2, $3::text[]::timestamp[], $4)',
      [id, startup, starts, length]);
    this.availableToThem = await this.#availableTo(startup);
    if (answers.length !== starts.length) this.#finds(`${answers.length} answers to ${starts.length} questions`);
    for (const answer of answers) this.#compare(answer, startup);
    await this.#bookAlternatives(answers, startup);
    await this.#askToHold(startup, odd);
  }

  /** hold_slot says the same as book_session, of every start that is listed and of some others. */
  async #askToHold(startup, others) {
    const { id, length } = this.plan;
    const answers = await this.#rows(`
      SELECT to_char(local, 'YYYY-MM-DD"T"HH24:MI:SS.US') AS key, probe.micros(local AT TIME ZONE $5) AS starts,
        local AT TIME ZONE $5 AT TIME ZONE $5 <> local AS is_skipped, outcome
      FROM unnest($3::text[]::timestamp[]) local, LATERAL probe.ask($1, $2, local, $4, true)`,
      [id, startup, [...this.listed.map((row) => row.key), ...others], length, this.facts.zone]);
    for (const answer of answers) {
      this.asked += 1;
      const slot = { ...answer, ends: answer.starts + this.length };
      const wanted = this.expectation.outcomeOfHold(slot, startup);
      if (answer.outcome !== wanted) this.#finds(`to be held by ${startup}: ${answer.outcome}, not ${wanted}`, slot);
    }
  }

  #compare(answer, startup) {
    this.asked += 1;
    this.outcomes.set(answer.outcome, (this.outcomes.get(answer.outcome) ?? 0) + 1);
    const slot = { ...answer, ends: answer.starts + this.length };
    const asked = `asked by ${startup}: ${answer.outcome}`;
    const state = this.listed.find((row) => row.key === slot.key)?.state;
    // The promise itself, before all that explains it.
    if (startup === this.plan.startups.fresh && this.facts.has_hours
      && (state === 'available') !== (answer.outcome === 'booked'))
      this.#finds(`${asked}, listed as ${state ?? 'nothing'}`, slot);
    const wanted = this.expectation.outcomeOf(slot, startup);
    if (answer.outcome !== wanted) this.#finds(`${asked}, not ${wanted}`, slot);
    if (answer.told_start !== (slot.is_skipped ? null : slot.starts))
      this.#finds(`${asked}, for another start`, slot);
    const expiry = answer.outcome === 'slot_held' ? this.expectation.expiryOf(slot, startup) : null;
    if (answer.told_expiry !== expiry) this.#finds(`${asked}, and that it expires at another time`, slot);
    this.#compareAlternatives(answer, slot, startup);
  }

  #compareAlternatives(answer, slot, startup) {
    const hasNone = ['booked', 'already_yours'].includes(answer.outcome);
    const wanted = hasNone ? []
      : this.expectation.alternativesTo(slot, startup, this.availableToThem, this.length);
    if (String(answer.alternatives) !== String(wanted))
      this.#finds(`asked by ${startup}: ${answer.outcome}, alternatives ${answer.alternatives.map(show)},`
        + ` not ${wanted.map(show)}`, slot);
    if (answer.alternatives_fit === false)
      this.#finds(`asked by ${startup}: alternatives whose times say different things`, slot);
  }

  /** Each free time that was named is one that this startup could book. */
  async #bookAlternatives(answers, startup) {
    const { id, length } = this.plan;
    const named = [...new Set(answers.flatMap(({ alternatives }) => alternatives))];
    const refused = await this.#rows(`
      SELECT answer.outcome, probe.micros(at) AS starts
      FROM unnest($3::float8[]) micros,
        LATERAL (SELECT timestamptz 'epoch' + micros / 1e6 * interval '1 s' AS at) a,
        LATERAL probe.ask($1, $2, at AT TIME ZONE $5, $4) answer
      WHERE answer.outcome <> 'booked' OR answer.starts_at <> at`, [id, startup, named, length, this.facts.zone]);
    for (const { outcome, starts } of refused)
      this.#finds(`${show(starts)} was named as an alternative to ${startup}, and asked for it is ${outcome}`);
  }

  /** next_available_slots() is what is available, in its order, from any moment on. */
  async #compareNext() {
    const { id, length, random, day } = this.plan;
    const moment = (day * 1440 + random.below(1440)) * 60000 + random.pick([0, 0, 1]);
    const from = random.chance(0.3) ? Math.floor(this.facts.now / 1000) : moment;
    const count = random.pick([1, 5, 40, 1000]);
    const rows = await this.#rows(`SELECT probe.micros(starts_at) AS starts, state
      FROM next_available_slots($1, $2, $3, $4)`, [id, new Date(from).toISOString(), count, length]);
    // Compared as far as the list was read.
    const [first, last] = this.span.map((date) => Date.parse(`${date}T00:00:00Z`) * 1000);
    if (from * 1000 < first + 86400e6) return;
    const isSeen = (at) => at < last - 86400e6;
    const wanted = this.available.filter((at) => at > from * 1000 && isSeen(at)).slice(0, count);
    const told = rows.map(({ starts }) => starts).filter(isSeen);
    if (String(told) !== String(wanted))
      this.#finds(`after ${show(from * 1000)} the next ${count} are ${told.map(show)}, not ${wanted.map(show)}`);
    if (rows.some(({ state }) => state !== 'available')) this.#finds('one of the next is not available');
  }
}
