// The long attack, `make attack`: other inputs each time, for ATTACK_SECONDS. ATTACK_SEED=… brings one back.
import { attack } from './attack.mjs';

const seed = Number(process.env.ATTACK_SEED ?? Date.now() % 2 ** 31);
const end = performance.now() + Number(process.env.ATTACK_SECONDS ?? 600) * 1000;
console.log(`ATTACK_SEED=${seed}`);
const { count, wrongs } = await attack(seed, () => performance.now() > end,
  (sent) => { if (sent % 10_000 === 0) console.log(`${sent} inputs`); });
for (const wrong of wrongs) console.log(`WRONG: ${wrong}`);
console.log(`${count} inputs, ${wrongs.length} wrong`);
process.exitCode = wrongs.length > 0 ? 1 : 0;
