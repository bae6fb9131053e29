// The module as files: how much a visitor downloads, and what a site must allow for it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import * as module from './module.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const built = (name) => readFileSync(new URL(name, module.folder));
const node = (...words) =>
  execFileSync(process.execPath, words, { encoding: 'utf8', stdio: 'pipe' });

test('the module, its glue and any one language are at most 40 KB as they are sent', () => {
  const sent = (name) => gzipSync(built(name)).length;
  const module_ = sent('slotguard.wasm') + sent('slotguard.mjs');
  for (const tag of module.languages) {
    const bytes = module_ + (tag === 'en' ? 0 : sent(`languages/${tag}.json`));
    assert.ok(bytes <= 40 * 1024, `with ${tag}: ${bytes} bytes`);
  }
});

test('it works where making code from strings is forbidden', () => {
  const use = `
    import { formatSlots, describeOutcome, plain, result, row } from ${JSON.stringify(here('module.mjs'))};
    import assert from 'node:assert';
    assert.throws(() => new Function('return 1'), EvalError);
    console.log(formatSlots([row('2026-12-01T10:00')], plain).length, describeOutcome(result('booked'), plain).tone);`;
  const said = node(
    '--disallow-code-generation-from-strings',
    '--input-type=module',
    '--eval',
    use,
  );
  assert.equal(said.trim(), '1 success');
});

test("the glue neither makes code from strings nor names a machine's folder", () => {
  const glue = built('slotguard.mjs').toString();
  assert.doesNotMatch(glue, /\beval\(|new Function\(/);
  assert.doesNotMatch(
    glue + built('slotguard.wasm').toString('latin1'),
    /\/(work|home|root|usr)\//,
  );
});

test('a typed caller compiles, and what must not compile does not', () => {
  const tsc = here('../node_modules/typescript/bin/tsc');
  const settings =
    '--noEmit --strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess --target es2022 --module nodenext --skipLibCheck false --lib es2023,dom'.split(
      ' ',
    );
  try {
    node(tsc, ...settings, here('typed_use.ts'));
  } catch (failed) {
    assert.fail(failed.stdout || failed.message);
  }
});

test('the types name just the outcomes and states that the module knows', () => {
  const types = built('slotguard.d.ts').toString();
  const union = (name) =>
    [...types.match(new RegExp(`type ${name} =([^;]*);`))[1].matchAll(/'(\w+)'/g)].map(
      (match) => match[1],
    );
  assert.deepEqual(union('Outcome'), module.outcomes);
  assert.deepEqual(union('SlotState'), module.states);
});

test('the outcomes and states of these tests are those of core', () => {
  const words = (header) =>
    [...readFileSync(here(`../../core/${header}`), 'utf8').matchAll(/return "(\w+)";/g)].map(
      (match) => match[1],
    );
  assert.deepEqual(words('outcome.hpp'), module.outcomes);
  assert.deepEqual(words('slot_state.hpp'), module.states);
});

test('two modules on one page do not share what they keep', async () => {
  const { default: SlotGuard } = await import(new URL('slotguard.mjs', module.folder));
  const other = await SlotGuard({ wasmBinary: module.wasmBinary });
  const rows = [module.row('2026-12-01T10:00')];
  assert.deepEqual(other.formatSlots(rows, module.plain), module.formatSlots(rows, module.plain));
});
