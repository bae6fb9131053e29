// The browser module, loaded once for all that is on a page, and the languages that it speaks.
import SlotGuard from 'slotguard';

let loading;

/** @returns {Promise<import('../../../wasm/slotguard').SlotGuardModule>} */
export function slotguardModule() {
  loading ??= SlotGuard().catch((error) => {
    // The next one who asks tries again.
    loading = undefined;
    throw error;
  });
  return loading;
}

/**
 * The module, speaking the language of a locale.
 * @param {string} locale
 * @param {string[]} [sections]  those of the language files beside the usual ones, such as 'mentor'
 * @returns {Promise<{ slotguard: object, language: string, direction: 'ltr' | 'rtl' }>}
 */
export async function speaking(locale, sections) {
  const slotguard = await slotguardModule();
  const spoken = await slotguard.loadLanguage(locale, sections === undefined ? {} : { sections });
  return { slotguard, ...spoken };
}

/** Says of an element in which language and direction it is to be read. */
export function markLanguage(element, { language, direction }) {
  element.lang = language;
  element.dir = direction;
}

/** A locale that the browser knows, else its own. */
export function knownLocale(locale) {
  return understood(locale, (tag) => Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0)
    ?? navigator.language;
}

/** A time zone that the browser knows, else its own. */
export function knownTimeZone(timeZone) {
  return understood(timeZone, (zone) => Boolean(new Intl.DateTimeFormat('en', { timeZone: zone })))
    ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A language or zone that the browser doesn't know is not worth an error. */
function understood(value, isKnown) {
  try {
    return value && isKnown(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
