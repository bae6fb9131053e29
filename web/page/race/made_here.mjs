// The sessions that were booked from this page, kept over a reload, so that they can be cancelled.
const name = 'slotguard race';

/** @returns {number[]} the sessions' ids */
export function madeHere() {
  return JSON.parse(sessionStorage.getItem(name) ?? '[]');
}

/** @param {number} session */
export function remember(session) {
  keep([...new Set([...madeHere(), session])]);
}

/** @param {number} session */
export function forget(session) {
  keep(madeHere().filter((one) => one !== session));
}

function keep(sessions) {
  sessionStorage.setItem(name, JSON.stringify(sessions));
}
