// One event of a stream, written once for all who listen: as it is, or packed for those who take
// gzip. A year's list can have a megabyte, and packs to a fifteenth.
import { constants, deflateRawSync } from 'node:zlib';

/**
 * Begins a stream of packed messages. Each is packed by itself and ends on a whole byte, so that one
 * packing serves whoever has heard whatever before. No end is written: a stream has none.
 */
export const packedBeginning = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);

export class Message {
  #packed;

  /** @param {string} text */
  constructor(text) {
    this.plain = Buffer.from(text);
  }

  get packed() {
    this.#packed ??= deflateRawSync(this.plain, { finishFlush: constants.Z_FULL_FLUSH });
    return this.#packed;
  }
}
