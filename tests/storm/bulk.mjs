// Loads of thousands of sessions, each in one transaction, beside visitors who book one at a time.
import { openClients } from '../gateway/stack.mjs';
import { deedsOfOne, some } from './deeds_of_one.mjs';
import { openScene } from './scene.mjs';
import { storm } from './storm.mjs';
import { Visitor } from './visitor.mjs';

const hours = 4000;
const firstHour = "date_trunc('day', now() AT TIME ZONE 'UTC') + '7 days'";
const columns = 'mentor_id, startup_id, session_date, session_time';

const rowsOf = ({ mentor, startup, minute }) => `
  SELECT '${mentor}' AS mentor_id, ${startup} AS startup_id, start::date::text AS session_date,
         start::time::text AS session_time
  FROM (SELECT ${firstHour} + make_interval(hours => n, mins => ${minute}) AS start
        FROM generate_series(0, ${hours - 1}) n ORDER BY n) hours`;

async function byStatement(loader, load) {
  await loader.query(
    `INSERT INTO mentor_startup_sessions (${columns})
     SELECT mentor_id, startup_id, session_date::date, session_time::time
     FROM (${rowsOf(load)}) rows`);
}

async function byCopy(loader, load) {
  const rows = await loader.query(rowsOf(load));
  await loader.copy(`mentor_startup_sessions (${columns})`,
    rows.map((row) => Object.values(row).join('\t')));
}

async function oneByOne(loader, load) {
  for (const row of await loader.query(rowsOf(load)))
    await loader.query(`INSERT INTO mentor_startup_sessions (${columns}) VALUES ($1, $2, $3, $4)`,
      Object.values(row));
}

/** One session in each of so many hours. The last two want the same mentor at the same times. */
const loads = [
  { mentor: 'by statement', startup: 11, minute: 0, write: byStatement },
  { mentor: 'by copy', startup: 12, minute: 0, write: byCopy },
  { mentor: 'one by one', startup: 13, minute: 0, write: oneByOne },
  { mentor: 'wanted twice', startup: 14, minute: 0, write: byStatement },
  { mentor: 'wanted twice', startup: 15, minute: 15, write: byStatement },
];

const tooMany = '54000';
const isDone = (word) => word.startsWith('done');

/** Loads it all at once, with the table locked first where that is what the error says to do. */
async function load(loader, what) {
  const attempt = (first) => loader.inTransaction(async () => {
    if (first) await loader.query(first);
    await what.write(loader, what);
    return first ? 'done, with the table locked' : 'done';
  });
  try {
    return await attempt().catch((error) => {
      if (error.code !== tooMany) throw error;
      const [first] = error.hint.match(/LOCK TABLE .* MODE/);
      return attempt(first);
    });
  } catch (error) {
    return error.code;
  }
}

/** Visitors book in quarters that no load wants, half of them in the hours of the loads. */
const hoursOfVisitors = `
  SELECT mentor_id, start::date::text AS session_date, start::time::text AS session_time
  FROM mentor_settings,
       (SELECT ${firstHour} + make_interval(hours => n, mins => 45) AS start
        FROM generate_series(0, ${2 * hours - 1}, 80) n) hours`;

const openBulkScene = (clientCount) => openScene(clientCount, {
  mentors: [...new Set(loads.map(({ mentor }) => mentor))].map((id) => ({ id })),
  places: hoursOfVisitors,
  minutes: [5, 10, 15],
});

const deedsBesideLoads = some(deedsOfOne, 'book', 'insert', 'insert_or_nothing', 'reinstate',
  'cancel', 'remove', 'retry', 'change_of_mind');

/**
 * Starts all loads at once.
 * @returns {{ areRunning: boolean, stop(): Promise<{ word: string, mentor: string }[]> }}
 */
function startLoads({ database }, ledger) {
  const state = { areRunning: true, stop: () => loading };
  const loading = (async () => {
    const clients = await openClients(database, loads.length);
    const words = await Promise.all(clients.map(async (client, i) => {
      const loader = new Visitor({ client, ledger });
      const word = await load(loader, loads[i]);
      if (isDone(word)) ledger.note(loader.takeTold().reports);
      return { mentor: loads[i].mentor, word };
    }));
    state.areRunning = false;
    await Promise.all(clients.map((client) => client.end()));
    return words;
  })();
  return state;
}

/** Whatever was not as it should be, in sentences. */
export function wrongsOfLoads({ findings, deadlocks, other: loaded }) {
  const wrongs = [...findings];
  if (deadlocks > 0) wrongs.push(`the server counted ${deadlocks} deadlocks`);
  const wordsFor = (name) =>
    loaded.filter(({ mentor }) => mentor === name).map(({ word }) => word).sort();
  for (const name of ['by statement', 'by copy', 'one by one'])
    if (!wordsFor(name).every(isDone)) wrongs.push(`the load ${name} ended with ${wordsFor(name)}`);
  // The whole of one, and nothing of the other.
  const [lost, won] = wordsFor('wanted twice');
  if (lost !== '23P01' || !isDone(won))
    wrongs.push(`two loads of one time came to ${lost} and ${won}`);
  return wrongs;
}

/** Loads, and visitors beside them; some visitors come after. */
export async function blowLoads() {
  let loads;
  return storm({
    scene: await openBulkScene(8),
    deeds: deedsBesideLoads,
    beside: (scene, ledger) => loads = startLoads(scene, ledger),
    goOn: (done) => loads.areRunning || done < 60,
    isWatched: false,
  });
}
