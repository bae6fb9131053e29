// The checker: whether a recorded history is one that some serial order of its calls explains.
import { Explanation } from './explanation.mjs';
import { checkThatHoldsBind } from './holds_bind.mjs';
import { Replay } from './journal_replay.mjs';
import { checkKeys } from './keys.mjs';
import { Lives } from './lives.mjs';
import { compareWithLateReader, compareWithReader } from './readers.mjs';
import { judgeRefusals } from './refusals.mjs';
import { compareWithTables } from './tables.mjs';

/**
 * @param {object} history  as history.mjs says
 * @returns {{ findings: string[], judged: number }} what can't be, in sentences; and how many refusals
 *   were judged
 */
export function checkHistory(history) {
  const replay = new Replay(history);
  const explanation = new Explanation(history, replay);
  const lives = new Lives(history, replay, explanation);
  const refusals = judgeRefusals(history, lives, explanation);
  return {
    findings: [
      ...replay.findings,
      ...compareWithTables(replay, history),
      ...compareWithReader(history),
      ...compareWithLateReader(history, explanation),
      ...explanation.findings,
      ...refusals.found,
      ...checkKeys(history, replay, explanation),
      ...checkThatHoldsBind(history, replay, explanation),
    ],
    judged: refusals.judged,
  };
}
