// Bundles what browsers load: one file for each page, and one for the tag, into build/web/, beside the
// browser module that tools/wasm.sh has built. Run by tools/web.sh.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

await build({
  entryPoints: {
    'slotguard-booking': here('page/booking/main.mjs'),
  },
  outdir: here('../build/web/'),
  outExtension: { '.js': '.mjs' },
  // `import SlotGuard from 'slotguard'` is the module that was built, wherever the importing file lies.
  alias: { slotguard: here('../build/web/slotguard.mjs') },
  // A style sheet that a script imports is its text: it belongs into a shadow root.
  loader: { '.css': 'text' },
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['chrome123', 'firefox128', 'safari17.5'],
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
});
