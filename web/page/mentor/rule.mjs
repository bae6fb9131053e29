// Weekly rules, as the form makes them and as the list says them; all other rules are shown as
// written.
const names = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** @param {number[]} weekdays  1 is Monday, 7 is Sunday */
export function weeklyRule(weekdays) {
  return `FREQ=WEEKLY;BYDAY=${weekdays.toSorted().map((day) => names[day - 1]).join(',')}`;
}

/**
 * On which weekdays a rule opens, where it says no more than that.
 * @param {string} rrule
 * @returns {number[] | undefined}
 */
export function weekdaysOf(rrule) {
  const parts = new Map(rrule.toUpperCase().split(';').map((part) => part.split('=')));
  if (parts.get('INTERVAL') === '1') parts.delete('INTERVAL');
  parts.delete('WKST'); // It tells weeks apart only where some are left out.
  const days = parts.get('BYDAY')?.split(',').map((name) => names.indexOf(name) + 1);
  if (parts.get('FREQ') === 'DAILY' && parts.size === 1) return [1, 2, 3, 4, 5, 6, 7];
  const isPlain = ['WEEKLY', 'DAILY'].includes(parts.get('FREQ')) && parts.size === 2;
  return isPlain && days?.every((day) => day > 0) ? [...new Set(days)].toSorted() : undefined;
}
