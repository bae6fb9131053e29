// What PostgreSQL's catalogue says, read at the first need and kept. Read again when somebody asks
// for what it does not have, so that what is made later needs no restart.

// Milliseconds from one reading to the next: strangers who ask for what is not there, however
// often, cost no more.
const leastBetweenReadings = 1_000;

/** @template Value, Found */
export class KeptReading {
  /** @type {Value | undefined} the last good reading */
  #value;
  /** @type {Promise<void> | undefined} under way; callers that miss meanwhile share it */
  #reading;
  #readAt = -Infinity;
  #outdated = false;
  #readValue;
  #now;

  /**
   * @param {() => Promise<Value>} readValue
   * @param {() => number} [now]  milliseconds from any start
   */
  constructor(readValue, now = () => performance.now()) {
    this.#readValue = readValue;
    this.#now = now;
  }

  /**
   * @param {(value: Value) => Found} look
   * @param {(found: Found) => boolean} isEnough  else it is read again, and looked for once more
   * @returns {Promise<Found>}
   */
  async find(look, isEnough) {
    if (this.#value === undefined) await this.#read();
    const found = look(this.#value);
    const settled = isEnough(found) && !this.#outdated;
    if (settled || this.#now() - this.#readAt < leastBetweenReadings) return found;
    await this.#read();
    return look(this.#value);
  }

  /** To be called when PostgreSQL knows something no more that was found here. */
  forget() {
    this.#outdated = true;
  }

  /** Where it fails, what was known stays known, so that whoever asks for that is served on. */
  #read() {
    this.#reading ??= this.#readNow().finally(() => { this.#reading = undefined; });
    return this.#reading;
  }

  async #readNow() {
    this.#value = await this.#readValue();
    this.#readAt = this.#now();
    this.#outdated = false;
  }
}
