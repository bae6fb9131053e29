/**
 * The browser module of slotguard: times and outcomes in the visitor's language and zone.
 *
 * Each function throws an `Error` that names the field where what it is given is not what the
 * database answers (`slots[3].starts_at: expected a timestamp such as …`).
 */

/** What came of a call: `booking_result.outcome`. */
export type Outcome =
  | 'booked'
  | 'slot_taken'
  | 'already_yours'
  | 'startup_busy'
  | 'slot_held'
  | 'mentor_unavailable'
  | 'outside_booking_window'
  | 'limit_reached'
  | 'invalid_time'
  | 'held'
  | 'hold_expired'
  | 'released'
  | 'cancelled'
  | 'already_cancelled'
  | 'not_found'
  | 'rescheduled';

/** What the list says of a slot: the column `state` of `available_slots`. */
export type SlotState = 'available' | 'booked' | 'held' | 'closed';

/** A time of the mentor, as it comes in JSON. */
export interface SlotTime {
  /** The mentor's date, `2026-12-01`. */
  session_date: string;
  /** The mentor's time, `10:00:00`. */
  session_time: string;
  /** The instant, `2026-12-01T10:00:00+00:00`, with any offset. */
  starts_at: string;
  /** The instant at which the slot is over; it is not part of the slot. */
  ends_at: string;
}

/** A row of `available_slots` or `next_available_slots`, as it comes in JSON. */
export interface SlotRow extends SlotTime {
  state: SlotState;
}

/** The answer of every writing call, as it comes in JSON. */
export interface BookingResult {
  outcome: Outcome;
  session_id?: number | null;
  mentor_id?: string | null;
  startup_id?: number | null;
  session_date?: string | null;
  session_time?: string | null;
  starts_at?: string | null;
  ends_at?: string | null;
  /** The mentor's zone. */
  time_zone?: string | null;
  /** Whether it was answered so before: nothing was written this time. */
  replayed: boolean;
  /** What to pass to book_session() or release_hold(), where the time is held for the caller. */
  hold_token?: string | null;
  /** The instant at which a hold ends: the caller's own, or the one that refused him. */
  expires_at?: string | null;
  /** The English sentence of the database. */
  message: string;
  hint?: string | null;
  /** Up to five free times, nearest first. */
  alternatives: SlotTime[];
}

/** Who reads. What is missing or null is as the browser has it. */
export interface FormatOptions {
  /** BCP 47, such as `de-AT`. A language that is not loaded is answered in English. */
  locale?: string | null;
  /** The visitor's zone by its IANA name, such as `Europe/London`. */
  timeZone?: string | null;
  /** The mentor's zone. Where it is another, descriptions give both times. */
  mentorTimeZone?: string | null;
  /** `auto`: as the locale has it. It changes how a time is written, never which time it is. */
  hourCycle?: 'auto' | 'h12' | 'h23' | null;
  /** The present moment: milliseconds as from `Date.now()`, or a `Date`. */
  now?: number | Date | null;
}

/** A slot to show. */
export interface Slot {
  /** `<session_date>T<HH:MM>` in the mentor's time; seconds follow where they are not zero. */
  key: string;
  /** The instant in UTC, `2026-12-01T10:00:00Z`. */
  startsAt: string;
  /** What the button shows: `10:00 AM`. */
  label: string;
  /** What a screen reader says: day, time, zone, the mentor's time if it differs, and the state. */
  description: string;
  state: SlotState;
  /** Whether it can be chosen. */
  bookable: boolean;
}

/** A day of the visitor's zone. */
export interface Day {
  /** `2026-12-01`. */
  date: string;
  /** `Tuesday, December 1, 2026`; today and tomorrow are said to be so. */
  heading: string;
  /** Earliest first. */
  slots: Slot[];
}

/** A free time to offer instead of the one that was asked for. */
export interface Alternative {
  key: string;
  /** The time, with the day where it is another day than the one asked for. */
  label: string;
  description: string;
}

/** An outcome to show. */
export interface OutcomeDescription {
  tone: 'success' | 'info' | 'warning' | 'error';
  title: string;
  body: string;
  alternatives: Alternative[];
  /** Whether the page's list of slots is old now and should be fetched again. */
  refresh: boolean;
}

