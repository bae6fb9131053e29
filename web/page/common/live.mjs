// Follows what changes at a mentor's: the service's stream of events where there is one, else by
// asking again and again. Whoever listens is told of changes, and how old what it shows may be.
// A page that nobody sees follows nothing: of the few connections that a browser opens to a server,
// streams of forgotten tabs would leave none to book by.

const pollEvery = 15_000;
const streamAgainAfter = 60_000;

export class Live {
  #address;
  #listener;
  #stream;
  #opened = false;
  #timers = new Set();
  #onWake = () => this.#wake();
  #onVisibility = () => {
    if (document.visibilityState === 'visible') this.#wake();
    else this.#close();
  };

  /**
   * @param {import('./api.mjs').Api} api
   * @param {string} mentor
   * @param {object} listener
   * @param {(change: { dates: string[], slots: object[] } | null) => void} listener.onChange  the
   *   days that changed, in the mentor's zone, with their rows in the mentor's usual length; null:
   *   nobody knows what changed, look for yourself
   * @param {(how: 'live' | 'polling') => void} [listener.onState]  polling: what is shown may be
   *   `pollEvery` old, or older where nothing answers
   */
  constructor(api, mentor, listener) {
    this.#address = api.address(`events?${new URLSearchParams({ mentor_id: mentor })}`);
    this.#listener = listener;
    addEventListener('online', this.#onWake);
    document.addEventListener('visibilitychange', this.#onVisibility);
    this.#open();
  }

  stop() {
    removeEventListener('online', this.#onWake);
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#close();
  }

  #close() {
    this.#stream?.close();
    this.#stream = undefined;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #after(milliseconds, todo) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      todo();
    }, milliseconds);
    this.#timers.add(timer);
  }

  #open() {
    const stream = new EventSource(this.#address);
    this.#stream = stream;
    stream.addEventListener('open', () => {
      this.#opened = true;
      this.#listener.onState?.('live');
    });
    stream.addEventListener('slots', ({ data }) => {
      this.#listener.onChange(JSON.parse(data));
    });
    stream.addEventListener('error', () => {
      // A stream that breaks is resumed by the browser, from the last id that it heard.
      if (stream.readyState === EventSource.CLOSED) this.#goWithout();
      else if (this.#opened) this.#listener.onState?.('polling');
    });
  }

  /** There is no stream, or none just now. */
  #goWithout() {
    this.#close();
    this.#listener.onState?.('polling');
    this.#poll();
    this.#after(streamAgainAfter, () => {
      this.#close();
      this.#open();
    });
  }

  #poll() {
    this.#after(pollEvery, () => {
      if (document.visibilityState === 'visible') this.#listener.onChange(null);
      this.#poll();
    });
  }

  /** A machine that slept, or was without a network, may hold a stream that is dead. */
  #wake() {
    if (document.visibilityState !== 'visible') return;
    if (this.#stream?.readyState === EventSource.OPEN) return;
    this.#close();
    this.#open();
    this.#listener.onChange(null);
  }
}
