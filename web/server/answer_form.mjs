// Which of PostgREST's JSON forms the caller asked for in Accept.
import { ApiError } from './errors.mjs';

const single = { single: true, type: 'application/vnd.pgrst.object+json' };
const plain = { single: false, type: 'application/json' };

const forms = new Map([
  ['*/*', plain],
  ['application/*', plain],
  ['application/json', plain],
  ['application/vnd.pgrst.array+json', plain],
  ['application/vnd.pgrst.array', plain],
  ['application/vnd.pgrst.object+json', single],
  ['application/vnd.pgrst.object', single],
]);

/**
 * @param {string | undefined} accept
 * @returns {{ single: boolean, type: string }}  single: one object, and an error for none or more
 */
export function answerForm(accept = '*/*') {
  const asked = accept.split(',').map((one) => one.toLowerCase()
    .replace(/;\s*(q|charset)=[^;]*/g, '').trim());
  const known = asked.find((one) => forms.has(one));
  if (known === undefined) {
    throw new ApiError(406, 'PGRST107',
      `None of these media types are available: ${asked.join(', ')}`);
  }
  return forms.get(known);
}
