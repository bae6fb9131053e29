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
