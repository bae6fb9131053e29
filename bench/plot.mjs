// Draws what bench/scale.cpp has measured, as an SVG for light and dark pages:
//
//   tools/node.sh bench/plot.mjs MEASURED.tsv >PICTURE.svg
import { readFileSync } from 'node:fs';
import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';

const width = 800, height = 600;
const left = 56, right = width - 230;

// Each act has its colour whatever its place, on light paper and on dark.
const colours = {
  'book_session, a win': ['#1a7f37', '#3fb950'],
  'book_session, a refusal': ['#0969da', '#58a6ff'],
  'refusal, five alternatives': ['#8250df', '#bc8cff'],
  'list of thirty days': ['#bf3989', '#f778ba'],
  'slotguard INSERT': ['#bc4c00', '#f0883e'],
  'founding INSERT': ['#59636e', '#9198a1'],
  'empty round trip': ['#6e7781', '#848d97'],
};
const acts = Object.keys(colours);
// A list has as many rows as the others have microseconds: it is drawn on a scale of its own.
const panels = [
  { top: 64, bottom: 368, shows: (act) => act !== 'list of thirty days' },
  { top: 420, bottom: height - 52, shows: (act) => act === 'list of thirty days' },
];
const kind = (act) => `act${acts.indexOf(act)}`;

function read(file) {
  return readFileSync(file, 'utf8').trim().split('\n').map((row) => {
    const [sessions, act, microseconds] = row.split('\t');
    if (!acts.includes(act) || !(Number(sessions) > 0) || !(Number(microseconds) > 0))
      throw new Error(`This is no measurement: ${row}`);
    return { act, sessions: Number(sessions), microseconds: Number(microseconds) };
  });
}

const measured = read(process.argv[2]);
const sizes = [...new Set(measured.map((m) => m.sessions))];
const x = scaleLog([Math.min(...sizes), Math.max(...sizes)], [left, right]);
const lines = acts.map((act) => ({
  act,
  points: measured.filter((m) => m.act === act).sort((a, b) => a.sessions - b.sessions),
})).filter(({ points }) => points.length > 0);

const px = (number) => number.toFixed(1);
const text = (kinds, across, down, words, anchor = 'start') =>
  `<text class="${kinds}" x="${px(across)}" y="${px(down)}" text-anchor="${anchor}">${words}</text>`;

function sizeLabel(size) {
  const power = Math.log10(size);
  return Number.isInteger(power) ? `10${'⁰¹²³⁴⁵⁶⁷⁸⁹'[power]}` : size.toLocaleString('en');
}

const horizontalAxis = sizes.map((size) =>
  text('faint', x(size), height - 28, sizeLabel(size), 'middle'));

function verticalAxis({ top, bottom }, y) {
  return y.ticks((bottom - top) / 50).map((tick) =>
    `<path class="grid" d="M${left},${px(y(tick))}H${right}"/>` +
    text('faint', left - 10, y(tick) + 5, tick, 'end'));
}

function curve({ act, points }, y) {
  const path = line((m) => x(m.sessions), (m) => y(m.microseconds)).digits(1);
  return `<path class="line ${kind(act)}" d="${path(points)}"/>` + points.map((m) =>
    `<circle class="${kind(act)}" cx="${px(x(m.sessions))}" cy="${px(y(m.microseconds))}" r="3"/>`).join('');
}

// A label stands at the end of its line, or below another one that it would cover.
function labels(shown, y) {
  let free = -Infinity;
  return shown.map(({ act, points }) => ({ act, last: points.at(-1).microseconds }))
    .sort((a, b) => b.last - a.last)
    .map(({ act, last }) => {
      const place = Math.max(y(last) + 5, free);
      free = place + 18;
      return text(kind(act), right + 12, place, `${act} (${Math.round(last)})`);
    });
}

function draw(panel) {
  const shown = lines.filter(({ act }) => panel.shows(act));
  const highest = Math.max(...shown.flatMap(({ points }) => points.map((m) => m.microseconds)));
  const y = scaleLinear([0, highest], [panel.bottom, panel.top]).nice((panel.bottom - panel.top) / 50);
  return [...verticalAxis(panel, y), ...shown.map((drawn) => curve(drawn, y)), ...labels(shown, y)];
}

const variables = (paper) => acts.map((act) => `--${kind(act)}: ${colours[act][paper]};`).join(' ');
const style = `<style>
  svg { --paper: #ffffff; --ink: #1f2328; --faint: #59636e; --grid: #d1d9e0;
        ${variables(0)}
        font: 14px system-ui, sans-serif; }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #0d1117; --ink: #f0f6fc; --faint: #9198a1; --grid: #3d444d;
          ${variables(1)} }
  }
  .paper { fill: var(--paper); }
  .heading { fill: var(--ink); font-size: 16px; font-weight: 600; }
  .faint { fill: var(--faint); }
  .grid { stroke: var(--grid); }
${acts.map((act) => `  .${kind(act)} { fill: var(--${kind(act)}); stroke: var(--${kind(act)}); }`).join('\n')}
  text { stroke: none !important; }
  .line { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
  .line.${kind('empty round trip')} { stroke-dasharray: 5 5; }
</style>`;

const title = 'What one call costs, by the number of sessions in the table';
const values = lines.map(({ act, points }) => `${act}: ${points.map((m) =>
  `${m.microseconds} µs at ${m.sessions.toLocaleString('en')}`).join(', ')}.`).join(' ');
console.log([
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title values">`,
  `<title id="title">${title}</title>`,
  `<desc id="values">${values}</desc>`,
  style,
  `<rect class="paper" width="${width}" height="${height}" rx="6"/>`,
  text('heading', left - 32, 30, title),
  text('faint', left - 32, 50, 'microseconds of the server’s processor'),
  ...horizontalAxis,
  text('faint', right, height - 8, 'sessions', 'end'),
  ...panels.flatMap(draw),
  '</svg>',
].join('\n'));
