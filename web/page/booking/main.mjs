// The page around the tag: reads what its address asks for, who signs in, and tells the tag.
import { claimsOf } from '../common/api.mjs';

const booking = document.querySelector('slotguard-booking');
const given = new URLSearchParams(location.search);
const startup = given.get('startup');
const kept = 'slotguard token';

/** `#token=…` is taken out of the address, where it could be copied on, and kept for this tab. */
function tokenOfAddress() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return null;
  history.replaceState(history.state, '', location.pathname + location.search);
  remember(token);
  return token;
}

function remember(token) {
  try {
    sessionStorage.setItem(kept, token);
  } catch {
    // Then a reload asks for it again.
  }
}

/** The one of before, unless the address names another startup than it does. */
function tokenOfBefore() {
  try {
    const token = sessionStorage.getItem(kept);
    const isOther = startup !== null && String(claimsOf(token ?? '').startup_id) !== startup;
    return isOther ? null : token;
  } catch {
    return null;
  }
}

/** Only a demonstration hands them out; elsewhere nobody signs in, or a link brings the token. */
async function tokenOfDemo() {
  try {
    const response = await fetch(`demo/token?${new URLSearchParams({ startup })}`);
    return response.ok ? (await response.json()).token : null;
  } catch {
    return null;
  }
}

// The document speaks as the tag does.
booking.addEventListener('slotguard:language', ({ detail: { language, direction, title } }) => {
  Object.assign(document.documentElement, { lang: language, dir: direction });
  document.title = title;
});

const parameters =
  { mentor: 'mentor', startup: 'startup', locale: 'locale', timeZone: 'time-zone' };
for (const [parameter, attribute] of Object.entries(parameters)) {
  const value = given.get(parameter);
  if (value) booking.setAttribute(attribute, value);
}
booking.token = tokenOfAddress() ?? tokenOfBefore() ?? (startup ? tokenOfDemo() : null);
