// A month of days, each with the number of its free times: a grid as the ARIA Authoring Practices
// have it for dates. One day is in the order of Tab, the arrows go to the others.
import { element, focusedElement, keepInStep, setAttribute, setText } from '../common/element.mjs';
import { addDays, addMonths, inMonth, monthOf } from './calendar_dates.mjs';

const weeksShown = 6;

/**
 * @param {object} parts  of the frame
 * @param {object} shown
 * @param {object} shown.month  of formatMonth()
 * @param {Set<string>} shown.open  the days that have times
 * @param {string | undefined} shown.chosen  a day
 * @param {string} shown.tabStop  the day in the order of Tab
 * @param {boolean} shown.busy  whether the numbers are still on their way
 * @param {boolean} shown.isFirst  whether there is no earlier month, isLast: no later one
 */
export function showMonth(parts, { month, open, chosen, tabStop, busy, isFirst, isLast }, speech) {
  setText(parts.heading, month.heading);
  turnButton(parts.previous, speech.say('previous_month'), isFirst);
  turnButton(parts.next, speech.say('next_month'), isLast);
  setAttribute(parts.grid, 'aria-busy', String(busy));
  keepInStep(parts.weekdays, month.weekdays.map((day, index) => ({ ...day, index })), {
    key: ({ index }) => String(index),
    create: () => element('th', { scope: 'col' }),
    update(cell, { short, long }) {
      setAttribute(cell, 'abbr', long);
      setText(cell, short);
    },
  });
  showWeeks(parts.weeks, month.weeks, (cell, day) => {
    showDay(cell.firstElementChild, day, {
      speech, isOpen: open.has(day.date), isChosen: day.date === chosen,
      isTabStop: day.date === tabStop,
    });
  });
}

function turnButton(button, name, isOff) {
  setAttribute(button, 'aria-label', name);
  setAttribute(button, 'aria-disabled', isOff && 'true');
}

/** Always as many rows, so that nothing below moves from month to month. */
function showWeeks(body, weeks, update) {
  const rows = Array.from({ length: weeksShown },
    (_, index) => ({ index, days: weeks[index] ?? [] }));
  keepInStep(body, rows, {
    key: ({ index }) => String(index),
    create: () => element('tr', {}),
    update(row, { days }) {
      const cells = Array.from({ length: 7 }, (_, place) => ({ place, day: days[place] ?? null }));
      keepInStep(row, cells, {
        key: ({ place, day }) => day?.date ?? `empty ${place}`,
        create: ({ day }) => (day === null ? element('td', {})
          : element('td', {}, element('button', { type: 'button', class: 'day' },
            element('span', { class: 'number' }), element('span', { class: 'free' })))),
        update(cell, { day }) { if (day !== null) update(cell, day); },
      });
    },
  });
}

function showDay(button, day, { speech, isOpen, isChosen, isTabStop }) {
  const [number, free] = button.children;
  setText(number, day.label);
  // Drawn by the style sheet: the button's name says it already, and in words.
  setAttribute(free, 'data-count', isOpen && speech.say('count', { count: day.free }));
  const attributes = {
    'data-day': day.date,
    'data-free': isOpen ? String(day.free) : undefined,
    'aria-label': day.description,
    'aria-disabled': !isOpen && 'true',
    'aria-pressed': isOpen ? String(isChosen) : undefined,
    'aria-current': day.today && 'date',
    tabindex: isTabStop ? '0' : '-1',
  };
  for (const [name, value] of Object.entries(attributes)) setAttribute(button, name, value);
}

/**
 * Listens to pointer and keyboard.
 * @param {object} parts
 * @param {object} visitor
 * @param {(date: string) => void} visitor.onChoose  a day that has times
 * @param {(date: string) => void} visitor.onGoTo  the keyboard goes on to a day, of any month
 * @param {(months: number) => void} visitor.onTurn
 */
export function listenToMonth(parts, { onChoose, onGoTo, onTurn }) {
  parts.grid.addEventListener('click', ({ target }) => {
    const day = target.closest('[data-day]');
    if (day && !day.hasAttribute('aria-disabled')) onChoose(day.dataset.day);
  });
  parts.grid.addEventListener('keydown', (event) => {
    const day = event.target.closest('[data-day]');
    const date = day && !event.ctrlKey && !event.metaKey && !event.altKey
      && dateByKey(day, event.key);
    if (!date) return;
    event.preventDefault();
    onGoTo(date);
  });
  for (const [button, months] of [[parts.previous, -1], [parts.next, 1]]) {
    button.addEventListener('click', () => {
      if (!button.hasAttribute('aria-disabled')) onTurn(months);
    });
  }
}

function dateByKey(day, key) {
  const { day: date } = day.dataset;
  const forward = day.closest('[dir]').dir === 'rtl' ? -1 : 1;
  const week = [...day.closest('tr').querySelectorAll('[data-day]')];
  const goTo = {
    ArrowLeft: () => addDays(date, -forward),
    ArrowRight: () => addDays(date, forward),
    ArrowUp: () => addDays(date, -7),
    ArrowDown: () => addDays(date, 7),
    Home: () => week[0].dataset.day,
    End: () => week.at(-1).dataset.day,
    PageUp: () => inMonth(date, addMonths(monthOf(date), -1)),
    PageDown: () => inMonth(date, addMonths(monthOf(date), 1)),
  }[key];
  return goTo?.();
}

export function focusDay(parts, date) {
  parts.weeks.querySelector(`[data-day="${CSS.escape(date)}"]`)?.focus();
}

/** The day that the keyboard stands on. */
export function focusedDay(parts) {
  const at = focusedElement();
  return parts.weeks.contains(at) ? at.closest('[data-day]')?.dataset.day : undefined;
}