/** When a session is, as it comes in an answer or a row. */
export interface SessionTime {
  starts_at: string;
  ends_at: string;
  /** The mentor's zone, where `mentorTimeZone` does not give it. */
  time_zone?: string | null;
}

/** When a session is, in words. */
export interface SessionDescription {
  /** `Tuesday, December 1, 2026`. */
  date: string;
  /** `9:00 – 9:30 AM`, with both days in words where it ends on another. */
  time: string;
  /** `Central European Time`. */
  zone: string;
  /** Date and time in one: `Tuesday, December 1, 2026, 9:00 – 9:30 AM`. */
  when: string;
  /** The same by the mentor's clock; null where it reads the same. */
  mentorWhen: string | null;
  mentorZone: string | null;
}

/** A day of a month. */
export interface MonthDay {
  /** `2026-12-01`. */
  date: string;
  /** `1`, in the locale's digits. */
  label: string;
  /** `Tuesday, December 1, 2026`; today and tomorrow are said to be so. */
  heading: string;
  /** What a screen reader says: the heading, and how many times are free. */
  description: string;
  /** How many times are free. */
  free: number;
  today: boolean;
}

/** A month as a calendar shows it. */
export interface Month {
  /** `December 2026`. */
  heading: string;
  /** With which day the locale's weeks begin, from 1, which is Monday, to 7. */
  firstDay: number;
  /** Seven, as the weeks have them. */
  weekdays: { short: string; long: string }[];
  /** Seven days each; null where a day is of another month. */
  weeks: (MonthDay | null)[][];
}

/** A language, and which way it is written. */
export interface LanguageChoice {
  /** BCP 47, such as `de`. */
  language: string;
  direction: 'ltr' | 'rtl';
}

/** The content of a file of `languages/`: groups of phrases, and groups of groups. */
export interface LanguagePack extends LanguageChoice {
  [section: string]: string | PhraseGroup;
}

export interface PhraseGroup {
  [name: string]: string | PhraseGroup;
}

export interface SlotGuardModule {
  /**
   * Fetches what the module says in a language, and then tells in which it answers: English where there
   * is no pack for it, or none to be had. Whatever is said before is said in English.
   * @param options.sections  what single pages need besides: `mentor`, `race`
   */
  loadLanguage(
    locale?: string | null,
    options?: { sections?: readonly string[] },
  ): Promise<LanguageChoice>;
  /** The same from a pack that is at hand. */
  addLanguage(pack: LanguagePack): LanguageChoice;
  /** In which of the loaded languages a locale is answered. */
  languageOf(locale?: string | null): LanguageChoice;
  /** The rows of `available_slots` as days in the visitor's zone, in order of time. */
  formatSlots(slots: readonly SlotRow[], options?: FormatOptions): Day[];
  /** What to tell the visitor about an answer. */
  describeOutcome(result: BookingResult, options?: FormatOptions): OutcomeDescription;
  /** When a session is, for the visitor and for the mentor. */
  describeSession(session: SessionTime, options?: FormatOptions): SessionDescription;
  /**
   * A month as weeks of days.
   * @param month  `2026-12`
   * @param days  what `formatSlots` gave, of this month and of others
   */
  formatMonth(month: string, days: readonly Day[], options?: FormatOptions): Month;
  /** A zone's name: `Central European Time`. */
  describeZone(zone: string, options?: FormatOptions): string;
  /** `30 minutes`. */
  formatDuration(minutes: number, options?: FormatOptions): string;
  /**
   * A phrase of the language's file, by its path: `say('page.book_at', { time: slot.label })`. One with
   * plural forms is chosen by `fillings.count`; numbers are written in the locale's digits. An unknown
   * phrase and a missing filling throw.
   */
  say(
    phrase: string,
    fillings?: Readonly<Record<string, string | number>>,
    options?: FormatOptions,
  ): string;
}

/** How to find the module's files, where they do not lie beside it. */
export interface ModuleOverrides {
  /** The bytes of slotguard.wasm, where they are at hand already. */
  wasmBinary?: ArrayBuffer | Uint8Array;
  /** The address of a file of the module: `slotguard.wasm`, `languages/de.json`. */
  locateFile?(file: string, folder: string): string;
}

/** Loads the module. */
export default function SlotGuard(moduleOverrides?: ModuleOverrides): Promise<SlotGuardModule>;
