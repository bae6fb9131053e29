// What a reload must not lose: the text of the form, and a booking that was asked for and not yet
// answered. It is kept for this tab alone, and given up where the browser keeps nothing.

// After a day, nobody waits for the answer any more.
const longest = 86_400_000;

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

  /** @returns {import('./booking.mjs').Wish | undefined} */
  get wish() {
    const wish = this.#read('wish');
    return wish && Date.now() - wish.askedAt < longest ? wish : undefined;
  }

  set wish(wish) {
    this.#write('wish', wish && { ...wish, askedAt: Date.now() });
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
