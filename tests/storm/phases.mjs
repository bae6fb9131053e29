// The storm has phases, each with a mix of deeds and the promise that holds in it.
import { mixedDeeds, orderlyDeeds } from './deeds_of_many.mjs';
import { deedsOfMeeting, deedsOfOne, deedsOfTheFull } from './deeds_of_one.mjs';
import { fullDays, night, openScene, rushHour } from './scene.mjs';
import { storm } from './storm.mjs';

/** `deedsEach` are for the short form, `share` of the time is for the long one. */
export const phases = [
  {
    promise: 'who writes one session a transaction never overlaps and never deadlocks',
    deeds: deedsOfOne,
    deedsEach: 180,
    share: 0.25,
  },
  {
    promise: 'who moves onto another, or cancels where a trigger books for the next, never deadlocks',
    deeds: deedsOfMeeting,
    where: rushHour,
    deedsEach: 200,
    share: 0.15,
  },
  {
    promise: 'who calls never finds more than the last place of a day or a week, and never deadlocks',
    deeds: deedsOfTheFull,
    where: fullDays,
    deedsEach: 200,
    share: 0.15,
  },
  {
    promise: 'who takes the table before writing several never overlaps and never deadlocks',
    deeds: orderlyDeeds,
    // REINDEX CONCURRENTLY waits for everybody's snapshots, who locks the table waits for it, and
    // everybody waits for who locks the table: PostgreSQL's own circle.
    locksTheTable: true,
    deedsEach: 90,
    share: 0.15,
  },
  {
    promise: 'who writes several sessions as they come never overlaps, at worst deadlocks',
    deeds: mixedDeeds,
    deedsEach: 90,
    share: 0.15,
    mayDeadlock: true,
  },
];

export const blow = async (phase, goOn, beside) =>
  storm({ scene: await openScene(16, phase.where ?? night), deeds: phase.deeds, goOn, beside });

// COPY of three sessions that fit in everywhere takes its luck.
const enough = 100;

/** Whatever broke the phase's promise, in sentences. */
export function wrongsOf({ deeds, mayDeadlock }, { findings, deadlocks, tally }) {
  const wrongs = [...findings];
  if (deadlocks > 0 && !mayDeadlock) wrongs.push(`the server counted ${deadlocks} deadlocks`);
  if (deadlocks !== tally.of('40P01'))
    wrongs.push(`of ${deadlocks} deadlocks ${tally.of('40P01')} were told to clients`);
  for (const name of Object.keys(deeds))
    if (!tally.succeeded(name) && tally.tries(name) > enough)
      wrongs.push(`${name} never succeeded in ${tally.tries(name)} tries`);
  return wrongs;
}
