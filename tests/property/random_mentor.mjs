// A mentor by chance: settings, hours, overrides and sessions as statements, and what to ask of them.
import { Random } from '../storm/random.mjs';
import { toText } from './recurrence_model.mjs';

/** Whose clocks are changed by half an hour, by two, at midnight, by a whole day, in winter, in Ramadan. */
export const zones = ['Australia/Lord_Howe', 'Africa/Casablanca', 'Europe/Dublin', 'Asia/Kathmandu',
  'Pacific/Apia', 'America/Sao_Paulo', 'America/St_Johns', 'Europe/Paris', 'America/New_York',
  'Asia/Tehran', 'Africa/Cairo', 'Asia/Beirut', 'Antarctica/Troll', 'UTC', 'Asia/Gaza', 'America/Santiago',
  'Pacific/Chatham', 'America/Havana', 'Pacific/Fakaofo', 'Europe/Moscow', 'America/Caracas',
  'Asia/Pyongyang', 'Atlantic/Azores', 'America/Asuncion', 'Pacific/Kiritimati'];

const steps = ['30 minutes', '30 minutes', '1 hour', '25 minutes', '15 minutes', '5 minutes', '20 minutes', '40 minutes',
  '45 minutes', '50 minutes', '90 minutes', '2 hours', '7 minutes', '01:00:30', '1 day'];
const buffers = ['0', '0', '5 minutes', '10 minutes', '15 minutes', '30 minutes', '1 hour', '1 day'];
const notices = ['0', '0', '0', '30 minutes', '2 hours', '1 day', '1 day 03:00', '3 days', '1 month -2 hours',
  '36:00'];
/** With the days that each is long, about. */
const horizons = [['1 year', 365], ['1 year', 365], ['1 year', 365], ['400 days', 400], ['7 days', 7],
  ['30 days', 30], ['1 month', 30], ['2 months 3 days', 63], ['6 months 05:00', 182], ['2400:00', 100], ['1 day', 1]];
const lengths = ['5 minutes', '10 minutes', '25 minutes', '30 minutes', '45 minutes', '1 hour', '90 minutes',
  '2 hours', '3 hours', '00:17', '00:00:01', '1 day'];
const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
/** From now; a call sets no later end than an hour. */
const expiries = ['30 minutes', '1 hour', '1 day', '-1 second', '-1 day'];
const states = ['scheduled', 'scheduled', 'scheduled', 'scheduled', 'cancelled', 'completed', 'no_show'];
/** Where clocks are changed, and where hours like to begin. */
const edges = ['00:00', '00:30', '01:00', '01:30', '02:00', '02:15', '02:30', '03:00', '09:00', '12:00', '23:00',
  '23:30'];

const literal = (value) => (value === null ? 'NULL' : typeof value === 'string' ? `'${value}'` : value);
const call = (words, ...values) => `${words} (${values.map(literal).join(', ')});`;
const pad = (number) => String(number).padStart(2, '0');

export class RandomMentor {
  statements = [];
  /** Those of its rules that are to be expanded: { rrule, opens, closes, from, until }. */
  rules = [];

  /** `today` is the server's; `changesOf(zone)` gives the days about which its clock is changed. */
  constructor({ seed, number, today, changesOf }) {
    this.random = new Random(seed * 7919 + number);
    this.id = `mentor ${number}`;
    this.startups = { fresh: 10 * number + 1, known: 10 * number + 2 };
    this.others = [10 * number + 3, 10 * number + 4, 10 * number + 2];
    this.today = today;
    this.zone = this.random.pick(zones);
    this.sessionZone = this.random.pick(zones);
    this.notice = this.random.pick(notices);
    [this.horizon, this.reach] = this.random.pick(horizons);
    this.day = this.#chooseDay(changesOf(this.zone));
    this.length = this.random.chance(0.5) ? null : this.random.pick(lengths);
    this.#write();
  }

