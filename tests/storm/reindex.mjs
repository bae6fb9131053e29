// Every index that the guard leans on, built anew over and over beside whoever writes.
import { openClients } from '../gateway/stack.mjs';

const indexes = ['unique_mentor_time_slot', 'mentor_startup_sessions_by_mentor',
  'mentor_startup_sessions_by_startup', 'mentor_startup_sessions_done_by_mentor',
  'mentor_startup_sessions_pkey'];

/** @returns {{ stop(): Promise<{ rebuilt: number, errors: string[] }> }} */
export function startReindexing({ database }) {
  let isOver = false;
  const working = (async () => {
    const [client] = await openClients(database, 1);
    const told = { rebuilt: 0, errors: [] };
    while (!isOver)
      for (const index of indexes)
        await client.query(`REINDEX INDEX CONCURRENTLY ${index}`).then(
          () => { told.rebuilt += 1; },
          (error) => { told.errors.push(`REINDEX of ${index}: ${error.code} ${error.message}`); });
    await client.end();
    return told;
  })();
  return {
    stop() {
      isOver = true;
      return working;
    },
  };
}
