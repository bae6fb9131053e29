// The race as it was: the drawing, its times as a table, and the row that the database holds.
import { element } from '../common/element.mjs';
import { momentTable, rowTable } from './tables.mjs';
import { drawTimeline } from './timeline.mjs';

export class MomentView {
  #words;
  #moment;
  #drawing = element('div', { class: 'drawing' });
  #width = 0;

  /** @param {import('./words.mjs').Words} words */
  constructor(words) {
    this.#words = words;
    this.node = element('section',
      { class: 'stack', 'aria-labelledby': 'moment-title', hidden: true });
    // Drawn at the width that it has, so that its words stay as large as all others.
    new ResizeObserver(([{ contentRect: { width } }]) => {
      if (width === 0 || width === this.#width) return;
      this.#width = width;
      this.#draw();
    }).observe(this.#drawing);
  }

  /**
   * @param {object} moment
   * @param {import('./timeline.mjs').Lane[]} moment.lanes
   * @param {number | null} moment.decided  milliseconds since the press; null: neither has it
   * @param {number} moment.margin
   * @param {number} moment.instant
   * @param {object[]} moment.rows
   * @param {object} moment.slot
   */
  show(moment) {
    this.#moment = moment;
    const words = this.#words;
    this.node.hidden = false;
    this.node.replaceChildren(
      element('h2', { id: 'moment-title' }, words.say('moment.title')),
      this.#drawing,
      momentTable(moment, words),
      ...moment.decided === null ? [] : [clockNote(moment, words)],
      ...rowsInWords(moment, words),
    );
    this.#draw();
  }

  /** The rows as they are now. */
  async refresh(rowsAt) {
    if (this.#moment === undefined) return;
    this.show({ ...this.#moment, rows: await rowsAt(this.#moment.slot) });
  }

  #draw() {
    if (this.#moment === undefined || this.#width === 0) return;
    drawTimeline(this.#drawing, this.#width, this.#moment, this.#words);
  }
}

/** By whose clock the moment is told, and how far that may be wrong. */
function clockNote({ instant, margin }, words) {
  return element('p', { class: 'small quiet', 'data-margin': String(margin) },
    words.say('moment.note', { instant: words.clock(instant), margin: words.duration(margin) }));
}

/** The rows that share time with a slot, and how many they are. */
export function rowsInWords({ rows, slot, mentor }, words) {
  const { when } = words.session(slot);
  return [
    element('h3', {}, words.say('row.title')),
    element('p', { class: 'count', 'data-rows': String(rows.length) },
      words.say('row.count', { count: rows.length })),
    ...rows.length === 0 ? [] : [rowTable(rows, words.say('row.where', { mentor, when }))],
  ];
}
