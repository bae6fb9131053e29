// The keyboard's place, while the days and times around it are made anew.
import { focusTimes } from './times_view.mjs';

/**
 * Shows days and times anew; whoever stood on one of them stands on it again, or nearby where it is
 * gone, and not at the top of the page.
 * @param {() => void} show
 * @param {string | undefined} firstNewDay  where to go on when the button for more days goes away
 */
export function keepFocus(show, firstNewDay) {
  const before = document.activeElement;
  const { day } = before.dataset;
  const slot = before.closest('[data-slot]')?.dataset.slot;
  show();
  if (before.checkVisibility()) return;
  const radio = slot && document.querySelector(
    `[data-slot="${CSS.escape(slot)}"] input:not(:disabled)`);
  if (radio) radio.focus();
  else if (slot) focusTimes(document.getElementById('times'));
  else focusDay(day ?? firstNewDay);
}

function focusDay(date = '') {
  const day = document.querySelector(`[data-day="${CSS.escape(date)}"]`);
  (day ?? document.getElementById('days-heading')).focus();
}
