// Starts the race page: the language, the demo's mentor, and the parts of the page.
import { element } from '../common/element.mjs';
import { knownLocale, knownTimeZone, markLanguage, speaking } from '../common/language.mjs';
import { RaceCourse } from './race_course.mjs';
import { RacePage } from './race_page.mjs';
import { languageSelect, localeFor, Words } from './words.mjs';

const mentor = 'ada';

function chooseLanguage(language) {
  const address = new URL(location.href);
  address.searchParams.set('locale', localeFor(language, navigator.languages));
  location.assign(address);
}

function header(words) {
  const { options: { locale }, language } = words;
  return element('header', { class: 'stack' },
    element('h1', { class: 'title' }, words.say('title')),
    element('p', { class: 'intro' }, words.say('intro')),
    element('div', { class: 'field language' },
      element('label', { for: 'language' }, words.say('language')),
      languageSelect({ id: 'language', chosen: locale === 'pt-BR' ? locale : language,
        onChoose: chooseLanguage })));
}

async function start() {
  const parameters = new URLSearchParams(location.search);
  const locale = knownLocale(parameters.get('locale'));
  const { slotguard, language, direction } = await speaking(locale, ['race']);
  markLanguage(document.documentElement, { language, direction });
  const options = { locale, language, timeZone: knownTimeZone(parameters.get('timeZone')) };
  const course = new RaceCourse(mentor);
  const words = new Words(slotguard, { ...options, mentorTimeZone: await course.mentorZone() });
  document.title = words.say('title');
  const page = new RacePage(course, words);
  document.querySelector('main').replaceChildren(header(words), ...page.sections());
  await page.start();
}

await start();
