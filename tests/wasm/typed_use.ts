// Compiled, never run: what a typed caller may write, and what must not compile.
import SlotGuard, {
  type BookingResult,
  type Day,
  type FormatOptions,
  type OutcomeDescription,
  type SlotRow,
} from '../../build/web/slotguard.mjs';

const rows: SlotRow[] = [
  {
    session_date: '2026-12-01',
    session_time: '10:00:00',
    starts_at: '2026-12-01T10:00:00+00:00',
    ends_at: '2026-12-01T10:30:00+00:00',
    state: 'available',
  },
];
const answer: BookingResult = {
  outcome: 'slot_taken',
  replayed: false,
  message: '',
  alternatives: rows,
};
const options: FormatOptions = { locale: 'de', timeZone: 'UTC', hourCycle: 'h23', now: new Date() };

const { formatSlots, describeOutcome } = await SlotGuard({
  locateFile: (file) => `/module/${file}`,
});
const days: Day[] = formatSlots(rows, options);
const keys: string[] = days.flatMap((day) =>
  day.slots.filter((slot) => slot.bookable).map((slot) => slot.key),
);
const told: OutcomeDescription = describeOutcome(answer);
const tone: 'success' | 'info' | 'warning' | 'error' = told.tone;
formatSlots(Object.freeze(rows), { now: Date.now(), timeZone: null });
export { keys, tone };

const { say, describeSession, formatMonth, describeZone, formatDuration, languageOf, addLanguage } =
  await SlotGuard();
const { language, direction } = await (await SlotGuard()).loadLanguage('de', { sections: ['mentor'] });
document.documentElement.lang = language;
document.documentElement.dir = direction satisfies 'ltr' | 'rtl';
addLanguage({ language: 'de', direction: 'ltr', page: { book: 'Buchen', free: { other: '{count}' } } });
const texts: string[] = [
  say('page.free_times', { count: 3 }, options),
  describeSession(answer.alternatives[0]!, options).mentorWhen ?? describeZone('UTC'),
  formatMonth('2026-12', days).weeks[0]![0]?.description ?? formatDuration(30),
  languageOf().language,
];
export { texts };

// @ts-expect-error a slot needs all its fields
formatSlots([{ session_date: '2026-12-01' }]);
// @ts-expect-error there is no such state
rows[0]!.state = 'free';
// @ts-expect-error there is no such outcome
answer.outcome = 'lost';
// @ts-expect-error a session is named by a number
answer.session_id = '7';
// @ts-expect-error an answer has alternatives, be it none
const incomplete: BookingResult = { outcome: 'booked', replayed: false, message: '' };
// @ts-expect-error an answer says whether it was given before
const unsaid: BookingResult = { outcome: 'booked', message: '', alternatives: [] };
// @ts-expect-error a filling is a text or a number
say('page.title', { mentor: null });
// @ts-expect-error a day of another month is null
formatMonth('2026-12', days).weeks[0]![0].label;
// @ts-expect-error a duration is a number of minutes
formatDuration('30');
// @ts-expect-error a pack names its direction
addLanguage({ language: 'de' });
// @ts-expect-error there is no such hour cycle
formatSlots(rows, { hourCycle: 'h24' });
// @ts-expect-error the present moment is no text
formatSlots(rows, { now: '2026-12-01' });
// @ts-expect-error an option that is not there is a slip of the pen
formatSlots(rows, { timezone: 'UTC' });
// @ts-expect-error the module is awaited
SlotGuard().formatSlots(rows);
// @ts-expect-error the title is text
const title: number = told.title;
export { incomplete, title, unsaid };
