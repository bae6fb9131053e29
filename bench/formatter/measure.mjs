// In the browser: both ways to format the same list, in turn, after both have said the same.
import SlotGuard from '/build/web/slotguard.mjs';
import { formatSlots } from './in_javascript.mjs';
import { now, yearOfRows } from './situations.mjs';

const slotguard = await SlotGuard();
const rows = yearOfRows();

/** The phrases of a language's file as functions, as a page in plain JavaScript has them. */
function wordsOf(options) {
  const pattern = (phrase, fillings) =>
    (...texts) => fillings.reduce((text, name, index) => text.replace(`{${name}}`, texts[index]), phrase);
  const { slots, states } = packs[slotguard.languageOf(options.locale).language];
  const zone = slotguard.describeZone(options.timeZone, options);
  const mentorZone = slotguard.describeZone(options.mentorTimeZone, options);
  const say = compiled(slots.slot.replace('{when}', slots.day_and_time).replace('{zone}', zone));
  const sayBoth = compiled(slots.slot_of_other_zone.replace('{when}', slots.day_and_time)
    .replace('{zone}', zone).replace('{mentor_zone}', mentorZone));
  return {
    today: pattern(slots.today, ['day']),
    tomorrow: pattern(slots.tomorrow, ['day']),
    dayAndTime: pattern(slots.day_and_time, ['day', 'time']),
    states,
    inThePast: states.in_the_past,
    describe: (day, time, state, mentorWhen) =>
      mentorWhen === null ? say(day, time, state) : sayBoth(day, time, state, mentorWhen),
  };
}

/** A phrase cut into pieces once: `{day}, {time}, UTC, {state}`. */
function compiled(phrase) {
  const names = ['day', 'time', 'state', 'mentor_when'];
  const pieces = phrase.split(/\{(\w+)\}/).map((text, index) => index % 2 ? names.indexOf(text) : text);
  return (...texts) => {
    let said = '';
    for (const piece of pieces) said += typeof piece === 'string' ? piece : texts[piece];
    return said;
  };
}

const packs = {};

async function packOf(locale) {
  const { language } = await slotguard.loadLanguage(locale);
  packs[language] ??= await (await fetch(`/build/web/languages/${language}.json`)).json();
}

function milliseconds(format) {
  const began = performance.now();
  format();
  return performance.now() - began;
}

/**
 * The times of both, a pair a round.
 * @returns {Promise<{ ours: number[], theirs: number[] }>}
 */
window.measure = async ({ rounds, ...options }) => {
  await packOf(options.locale);
  // Dates come in the language of the words around them.
  const { language } = slotguard.languageOf(options.locale);
  const spoken = language.split('-')[0] === options.locale.split('-')[0];
  options = { ...options, locale: spoken ? options.locale : language, now };
  const words = wordsOf(options);
  const ours = () => slotguard.formatSlots(rows, options);
  const theirs = () => formatSlots(rows, options, words);
  // Isolates are ours alone; without them the two say the same.
  const said = (days) => JSON.stringify(days).replace(/[\u2068\u2069]/g, '');
  if (said(ours()) !== said(theirs())) return { differ: firstDifference(said(ours()), said(theirs())) };
  const measured = { ours: [], theirs: [] };
  for (let round = -3; round < rounds; round += 1) {
    const pair = { ours: milliseconds(ours), theirs: milliseconds(theirs) };
    // The first ones compile what is measured.
    if (round >= 0) for (const way of ['ours', 'theirs']) measured[way].push(pair[way]);
  }
  return measured;
};

function firstDifference(one, other) {
  const at = [...one].findIndex((letter, index) => letter !== other[index]);
  return [one, other].map((text) => text.slice(Math.max(0, at - 60), at + 60));
}
