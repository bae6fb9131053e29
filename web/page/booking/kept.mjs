// What a reload must not lose: the chosen time, the text of the form, and a booking that was asked
// for and not yet answered. It is kept for this tab alone, and given up where the browser keeps
// nothing.

// After a day, nobody waits for the answer any more.
const longest = 86_400_000;
const holdAtMost = 300_000;

export class Kept {
  #prefix;

  /** @param {...(string | number | null)} whose  which service, mentor and startup it is for */
  constructor(...whose) {
    this.#prefix = `slotguard ${JSON.stringify(whose)} `;
  }

  get note() {
    return this.#read('note') ?? '';
  }

  set note(text) {
    this.#write('note', text || undefined);
  }

  /** How the visitor has chosen to read: what he left alone is not there. */
  get reader() { return this.#read('reader') ?? {}; }

  set reader(reader) { this.#write('reader', reader); }

  /** @returns {import('./deeds.mjs').Wish | undefined} */
  get wish() { return this.#recent('wish', longest); }

  set wish(wish) { this.#write('wish', wish && { ...wish, keptAt: Date.now() }); }

  /** @returns {{ row: object, duration: string | null } | undefined} */
  get choice() {
    const choice = this.#recent('choice', longest);
    return choice && Date.parse(choice.row.starts_at) > Date.now() ? choice : undefined;
  }

  set choice(choice) { this.#write('choice', choice && { ...choice, keptAt: Date.now() }); }

  /** When the chosen time has just been held, it may be so still. */
  get isHeld() { return this.#recent('hold', holdAtMost) !== undefined; }

  set isHeld(isHeld) { this.#write('hold', isHeld ? { keptAt: Date.now() } : undefined); }

  /** The sessions that were called off on this page: their visitor knows. */
  get cancelledHere() { return this.#read('cancelled') ?? []; }

  rememberCancelled(id) { this.#write('cancelled', [...this.cancelledHere, id]); }

  #recent(name, milliseconds) {
    const value = this.#read(name);
    return value && Date.now() - value.keptAt < milliseconds ? value : undefined;
  }

  #read(name) {
    try {
      return JSON.parse(sessionStorage.getItem(this.#prefix + name)) ?? undefined;
    } catch {
      return undefined;
    }
  }

  #write(name, value) {
    try {
      if (value === undefined) sessionStorage.removeItem(this.#prefix + name);
      else sessionStorage.setItem(this.#prefix + name, JSON.stringify(value));
    } catch {
      // A browser that keeps nothing loses it at a reload, and nothing else.
    }
  }
}
