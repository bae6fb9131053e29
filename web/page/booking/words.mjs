// The page's own words, one table a language. What slots and outcomes are called is the browser
// module's to say.

const english = {
  title: (mentor) => `Book a session with ${mentor}`,
  zone: (zone) => `All times are in your time zone, ${zone}.`,
  bothZones: (zone, mentors) => `All times are in your time zone, ${zone}. Your mentor’s is ${mentors}.`,
  lengths: 'How long?',
  days: 'Choose a day',
  moreDays: 'Show more days',
  freeTimes: { zero: 'no free times', one: '{count} free time', other: '{count} free times' },
  states: { booked: 'booked', held: 'being booked', closed: 'closed' },
  noTimes: 'There are no times to book on the days shown.',
  book: 'Book',
  bookAt: (time) => `Book ${time}`,
  booking: 'Booking …',
  chooseTime: { title: 'No time chosen yet', body: 'Please choose one of the free times.' },
  alternatives: 'Nearest free times: press one to book it',
  when: (when, zone) => `${when} (${zone})`,
  mentorsWhen: (when, zone) => `For your mentor: ${when} (${zone})`,
  again: 'Try again',
  unreachable: {
    title: 'The booking service does not answer',
    body: 'The free times could not be loaded. This is not your fault; please try again in a moment.',
  },
  unanswered: {
    title: 'No answer came back',
    body: 'We cannot tell whether your booking arrived. Your choice is kept. '
      + 'Trying again is safe: if it did arrive, nothing is booked a second time.',
  },
  unreadable: {
    title: 'The answer could not be understood',
    body: 'The booking service answered, but not in words that this page knows, so we cannot tell '
      + 'whether the time is yours. '
      + 'Trying again is safe: if it is yours, nothing is booked a second time.',
  },
  said: (message) => `It said: ${message}`,
  failed: {
    title: 'This did not work',
    body: 'The booking service could not do this. Nothing was booked. '
      + 'If it stays so, tell whoever gave you this link what it said:',
  },
  broken: {
    title: 'The page could not start',
    body: 'A part of it could not be loaded. Please load it again; an up-to-date browser is needed.',
  },
  needed: {
    title: 'Who would you like to meet?',
    body: 'This page opens from a link that names your mentor and your startup. '
      + 'Please use the link that you were given. It ends like this: '
      + '?mentor=ada&startup=7',
  },
};

const german = {
  title: (mentor) => `Termin mit ${mentor} buchen`,
  zone: (zone) => `Alle Zeiten gelten in Ihrer Zeitzone: ${zone}.`,
  bothZones: (zone, mentors) => `Alle Zeiten gelten in Ihrer Zeitzone: ${zone}. Am anderen Ende gilt: ${mentors}.`,
  lengths: 'Wie lange?',
  days: 'Tag wählen',
  moreDays: 'Weitere Tage zeigen',
  freeTimes: { zero: 'keine freie Zeit', one: '{count} freie Zeit', other: '{count} freie Zeiten' },
  states: { booked: 'gebucht', held: 'wird gebucht', closed: 'nicht buchbar' },
  noTimes: 'An den gezeigten Tagen gibt es keine Zeiten zu buchen.',
  book: 'Buchen',
  bookAt: (time) => `${time} buchen`,
  booking: 'Wird gebucht …',
  chooseTime: { title: 'Noch keine Zeit gewählt', body: 'Bitte wählen Sie eine der freien Zeiten.' },
  alternatives: 'Nächste freie Zeiten: antippen, um zu buchen',
  when: (when, zone) => `${when} (${zone})`,
  mentorsWhen: (when, zone) => `Am anderen Ende: ${when} (${zone})`,
  again: 'Noch einmal versuchen',
  unreachable: {
    title: 'Der Buchungsdienst antwortet nicht',
    body: 'Die freien Zeiten konnten nicht geladen werden. Das liegt nicht an Ihnen; '
      + 'bitte versuchen Sie es gleich noch einmal.',
  },
  unanswered: {
    title: 'Es kam keine Antwort',
    body: 'Wir wissen nicht, ob Ihre Buchung angekommen ist. Ihre Auswahl bleibt erhalten. '
      + 'Sie können es gefahrlos noch einmal versuchen: Ist sie angekommen, '
      + 'wird nichts ein zweites Mal gebucht.',
  },
  unreadable: {
    title: 'Die Antwort war nicht zu verstehen',
    body: 'Der Buchungsdienst hat geantwortet, aber nicht so, wie diese Seite es kennt. '
      + 'Wir wissen daher nicht, ob der Termin Ihnen gehört. Sie können es gefahrlos noch einmal '
      + 'versuchen: Gehört er Ihnen, wird nichts ein zweites Mal gebucht.',
  },
  said: (message) => `Gemeldet wurde: ${message}`,
  failed: {
    title: 'Das hat nicht geklappt',
    body: 'Der Buchungsdienst konnte das nicht ausführen. Es wurde nichts gebucht. '
      + 'Bleibt es dabei, geben Sie bitte weiter, was er gemeldet hat:',
  },
  broken: {
    title: 'Die Seite konnte nicht starten',
    body: 'Ein Teil davon ließ sich nicht laden. Bitte laden Sie sie neu; '
      + 'nötig ist ein aktueller Browser.',
  },
  needed: {
    title: 'Mit wem möchten Sie sprechen?',
    body: 'Diese Seite öffnet sich über einen Link, der nennt, wen Sie treffen und für welches '
      + 'Startup. Bitte nehmen Sie den Link, den Sie erhalten haben. Er endet so: '
      + '?mentor=ada&startup=7',
  },
};

const tables = { en: english, de: german };

/**
 * The words for a language tag; English where there is no table for it.
 * @param {string} locale
 */
export function wordsFor(locale) {
  const language = new Intl.Locale(locale).language;
  const words = tables[language] ?? english;
  const plural = new Intl.PluralRules(words === english ? 'en' : language);
  return {
    ...words,
    language: words === english ? 'en' : language,
    /** @param {number} count */
    freeTimes(count) {
      const form = count === 0 ? 'zero' : plural.select(count);
      return words.freeTimes[form].replace('{count}', count);
    },
  };
}
