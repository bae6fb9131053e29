// The form that adds time off or extra hours. Times are the mentor's; the database reads them, so
// that a time which the clock skips or shows twice is what PostgreSQL takes it for.
import { element } from '../common/element.mjs';
import { openDialog } from './dialog.mjs';
import { choice, dateInput, field, input } from './field.mjs';
import { writeRange } from './override.mjs';
import { addDays } from './zone_clock.mjs';

/**
 * @param {object} options
 * @param {boolean} options.available  extra hours, else time off
 * @param {import('./words.mjs').Words} options.words
 * @param {import('./mentor_data.mjs').MentorData} options.data
 * @param {string} options.today  the mentor's date
 * @param {(row: object) => Promise<void>} options.onAdded  the row as it was written
 */
export function addOverrideDialog({ available, words, data, today, onAdded }) {
  const form = overrideForm({ available, words, today });
  const title = words.say(available ? 'add_extra_hours' : 'add_time_off');
  openDialog({
    title,
    content: [
      element('p', { class: 'hint' }, words.say(available ? 'extra_hours_hint' : 'time_off_hint')),
      ...(available ? [] : [element('div', { class: 'row' }, form.allDay.root)]),
      element('div', { class: 'pair' }, form.fromDate.root, form.fromTime.root),
      element('div', { class: 'pair' }, form.toDate.root, form.toTime.root),
      form.reason.root],
    accept: title,
    dismiss: words.say('close'),
    fallback: available ? 'add-extra-hours' : 'add-time-off',
    onAccept: async () => {
      if (!check(form, words)) return false;
      const reason = form.reason.control.value.trim();
      const [row] = await data.addOverride(
        { during: rangeOf(form, words.zone), available, ...(reason ? { reason } : {}) });
      await onAdded(row);
      return true;
    },
  }, words);
}

function overrideForm({ available, words, today }) {
  const tomorrow = addDays(today, 1);
  const form = {
    allDay: choice('checkbox', words.say('all_day'), { name: 'all_day', checked: !available }),
    fromDate: field(words.say('from_date'), dateInput({ name: 'from_date', value: tomorrow })),
    fromTime: field(words.say('from_time'), input('time', { name: 'from_time', value: '09:00' })),
    toDate: field(words.say('to_date'), dateInput({ name: 'to_date', value: tomorrow })),
    toTime: field(words.say('to_time'), input('time', { name: 'to_time', value: '12:00' })),
    reason: field(words.say('reason'), input('text', { name: 'reason', maxlength: '500' }),
      { hint: words.say('reason_hint') }),
  };
  const arrange = () => {
    form.fromTime.root.hidden = form.allDay.control.checked;
    form.toTime.root.hidden = form.allDay.control.checked;
  };
  form.allDay.control.addEventListener('input', arrange);
  keepTogether(form.fromDate.control, form.toDate.control);
  arrange();
  return form;
}

/**
 * The last day is the first one until it is chosen: a date that is typed passes through others,
 * and the last day must not stay behind at one of them.
 */
function keepTogether(first, last) {
  let isChosen = false;
  last.addEventListener('input', () => { isChosen = true; });
  first.addEventListener('input', () => {
    if (!isChosen) last.value = first.value;
  });
}

function check(form, words) {
  const allDay = form.allDay.control.checked;
  const needed = [form.fromDate, ...(allDay ? [] : [form.fromTime]), form.toDate,
    ...(allDay ? [] : [form.toTime])];
  const empty = needed.find(({ control }) => control.value === '');
  const order = ({ date, time }) => `${date} ${time}`;
  const { from, to } = endsOf(form);
  const [wrong, phrase] = empty ? [empty, 'needed'] : [form.toDate, 'end_before_begin'];
  if (!empty && order(from) < order(to)) return true;
  wrong.complain(words.say(phrase));
  wrong.control.focus();
  return false;
}

/** A whole day ends where the next one begins. */
function endsOf({ allDay, fromDate, fromTime, toDate, toTime }) {
  const whole = allDay.control.checked;
  const [first, last] = [fromDate.control.value, toDate.control.value];
  return whole
    ? { from: { date: first, time: '00:00' },
      to: { date: last === '' ? '' : addDays(last, 1), time: '00:00' } }
    : { from: { date: first, time: fromTime.control.value },
      to: { date: last, time: toTime.control.value } };
}

function rangeOf(form, zone) {
  const { from, to } = endsOf(form);
  return writeRange(from, to, zone);
}
