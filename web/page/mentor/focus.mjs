// The keyboard's place outlives a list that is drawn anew: what bears the same `data-place` has it
// again.

/** @param {() => void} draw @param {string} fallback  the place where the one before has gone */
export function keepFocus(draw, fallback) {
  const { activeElement: before } = document;
  const place = before?.dataset.place;
  draw();
  if (before !== null && before !== document.body && !before.isConnected) goTo(place, fallback);
}

/** @param {string | undefined} place @param {string} fallback */
export function goTo(place, fallback) {
  (elementAt(place) ?? elementAt(fallback))?.focus();
}

function elementAt(place) {
  return place === undefined ? null : document.querySelector(`[data-place="${CSS.escape(place)}"]`);
}
