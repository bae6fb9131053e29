// The functions that the page calls. What they are given is joined into one text for C++, and what comes
// back is taken apart: a crossing costs more than what is said in it. A wrong call comes back as a
// complaint, which is thrown here, where no C++ frame is left that the throw could pass.
const separator = '\x1f';
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Calls a function of C++ with the joined fields, and takes its answer's fields apart. */
function callWithText(name, text) {
  const question = name + separator + text;
  // A UTF-16 unit takes three bytes at most in UTF-8.
  const room = question.length * 3;
  const place = Module['room'](room);
  const { written } = encoder.encodeInto(question, HEAPU8.subarray(place, place + room));
  const length = Module['call'](written);
  const answer = Module['answerText']();
  const said = decoder.decode(HEAPU8.subarray(answer, answer + length));
  if (said[0] === '\x01') throw new Error(said.slice(1));
  return said.split(separator);
}

const call = (name, fields) => callWithText(name, fields.join(separator));

/** An own property or undefined: what a polluted Object.prototype holds is nobody's field. */
function own(object, name) {
  try {
    return Object.hasOwn(object, name) ? object[name] : undefined;
  } catch (throwingGetter) {
    return undefined;
  }
}

/** What a value is, as an error speaks of it. */
function kindOf(value) {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (typeof value === 'object') {
    try {
      return Array.isArray(value) ? 'an array' : 'an object';
    } catch (revokedProxy) {
      return 'another kind of value';
    }
  }
  if (typeof value === 'number' && Number.isFinite(value)) return 'a number';
  if (typeof value === 'string') return `"${value}"`;
  return typeof value === 'boolean' ? 'a boolean' : 'another kind of value';
}

function expect(name, kind, value) {
  if (kindOf(value) !== kind) throw new Error(`${name}: expected ${kind}, got ${kindOf(value)}`);
  return value;
}

const longestField = 200;

/** A value as a field, with the marks of wasm/fields.hpp. */
function field(value, longest = longestField) {
  if (value === undefined || value === null) return `\x04${kindOf(value)}`;
  if (typeof value === 'number' && Number.isFinite(value)) return `\x02${value}`;
  if (typeof value === 'boolean') return `\x03${value}`;
  if (typeof value !== 'string') return `\x01${kindOf(value)}`;
  if (value.length > longest) return '\x01a text that is too long';
  // No date, zone or word holds these; in a free text they are worth no more than a question mark.
  return value.replace(/^[\x01-\x04]|\x1f/g, '\ufffd');
}

const fieldsOf = (object, names) => names.map((name) => field(own(object, name)));

/** What a number or a Date says. */
function milliseconds(value) {
  if (value === undefined || value === null) return Date.now();
  try {
    return Math.floor(typeof value === 'number' ? value : Date.prototype.getTime.call(value));
  } catch (notADate) {
    return value;
  }
}

const optionNames = ['locale', 'timeZone', 'mentorTimeZone', 'hourCycle'];

function optionFields(options = {}) {
  expect('options', 'an object', options);
  return [...fieldsOf(options, optionNames), field(milliseconds(own(options, 'now')))];
}

const timeNames = ['session_date', 'session_time', 'starts_at', 'ends_at'];
const rowNames = [...timeNames, 'state'];

/** How many there are, and the fields of each. */
function rowFields(rows, name, names) {
  expect(name, 'an array', rows);
  const fields = [`\x02${rows.length}`];
  for (let index = 0; index < rows.length; index++) {
    let row;
    try {
      row = rows[index];
    } catch (throwingGetter) {}
    fields.push(...fieldsOf(expect(`${name}[${index}]`, 'an object', row), names));
  }
  return fields;
}

/**
 * The same of rows as JSON.parse() makes them, which is nearly always, and much faster. Undefined for
 * any other: nothing is found wrong here, that is for the fields one by one.
 */
function textOfPlainRows(rows) {
  const plain = Object.prototype;
  if (!Array.isArray(rows) || rowNames.some((name) => name in plain)) return undefined;
  let text = `\x02${rows.length}`;
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index];
    if (typeof row !== 'object' || Object.getPrototypeOf(row) !== plain) return undefined;
    const { session_date, session_time, starts_at, ends_at, state } = row;
    if (
      typeof session_date !== 'string' ||
      typeof session_time !== 'string' ||
      typeof starts_at !== 'string' ||
      typeof ends_at !== 'string' ||
      typeof state !== 'string'
    )
      return undefined;
    text += `\x1f${session_date}\x1f${session_time}\x1f${starts_at}\x1f${ends_at}\x1f${state}`;
  }
  return text;
}

function slotFields(slots, options) {
  const others = optionFields(options).join(separator);
  try {
    const text = textOfPlainRows(slots);
    if (text) return callWithText('formatSlots', text + separator + others);
  } catch (wrong) {
    // Told once more below, with what was really there.
  }
  const rows = rowFields(slots, 'slots', rowNames).join(separator);
  return callWithText('formatSlots', rows + separator + others);
}

Module['formatSlots'] = function (slots, options) {
  const said = slotFields(slots, options);
  const days = [];
  for (let at = 0; at + 3 <= said.length; ) {
    const day = { date: said[at], heading: said[at + 1], slots: [] };
    const end = at + 3 + said[at + 2] * 5;
    for (at += 3; at < end; at += 5)
      day.slots.push({
        key: said[at],
        startsAt: said[at + 1],
        label: said[at + 2],
        description: said[at + 3],
        state: said[at + 4],
        bookable: said[at + 4] === 'available',
      });
    days.push(day);
  }
  return days;
};

