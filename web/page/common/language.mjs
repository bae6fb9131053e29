// The browser module, loaded once for all that is on a page, and the languages that it speaks.
import SlotGuard from 'slotguard';

/* global slotguardLanguages -- the tags of wasm/languages/, put in by bundle.mjs */

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
export async function speaking(locale, sections = []) {
  preload(locale, sections);
  const slotguard = await slotguardModule();
  const spoken = await slotguard.loadLanguage(locale, { sections });
  return { slotguard, ...spoken };
}

/**
 * Lets the browser fetch what the module will ask for, beside the module itself. It is a guess: the
 * module knows best which language suits a locale.
 */
function preload(locale, sections) {
  if (loading !== undefined) return;
  const [language] = locale.split('-');
  const tag = [locale, language].find((one) => slotguardLanguages.includes(one))
    ?? slotguardLanguages.find((one) => one.startsWith(`${language}-`)) ?? 'en';
  // English itself is in the module.
  const files = [...(tag === 'en' ? [] : [tag]), ...sections.map((section) => `${tag}.${section}`)];
  for (const file of files) {
    document.head.append(Object.assign(document.createElement('link'), {
      rel: 'preload',
      as: 'fetch',
      crossOrigin: 'anonymous',
      href: new URL(`languages/${file}.json`, import.meta.url).href,
    }));
  }
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

/** A time zone that the browser knows, else another one: its own, unless told otherwise. */
export function knownTimeZone(timeZone, otherwise) {
  return understood(timeZone, (zone) => Boolean(new Intl.DateTimeFormat('en', { timeZone: zone })))
    ?? otherwise ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A language or zone that the browser doesn't know is not worth an error. */
function understood(value, isKnown) {
  try {
    return value && isKnown(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
