// The long form, `make torture`: TORTURE_CALLS calls (1000000) under TORTURE_FAULTS faults (1000), in rounds
// whose plans come again with TORTURE_SEED; in ten of them the server is killed and started again.
import { startTorture } from './server.mjs';
import { Round } from './round.mjs';

const { TORTURE_CALLS = 1_000_000, TORTURE_FAULTS = 1000, TORTURE_SEED = Date.now() % 2 ** 31 } = process.env;
const [calls, faults, seed] = [TORTURE_CALLS, TORTURE_FAULTS, TORTURE_SEED].map(Number);
const each = 25_000;
const rounds = Math.ceil(calls / each);
const kills = 10;
const inSeconds = (from) => ((performance.now() - from) / 1000).toFixed(0);
/** So many of a whole as are due by then: the shares of all rounds add up to the whole. */
const shareOf = (whole, n) => Math.floor(whole * (n + 1) / rounds) - Math.floor(whole * n / rounds);

function tell(n, began, { tally, strikes, cuts, judged, history, findings }) {
  console.log(`\nRound ${n + 1} of ${rounds}, from seed ${seed + n} (${inSeconds(began)} s)`);
  for (const line of tally.lines) console.log(`  ${line}`);
  console.log(`  ${tally.total} calls, ${judged} refusals judged, ${history.journal.length} events; `
    + [...strikes].map(([name, count]) => `${name} ${count}`).join(', ') + `; the reader cut ${cuts} times`);
  for (const finding of findings.slice(0, 20)) console.log(`  WRONG: ${finding}`);
  if (findings.length > 20) console.log(`  WRONG: and ${findings.length - 20} more`);
  return findings.length;
}

console.log(`${calls} calls under ${faults} faults, TORTURE_SEED=${seed}`);
const server = await startTorture();
let wrong = 0;
try {
  for (let n = 0; n < rounds; n += 1) {
    const began = performance.now();
    const round = new Round({ server, seed: seed + n, clients: 20, calls: Math.min(each, calls),
      faults: shareOf(faults, n), crashes: shareOf(kills, n), callsInTransaction: 1 + n % 2 });
    wrong += tell(n, began, await round.run());
  }
} finally {
  await server.stop();
}
console.log(wrong ? `\n${wrong} things were wrong.` : '\nNothing was wrong.');
process.exitCode = wrong ? 1 : 0;
