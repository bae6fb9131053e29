// The form that adds hours: on days of the week, or by a rule as calendars write it. While it is
// filled in, the database is asked which days that would be, by the code that will open them.
import { CallRefused } from '../common/api.mjs';
import { element } from '../common/element.mjs';
import { openDialog } from './dialog.mjs';
import { choice, dateInput, field, input } from './field.mjs';
import { saidBy } from './problem.mjs';
import { weeklyRule } from './rule.mjs';

const typingPause = 250;

/**
 * @param {object} options
 * @param {import('./words.mjs').Words} options.words
 * @param {import('./mentor_data.mjs').MentorData} options.data
 * @param {string} options.today  the mentor's date
 * @param {() => Promise<void>} options.onAdded
 */
export function addHoursDialog({ words, data, today, onAdded }) {
  const form = hoursForm(words, today);
  const preview = previewOf(form, { words, data });
  const dialog = openDialog({
    title: words.say('add_hours'),
    content: [form.ways, form.weekdays, form.rule.root,
      element('div', { class: 'pair' }, form.opens.root, form.closes.root), form.nextDay,
      element('div', { class: 'pair' }, form.from.root, form.until.root), preview.root],
    accept: words.say('add_hours'),
    dismiss: words.say('close'),
    fallback: 'add-hours',
    onAccept: async () => {
      if (!check(form, words)) return false;
      try {
        await data.addHours(form.value());
      } catch (error) {
        if (!complainAbout(error, form)) throw error;
        return false;
      }
      await onAdded();
      return true;
    },
  }, words);
  dialog.addEventListener('close', preview.stop);
  preview.ask();
}

function hoursForm(words, today) {
  const ways = waysOf(words);
  const weekdays = weekdaysOf(words);
  const form = {
    ways: ways.root,
    weekdays: weekdays.root,
    days: weekdays,
    rule: field(words.say('rule_text'), input('text', {
      name: 'rrule', spellcheck: 'false', autocomplete: 'off', autocapitalize: 'off', dir: 'ltr',
    }), { hint: words.say('rule_hint') }),
    opens: field(words.say('opens'),
      input('time', { name: 'opens', required: true, value: '09:00' })),
    closes: field(words.say('closes'),
      input('time', { name: 'closes', required: true, value: '12:00' })),
    nextDay: element('p', { class: 'hint', hidden: true }, words.say('closes_next_day')),
    from: field(words.say('valid_from'), dateInput({ name: 'valid_from', value: today })),
    until: field(words.say('valid_until'), dateInput({ name: 'valid_until' }),
      { hint: words.say('valid_until_hint') }),
    byRule: () => ways.byRule.checked,
    value: () => valueOf(form),
  };
  const arrange = () => {
    // What was chosen by days is where a rule of one's own begins.
    if (form.byRule() && form.rule.control.value === '' && form.days.chosen().length > 0) {
      form.rule.control.value = weeklyRule(form.days.chosen());
    }
    form.weekdays.hidden = form.byRule();
    form.rule.root.hidden = !form.byRule();
    const { value: opens } = form.opens.control;
    const { value: closes } = form.closes.control;
    form.nextDay.hidden = opens === '' || closes === '' || closes > opens;
  };
  for (const part of [form.ways, form.opens.root, form.closes.root]) {
    part.addEventListener('input', arrange);
  }
  arrange();
  return form;
}

function waysOf(words) {
  const weekly = choice('radio', words.say('weekly'), { name: 'way', checked: true });
  const byRule = choice('radio', words.say('rule'), { name: 'way', value: 'rule' });
  return {
    byRule: byRule.control,
    root: element('fieldset', {}, element('legend', {}, words.say('how_often')),
      element('div', { class: 'row' }, weekly.root, byRule.root)),
  };
}

