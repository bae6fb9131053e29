// A listener of the gateway's stream of events, as a browser is one: it keeps the list by what it
// is told, and comes back with the last id that it heard.
import { once } from 'node:events';
import http from 'node:http';
import { createGunzip } from 'node:zlib';

export class EventStream {
  /** What was told and not waited for yet. */
  #told = [];
  #waiting;
  #buffer = '';
  #request;
  #url;
  /** The rows of each date, by what was told. @type {Map<string, object[]>} */
  days = new Map();
  lastId;
  text = '';
  comments = 0;
  /** Of bytes that came. */
  size = 0;
  isOpen = false;

  /** @param {{ url: string }} gateway */
  constructor(gateway, mentor, headers = {}) {
    this.#url = `${gateway.url}/events?mentor_id=${encodeURIComponent(mentor)}`;
    this.headers = headers;
  }

  /** @returns {Promise<this>} once the answer's head is there; rejects where it is an error */
  async open() {
    const headers = { ...this.headers, ...(this.lastId ? { 'Last-Event-ID': this.lastId } : {}) };
    this.#request = http.get(this.#url, { headers, agent: false });
    const [response] = await once(this.#request, 'response');
    this.response = response;
    this.status = response.statusCode;
    if (this.status !== 200) {
      const body = JSON.parse(Buffer.concat(await response.toArray()).toString());
      throw Object.assign(new Error(body.message), { status: this.status, body });
    }
    this.isOpen = true;
    this.#buffer = '';
    response.on('data', (bytes) => { this.size += bytes.length; }).on('error', () => {});
    const unpacked = response.headers['content-encoding'] === 'gzip'
      ? response.pipe(createGunzip()) : response;
    // A stream that was packed has no end, so that it ends too early.
    unpacked.setEncoding('utf8').on('data', (text) => this.#take(text)).on('error', () => {});
    response.once('close', () => {
      this.isOpen = false;
      this.#waiting?.();
    });
    return this;
  }

  /** The next event that was not waited for yet; undefined once the stream has ended. */
  async next() {
    while (this.#told.length === 0) {
      if (!this.isOpen) return undefined;
      await new Promise((resolve) => { this.#waiting = resolve; });
    }
    return this.#told.shift();
  }

  /** Waits until what is told makes this true. */
  async until(condition) {
    while (!condition(this)) {
      if (await this.next() === undefined) throw new Error('the stream ended before that');
    }
  }

  /** The state of a slot, by what was told. */
  stateOf(date, time) {
    return this.days.get(date)?.find((row) => row.session_time === `${time}:00`)?.state;
  }

  close() {
    this.#request.destroy();
  }

  #take(text) {
    this.text += text;
    this.#buffer += text;
    const blocks = this.#buffer.split('\n\n');
    this.#buffer = blocks.pop();
    for (const block of blocks) this.#takeBlock(block);
  }

  #takeBlock(block) {
    const fields = new Map(block.split('\n').map((line) => {
      const [, name, value] = line.match(/^([^:]*):? ?(.*)$/s);
      return [name, value];
    }));
    if (fields.has('')) this.comments += 1;
    if (fields.has('id')) this.lastId = fields.get('id');
    if (fields.has('data')) {
      const event = { type: fields.get('event'), ...JSON.parse(fields.get('data')) };
      for (const date of event.dates) this.days.delete(date);
      for (const [date, rows] of Object.entries(Object.groupBy(event.slots,
        (row) => row.session_date))) this.days.set(date, rows);
      this.#told.push(event);
    }
    this.#waiting?.();
  }
}

/** Opens a stream and waits for the whole list. */
export async function listen(gateway, mentor, headers) {
  const stream = await new EventStream(gateway, mentor, headers).open();
  const first = await stream.next();
  return Object.assign(stream, { first });
}
