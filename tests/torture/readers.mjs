// Whoever follows the journal is given each event once, in order, as it is written there.
import { groupBy } from './history.mjs';

function compare(journal, read) {
  const found = [];
  let last = 0;
  for (const { event_id: id } of read) {
    if (id <= last) found.push(`the reader was given event ${id} after event ${last}`);
    last = Math.max(last, id);
  }
  const given = groupBy(read, ({ event_id: id }) => id);
  for (const event of journal) {
    const copies = given.get(event.event_id) ?? [];
    given.delete(event.event_id);
    if (copies.length === 0) found.push(`the reader was never given event ${event.event_id} (${event.event})`);
    for (const { row } of copies)
      if (JSON.stringify(row) !== JSON.stringify(event))
        found.push(`the reader was given event ${event.event_id} otherwise than it is written`);
  }
  for (const id of given.keys()) found.push(`the reader was given event ${id}, and the journal does not have it`);
  return found;
}

export const compareWithReader = ({ journal, read }) => compare(journal, read);

/** Who began with latest_booking_cursor() is given all that came after it: the end of the journal, with
 *  everything in it that was asked for since then. */
export function compareWithLateReader({ journal, late }, { events }) {
  if (!late) return [];
  const first = late.read[0]?.event_id ?? Infinity;
  const found = compare(journal.filter(({ event_id: id }) => id >= first), late.read);
  for (const { event_id: id } of journal)
    if (id < first && events.get(id)?.from > late.since)
      found.push(`the reader who began late was never given event ${id}, which was asked for later`);
  return found;
}