function weekdaysOf(words) {
  const boxes = words.weekdays().map(({ number, short, long }) =>
    ({ number, ...choice('checkbox', short, { name: 'weekday', 'aria-label': long }) }));
  const problem = element('p', { class: 'problem', id: 'weekdays-problem' });
  const root = element('fieldset', { 'aria-describedby': 'weekdays-problem' },
    element('legend', {}, words.say('weekdays')),
    element('div', { class: 'weekdays' }, ...boxes.map((box) => box.root)), problem);
  root.addEventListener('input', () => { problem.textContent = ''; });
  return {
    root,
    chosen: () => boxes.filter(({ control }) => control.checked).map(({ number }) => number),
    complain(text) {
      problem.textContent = text;
      boxes[0].control.focus();
    },
  };
}

function valueOf({ byRule, rule, days, opens, closes, from, until }) {
  return {
    rrule: byRule() ? rule.control.value.trim() : weeklyRule(days.chosen()),
    opens: opens.control.value,
    closes: closes.control.value,
    ...(from.control.value === '' ? {} : { valid_from: from.control.value }),
    ...(until.control.value === '' ? {} : { valid_until: until.control.value }),
  };
}

function isComplete({ byRule, rule, days, opens, closes }) {
  const filled = byRule() ? rule.control.value.trim() !== '' : days.chosen().length > 0;
  return filled && opens.control.value !== '' && closes.control.value !== '';
}

/** Says beside the first field that lacks something what it is; the database judges the rest. */
function check(form, words) {
  if (!form.byRule() && form.days.chosen().length === 0) {
    form.days.complain(words.say('choose_weekday'));
    return false;
  }
  const needed = [...(form.byRule() ? [form.rule] : []), form.opens, form.closes];
  const empty = needed.find(({ control }) => control.value.trim() === '');
  const { from, until } = form;
  const backwards = until.control.value !== '' && until.control.value < from.control.value;
  const [wrong, phrase] = empty ? [empty, 'needed'] : [backwards && until, 'until_before_from'];
  if (!wrong) return true;
  wrong.complain(words.say(phrase));
  wrong.control.focus();
  return false;
}

/** Whether the refusal is about the rule, and has been said beside it. */
function complainAbout(error, { byRule, rule }) {
  if (!(error instanceof CallRefused) || !byRule() || !/rrule/.test(error.said)) return false;
  rule.complain(saidBy(error));
  rule.control.focus();
  return true;
}

/**
 * The next days of what is typed, a moment after the last key; of several questions the last
 * counts.
 */
function previewOf(form, { words, data }) {
  const live = element('div', { role: 'status', class: 'preview' });
  const root = element('section', { 'aria-label': words.say('preview') },
    element('h3', {}, words.say('preview')), live);
  let timer;
  let latest = 0;
  const ask = async () => {
    const question = latest += 1;
    if (!isComplete(form)) {
      live.replaceChildren(element('p', { class: 'quiet' }, words.say('preview_incomplete')));
      return;
    }
    try {
      const rows = await data.previewHours(form.value());
      if (question === latest) live.replaceChildren(datesInWords(rows, words));
    } catch (error) {
      if (question !== latest) return;
      live.replaceChildren();
      // What can't be asked just now is asked when it is added.
      if (!complainWhileTyping(error, form)) live.append(element('p', {}, words.say('no_preview')));
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, typingPause);
  };
  for (const part of [form.ways, form.weekdays, form.rule.root, form.opens.root, form.closes.root,
    form.from.root, form.until.root]) {
    part.addEventListener('input', soon);
  }
  return { root, ask, stop: () => { clearTimeout(timer); latest += 1; } };
}

function complainWhileTyping(error, { byRule, rule }) {
  if (!(error instanceof CallRefused) || !byRule() || error.isForbidden) return false;
  rule.complain(saidBy(error));
  return true;
}

function datesInWords(rows, words) {
  if (rows.length === 0) return element('p', {}, words.say('preview_none'));
  return element('ul', {}, ...rows.map((row) => element('li', {}, words.say('preview_day', {
    date: words.date(row.session_date),
    times: words.hours(row.opens, row.closes),
  }))));
}
