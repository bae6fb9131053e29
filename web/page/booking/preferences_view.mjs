// How the visitor reads: time zone, clock and language, small and out of the way. They change how
// times are written, never which time is chosen.
import { element, keepInStep, setAttribute, setText } from '../common/element.mjs';

/* global slotguardLanguages -- the tags of wasm/languages/, put in by bundle.mjs */

const clocks = ['auto', 'h12', 'h23'];
const zonesAtFirst = (zones) => [...new Set([...zones, 'UTC'])];
const plainName = (zone) => zone.replaceAll('_', ' ');

/**
 * @param {HTMLElement} row
 * @param {object} reader
 * @param {string} reader.locale
 * @param {string} reader.language  the one that is spoken
 * @param {(change: { locale?: string, timeZone?: string, hourCycle?: string }) => void} onChange
 */
export function showPreferences(row, reader, speech, onChange) {
  const { timeZone, mentorTimeZone, hourCycle, language } = reader;
  if (row.children.length === 0) {
    row.append(makeSelect('time-zone', (zone) => onChange({ timeZone: zone })),
      makeSelect('clock', (cycle) => onChange({ hourCycle: cycle })),
      makeSelect('language', (tag) => onChange({ locale: tag })));
    fillWhenLookedAt(row.children[0].lastElementChild);
  }
  const [zones, clock, languages] = row.children;
  showSelect(zones, speech.say('time_zone'), timeZone,
    [...new Set([timeZone, ...optionsOf(zones), ...zonesAtFirst([timeZone, mentorTimeZone])])]
      .map((zone) => [zone, plainName(zone)]));
  showSelect(clock, speech.say('clock'), hourCycle,
    clocks.map((cycle) => [cycle, speech.say(`clocks.${cycle}`)]));
  showSelect(languages, speech.say('language'), language,
    slotguardLanguages.map((tag) => [tag, nameOfLanguage(tag)]));
}

function makeSelect(name, onChoose) {
  const select = element('select', { id: name, name, onchange: () => onChoose(select.value) });
  return element('div', { class: 'preference' },
    element('label', { for: name, class: 'spoken' }), select);
}

const optionsOf = (field) => [...field.lastElementChild.options].map(({ value }) => value);

/** The options stay as they are where they are the same: an open list must not jump. */
function showSelect(field, name, value, options) {
  const [label, select] = field.children;
  setText(label, name);
  keepInStep(select, options, {
    key: ([key]) => key,
    create: ([key]) => element('option', { value: key }),
    update: (option, [, text]) => setText(option, text),
  });
  select.value = value;
}

/** Some hundred zones, put in when somebody is about to look. */
function fillWhenLookedAt(select) {
  const fill = () => {
    const there = new Set([...select.options].map(({ value }) => value));
    select.append(...Intl.supportedValuesOf('timeZone').filter((zone) => !there.has(zone))
      .map((zone) => element('option', { value: zone, 'data-key': zone }, plainName(zone))));
  };
  for (const moment of ['focus', 'pointerdown']) {
    select.addEventListener(moment, fill, { once: true });
  }
}

/** In itself, as whoever looks for it knows it. */
function nameOfLanguage(tag) {
  const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag);
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}

/** @param {HTMLElement} line */
export function showZones(line, { timeZone, mentorTimeZone }, speech) {
  const [zone, mentorZone] = [speech.zone(timeZone), speech.zone(mentorTimeZone)];
  setText(line, zone === mentorZone
    ? speech.say('zone', { zone }) : speech.say('both_zones', { zone, mentor_zone: mentorZone }));
  setAttribute(line, 'data-zones', zone === mentorZone ? 'one' : 'two');
}
