// Starts the mentor's page: who signs in, the module that knows the words, and the visit.
import { Api } from '../common/api.mjs';
import { element } from '../common/element.mjs';
import { knownLocale, markLanguage, speaking } from '../common/language.mjs';
import { MentorData } from './mentor_data.mjs';
import { MentorPage } from './mentor_page.mjs';
import { knownClock, showPreferences } from './preferences.mjs';
import { askToSignInAnew } from '../common/sign_in_anew.mjs';
import { begin, signIn } from './sign_in.mjs';
import { Words } from './words.mjs';

/* global slotguardBroken -- what is said where no module can say it, put in by bundle.mjs */

/** Instead of the calendar: why there is none, and where to go. */
function showDoor({ title, body }, ways = []) {
  document.getElementById('page').hidden = true;
  const door = document.getElementById('door');
  door.replaceChildren(element('h1', { class: 'title' }, title), element('p', {}, body), ...ways);
  door.hidden = false;
  document.title = title;
}

/** Without the browser module there are no words but these. */
function showBroken(locale) {
  const language = Object.keys(slotguardBroken).find((tag) => locale.startsWith(tag)) ?? 'en';
  document.documentElement.lang = language;
  showDoor(slotguardBroken[language]);
}

async function load(locale) {
  try {
    return await speaking(locale, ['mentor']);
  } catch (error) {
    console.error(error);
    showBroken(locale);
    return undefined;
  }
}

function bookingPage(words, { token, startup }) {
  const address = new URL('.', document.baseURI);
  address.searchParams.set('startup', startup);
  address.hash = new URLSearchParams({ token });
  return element('a', { class: 'button', href: address.href }, words.say('to_booking_page'));
}

async function chosen({ offered, ...who }, words) {
  if (offered === undefined) return who;
  const dialog = element('dialog', { 'aria-labelledby': 'dialog-heading' });
  document.body.append(dialog);
  const isWanted = await askToSignInAnew(dialog, (...phrase) => words.sayShared(...phrase),
    { now: who.mentor, next: offered.mentor ?? offered.startup ?? '?' });
  dialog.remove();
  return isWanted ? begin(offered) : who;
}

async function start() {
  const asked = new URLSearchParams(location.search);
  const locale = knownLocale(asked.get('locale'));
  const [asIs, loaded] = await Promise.all([signIn(asked.get('mentor') || null), load(locale)]);
  if (loaded === undefined) return;
  const { slotguard, ...spoken } = loaded;
  markLanguage(document.documentElement, spoken);
  const hourCycle = knownClock(asked.get('hourCycle'));
  const words = new Words(slotguard, { locale, language: spoken.language, hourCycle });
  const who = await chosen(asIs, words);
  if (who.token === null) {
    showDoor(words.titleAndBody('sign_in'));
  } else if (who.mentor === undefined) {
    showDoor(words.titleAndBody('for_mentors'), who.startup === undefined ? [] : [bookingPage(words, who)]);
  } else {
    document.title = words.say('title', { mentor: who.mentor });
    document.getElementById('title').textContent = words.say('title', { mentor: who.mentor });
    showPreferences(document.getElementById('preferences'), words,
      { language: spoken.language, hourCycle });
    const api = new Api({ token: who.token });
    await new MentorPage(api, new MentorData(api, who.mentor), words).start();
  }
}

// A link that is opened where the page is open already signs in anew.
addEventListener('hashchange', () => {
  if (new URLSearchParams(location.hash.slice(1)).has('token')) location.reload();
});
start();
