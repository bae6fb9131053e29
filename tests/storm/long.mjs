// The long storm, `make storm`: each phase for its share of STORM_SECONDS, while the guard's
// indexes are built anew beside it, then loads of thousands of sessions. Tells what was done.
import { blowLoads, wrongsOfLoads } from './bulk.mjs';
import { blow, phases, wrongsOf } from './phases.mjs';
import { seed } from './random.mjs';
import { startReindexing } from './reindex.mjs';

const loads = 'loads of thousands of sessions leave room and way for visitors';
const seconds = Number(process.env.STORM_SECONDS ?? 300);
const until = (end) => () => performance.now() < end;
const inSeconds = (from) => ((performance.now() - from) / 1000).toFixed(0);

function tell(name, began, { tally, watch, judged, deadlocks, overlaps, sessions }, told, wrongs) {
  console.log(`\n${name} (${inSeconds(began)} s)`);
  for (const line of tally.lines) console.log(`  ${line}`);
  console.log(`  ${tally.total} deeds, ${deadlocks} deadlocks, ${overlaps} overlaps`
    + ` in ${watch?.looks ?? 0} looks while it blew and one after it, ${judged} refusals judged,`
    + ` ${sessions} sessions left; ${told}`);
  for (const wrong of wrongs.slice(0, 20)) console.log(`  WRONG: ${wrong}`);
  if (wrongs.length > 20) console.log(`  WRONG: and ${wrongs.length - 20} more`);
  return wrongs.length;
}

async function blowPhase(phase) {
  const began = performance.now();
  const result = await blow(phase, until(began + phase.share * seconds * 1000),
    phase.locksTheTable ? undefined : startReindexing);
  const { rebuilt, errors } = result.other ?? { rebuilt: 0, errors: [] };
  return tell(phase.promise, began, result, `${rebuilt} indexes built anew`,
    [...wrongsOf(phase, result), ...errors]);
}

async function blowBulk() {
  const began = performance.now();
  const result = await blowLoads();
  const words = result.other.map(({ mentor, word }) => `${mentor}: ${word}`);
  return tell(loads, began, result, words.join(', '), wrongsOfLoads(result));
}

/** One phase that comes to an early end leaves time for the others. */
const orTold = (name, blowing) => blowing.catch((error) => {
  console.log(`\n${name}\n  WRONG: ${error.message}`);
  return 1;
});

console.log(`A storm of ${seconds} s, STORM_SEED=${seed}`);
const end = performance.now() + seconds * 1000;
let wrong = 0;
for (const phase of phases) wrong += await orTold(phase.promise, blowPhase(phase));
do wrong += await orTold(loads, blowBulk()); while (performance.now() < end);
console.log(wrong ? `\n${wrong} things were wrong.` : '\nNothing was wrong.');
process.exitCode = wrong ? 1 : 0;
