// Odd values of each type, as a stranger would pass them: what is right, what is at an edge, and what is neither.
import { random } from './chance.mjs';

const long = (n, letter = 'x') => letter.repeat(n);

const of = {
  text: ['ada', 'bob', 'nobody', '', ' ', 'ADA', 'ada\n', "a'b", 'a"b', 'a\\b', '😀', 'é'.repeat(255), long(256), long(3000), long(100_000),
    '<aaaaa>5', 'Europe/Berlin', 'UTC', 'CET', '../etc/passwd', 'FREQ=DAILY', 'FREQ=WEEKLY;BYDAY=MO', 'FREQ=DAILY;COUNT=999999999', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
    'scheduled', 'cancelled', 'completed', 'no_show', '1-1', '-1--1', '9223372036854775807-9223372036854775807', '%s%n', '{}', '$1', '; DROP TABLE mentor_settings --'],
  bigint: ['1', '2', '7', '0', '-1', '13', '9223372036854775807', '-9223372036854775808', '2147483648'],
  integer: ['1', '5', '0', '1000', '1001', '-1', '2147483647', '-2147483648'],
  boolean: ['true', 'false'],
  date: ['today', 'tomorrow', '2050-03-07', '2050-02-29', '0001-01-01', '4713-01-01 BC', '9999-12-31', '10000-01-01', '5874897-12-31', 'infinity', '-infinity', '1900-01-01'],
  'time without time zone': ['09:00', '10:00', '10:30', '00:00', '23:59:59.999999', '24:00', '02:30', '12:00:60'],
  interval: ['30 minutes', '1 hour', '45 minutes', '0', '24 hours', '24 hours 1 microsecond', '-1 hour', '1 month', '1 microsecond', '100 years', '2147483647 days', '-2147483648 days', '178000000 years', '1 day -1 hour'],
  'timestamp with time zone': ['now', '2050-03-07 10:00+00', '2050-03-07 10:30+00', '-infinity', 'infinity', '4713-01-01 00:00+00 BC', '294276-12-31 23:59:59.999999+00', '1970-01-01 00:00+00', 'yesterday'],
  tstzrange: ['[2050-03-07 08:00+00,2050-03-07 09:00+00)', 'empty', '(,)', '[2050-03-07 10:00+00,2050-03-07 12:00+00)', '[-infinity,infinity]', '[2050-03-07 10:00+00,)', '(,2050-03-07 10:00+00]', '[4713-01-01 00:00+00 BC,294276-12-31 00:00+00)', '[now,now]'],
  uuid: ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
  jsonb: ['{}', '[]', 'null', '"x"', '1e400', '{"mentor_id": "ada", "starts_at": "2050-03-07 10:00 x+5"}', `{"a": ${'['.repeat(1000)}${']'.repeat(1000)}}`],
  name: ['public', 'mentor_settings', 'no_such', 'pg_catalog', long(70)],
};

const twoDigits = (number) => String(number).padStart(2, '0');
/** Of which there are enough that most are free. */
const usual = {
  date: () => `2050-03-${twoDigits(1 + random.below(28))}`,
  'time without time zone': () => `${twoDigits(random.below(24))}:${random.pick(['00', '30'])}`,
  bigint: () => String(1 + random.below(random.pick([1, 3, 20]))),
};

/** A literal of the type, or NULL; now and then one that the type does not take. */
export function valueOf(type) {
  if (random.chance(0.03)) return 'NULL';
  const values = of[random.chance(0.01) ? random.pick(Object.keys(of)) : type] ?? of.text;
  // Mostly what a call could be about, so that it gets further than its first check.
  const value = usual[type] && random.chance(0.6) ? usual[type]() : random.chance(0.7) ? values[random.below(Math.min(3, values.length))] : random.pick(values);
  return `'${value.replaceAll("'", "''")}'::${type}`;
}

const claims = ['', '{}', '[]', 'null', '{', '{"startup_id": 7}', '{"startup_id": "7"}', '{"startup_id": 7.5}', '{"startup_id": null}', '{"startup_id": {}}',
  '{"startup_id": 99999999999999999999}', '{"mentor_id": "ada"}', '{"mentor_id": 7}', '{"mentor_id": ""}', `{"mentor_id": "${'x'.repeat(5000)}"}`,
  '{"startup_id": 1, "mentor_id": "ada"}', '{"role": "postgres"}', '{"startup_id": 1, "startup_id": 2}', `${'['.repeat(5000)}`];

const fitting = { slotguard_startup: '{"startup_id": 1}', slotguard_mentor: '{"mentor_id": "ada"}' };

/** Mostly such as go with the role. */
export const claimsOf = (role) => `'${(random.chance(0.6) ? fitting[role] ?? '' : random.pick(claims)).replaceAll("'", "''")}'`;
