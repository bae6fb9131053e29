// What C++ asks of the browser's Intl, by name. Every argument and answer is text. Nothing throws into
// C++: a throw that passes its frames would skip their destructors, so a refusal (an unknown locale or
// zone) is no answer.

/** Parts that make a style, such as "day time": what is asked of Intl.DateTimeFormat. */
const styleParts = {
  day: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  shortDay: { weekday: 'short', month: 'short', day: 'numeric' },
  month: { year: 'numeric', month: 'long' },
  weekday: { weekday: 'long' },
  weekdayShort: { weekday: 'short' },
  time: { hour: 'numeric', minute: '2-digit' },
  seconds: { second: '2-digit' },
  offset: { timeZoneName: 'short' },
  numbers: {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  },
};

const mostFormats = 60;
const formats = new Map();

/** A format takes Intl long to make, so it is kept; the oldest goes where they become many. */
function keptFormat(locale, hourCycle, timeZone, style) {
  const key = [locale, hourCycle, timeZone, style].join();
  let format = formats.get(key);
  if (!format) {
    if (formats.size >= mostFormats) formats.delete(formats.keys().next().value);
    format = new Intl.DateTimeFormat(locale, formatOptions(hourCycle, timeZone, style));
    formats.set(key, format);
  }
  return format;
}

function formatOptions(hourCycle, timeZone, style) {
  const parts = style.split(' ').map((part) => styleParts[part]);
  // Without a prototype, so that nobody's additions to Object.prototype are read. Our dates are those of
  // the database, so of the Gregorian calendar, whatever calendar the locale prefers.
  const options = Object.assign(Object.create(null), { calendar: 'gregory', timeZone }, ...parts);
  if (options.hour) {
    options.hourCycle = hourCycle;
    // Asked for "numeric", Intl would write both 9:05 and 09:05 MESZ in one German list.
    if (hourCycle === 'h23') options.hour = '2-digit';
  }
  return options;
}

/** An object for Intl to read options from that nobody has polluted. */
const bare = (options) => Object.assign(Object.create(null), options);

/**
 * What a format writes, in parts. Chromium writes a narrow space in the parts where it writes a plain one
 * in the whole ("2026 р."), so the letters are those of the whole.
 */
function partsOf(format, time) {
  const whole = format.format(time);
  let end = 0;
  return format
    .formatToParts(time)
    .map(({ type, value }) => ({ type, value: whole.slice(end, (end += value.length)) }));
}

const ownFormat = () => new Intl.DateTimeFormat().resolvedOptions();

const saturdayFirst = 'AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY';
const sundayFirst =
  'BD BR CA CO ET HK ID IL IN JM JP KE KH KR MX NP PE PH PK PT SA SG TH TW US VE YE ZA';

const intl = {
  browserLocale: () => ownFormat().locale,
  browserZone: () => ownFormat().timeZone,
  canonicalLocale: (locale) => String(new Intl.Locale(locale)),
  hourCycle: (locale) =>
    new Intl.DateTimeFormat(locale, bare({ hour: 'numeric' })).resolvedOptions().hourCycle,
  format: (locale, hourCycle, zone, style, milliseconds) =>
    keptFormat(locale, hourCycle, zone, style).format(+milliseconds),

  /**
   * How a style is written, taken apart: ten digits, the names of seven days from Sunday, of twelve
   * months and of the part of the day at each hour, and then type and text of each part; of a number,
   * how many digits it has at least.
   */
  pattern(locale, hourCycle, style) {
    const format = keptFormat(locale, hourCycle, 'UTC', style);
    const digits = new Intl.NumberFormat(locale, bare({ useGrouping: false })).format(9876543210);
    const partOf = (type, time) => {
      const part = partsOf(format, time).find((each) => each.type === type);
      return part ? part.value : '';
    };
    const times = (count, type, time) =>
      Array.from({ length: count }, (none, index) => partOf(type, time(index)));
    // The fourth of January 1970 was a Sunday; at 01:01 on that day no number has two digits by itself.
    const hour = 3_600_000;
    const sunday = 3 * 24 * hour;
    const parts = partsOf(format, sunday + hour + 60_000);
    return [
      ...[...digits].reverse(),
      ...times(7, 'weekday', (day) => sunday + day * 24 * hour),
      ...times(12, 'month', (month) => Date.UTC(1970, month, 4)),
      ...times(24, 'dayPeriod', (index) => index * hour),
      ...parts.flatMap(({ type, value }) => [
        type,
        type === 'literal' ? value : String([...value].length),
      ]),
    ].join(separator);
  },

  range: (locale, hourCycle, zone, style, from, to) =>
    keptFormat(locale, hourCycle, zone, style).formatRange(+from, +to),

  /** How many seconds the zone's clock is ahead of UTC. */
  offset(zone, milliseconds) {
    // Digits and their order must be known here, so the locale is fixed: `12/1/2026, 10:00:00`.
    const format = keptFormat('en-US', 'h23', zone, 'numbers');
    const numbers = format.format(+milliseconds).match(/\d+/g);
    const [month, day, year, hour, minute, second] = numbers.map(Number);
    const local = Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
    return local - Math.floor(milliseconds / 1000);
  },

  /** Whether a zone has summer time, and so what it is called, depends on the year. */
  zoneName(locale, timeZone, milliseconds) {
    const named = (timeZoneName) =>
      new Intl.DateTimeFormat(locale, bare({ timeZone, timeZoneName }))
        .formatToParts(+milliseconds)
        .find(({ type }) => type === 'timeZoneName').value;
    const generic = named('longGeneric');
    // "GMT+00:00" stands there for UTC, which has no summer time to be generic about.
    return /\d/.test(generic) ? named('long') : generic;
  },
  duration: (locale, minutes) =>
    new Intl.NumberFormat(
      locale,
      bare({ style: 'unit', unit: 'minute', unitDisplay: 'long' }),
    ).format(minutes),
  number: (locale, number) => new Intl.NumberFormat(locale).format(number),
  plural: (language, number) => new Intl.PluralRules(language).select(number),

  /** From 1, which is Monday. Where the browser does not tell, by the list of the Unicode CLDR. */
  firstDay(locale) {
    const known = new Intl.Locale(locale);
    const week = known.getWeekInfo ? known.getWeekInfo() : known.weekInfo;
    if (week) return week.firstDay;
    const { region } = known.maximize();
    if (saturdayFirst.includes(region)) return 6;
    return sundayFirst.includes(region) ? 7 : 1;
  },
};

/** Called by C++: how many bytes the reply has that was written where it wants it, -1 for none. */
function replyToQuestion(question, length) {
  const asked = decoder.decode(HEAPU8.subarray(question, question + length));
  const [name, ...words] = asked.split(separator);
  let reply;
  try {
    reply = String(intl[name](...words));
  } catch (refused) {
    return -1;
  }
  const room = reply.length * 3;
  const place = Module['replyRoom'](room);
  return encoder.encodeInto(reply, HEAPU8.subarray(place, place + room)).written;
}
