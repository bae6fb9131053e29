// The documentation is true: its SQL runs, in the order of each page, and its links lead somewhere.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { anchors, innerLinks, sqlBlocks } from './markdown.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (page) => readFileSync(join(root, page), 'utf8');
const pages = [
  ...readdirSync(root), ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
].filter((name) => name.endsWith('.md')).sort();

function claim(text, broken) {
  console.log(`${broken ? 'not ok' : 'ok'} ${text}`);
  if (!broken) return;
  console.log(broken.replace(/^/gm, '    '));
  process.exitCode = 1;
}

function psql(database, sql) {
  const { status, stdout, stderr } = spawnSync('psql', ['-X', '-q', '-d', database,
    '-v', 'ON_ERROR_STOP=1', '-v', 'VERBOSITY=verbose', '-f', '-'], { input: sql, encoding: 'utf8' });
  return { failed: status !== 0, said: stdout + stderr, state: stderr.match(/ERROR: {2}(\w{5}):/)?.[1] };
}

/** Without what an editor takes away: blanks at the end of lines, and empty lines around. */
const plain = (text) => text.replace(/[ \t]+$/gm, '').trim();

let databases = 0;
function freshDatabase() {
  const name = `docs_${databases += 1}`;
  psql('postgres', `DROP DATABASE IF EXISTS ${name};`);
  const made = psql('postgres', `CREATE DATABASE ${name};`);
  if (made.failed) throw new Error(made.said);
  return name;
}

function checkSql(page) {
  let database = null;
  for (const { line, sql, fails, fresh, says } of sqlBlocks(read(page))) {
    if (fresh || !database) database = freshDatabase();
    const { failed, said, state } = psql(database, sql);
    if (fails) {
      claim(`${page}, line ${line}: the SQL fails with ${fails}, as it says`,
        state !== fails && `it ended with ${state ?? 'no error'}:\n${said}`);
    } else {
      claim(`${page}, line ${line}: the SQL runs`, failed && said);
    }
    if (says !== undefined) {
      claim(`${page}, line ${line}: the answer is the one below it`,
        plain(said) !== plain(says) && `it answers:\n${said}`);
    }
  }
}

function whyDead(page, link) {
  const [path, anchor] = link.split('#');
  const target = path === '' ? page : normalize(join(dirname(page), decodeURIComponent(path)));
  if (!existsSync(join(root, target))) return `there is no ${target}`;
  if (anchor && target.endsWith('.md') && !anchors(read(target)).has(anchor)) {
    return `${target} has no heading for #${anchor}`;
  }
  return '';
}

for (const page of pages) {
  checkSql(page);
  for (const link of new Set(innerLinks(read(page)))) {
    claim(`${page}: the link ${link} leads somewhere`, whyDead(page, link));
  }
}
