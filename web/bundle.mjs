// Bundles what browsers load: a script and a style sheet for each page, and the tag, into build/web/
// (the demo's: build/demo/), beside the browser module that tools/wasm.sh has built. Run by tools/web.sh.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const browsers = ['chrome123', 'firefox128', 'safari17.5'];

/** By the file under build/ that it becomes; what no gateway but the demo's serves is in demo/. */
const scripts = {
  'web/slotguard-booking': 'page/booking/main.mjs',
  'web/mentor': 'page/mentor/main.mjs',
  'demo/race': 'page/race/main.mjs',
};
const styles = {
  'web/mentor': 'page/mentor/mentor.css',
  'demo/race': 'page/race/race.css',
};
const present = (entries) => Object.fromEntries(Object.entries(entries)
  .map(([name, path]) => [name, here(path)]).filter(([, path]) => existsSync(path)));

/** A style sheet that a script imports is its text, ready for a shadow root. */
const styleAsText = {
  name: 'style-as-text',
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { outputFiles: [{ text }] } = await build({
        stdin: { contents: await readFile(path, 'utf8'), resolveDir: dirname(path), loader: 'css' },
        bundle: true,
        minify: true,
        target: browsers,
        write: false,
      });
      return { contents: text, loader: 'text' };
    });
  },
};

const common = {
  outdir: here('../build/'),
  bundle: true,
  minify: true,
  target: browsers,
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
};

await build({
  ...common,
  entryPoints: present(scripts),
  outExtension: { '.js': '.mjs' },
  // `import SlotGuard from 'slotguard'` is the module that was built, wherever the importing file lies.
  alias: { slotguard: here('../build/web/slotguard.mjs') },
  plugins: [styleAsText],
  format: 'esm',
});
await build({ ...common, entryPoints: present(styles) });
