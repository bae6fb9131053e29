// Who the page is for: the token from the address, from this tab's memory, or from the demo. What
// it claims is believed by the database, which checks it; here it only says whose calendar to show.
import { claimsOf } from '../common/api.mjs';

const remembered = 'slotguard.mentor.token';

/**
 * @param {string | null} asked  the mentor that the address names
 * @returns {Promise<{ token: string | null, mentor?: string, startup?: string, offered?: object }>}
 *   offered: whom the address would sign in, where another mentor is; he has to be asked
 */
export async function signIn(asked) {
  const given = fromAddress();
  const before = sessionStorage.getItem(remembered);
  if (given !== null && isOfAnother(before, given)) return { ...whoIs(before), offered: whoIs(given) };
  return begin(whoIs(given ?? await fitting(asked)));
}

/** Signs in as them, for as long as the tab is there. */
export function begin(who) {
  if (who.token !== null) sessionStorage.setItem(remembered, who.token);
  return who;
}

function whoIs(token) {
  if (token === null) return { token };
  const { mentor_id: mentor, startup_id: startup } = claimsOf(token);
  return { token, mentor, startup };
}

function isOfAnother(before, given) {
  const own = before === null ? undefined : claimsOf(before).mentor_id;
  return own !== undefined && own !== claimsOf(given).mentor_id;
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
