// The storm itself: every client does one deed after the other, chosen by chance; what came of each
// is counted and noted, and an error that nobody expects ends it all.
import { Random, seed } from './random.mjs';
import { countDeadlocks, findOverlaps, findWhatCheckTells, findWrongInstants,
  watchForOverlaps } from './findings.mjs';
import { Ledger } from './ledger.mjs';
import { Tally } from './tally.mjs';
import { Visitor } from './visitor.mjs';
import { Witness } from './witness.mjs';

const guards = ['no_overlapping_sessions', 'no_overlapping_startup_sessions'];
// REINDEX CONCURRENTLY has a second index of another name for a while.
const slotIndex = /^unique_mentor_time_slot(_cc(new|old)\d*)?$/;

const changedMeanwhile = /^could not serialize access due to concurrent (update|delete)$/;
const noSerialOrder = /^could not serialize access due to read\/write dependencies/;
const endedMeanwhile = /^session \d+ is (completed|no_show) and can't be (cancelled|moved)$/;

/** Whether a deed may end with this error; each with the one reason that there is for it. */
function isExpected(error, deed, isolation) {
  switch (error.code) {
    case '23505': return deed.refusals.includes('23505') && slotIndex.test(error.constraint);
    case '23P01': return deed.refusals.includes('23P01') && guards.includes(error.constraint);
    case '40001': return isolation === 'serializable' && noSerialOrder.test(error.message)
      || isolation !== 'read committed' && deed.changes && changedMeanwhile.test(error.message);
    case '40P01': return deed.mayDeadlock === true;
    case '55000': return deed.endedAlready === true && endedMeanwhile.test(error.message);
    default: return false;
  }
}

async function deedOf(visitor, name, deed, { tally, witness }) {
  visitor.takeTold();
  witness.begins(visitor);
  let word;
  let told;
  try {
    word = await deed.run(visitor);
    told = visitor.takeTold();
  } catch (error) {
    if (!isExpected(error, deed, visitor.isolation)) {
      const where = `${name} under ${visitor.isolation} (STORM_SEED=${seed})`;
      throw new Error(`${where}: ${error.code ?? ''} ${error.message}`, { cause: error });
    }
    word = error.code;
    told = { ...visitor.takeTold(), reports: [] };
  }
  visitor.ledger.note(told.reports);
  witness.ends(visitor, told);
  tally.count(name, word);
}

async function deedsOf(visitor, deeds, goOn, watchers) {
  const names = Object.keys(deeds);
  for (let done = 0; goOn(done); done += 1) {
    const name = visitor.random.pick(names);
    await deedOf(visitor, name, deeds[name], watchers);
  }
}

/**
 * Blows once over a scene, and closes it.
 * @param {object} how
 * @param {object} how.scene
 * @param {Record<string, object>} how.deeds  what is done, by name
 * @param {(done: number) => boolean} how.goOn  whether a client that did so many does one more
 * @param {(scene: object, ledger: Ledger) => { stop(): Promise<object> }} [how.beside]  what
 *   goes on meanwhile
 * @param {boolean} [how.isWatched]  not where looking takes long
 */
export async function storm({ scene, deeds, goOn, beside, isWatched = true }) {
  try {
    const ledger = new Ledger();
    const tally = new Tally();
    const witness = new Witness(ledger);
    const watch = isWatched ? watchForOverlaps(scene.database.admin) : undefined;
    const other = beside?.(scene, ledger);
    let isOver = false;
    const blowing = scene.clients.map((client, i) => deedsOf(
      new Visitor({ scene, client, ledger, random: new Random(seed + 7919 * i) }), deeds,
      (done) => !isOver && goOn(done), { tally, witness },
    ).catch((error) => {
      isOver = true; // For all; the others end what they are at.
      throw error;
    }));
    await Promise.allSettled(blowing);
    const meanwhile = { watch: await watch?.stop(), other: await other?.stop() };
    await Promise.all(blowing);
    const left = await whatIsLeft(scene, ledger, meanwhile.watch?.overlaps);
    left.findings.push(...witness.findings);
    return { tally, ...meanwhile, judged: witness.judged, ...left };
  } finally {
    await scene.close();
  }
}

async function whatIsLeft({ database, clients }, ledger, overlapsSeen = []) {
  const { rows } = await database.admin.query(
    'SELECT facts_of(s) AS facts FROM mentor_startup_sessions s');
  const overlaps = new Set([...overlapsSeen, ...await findOverlaps(database.admin)]);
  return {
    sessions: rows.length,
    deadlocks: await countDeadlocks(database, clients),
    overlaps: overlaps.size,
    findings: [
      ...overlaps,
      ...await findWrongInstants(database.admin),
      ...await findWhatCheckTells(database.admin),
      ...ledger.disagreements(rows.map(({ facts }) => facts)),
    ],
  };
}
