// The page around the tag: reads what its address asks for, who signs in, and tells the tag.
import { claimsOf } from '../common/api.mjs';

const booking = document.querySelector('slotguard-booking');
const given = new URLSearchParams(location.search);
const startup = given.get('startup');
const kept = 'slotguard token';

/** `#token=…` is taken out of the address, where it could be copied on, and kept for this tab. */
function tokenOfAddress() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token !== null) history.replaceState(history.state, '', location.pathname + location.search);
  return token;
}

const startupOf = (token) => String(claimsOf(token ?? '').startup_id ?? '');

/** The one in the address, and the tab's own where that is of another startup: then the visitor is asked. */
function tokensThatDiffer() {
  const given = tokenOfAddress();
  const own = tokenOfTab();
  const differ = given !== null && startupOf(own) !== '' && startupOf(own) !== startupOf(given);
  if (given !== null && !differ) remember(given);
  return differ ? { given, own } : { given, own: null };
}

function remember(token) {
  try {
    sessionStorage.setItem(kept, token);
  } catch {
    // Then a reload asks for it again.
  }
}

function tokenOfTab() {
  try {
    return sessionStorage.getItem(kept);
  } catch {
    return null;
  }
}

/** The one of before, unless the address names another startup than it does. */
function tokenOfBefore() {
  const token = tokenOfTab();
  return startup !== null && startupOf(token) !== startup ? null : token;
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
const { given: tokenGiven, own } = tokensThatDiffer();
if (own === null) {
  booking.token = tokenGiven ?? tokenOfBefore() ?? (startup ? tokenOfDemo() : null);
} else {
  booking.token = own;
  await customElements.whenDefined('slotguard-booking');
  if (await booking.askToSignInAnew(startupOf(own), startupOf(tokenGiven))) {
    remember(tokenGiven);
    booking.token = tokenGiven;
  }
}
