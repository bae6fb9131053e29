// Tells one thing at a time: the latest message stays until another one, or the visitor, takes its
// place, and is said anew in another language.
import { focusMessage, keepInSight, showMessage } from './message_view.mjs';

export class Teller {
  #parts;
  #message = null;
  #saidAs;
  #retry;

  /** @param {object} parts  of the frame */
  constructor(parts) {
    this.#parts = parts;
  }

  get isSilent() {
    return this.#message === null;
  }

  /** Whether something is still to be tried again: that message must not go. */
  get isToRetry() {
    return this.#retry !== undefined;
  }

  /**
   * @param {import('./message_view.mjs').Message} message
   * @param {import('./speech.mjs').Speech} speech
   * @param {object} [how]
   * @param {boolean} [how.focus]  whether the keyboard goes to it
   * @param {() => void} [how.retry]  what to do once, by itself, when the network is back
   */
  tell(message, speech, { focus = true, retry } = {}) {
    this.#message = message;
    this.#retry = retry;
    this.#say(speech);
    if (focus) this.focus();
    else keepInSight(this.#parts.base);
  }

  /** The keyboard goes to what was told last. */
  focus() {
    focusMessage(this.#parts, this.#message);
  }

  /** Another time is chosen: what was said of the one before, or of none, is over. */
  forgetChoice() {
    if (this.#message?.isAboutChoice && !this.isToRetry) this.clear();
  }

  clear() {
    this.#message = null;
    this.#retry = undefined;
    showMessage(this.#parts, null);
  }

  /** In other words, where the visitor reads otherwise by now. */
  sayAgain(speech) {
    if (this.#message !== null && this.#saidAs !== speech.id) this.#say(speech);
  }

  #say(speech) {
    this.#saidAs = speech.id;
    showMessage(this.#parts, this.#message, speech);
  }

  /** The network is back: what did not go through is tried once more. */
  comeOnline() {
    const retry = this.#retry;
    this.#retry = undefined;
    retry?.();
  }
}
