// Makes of the languages' files what is loaded: a pack for each, and English for C++ to have built in.
// Run by CMake, for the browser module and for the tests of C++ alike; a file that is not in order ends
// the build.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { languageFiles, readLanguage } from './check.mjs';
import { textsOf } from './phrases.mjs';

/** What only some pages need is in a pack of its own: `de.mentor.json`. */
const sectionsApart = ['mentor', 'race'];

const here = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Left alone where nothing changed, so that nothing is compiled anew. */
function write(path, content) {
  let before;
  try {
    before = readFileSync(path, 'utf8');
  } catch {
    mkdirSync(dirname(path), { recursive: true });
  }
  if (before !== content) writeFileSync(path, content);
}

/** The pack that every page loads, and those of single pages. */
function packsOf({ language, direction, ...sections }) {
  const base = { language, direction };
  const apart = [];
  for (const [name, phrases] of Object.entries(sections)) {
    if (!sectionsApart.includes(name)) base[name] = phrases;
    else apart.push([`${language}.${name}`, { language, direction, [name]: phrases }]);
  }
  return [[language, base], ...apart];
}

/** A text as a C++ literal, line by line. */
const literal = (text) => JSON.stringify(text).replaceAll('\\u001f', '\\037');

function englishHeader(english, tags) {
  const [[, base]] = packsOf(english);
  const lines = [...textsOf(base)].map(([path, text]) => `    {${literal(path)}, ${literal(text)}},`);
  return `// Made by wasm/languages/build.mjs of wasm/languages/*.json.
#pragma once

#include "wasm/phrase.hpp"

namespace slotguard {

/** English, which is there before anything is loaded. */
inline constexpr phrase english_phrases[] = {
${lines.join('\n')}
};

/** The tag of each language that there is a pack for. */
inline constexpr std::string_view languages_to_load[] = {${tags.map(literal).join(', ')}};

} // namespace slotguard
`;
}

/** A language that is gone, or was called otherwise, leaves no pack behind. */
function removeOtherPacks(names) {
  for (const file of readdirSync(here('build/web/languages/'))) {
    if (!names.includes(file)) rmSync(here(`build/web/languages/${file}`));
  }
}

const read = languageFiles.map(readLanguage);
const faults = read.flatMap((each) => each.faults);
if (faults.length > 0) {
  for (const fault of faults) console.error(fault);
  process.exit(1);
}
const languages = read.map((each) => each.language);
const packs = languages.flatMap(packsOf).map(([name, pack]) => [`${name}.json`, pack]);
for (const [file, pack] of packs) {
  write(here(`build/web/languages/${file}`), JSON.stringify(pack));
}
removeOtherPacks(packs.map(([file]) => file));
const tags = languages.map((each) => each.language);
write(here('build/languages/english_phrases.hpp'), englishHeader(languages[0], tags));
