// A language's file as one table, `page.book_at` → text, and the names of plural forms. Shared by the
// check and by the build of the packs.

/** What Intl.PluralRules answers, and so what no phrase may be called. */
export const pluralCategories = ['zero', 'one', 'two', 'few', 'many', 'other'];

/** Whether an object holds the plural forms of one phrase, and no phrases of their own. */
export function isPlural(value) {
  return typeof value === 'object' && value !== null && 'other' in value;
}

/**
 * Every text of a language by its path, plural forms under the phrase's: `page.free_times.one`.
 * @param {object} language  the content of a file
 * @returns {Map<string, unknown>}
 */
export function textsOf(language) {
  const { language: tag, direction, ...sections } = language;
  return new Map(walk(sections, ''));
}

function* walk(branch, path) {
  for (const [name, value] of Object.entries(branch)) {
    const here = path + name;
    if (typeof value === 'object' && value !== null) yield* walk(value, `${here}.`);
    else yield [here, value];
  }
}

/** `page.free_times` for `page.free_times.one`: the phrase that a text belongs to. */
export function phraseOf(path) {
  const end = path.lastIndexOf('.');
  return pluralCategories.includes(path.slice(end + 1)) ? path.slice(0, end) : path;
}
