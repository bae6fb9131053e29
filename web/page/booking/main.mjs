// Starts the page: what the address asks for, the module that knows the words, and the visit.
import { BookingPage } from './booking_page.mjs';
import { showMessage } from './message_view.mjs';
import { readParameters } from './parameters.mjs';
import { wordsFor } from './words.mjs';

const visit = readParameters(location.search);
const words = wordsFor(visit.locale);
document.documentElement.lang = words.language;

function tell(problem, { title, body }, tone) {
  showMessage({ title, lines: [body], tone, problem });
}

/** The second click of a double click is never meant: the first one has been heard. */
function ignoreSecondClicks() {
  document.addEventListener('click', (event) => {
    if (event.detail < 2 || !event.target.closest('[data-action], [data-alternative]')) return;
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true });
}

async function start() {
  if (visit.mentor === null || visit.startup === null) {
    tell('address', words.needed, 'info');
    return;
  }
  document.title = words.title(visit.mentor);
  document.getElementById('title').textContent = words.title(visit.mentor);
  let slotguard;
  try {
    const { default: SlotGuard } = await import('slotguard');
    slotguard = await SlotGuard();
    await slotguard.loadLanguage(visit.locale);
  } catch (error) {
    console.error(error);
    tell('broken', words.broken, 'error');
    return;
  }
  await new BookingPage(visit, slotguard, words).start();
}

ignoreSecondClicks();
start();
