// Calendar files as ical.js reads them, which shares no code with us nor with libical.
import ICAL from 'ical.js';

/**
 * What a reader makes of the text of session_ics().
 * @returns {{ calendar: ICAL.Component, event: ICAL.Component, startsAt: number, endsAt: number,
 *             hasZone: boolean, local: string }} instants in seconds since 1970
 */
export function readCalendar(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const event = calendar.getFirstSubcomponent('vevent');
  const start = event.getFirstPropertyValue('dtstart');
  return {
    calendar,
    event,
    startsAt: start.toUnixTime(),
    endsAt: event.getFirstPropertyValue('dtend').toUnixTime(),
    hasZone: Boolean(calendar.getFirstSubcomponent('vtimezone')),
    local: start.toString(),
  };
}

/** One property of the session, as a text. */
export function property(text, name) {
  return String(readCalendar(text).event.getFirstPropertyValue(name));
}