const resultNames = [
  ...['outcome', 'message', 'replayed', 'session_id', 'startup_id', 'mentor_id', 'hold_token'],
  ...['hint', 'ends_at', 'expires_at', 'session_time', 'session_date', 'starts_at', 'time_zone'],
];
/** What the database says in sentences, and somebody else's identifier, may be long. */
const freeTexts = new Set(['message', 'hint', 'mentor_id']);

Module['describeOutcome'] = function (result, options) {
  expect('result', 'an object', result);
  const fields = resultNames.map((name) =>
    field(own(result, name), freeTexts.has(name) ? Infinity : longestField),
  );
  const alternatives = rowFields(own(result, 'alternatives'), 'result.alternatives', timeNames);
  const [tone, title, body, refresh, ...others] = call('describeOutcome', [
    ...fields,
    ...alternatives,
    ...optionFields(options),
  ]);
  const described = { tone, title, body, alternatives: [], refresh: refresh === 'true' };
  for (let at = 0; at + 3 <= others.length; at += 3) {
    const [key, label, description] = others.slice(at, at + 3);
    described.alternatives.push({ key, label, description });
  }
  return described;
};

Module['describeSession'] = function (session, options) {
  expect('session', 'an object', session);
  const [date, time, zone, when, mentorWhen = null, mentorZone = null] = call('describeSession', [
    ...fieldsOf(session, ['starts_at', 'ends_at', 'time_zone']),
    ...optionFields(options),
  ]);
  return { date, time, zone, when, mentorWhen, mentorZone };
};

/** How many slots of a day can be chosen. */
function freeTimes(day, name) {
  const slots = expect(`${name}.slots`, 'an array', own(day, 'slots'));
  return slots.filter((slot) => own(slot, 'bookable') === true).length;
}

Module['formatMonth'] = function (month, days, options) {
  expect('days', 'an array', days);
  const free = days.flatMap((day, index) => {
    expect(`days[${index}]`, 'an object', day);
    return [field(own(day, 'date')), field(freeTimes(day, `days[${index}]`))];
  });
  const said = call('formatMonth', [field(month), field(days.length), ...free, ...optionFields(options)]);
  const weekdays = [];
  for (let at = 2; at < 16; at += 2) weekdays.push({ short: said[at], long: said[at + 1] });
  const cells = new Array(Number(said[16])).fill(null);
  for (let at = 17; at < said.length; at += 6) {
    const [date, label, heading, description, count, today] = said.slice(at, at + 6);
    cells.push({ date, label, heading, description, free: Number(count), today: today === 'true' });
  }
  while (cells.length % 7) cells.push(null);
  const weeks = [];
  for (let at = 0; at < cells.length; at += 7) weeks.push(cells.slice(at, at + 7));
  return { heading: said[0], firstDay: Number(said[1]), weekdays, weeks };
};

Module['describeZone'] = (zone, options) =>
  call('describeZone', [field(zone), ...optionFields(options)])[0];

Module['formatDuration'] = (minutes, options) =>
  call('formatDuration', [field(minutes), ...optionFields(options)])[0];

Module['say'] = function (phrase, fillings = {}, options) {
  expect('fillings', 'an object', fillings);
  const filled = Object.keys(fillings).map((name) => [
    field(name),
    field(fillings[name], Infinity),
  ]);
  return call('say', [field(phrase), field(filled.length), ...filled.flat(), ...optionFields(options)])[0];
};

const language = ([tag, direction]) => ({ language: tag, direction });

Module['languageOf'] = (locale) => language(call('languageOf', [field(locale)]));

/** Every text under its path; a group of phrases is an object. */
function textFields(branch, path, fields) {
  for (const name of Object.keys(branch)) {
    const value = own(branch, name);
    if (kindOf(value) === 'an object') textFields(value, `${path}${name}.`, fields);
    else fields.push(field(path + name), field(value, Infinity));
  }
}

Module['addLanguage'] = function (pack) {
  expect('pack', 'an object', pack);
  const head = fieldsOf(pack, ['language', 'direction']);
  const texts = [];
  for (const section of Object.keys(pack)) {
    if (section === 'language' || section === 'direction') continue;
    textFields(expect(`pack.${section}`, 'an object', own(pack, section)), `${section}.`, texts);
  }
  return language(call('addLanguage', [...head, field(texts.length / 2), ...texts]));
};

/** Packs that were fetched, or are being so, by the names of their files. */
const packs = new Map();

function fetchPack(name) {
  if (!packs.has(name)) {
    const pack = fetch(locateFile(`languages/${name}.json`), { credentials: 'same-origin' }).then(
      (answer) => {
        if (!answer.ok) throw new Error(`${answer.url}: ${answer.status} ${answer.statusText}`);
        return answer.json();
      },
    );
    // What did not come may come another time.
    pack.catch(() => packs.delete(name));
    packs.set(name, pack);
  }
  return packs.get(name);
}

async function fetchPacks(tag, sections) {
  const names = [...(tag === 'en' ? [] : [tag]), ...sections.map((section) => `${tag}.${section}`)];
  for (const pack of await Promise.all(names.map(fetchPack))) Module['addLanguage'](pack);
}

Module['loadLanguage'] = async function (locale, { sections = [] } = {}) {
  const [tag] = call('languageToFetch', [field(locale)]);
  try {
    await fetchPacks(tag, sections);
  } catch (error) {
    if (tag !== 'en') {
      console.warn(`slotguard: ${tag} could not be loaded, so English is spoken`, error);
      await fetchPacks('en', sections);
    } else throw error;
  }
  return Module['languageOf'](locale);
};
