// The tag <slotguard-booking>: the booking page as an element for any site. It reads attributes,
// keeps its styles to itself, and tells the site what came of each booking.
import { Api, claimsOf } from '../common/api.mjs';
import { knownLocale, knownTimeZone } from '../common/language.mjs';
import styles from './element.css';
import { buildFrame } from './frame.mjs';
import { showMessage } from './message_view.mjs';
import { askToSignInAnew } from '../common/sign_in_anew.mjs';
import { Visit } from './visit.mjs';

/* global slotguardBroken -- what is said where no module can say it, put in by bundle.mjs */

const whose = ['mentor', 'endpoint', 'startup', 'heading-level'];
const reading = ['locale', 'time-zone', 'hour-cycle'];
const clocks = ['auto', 'h12', 'h23'];

let sheet;

/** The styles, made once for all tags. */
function stylesOfTags() {
  if (sheet !== undefined) return sheet;
  sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  return sheet;
}

class SlotguardBooking extends HTMLElement {
  static observedAttributes = [...whose, ...reading];

  #token = null;
  #visit = null;
  #parts = null;
  #isDue = false;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open', delegatesFocus: false });
    root.adoptedStyleSheets = [stylesOfTags()];
  }

  /** Who signs in: a JWT, or a promise of one. Its claim `startup_id` says for whom is booked. */
  get token() { return this.#token; }

  set token(token) {
    const before = this.#startup;
    const isFresh = typeof this.#token === 'string' && typeof token === 'string';
    this.#token = token;
    // A site renews a token that is about to expire: whoever is typing must not notice.
    if (isFresh && this.#startup === before && this.#visit?.isUnderWay) {
      this.#visit.api.token = token;
    } else {
      this.#begin();
    }
  }

  /**
   * Asks, once it knows the language, whether to go on as another startup than the one of before.
   * @returns {Promise<boolean>}
   */
  async askToSignInAnew(now, next) {
    while (!this.#visit?.speech) {
      await new Promise((resolve) => {
        this.addEventListener('slotguard:language', resolve, { once: true });
      });
    }
    const { speech, parts: { dialog } } = this.#visit;
    return askToSignInAnew(dialog, (...phrase) => speech.say(...phrase), { now, next });
  }

  connectedCallback() {
    // Set by a script that ran before the tag was known, it would hide the property.
    if (Object.hasOwn(this, 'token')) {
      const { token } = this;
      delete this.token;
      this.#token = token;
    }
    addEventListener('pagehide', this.#onLeave);
    addEventListener('online', this.#onOnline);
    this.#begin();
  }

  disconnectedCallback() {
    removeEventListener('pagehide', this.#onLeave);
    removeEventListener('online', this.#onOnline);
    this.#end();
  }

  attributeChangedCallback(name, before, after) {
    if (before === after || !this.isConnected) return;
    if (whose.includes(name)) this.#begin();
    else if (this.#visit) this.#visit.read(this.#visit.reading.asGiven(this.#reader));
  }

  #onLeave = () => this.#visit?.end({ keepalive: true });
  #onOnline = () => this.#visit?.teller.comeOnline();

  get #reader() {
    const cycle = this.getAttribute('hour-cycle');
    return {
      locale: knownLocale(this.getAttribute('locale')),
      timeZone: knownTimeZone(this.getAttribute('time-zone')),
      hourCycle: clocks.includes(cycle) ? cycle : 'auto',
    };
  }

  /** The startup that the token names, else the attribute. */
  get #startup() {
    const claimed = typeof this.#token === 'string' ? claimsOf(this.#token).startup_id : undefined;
    const number = Number(claimed ?? (this.getAttribute('startup') || NaN));
    return Number.isSafeInteger(number) ? number : null;
  }

  /** Several changes in one go are one new beginning. */
  #begin() {
    if (!this.isConnected || this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      if (this.isConnected) this.#beginNow();
    });
  }

  async #beginNow() {
    this.#end();
    const parts = buildFrame(headingLevel(this.getAttribute('heading-level')));
    this.#parts = parts;
    this.shadowRoot.replaceChildren(parts.base);
    parts.base.style.setProperty('--slotguard-rem', getComputedStyle(parts.base).fontSize);
    const api = new Api({ endpoint: this.getAttribute('endpoint') ?? '', token: this.#token });
    const visit = new Visit({
      mentor: this.getAttribute('mentor') || null,
      startup: this.#startup,
      reader: this.#reader,
      api,
    }, parts, (event, result) => this.#fire(event, result));
    this.#visit = visit;
    try {
      await visit.start();
    } catch (error) {
      console.error(error);
      if (this.#visit === visit) this.#showBroken();
    }
  }

  #end() {
    this.#visit?.end();
    this.#visit = null;
  }

  #fire(event, detail) {
    this.dispatchEvent(new CustomEvent(`slotguard:${event}`,
      { detail, bubbles: true, composed: true }));
  }

  /** Without the module there are no words but these. */
  #showBroken() {
    const parts = this.#parts;
    const language = Object.keys(slotguardBroken)
      .find((tag) => this.#reader.locale.startsWith(tag)) ?? 'en';
    parts.waiting.hidden = true;
    parts.base.lang = language;
    const { title, body } = slotguardBroken[language];
    showMessage(parts, {
      region: 'refusal',
      say: () => ({ title, lines: [body], tone: 'error', problem: 'broken' }),
    });
  }
}


function headingLevel(text) {
  const level = Number(text ?? 2);
  return level >= 1 && level <= 3 ? level : 2;
}

customElements.define('slotguard-booking', SlotguardBooking);
