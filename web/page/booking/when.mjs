// When a session is, in words, and which days the page asks for.

/** "Tuesday, December 1, 2026, 9:00 – 9:30 AM" in a zone. */
export function whenInWords({ starts_at: starts, ends_at: ends }, locale, timeZone) {
  const format = new Intl.DateTimeFormat(locale,
    { dateStyle: 'full', timeStyle: 'short', timeZone });
  return format.formatRange(new Date(starts), new Date(ends));
}

/** "Central European Time" for Europe/Berlin. */
export function zoneInWords(locale, timeZone) {
  return new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'longGeneric' })
    .formatToParts().find(({ type }) => type === 'timeZoneName').value;
}

/** "Tuesday" and "1 Dec": read alike by the eye and by a screen reader. */
export function dayInWords(day, locale) {
  const inWords = (parts) =>
    new Intl.DateTimeFormat(locale, { ...parts, timeZone: 'UTC' }).format(new Date(day));
  return {
    weekday: inWords({ weekday: 'long' }),
    date: inWords({ day: 'numeric', month: 'short' }),
  };
}

/** The mentor's today and the days after it, as available_slots takes them. */
export function daysFromToday(count, mentorTimeZone) {
  const parts = Object.fromEntries(new Intl.DateTimeFormat('en', {
    timeZone: mentorTimeZone, year: 'numeric', month: 'numeric', day: 'numeric',
  }).formatToParts().map(({ type, value }) => [type, Number(value)]));
  const day = (offset) => new Date(Date.UTC(parts.year, parts.month - 1, parts.day + offset))
    .toISOString().slice(0, 10);
  return { from: day(0), to: day(count - 1) };
}