  /** One of the list, or nothing. */
  #maybe(probability, list) {
    return this.random.chance(probability) ? this.random.pick(list) : null;
  }

  #chooseDay(changes) {
    const { random, today, reach } = this;
    const near = changes.filter((day) => day >= today - 1 && day <= today + reach + 3);
    if (random.chance(0.12)) return today + reach + random.below(4) - 2;
    if (random.chance(0.12)) return today + random.below(4) - 1;
    if (near.length && random.chance(0.7)) return random.pick(near) + random.pick([0, 0, 1, 1, -1, 2]);
    return today - 2 + random.below(reach + 4);
  }

  #write() {
    const { random } = this;
    const before = random.chance(0.25) ? random.pick(zones) : this.zone;
    const isLate = random.chance(0.3);
    this.#writeSettings(before, isLate);
    if (!random.chance(0.06)) {
      this.#writeRules();
      for (let i = random.below(4); i > 0; i -= 1) this.#writeOverride();
    }
    this.#writeSessions(before === this.zone ? 6 : 10);
    this.#writeHolds(6);
    if (before === this.zone && !isLate) return;
    this.statements.push(`UPDATE mentor_settings SET time_zone = '${this.zone}', `
      + `buffer_before = '${this.before}', buffer_after = '${this.after}' WHERE mentor_id = '${this.id}';`);
    this.#writeSessions(4);
    this.#writeHolds(3);
  }

  #writeSettings(zone, isLate) {
    const { random } = this;
    this.before = random.pick(buffers);
    this.after = random.pick(buffers);
    const limits = [this.#maybe(0.3, [0, 1, 2, 3]), this.#maybe(0.2, [1, 2, 4])];
    this.isLimited = limits.some((limit) => limit);
    this.statements.push(call('INSERT INTO mentor_settings VALUES', this.id, zone, random.pick(steps),
      isLate ? '0' : this.before, isLate ? '0' : this.after, this.notice, this.horizon, ...limits));
  }

  #time() {
    const { random } = this;
    if (random.chance(0.4)) return random.pick(edges);
    const hour = pad(random.below(24));
    if (random.chance(0.05)) return `${hour}:${pad(random.below(60))}:${pad(random.below(60))}`;
    return `${hour}:${pad(5 * random.below(12))}`;
  }

  #writeRules() {
    const { random, day } = this;
    let opens = this.#time();
    for (let i = random.pick([0, 1, 1, 1, 2, 2, 3]); i > 0; i -= 1) {
      const from = day - random.below(random.pick([1, 2, 14, 14, 60, 900]));
      const until = random.chance(0.2) ? Math.max(from, day + random.below(40) - 3) : null;
      const rule = { rrule: this.#rrule(from), opens, closes: this.#time(), from, until };
      this.rules.push(rule);
      this.statements.push(call(`INSERT INTO mentor_availability
        (mentor_id, rrule, opens, closes, valid_from, valid_until) VALUES`,
        this.id, rule.rrule, opens, rule.closes, toText(from), until === null ? null : toText(until)));
      opens = random.chance(0.4) ? rule.closes : this.#time();
    }
  }

  #rrule(from) {
    const { random } = this;
    const parts = [`FREQ=${this.#frequency()}`];
    const [, frequency] = parts[0].split('=');
    if (random.chance(0.25)) parts.push(`INTERVAL=${2 + random.below(2)}`);
    if (frequency === 'WEEKLY' || random.chance(0.2)) parts.push(`BYDAY=${this.#someDays(false)}`);
    else if (frequency !== 'DAILY') this.#addMonthly(frequency, parts);
    if (random.chance(0.15)) parts.push(`COUNT=${1 + random.below(60)}`);
    else if (random.chance(0.15)) {
      const until = Math.max(from, this.day + random.below(30) - 2);
      parts.push(`UNTIL=${toText(until).replaceAll('-', '')}`);
    }
    if (random.chance(0.15)) parts.push(`WKST=${random.pick(weekdays)}`);
    return parts.join(';');
  }

  #frequency() {
    const { random } = this;
    if (random.chance(0.5)) return 'DAILY';
    return random.chance(0.5) ? random.pick(['MONTHLY', 'YEARLY']) : 'WEEKLY';
  }

  #someDays(isOrdinal) {
    const { random } = this;
    const days = weekdays.filter(() => random.chance(0.55));
    if (!days.length) days.push(random.pick(weekdays));
    return days.map((day) => (isOrdinal ? random.pick([1, 2, 3, 4, -1, -2, '']) : '') + day).join(',');
  }

  #addMonthly(frequency, parts) {
    const { random } = this;
    const some = (count, number) => Array.from({ length: count }, number).join(',');
    if (frequency === 'YEARLY' || random.chance(0.2))
      parts.push(`BYMONTH=${some(1 + random.below(8), () => 1 + random.below(12))}`);
    if (random.chance(0.6)) parts.push(`BYDAY=${this.#someDays(random.chance(0.6))}`);
    else parts.push(`BYMONTHDAY=${some(12, () => random.pick([1, -1]) * (1 + random.below(31)))}`);
    if (random.chance(0.25)) parts.push(`BYSETPOS=${random.pick([1, -1, '1,-1', 2, '1,2,3', -2])}`);
  }

  /** An instant about the day that is asked for, mostly on five minutes. */
  #instant() {
    const { random } = this;
    const odd = random.chance(0.2) ? random.below(5) : 0;
    const minutes = (this.day - 1 + random.below(3)) * 1440 + 5 * random.below(288) + odd;
    return new Date(minutes * 60000).toISOString();
  }

  #writeOverride() {
    const { random } = this;
    const isExtra = random.chance(0.35);
    const from = this.#instant();
    const minutes = random.pick([1, 10, 30, 45, 120, 300, 1440, 3 * 1440, 20 * 1440]);
    const to = new Date(Date.parse(from) + minutes * 60000).toISOString();
    const lower = !isExtra && random.chance(0.04) ? '' : from;
    const upper = !isExtra && random.chance(0.04) ? '' : to;
    this.statements.push(call('INSERT INTO mentor_availability_overrides (mentor_id, during, available) VALUES',
      this.id, `${random.pick('[[[(')}${lower},${upper}${random.pick(')))]')}`, isExtra));
  }

  #writeSessions(most) {
    const { random } = this;
    for (let i = random.below(most); i > 0; i -= 1) {
      const day = toText(this.day + random.pick([0, 0, 0, 0, 0, -1, 1, random.below(13) - 6]));
      const time = this.#time();
      const mentor = random.chance(0.2) ? `${this.id} elsewhere` : this.id;
      const startup = random.pick(this.others);
      this.statements.push(random.chance(0.4)
        ? `SELECT FROM book_session('${mentor}', ${startup}, '${day}', '${time}');`
        : call('CALL probe.write', mentor, startup, `${day} ${time}`, random.pick(lengths), random.pick(states)));
    }
  }

  /** Of others, and of the startup that asks; some by calls, which may refuse them, and some that are over.
   *  Where the mentor has limits, they are to meet them, and to leave some time free. */
  #writeHolds(most) {
    const { random } = this;
    if (random.chance(this.isLimited ? 0.1 : 0.4)) return;
    for (let i = random.below(most); i > 0; i -= 1) {
      const day = toText(this.day + random.pick([0, 0, 0, 0, -1, 1, random.below(13) - 6]));
      const time = this.#time();
      const mentor = random.chance(0.15) ? `${this.id} elsewhere` : this.id;
      const startup = random.pick(this.others);
      this.statements.push(random.chance(0.4)
        ? `SELECT FROM hold_slot('${mentor}', ${startup}, '${day}', '${time}', hold_for => '1 hour');`
        : call('CALL probe.hold', mentor, startup, `${day} ${time}`,
          random.pick(this.isLimited ? lengths.slice(0, 4) : lengths), random.pick(expiries)));
    }
  }
}
