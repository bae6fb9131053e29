// One version, wherever it is written: slotguard.control has it, all others must agree.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const json = (path) => JSON.parse(read(path));
const version = read('slotguard.control').match(/^default_version *= *'(.*)'/m)[1];

const packageVersion = (folder) => json(`${folder}/package.json`).version ?? version;
const lockVersion = (folder) => json(`${folder}/package-lock.json`).version ?? version;
const available = () => execFileSync('psql', ['-X', '-A', '-t', '-c',
  "SELECT default_version FROM pg_available_extensions WHERE name = 'slotguard'"], { encoding: 'utf8' }).trim();

const places = {
  'META.json has it for the distribution': () => json('META.json').version,
  'META.json has it for the extension': () => json('META.json').provides.slotguard.version,
  'CHANGELOG.md opens with it': () => read('CHANGELOG.md').match(/^## \[?([0-9.]+)/m)?.[1],
  'the install script is named for it': () =>
    existsSync(new URL(`../../build/sql/slotguard--${version}.sql`, import.meta.url)) ? version : 'no script',
  'the server offers it': available,
  'CMakeLists.txt names no other': () =>
    read('CMakeLists.txt').match(/^project\([^)]*VERSION\s+([0-9.]+)/m)?.[1] ?? version,
  'web/package.json names no other': () => packageVersion('web'),
  'web/package-lock.json names no other': () => lockVersion('web'),
  'tests/package.json names no other': () => packageVersion('tests'),
  'tests/package-lock.json names no other': () => lockVersion('tests'),
};

for (const [claim, find] of Object.entries(places)) {
  const found = find();
  const holds = found === version;
  console.log(`${holds ? 'ok' : 'not ok'} ${claim}: ${version}`);
  if (!holds) {
    console.log(`    but found ${found}`);
    process.exitCode = 1;
  }
}
