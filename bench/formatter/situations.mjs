// Whose lists are formatted, and what slotguard aims at there.

/** How many times as fast as plain JavaScript with kept formats. */
export const aim = 3;

const list = (name, locale, timeZone, mentorTimeZone = timeZone, hourCycle = 'h23') =>
  ({ name, locale, timeZone, mentorTimeZone, hourCycle });

export const situations = [
  list('English, New York', 'en-US', 'America/New_York', undefined, 'h12'),
  list('German, Berlin', 'de', 'Europe/Berlin'),
  list('German, Berlin, mentor in New York', 'de', 'Europe/Berlin', 'America/New_York'),
  list('English, Tokyo, mentor in Los Angeles', 'en-US', 'Asia/Tokyo', 'America/Los_Angeles', 'h12'),
  list('Japanese, Tokyo', 'ja', 'Asia/Tokyo'),
  list('Hindi, Kolkata, mentor in London', 'hi', 'Asia/Kolkata', 'Europe/London', 'h12'),
  list('Arabic, Riyadh', 'ar-SA', 'Asia/Riyadh', undefined, 'h12'),
];

const states = ['available', 'available', 'booked', 'held', 'closed'];
const isoOf = (time) => new Date(time).toISOString();

/** A year of slots: 28 half-hours on each of 357 days, and what is missing to ten thousand. */
export function yearOfRows(count = 10_000) {
  const first = Date.UTC(2026, 0, 1, 7);
  return Array.from({ length: count }, (none, index) => {
    const starts = first + Math.floor(index / 28) * 86_400_000 + (index % 28) * 1_800_000;
    return {
      session_date: isoOf(starts).slice(0, 10),
      session_time: isoOf(starts).slice(11, 19),
      starts_at: `${isoOf(starts).slice(0, 19)}+00:00`,
      ends_at: `${isoOf(starts + 1_800_000).slice(0, 19)}+00:00`,
      state: states[index % states.length],
    };
  });
}

/** In the middle of them, so that some are past, and a day is today. */
export const now = Date.UTC(2026, 6, 1, 12);
