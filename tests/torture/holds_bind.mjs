// What calls must not do: book over the live hold of another startup, take a place that such a hold
// keeps, hold too much. A plain writer may step over all of that.
import { collide, groupBy, isPlain, nameOf, roomOf, spans } from './history.mjs';
import { slack } from './lives.mjs';

const holdsAtOnce = 5;

/** Live for certain when the event was written, and until its call was answered. */
const isLive = ({ held, released }, event, call) =>
  held.event_id < event.event_id && (!released || released.event_id > event.event_id)
  && held.detail.expires_at > call.wall[1] + slack;

export function checkThatHoldsBind(history, replay, explanation) {
  const ofMentor = groupBy(replay.holds.values(), ({ held }) => held.mentor_id);
  const found = [];
  for (const event of history.journal) {
    const { call, isSure } = explanation.events.get(event.event_id) ?? {};
    const takesTime = ['booked', 'rescheduled', 'held'].includes(event.event);
    if (!takesTime || !isSure || !call.told || isPlain(call)) continue;
    const live = (ofMentor.get(event.mentor_id) ?? []).filter((hold) =>
      hold.held.startup_id !== event.startup_id && isLive(hold, event, call));
    const room = roomOf(history.mentors, event.mentor_id);
    for (const { held } of live)
      if (collide(event, held, room))
        found.push(`${nameOf(call)} took time of hold ${held.detail.hold_id} (event ${event.event_id})`);
    found.push(...overfull(event, call, live, history, replay));
    if (event.event === 'held') found.push(...tooManyHolds(event, call, replay));
  }
  return found;
}

function overfull(event, call, live, { mentors }, replay) {
  const mentor = mentors.find(({ id }) => id === event.mentor_id);
  return Object.entries(spans).filter(([limit, spanOf]) => {
    if (!mentor?.[limit]) return false;
    const held = live.filter((hold) => spanOf(hold.held) === spanOf(event)).length;
    return held > 0 && (replay.counts.get(event.event_id)?.[limit] ?? 0) + held > mentor[limit];
  }).map(([limit]) => `${nameOf(call)} took a place (${limit}) that a hold keeps (event ${event.event_id})`);
}

function tooManyHolds(event, call, replay) {
  const own = [...replay.holds.values()].filter((hold) =>
    hold.held.startup_id === event.startup_id && isLive(hold, event, call));
  return own.length < holdsAtOnce ? []
    : [`${nameOf(call)} is hold number ${own.length + 1} of startup ${event.startup_id}`];
}
