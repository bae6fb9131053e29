// Makes a script smaller, in its place: `tools/node.sh web/minify.mjs build/web/slotguard.mjs`. Emscripten
// leaves the names in its glue long.
import { build } from 'esbuild';

const [path] = process.argv.slice(2);

await build({
  entryPoints: [path],
  outfile: path,
  allowOverwrite: true,
  minify: true,
  format: 'esm',
  target: ['chrome123', 'firefox128', 'safari17.5'],
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
});
