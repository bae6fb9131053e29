// Bundles what browsers load: a script and a style sheet for each page, and the tag, into
// build/web/ and build/demo/, beside the browser module that tools/wasm.sh has built. Run by
// tools/web.sh.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const browsers = ['chrome123', 'firefox128', 'safari17.5'];

/** By the file under build/ that it becomes; what no gateway but the demo's serves is in demo/. */
const scripts = {
  'web/slotguard-booking': 'page/booking/slotguard_booking.mjs',
  'web/booking': 'page/booking/main.mjs',
  'web/mentor': 'page/mentor/main.mjs',
  'demo/race': 'page/race/main.mjs',
};
const styles = {
  'web/booking': 'page/booking/page.css',
  'web/mentor': 'page/mentor/mentor.css',
  'demo/race': 'page/race/race.css',
};
/** Those that there are. */
const present = (entries) => Object.fromEntries(Object.entries(entries)
  .map(([name, path]) => [name, here(path)]).filter(([, path]) => existsSync(path)));

/** The languages that there are, and what is said in them where the module is not to be had. */
const languages = readdirSync(here('../wasm/languages/')).filter((name) => name.endsWith('.json'))
  .map((name) => [basename(name, '.json'),
    JSON.parse(readFileSync(here(`../wasm/languages/${name}`), 'utf8'))]);
const broken = Object.fromEntries(languages.map(([tag, { page }]) => [tag, page.broken]));

/**
 * In a shadow root `rem` is the site's, which may be anything; ours is what the visitor likes. What
 * a @container asks for can't hold a variable, and is written in pixels.
 */
const ownRem = (css) => css.replace(/(?<![\w.-])(-?\d*\.?\d+)rem\b/g,
  'calc(var(--slotguard-rem)*$1)');

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
      return { contents: ownRem(text), loader: 'text' };
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
  // `import SlotGuard from 'slotguard'` is the module that was built, wherever the import stands.
  alias: { slotguard: here('../build/web/slotguard.mjs') },
  define: {
    slotguardLanguages: JSON.stringify(languages.map(([tag]) => tag)),
    slotguardBroken: JSON.stringify(broken),
  },
  plugins: [styleAsText],
  format: 'esm',
});
await build({ ...common, entryPoints: present(styles) });
