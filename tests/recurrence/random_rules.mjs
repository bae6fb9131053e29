// Recurring hours by chance: every part that is supported, in any order, from any first day.
const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];
// No clock of these skips an hour in which hours open here.
const zones = ['UTC', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia'];
const openings = ['00:00:00', '09:00:00', '20:00:00'];

const compact = (time) => time.replaceAll(/[-:]/g, '');

function someOf(random, atMost, draw) {
  const values = Array.from({ length: 1 + random.below(atMost) }, draw);
  return [...new Set(values)].join(',');
}

/** From 1 to the most, or as many from the end. */
function place(random, most) {
  return (1 + random.below(most)) * (random.chance(0.4) ? -1 : 1);
}

function dateBetween(random, from, to) {
  const first = Date.parse(from);
  const day = 86_400_000;
  return new Date(first + random.below((Date.parse(to) - first) / day) * day).toISOString().slice(0, 10);
}

function weekdaysOf(random, every, parts) {
  // rrule-temporal 2.2.8 takes the first for the 53rd in a year that has 52.
  const most = every === 'YEARLY' && !parts.BYMONTH ? 52 : 5;
  const plain = () => random.pick(weekdays);
  const numbered = () => `${place(random, most)}${plain()}`;
  const either = () => (random.chance(0.5) ? plain() : numbered());
  if (every === 'MONTHLY') return someOf(random, 5, either);
  // With FREQ=YEARLY, rrule-temporal 2.2.8 leaves out all other days of a weekday where another one
  // has a number, and ignores BYMONTHDAY. RFC 5545 has it as for MONTHLY: all are listed, and BYDAY
  // is a limit where BYMONTHDAY is given (3.3.10, note 2).
  const mayCount = every === 'YEARLY' && !parts.BYMONTHDAY;
  return someOf(random, 5, mayCount && random.chance(0.5) ? numbered : plain);
}

function byParts(random, every) {
  const parts = {};
  if (random.chance(0.3)) parts.BYMONTH = someOf(random, 5, () => 1 + random.below(12));
  if (every !== 'WEEKLY' && random.chance(0.4)) {
    parts.BYMONTHDAY = someOf(random, 6, () => place(random, 31));
  }
  if (random.chance(0.6)) parts.BYDAY = weekdaysOf(random, every, parts);
  if (Object.keys(parts).length && random.chance(0.4)) {
    parts.BYSETPOS = someOf(random, 3, () => place(random, random.pick([2, 5, 31, 366])));
  }
  return parts;
}

/** COUNT or UNTIL, in each of its three forms, or neither. */
function ending(random) {
  if (random.chance(0.4)) return {};
  if (random.chance(0.5)) return { COUNT: 1 + random.below(random.pick([5, 100, 1500])) };
  const date = compact(dateBetween(random, '2049-06-01', '2052-01-01'));
  const time = compact(random.pick([...openings, '085959', '230000']));
  return { UNTIL: random.pick([date, `${date}T${time}`, `${date}T${time}Z`]) };
}

function shuffled(random, list) {
  return list.map((item) => [random.next(), item]).sort(([a], [b]) => a - b).map(([, item]) => item);
}

/**
 * The hours of one mentor.
 * @returns {{ parts: Record<string, string | number>, rrule: string, validFrom: string,
 *             opens: string, zone: string }}
 */
export function randomHours(random) {
  const every = random.pick(frequencies);
  const parts = { FREQ: every, ...byParts(random, every), ...ending(random) };
  if (random.chance(0.4)) parts.INTERVAL = 1 + random.below(random.pick([4, 14, 400]));
  if (random.chance(0.5)) parts.WKST = random.pick(weekdays);
  // The library walks through every day that it counts.
  const longAgo = parts.COUNT ? '2035-01-01' : '1899-01-01';
  const since = random.pick(['2049-12-01', '2049-12-01', '2047-01-01', longAgo]);
  return {
    parts,
    rrule: shuffled(random, Object.entries(parts)).map((part) => part.join('=')).join(';'),
    validFrom: dateBetween(random, since, '2051-01-01'),
    opens: random.pick(openings),
    zone: random.pick(zones),
  };
}
