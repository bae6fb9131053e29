// The calls that pages make, in PostgREST's protocol: functions and table routes. Nothing is
// decided here.

// Longer than the gateway lets a statement run, so that its answer is waited for.
const patience = 20_000;

/** No answer, or one that says "not now": worth another try. */
export class NoAnswer extends Error {}

/** The service says that the call itself is wrong, with its SQLSTATE or PostgREST's code. */
export class CallRefused extends Error {
  /** @param {{ message?: string, code?: string, details?: string, hint?: string }} answer */
  constructor(status, answer) {
    super(`${answer?.message ?? status} (${answer?.code ?? status})`);
    const { code, details, hint } = answer ?? {};
    Object.assign(this, { status, code, details, hint });
    /** The database's own sentence, without the code. */
    this.said = answer?.message ?? '';
  }

  /** Whether it is for who asks, not for what is asked. */
  get isForbidden() {
    return this.status === 401 || this.status === 403;
  }
}

export class Api {
  #base;
  #token;
  #settledToken;

  /**
   * @param {object} where
   * @param {string} [where.endpoint]  the folder of the API, relative to the page
   * @param {string | null | Promise<string | null>} [where.token]  who signs in. While it is on
   *   its way, what anybody may read is read without it, and everything else waits for it.
   */
  constructor({ endpoint = '', token = null } = {}) {
    this.#base = new URL(endpoint.replace(/(?<=[^/])$/, '/'), document.baseURI);
    this.token = token;
  }

  get token() { return this.#token; }

  set token(token) {
    this.#token = token;
    this.#settledToken = typeof token === 'string' ? token : null;
    if (!token?.then) return;
    this.#token = token.then((settled) => {
      this.#settledToken = settled;
      return settled;
    }, () => null);
  }

  /** The address of a route of the API. */
  address(route) {
    return new URL(route, this.#base);
  }

  /**
   * Calls a function.
   * @param {object} [how]
   * @param {boolean} [how.open]  anybody may call it: a token that is on its way is not waited for
   * @param {boolean} [how.keepalive]  it is sent though the page is left
   */
  rpc(name, args, { open = false, keepalive = false } = {}) {
    return this.#ask(`rpc/${name}`, { method: 'POST', body: args, open, keepalive });
  }

  /**
   * The routes of a table. A filter is as PostgREST has it: `{ mentor_id: 'eq.ada' }`.
   * @param {string} name
   */
  table(name) {
    const asked = (filter) => `${name}?${new URLSearchParams(filter)}`;
    const whole = { Prefer: 'return=representation' };
    return {
      get: (filter = {}) => this.#ask(asked(filter), {}),
      insert: (row) => this.#ask(name, { method: 'POST', body: row, headers: whole }),
      update: (filter, row) =>
        this.#ask(asked(filter), { method: 'PATCH', body: row, headers: whole }),
      remove: (filter) => this.#ask(asked(filter), { method: 'DELETE', headers: whole }),
    };
  }

  async #ask(route, { method = 'GET', body, headers = {}, open = false, keepalive = false }) {
    const waits = !open && !keepalive;
    const token = waits ? await this.#token : this.#settledToken;
    const { response, text } = await this.#fetch(route, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      keepalive,
      signal: AbortSignal.timeout(patience),
    });
    const answer = parsed(text, route, response);
    if (response.ok) return answer;
    if (response.status >= 500) {
      throw new NoAnswer(`${answer?.message ?? response.status} (${answer?.code ?? route})`);
    }
    throw new CallRefused(response.status, answer);
  }

  async #fetch(route, request) {
    try {
      const response = await fetch(this.address(route), request);
      return { response, text: await response.text() };
    } catch (cause) {
      throw new NoAnswer(route, { cause });
    }
  }
}

/** What is no JSON was said by something in between, or broke off: no answer of the service's. */
function parsed(text, route, response) {
  if (text === '' && response.ok) return null;
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (response.status < 500 && !response.ok) throw new CallRefused(response.status, null);
    throw new NoAnswer(route, { cause });
  }
}

/** Who a token says that its bearer is; nothing is believed of it, the service checks it. */
export function claimsOf(token) {
  try {
    const base64 = token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)) ?? {};
  } catch {
    return {};
  }
}

/** An idempotency key that nobody else has. A page that came by plain http has no randomUUID(). */
export function newKey() {
  return crypto.getRandomValues(new BigUint64Array(2)).join('-');
}
