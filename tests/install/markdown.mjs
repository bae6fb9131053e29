// Reads what our documentation promises: its SQL blocks, its links, its headings.

/**
 * The SQL blocks of a page, in order. A comment of HTML on the lines before a block says how it is
 * to be run: `<!-- fails: 23505 -->` (it must, with that SQLSTATE), `<!-- fresh database -->`. Before a
 * block of text, `<!-- says -->` means that this is what the SQL above it answers.
 * @returns {{ line: number, sql: string, fails?: string, fresh: boolean, says?: string }[]}
 */
export function sqlBlocks(text) {
  const blocks = [];
  let block = null;
  let notes = [];
  text.split('\n').forEach((line, index) => {
    const fence = line.match(/^\s*```(\w*)/);
    if (block && fence) {
      if (block.language === 'sql') blocks.push(finished(block));
      if (block.notes.includes('says')) blocks.at(-1).says = block.lines.join('\n');
      block = null;
    } else if (block) {
      block.lines.push(line);
    } else if (fence) {
      block = { language: fence[1], line: index + 1, lines: [], notes };
      notes = [];
    } else if (line.trim() !== '') {
      const note = line.match(/^\s*<!--\s*(.*?)\s*-->\s*$/)?.[1];
      notes = note === undefined ? [] : [...notes, note];
    }
  });
  return blocks;
}

function finished({ line, lines, notes }) {
  return {
    line,
    sql: `${lines.join('\n')}\n`,
    fails: notes.map((note) => note.match(/^fails: (\w{5})$/)?.[1]).find(Boolean),
    fresh: notes.includes('fresh database'),
  };
}

const withoutCode = (text) => text.replace(/^\s*```[\s\S]*?^\s*```/gm, '').replace(/`[^`\n]*`/g, '');

/** The targets of links and pictures that stay within the project. */
export function innerLinks(text) {
  const targets = [...withoutCode(text).matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)|^\[[^\]]+\]:\s*(\S+)/gm)]
    .map(([, inline, reference]) => inline ?? reference);
  return targets.filter((target) => !/^[a-z][a-z0-9+.-]*:/i.test(target));
}

/** The anchors of a page's headings, as code hosts make them. */
export function anchors(text) {
  const headings = [...text.replace(/^\s*```[\s\S]*?^\s*```/gm, '').matchAll(/^#{1,6}\s+(.*?)\s*#*$/gm)];
  return new Set(headings.map(([, heading]) => heading.toLowerCase()
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-')));
}
