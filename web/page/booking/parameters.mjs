// What the page's address asks for: whose times, for whom, in which language and time zone.

/**
 * @param {string} search  as in `location.search`
 * @returns {{ mentor: string | null, startup: number | null, locale: string, timeZone: string }}
 *   null where it is missing or is no identifier
 */
export function readParameters(search) {
  const given = new URLSearchParams(search);
  const startup = Number(given.get('startup') || NaN);
  return {
    mentor: given.get('mentor') || null,
    startup: Number.isSafeInteger(startup) ? startup : null,
    locale: understood(given.get('locale'), isLocale) ?? navigator.language,
    timeZone: understood(given.get('timeZone'), isTimeZone)
      ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

/** A language or zone that the browser doesn't know is not worth an error: its own will do. */
function understood(value, isKnown) {
  try {
    return value && isKnown(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isLocale = (locale) => Intl.DateTimeFormat.supportedLocalesOf(locale).length > 0;
const isTimeZone = (timeZone) => Boolean(new Intl.DateTimeFormat('en', { timeZone }));
