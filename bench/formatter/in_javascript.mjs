// The list as days and slots, as one would write it in JavaScript with care: each Intl.DateTimeFormat is
// made once and kept, a day is put in words once, and nothing is done twice for a slot. It checks nothing
// of what it is given, which slotguard does.

const partsOf = {
  date: { year: 'numeric', month: '2-digit', day: '2-digit' },
  day: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  time: { hour: 'numeric', minute: '2-digit' },
  timeAndOffset: { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' },
};

const kept = new Map();

function formatOf(locale, timeZone, hourCycle, what) {
  const key = `${locale} ${timeZone} ${hourCycle} ${what}`;
  let format = kept.get(key);
  if (!format) {
    const options = { ...partsOf[what], timeZone, calendar: 'gregory' };
    if (options.hour) options.hourCycle = hourCycle;
    if (options.hour && hourCycle === 'h23') options.hour = '2-digit';
    // Sweden writes dates as ISO 8601 does.
    format = new Intl.DateTimeFormat(what === 'date' ? 'sv-SE' : locale, options);
    kept.set(key, format);
  }
  return format;
}

/** The formats of one zone. */
const clockOf = (locale, timeZone, hourCycle) => ({
  date: formatOf(locale, timeZone, hourCycle, 'date'),
  day: formatOf(locale, timeZone, hourCycle, 'day'),
  time: formatOf(locale, timeZone, hourCycle, 'time'),
  timeAndOffset: formatOf(locale, timeZone, hourCycle, 'timeAndOffset'),
});

/**
 * @param {object[]} rows  of available_slots, in order of time
 * @param {{ locale: string, timeZone: string, mentorTimeZone: string, hourCycle: 'h12' | 'h23',
 *           now: number }} options
 * @param {object} words  what slots are called, in that language
 */
export function formatSlots(rows, { locale, timeZone, mentorTimeZone, hourCycle, now }, words) {
  const clock = clockOf(locale, timeZone, hourCycle);
  const mentors = timeZone === mentorTimeZone ? null : clockOf(locale, mentorTimeZone, hourCycle);
  const today = clock.date.format(now);
  const tomorrow = clock.date.format(now + 86_400_000);
  const days = [];
  let day;
  for (const row of rows) {
    const when = Date.parse(row.starts_at);
    const date = clock.date.format(when);
    if (day?.date !== date) {
      const inWords = clock.day.format(when);
      const heading = date === today ? words.today(inWords)
        : date === tomorrow ? words.tomorrow(inWords) : inWords;
      day = { date, heading, inWords, mentors: { date: '', inWords: '' }, labels: new Set(), slots: [] };
      days.push(day);
    }
    day.slots.push(slotOf(row, when, day, { clock, mentors, words, now }));
  }
  return days.map(({ date, heading, slots }) => ({ date, heading, slots }));
}

function slotOf(row, when, day, { clock, mentors, words, now }) {
  let label = clock.time.format(when);
  // A clock that was put back shows a time again.
  if (day.labels.has(label)) label = clock.timeAndOffset.format(when);
  day.labels.add(label);
  const { state } = row;
  const said = state === 'closed' && when <= now ? words.inThePast : words.states[state];
  const mentorsWhen = mentors && whenForMentor(when, day, mentors, words);
  return {
    key: `${row.session_date}T${row.session_time.slice(0, 5)}`,
    startsAt: new Date(when).toISOString().replace('.000', ''),
    label,
    description: words.describe(day.inWords, label, said, mentorsWhen),
    state,
    bookable: state === 'available',
  };
}

function whenForMentor(when, day, mentors, words) {
  const time = mentors.time.format(when);
  const date = mentors.date.format(when);
  if (date === day.date) return time;
  if (day.mentors.date !== date) day.mentors = { date, inWords: mentors.day.format(when) };
  return words.dayAndTime(day.mentors.inWords, time);
}
