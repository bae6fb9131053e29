// Who the page is for: the token from the address, from this tab's memory, or from the demo. What
// it claims is believed by the database, which checks it; here it only says whose calendar to show.
import { claimsOf } from '../common/api.mjs';

const remembered = 'slotguard.mentor.token';

/**
 * @param {string | null} asked  the mentor that the address names
 * @returns {Promise<{ token: string | null, mentor?: string, startup?: string }>}
 */
export async function signIn(asked) {
  const token = fromAddress() ?? await fitting(asked);
  if (token === null) return { token };
  sessionStorage.setItem(remembered, token);
  const { mentor_id: mentor, startup_id: startup } = claimsOf(token);
  return { token, mentor, startup };
}

/** Forgets a token that is refused, so that the next visit does not begin with it. */
export function signOut() {
  sessionStorage.removeItem(remembered);
}

/** It goes from the address at once: neither a bookmark nor a screenshot shall hold it. */
function fromAddress() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return null;
  history.replaceState(history.state, '', location.pathname + location.search);
  return token;
}

/** The remembered one, except where the address asks for another mentor and the demo has hers. */
async function fitting(asked) {
  const kept = sessionStorage.getItem(remembered);
  if (asked === null || (kept !== null && claimsOf(kept).mentor_id === asked)) return kept;
  return await fromDemo(asked) ?? kept;
}

/** Where there is no demo, nobody hands out tokens. */
async function fromDemo(mentor) {
  try {
    const address = new URL(`demo/token?${new URLSearchParams({ mentor })}`, document.baseURI);
    const response = await fetch(address);
    return response.ok ? (await response.json()).token ?? null : null;
  } catch {
    return null;
  }
}
