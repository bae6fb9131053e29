// The founding note's timeline, drawn from what the clocks said: a lane for each visitor from the
// press to the answer, and a line through both where the database decided.

const svgNamespace = 'http://www.w3.org/2000/svg';
const laneHeight = 92;
const topMargin = 48;
const bottomMargin = 34;
const sideMargin = 12;

/**
 * @typedef {object} Lane  times in milliseconds since the press
 * @property {string} name
 * @property {number} sent
 * @property {number} answered
 * @property {string} outcome
 * @property {string} told  what the answer was, in words
 */

function svg(tag, attributes, ...children) {
  const made = document.createElementNS(svgNamespace, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** The least of 1, 2 and 5 times a power of ten of which at most `most` fit. */
export function tickStep(span, most) {
  const least = span / most;
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((digit) => digit * power).find((step) => step >= least);
}

/**
 * Draws into an element that is on the page, at its width: words have to be measured.
 * @param {Element} parent
 * @param {number} width  in pixels
 * @param {{ lanes: Lane[], decided: number | null }} moment
 * @param {import('./words.mjs').Words} words
 */
export function drawTimeline(parent, width, { lanes, decided }, words) {
  const height = topMargin + lanes.length * laneHeight + bottomMargin;
  const span = Math.max(...lanes.map(({ answered }) => answered), decided ?? 0) * 1.04;
  const at = (milliseconds) => sideMargin + milliseconds / span * (width - 2 * sideMargin);
  const drawing = svg('svg', { class: 'timeline', role: 'img', direction: 'ltr',
    viewBox: `0 0 ${width} ${height}`, 'aria-label': words.say('moment.drawing') });
  drawing.append(...ticks(span, at, { width, height }, words),
    text(words.say('moment.pressed'), { class: 'label', x: at(0), y: 35 }));
  lanes.forEach((lane, i) => drawing.append(drawLane(lane, topMargin + i * laneHeight, at)));
  if (decided !== null) drawing.append(drawDecision(decided, at, height, words));
  parent.replaceChildren(drawing);
  for (const label of drawing.querySelectorAll('.label')) keepInside(label, width);
}

/** A label stands in the middle of what it is for, as far as the edges let it. */
function keepInside(label, width) {
  const half = label.getComputedTextLength() / 2;
  const most = width - sideMargin - half;
  label.setAttribute('text-anchor', 'middle');
  const wanted = Number(label.getAttribute('x'));
  label.setAttribute('x', Math.max(Math.min(wanted, most), sideMargin + half));
}

function ticks(span, at, { width, height }, words) {
  const step = tickStep(span, Math.max(2, Math.floor(width / 110)));
  const marks = [];
  for (let time = 0; time <= span; time += step) {
    marks.push(svg('line', { class: 'tick', x1: at(time), x2: at(time), y1: topMargin - 8,
      y2: height - bottomMargin }));
    if (at(time) < width - 40) {
      marks.push(text(words.duration(time), { class: 'figure', x: at(time), y: height - 12,
        'text-anchor': time === 0 ? 'start' : 'middle' }));
    }
  }
  return marks;
}

function text(content, attributes) {
  return svg('text', attributes, content);
}

function drawLane({ name, sent, answered, outcome, told }, top, at) {
  const y = top + 40;
  const begin = at(sent);
  const ending = at(answered);
  return svg('g', { class: 'lane', 'data-outcome': outcome, 'data-sent': sent,
    'data-answered': answered },
    text(name, { class: 'name', x: at(0), y: top + 20 }),
    svg('line', { class: 'waiting', x1: at(0), x2: begin, y1: y, y2: y }),
    svg('rect', { class: 'asking', x: begin, y: y - 7, width: Math.max(ending - begin, 2),
      height: 14, rx: 7 }),
    svg('circle', { class: 'mark sent', cx: begin, cy: y, r: 4 }),
    svg('circle', { class: 'mark answer', cx: ending, cy: y, r: 8 }),
    text(told, { class: 'label', x: ending, y: y + 27 }));
}

/** Its words lie above those of the press. */
function drawDecision(decided, at, height, words) {
  const x = at(decided);
  return svg('g', { class: 'decision', 'data-decided': decided },
    svg('line', { x1: x, x2: x, y1: 22, y2: height - bottomMargin }),
    text(words.say('moment.decided'), { class: 'label', x, y: 15 }));
}
