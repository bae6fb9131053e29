// The built module, and rows to give it.
import { readdirSync, readFileSync } from 'node:fs';

export const folder = new URL('../../build/web/', import.meta.url);
export const wasmBinary = readFileSync(new URL('slotguard.wasm', folder));
const { default: SlotGuard } = await import(new URL('slotguard.mjs', folder));

export const slotguard = await SlotGuard({ wasmBinary });
export const { formatSlots, describeOutcome } = slotguard;

/** The packs that were built, by their names: `de`, and `de.mentor` for what one page alone needs. */
export const packs = Object.fromEntries(
  readdirSync(new URL('languages/', folder)).map((name) => [
    name.replace(/\.json$/, ''),
    JSON.parse(readFileSync(new URL(`languages/${name}`, folder), 'utf8')),
  ]),
);
/** Every language that there is, each loaded. */
export const languages = Object.keys(packs).filter((name) => !name.includes('.'));
for (const name of [...languages, ...Object.keys(packs)]) slotguard.addLanguage(packs[name]);

export const outcomes = [
  'booked',
  'slot_taken',
  'already_yours',
  'startup_busy',
  'slot_held',
  'mentor_unavailable',
  'outside_booking_window',
  'limit_reached',
  'invalid_time',
  'held',
  'hold_expired',
  'released',
  'cancelled',
  'already_cancelled',
  'not_found',
  'rescheduled',
];
export const states = ['available', 'booked', 'held', 'closed'];

/** A time of a mentor in UTC, unless `more` says otherwise; `startsAt` is `2026-12-01T10:00`. */
export const time = (startsAt, more = {}) => ({
  session_date: startsAt.slice(0, 10),
  session_time: `${startsAt.slice(11)}:00`,
  starts_at: `${startsAt}:00+00:00`,
  ends_at: new Date(Date.parse(`${startsAt}Z`) + 1_800_000).toISOString(),
  ...more,
});

/** A row of available_slots. */
export const row = (startsAt, state = 'available', more = {}) => ({
  ...time(startsAt),
  state,
  ...more,
});

/** A booking_result. */
export const result = (outcome, more = {}) => ({
  outcome,
  session_id: null,
  mentor_id: 'ada',
  startup_id: 7,
  session_date: '2026-12-01',
  session_time: '10:00:00',
  starts_at: '2026-12-01T10:00:00+00:00',
  ends_at: '2026-12-01T10:30:00+00:00',
  time_zone: 'UTC',
  replayed: false,
  hold_token: null,
  expires_at: null,
  message: 'A sentence.',
  hint: null,
  alternatives: [],
  ...more,
});

/** Options under which each text of a test is the same on every machine and day. */
export const plain = { locale: 'en', timeZone: 'UTC', hourCycle: 'h23', now: Date.UTC(2026, 0, 1) };

/** All slots of all days. */
export const allSlots = (days) => days.flatMap((day) => day.slots);

/** ICU writes narrow and no-break spaces between digits and words; which one is not our claim. */
export const spaced = (text) => text.replace(/[\u00a0\u202f]/g, ' ');
