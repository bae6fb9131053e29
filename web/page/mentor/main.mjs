// Starts the mentor's page: who signs in, the module that knows the words, and the visit.
import { Api } from '../common/api.mjs';
import { element } from '../common/element.mjs';
import { knownLocale, markLanguage, speaking } from '../common/language.mjs';
import { MentorData } from './mentor_data.mjs';
import { MentorPage } from './mentor_page.mjs';
import { signIn } from './sign_in.mjs';
import { Words } from './words.mjs';

/** Instead of the calendar: who this page is for, and where to go. */
function showDoor(words, phrase, ways = []) {
  document.getElementById('page').hidden = true;
  const door = document.getElementById('door');
  door.replaceChildren(element('h1', { class: 'title' }, words.say(`${phrase}_title`)),
    element('p', {}, words.say(`${phrase}_body`)), ...ways);
  door.hidden = false;
  document.title = words.say(`${phrase}_title`);
}

function bookingPage(words, { token, startup }) {
  const address = new URL('.', document.baseURI);
  address.searchParams.set('startup', startup);
  address.hash = new URLSearchParams({ token });
  return element('a', { class: 'button', href: address.href }, words.say('to_booking_page'));
}

async function start() {
  const asked = new URLSearchParams(location.search);
  const locale = knownLocale(asked.get('locale'));
  const [who, { slotguard, ...spoken }] = await Promise.all(
    [signIn(asked.get('mentor') || null), speaking(locale, ['mentor'])]);
  markLanguage(document.documentElement, spoken);
  const words = new Words(slotguard, { locale, language: spoken.language });
  if (who.token === null) {
    showDoor(words, 'sign_in');
  } else if (who.mentor === undefined) {
    showDoor(words, 'for_mentors', who.startup === undefined ? [] : [bookingPage(words, who)]);
  } else {
    document.title = words.say('title', { mentor: who.mentor });
    document.getElementById('title').textContent = words.say('title', { mentor: who.mentor });
    const api = new Api({ token: who.token });
    await new MentorPage(api, new MentorData(api, who.mentor), words).start();
  }
}

start();
