// The demo's tokens: it hands them to whoever asks, so that its pages can be tried without a
// sign-in. The secret is made anew at each start and known to nobody else.
import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';

/** The startups and mentors that the demo has. */
export const startups = { first: 1, last: 100 };
export const mentors = ['ada', 'grace'];

const validity = '12h';

export class Tokens {
  #key;

  constructor() {
    /** What the gateway checks them by. */
    this.secret = randomBytes(32).toString('base64url');
    this.#key = new TextEncoder().encode(this.secret);
  }

  /** @param {number} startup  one of the demo's */
  forStartup(startup) {
    return this.#sign({ role: 'slotguard_startup', startup_id: startup });
  }

  /** @param {string} mentor  one of the demo's */
  forMentor(mentor) {
    return this.#sign({ role: 'slotguard_mentor', mentor_id: mentor });
  }

  /**
   * Of one whom a query names, such as `{ startup: '1' }` or `{ mentor: 'ada' }`.
   * @returns {Promise<string> | undefined}  undefined: the demo has nobody of that name
   */
  forQuery({ startup, mentor }) {
    if (startup !== undefined && mentor === undefined && isStartup(startup)) {
      return this.forStartup(Number(startup));
    }
    if (mentor !== undefined && startup === undefined && mentors.includes(mentor)) {
      return this.forMentor(mentor);
    }
    return undefined;
  }

  #sign(claims) {
    return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setIssuedAt().setExpirationTime(validity).sign(this.#key);
  }
}

function isStartup(text) {
  return /^[1-9]\d*$/.test(text) && Number(text) <= startups.last;
}
