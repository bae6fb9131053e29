// Many mentors on one server, whose clock may stand elsewhere.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { ask, root, setUp, startServer } from '../faults/servers.mjs';
import { MentorCheck } from './mentor_check.mjs';
import { RandomMentor, zones } from './random_mentor.mjs';
import { toDay, toText } from './recurrence_model.mjs';

const clients = 2;
/** Of one mentor, in whom often many answers are wrong for one reason. */
const mostFindings = 6;

/** Remembers for each zone the days about which its clock is changed, a year and more from now. */
async function readChanges(client, today) {
  const changes = new Map();
  for (const zone of zones) {
    const days = await ask(client, "SELECT to_json(probe.clock_changes($1, $2, $3))",
      [zone, toText(today - 3), toText(today + 430)]);
    changes.set(zone, days.map(toDay));
  }
  return (zone) => changes.get(zone);
}

/** Those of the nth clock: mentors of their own on each. */
export const numbersOf = (nth, count) => Array.from({ length: count }, (_, i) => nth * count + i);

/**
 * Makes and asks mentors until there are no more numbers.
 * @param {{ clock: string, seed: number, numbers: Iterable<number>, onMentor?: (done: number) => void }} how
 */
export async function checkMentors({ clock, seed, numbers, onMentor = () => {} }) {
  const name = `property_${clock.replace(/\W.*/, '')}`;
  const server = await startServer(name, { clock: clock === 'now' ? '' : clock, settings: ['fsync = off'] });
  try {
    const connections = await Promise.all(Array.from({ length: clients }, () => server.connect()));
    const [first] = connections;
    await setUp(first);
    await first.query(await readFile(join(root, 'tests/property/probe.sql'), 'utf8'));
    const today = toDay(await ask(first, 'SELECT current_date::text'));
    const shared = { seed, today, changesOf: await readChanges(first, today) };
    const tally = { mentors: 0, asked: 0, outcomes: new Map(), wrong: [] };
    const queue = numbers[Symbol.iterator]();
    await Promise.all(connections.map(async (client) => {
      for (let next = queue.next(); !next.done; next = queue.next()) {
        const check = new MentorCheck(client, new RandomMentor({ ...shared, number: next.value }));
        await check.run().catch((error) => { 
          check.findings.push(error.stack);
          check.told = check.plan.statements;
        });
        note(tally, check, next.value, { clock, seed });
        onMentor(tally.mentors);
      }
    }));
    return tally;
  } finally {
    await server.stop();
  }
}

function note(tally, check, number, { clock, seed }) {
  tally.mentors += 1;
  tally.asked += check.asked;
  for (const [word, count] of check.outcomes) tally.outcomes.set(word, (tally.outcomes.get(word) ?? 0) + count);
  if (!check.findings.length) return;
  const told = check.findings.slice(0, mostFindings);
  if (check.findings.length > told.length) told.push(`and ${check.findings.length - told.length} more`);
  tally.wrong.push([`SOAK_CLOCK='${clock}' SOAK_SEED=${seed} SOAK_MENTOR=${number} make soak:`
    + ` ${check.plan.zone}, ${check.day}, length ${check.plan.length}`, ...told, ...check.told].join('\n  '));
}
