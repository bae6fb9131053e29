// What the journal tells must be what the tables hold.
import { isSamePlace, timeOf } from './history.mjs';

export function compareWithTables(replay, { sessions, holds }) {
  const found = [];
  const told = new Map([...replay.sessions].map(([id, story]) => [id, story.at(-1).state])
    .filter(([, state]) => state));
  for (const row of sessions) {
    const state = told.get(row.session_id);
    told.delete(row.session_id);
    if (!state) found.push(`session ${row.session_id} is in the table, and the journal does not have it`);
    else if (!isSamePlace(row, state) || row.status !== state.status)
      found.push(`session ${row.session_id} is ${row.status} at ${timeOf(row)} in the table, `
        + `${state.status} at ${timeOf(state)} by the journal`);
  }
  for (const id of told.keys()) found.push(`session ${id} is in the journal, and not in the table`);
  const held = new Map([...replay.holds].filter(([, { released }]) => !released));
  for (const row of holds) {
    const hold = held.get(row.hold_id);
    held.delete(row.hold_id);
    if (!hold) found.push(`hold ${row.hold_id} is in the table, and the journal does not have it`);
    else if (!isSamePlace(row, hold.held))
      found.push(`hold ${row.hold_id} is at ${timeOf(row)} in the table, at ${timeOf(hold.held)} by the journal`);
  }
  for (const id of held.keys()) found.push(`hold ${id} is in the journal, and not in the table`);
  return found;
}
