// The long form, `make soak`: SOAK_MENTORS mentors in turn on each clock, from SOAK_SEED. A single one
// comes again with SOAK_MENTOR, and on one clock only with SOAK_CLOCK.
import { clocks } from './clocks.mjs';
import { checkMentors, numbersOf } from './mentors.mjs';

const { SOAK_MENTORS = 10000, SOAK_SEED = Date.now() % 2 ** 31, SOAK_MENTOR, SOAK_CLOCK } = process.env;
const chosen = SOAK_CLOCK ? [SOAK_CLOCK] : clocks;
const inSeconds = (from) => ((performance.now() - from) / 1000).toFixed(0);
const each = Math.ceil(SOAK_MENTORS / chosen.length);

console.log(`SOAK_SEED=${SOAK_SEED}, ${SOAK_MENTOR ? 1 : each} mentors on each of ${chosen.length} clocks`);
let wrong = 0;
for (const [i, clock] of chosen.entries()) {
  const began = performance.now();
  const tally = await checkMentors({
    clock,
    seed: Number(SOAK_SEED),
    numbers: SOAK_MENTOR ? [Number(SOAK_MENTOR)] : numbersOf(i, each),
    onMentor: (done) => {
      if (done % 500 === 0) console.log(`  ${done} mentors after ${inSeconds(began)} s`);
    },
  });
  console.log(`\n${clock}: ${tally.mentors} mentors, ${tally.asked} questions, ${tally.wrong.length} mentors with`
    + ` disagreements (${inSeconds(began)} s)`);
  for (const [word, count] of [...tally.outcomes].sort()) console.log(`  ${word}: ${count}`);
  for (const mentor of tally.wrong.slice(0, 10)) console.log(`WRONG ${mentor}`);
  wrong += tally.wrong.length;
}
console.log(wrong ? `\n${wrong} mentors with disagreements.` : '\nThe list is the write.');
process.exitCode = wrong ? 1 : 0;
