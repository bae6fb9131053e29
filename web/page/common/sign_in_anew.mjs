// A link can sign in anybody as anybody whose token it holds: whoever is signed in already is asked first, so that
// nobody books, and writes notes, for the sender of a link without a notion of it.
import { element } from './element.mjs';

/**
 * @param {HTMLDialogElement} dialog  in the document, and closed
 * @param {(phrase: string, fillings?: object) => string} say  a phrase of the booking page
 * @param {{ now: string, next: string }} who  as whom one is signed in, and as whom the link would
 * @returns {Promise<boolean>}
 */
export function askToSignInAnew(dialog, say, { now, next }) {
  let isWanted = false;
  const stay = element('button', { type: 'button', class: 'primary', 'data-action': 'stay', autofocus: true },
    say('anew.stay', { name: now }));
  stay.addEventListener('click', () => dialog.close());
  const form = element('form', { method: 'dialog', onsubmit: () => { isWanted = true; } },
    element('h2', { id: 'dialog-heading' }, say('anew.title')),
    element('p', {}, say('anew.body', { now, next })),
    element('div', { class: 'row actions' }, stay,
      element('button', { 'data-action': 'sign-in-anew' }, say('anew.accept', { name: next }))));
  dialog.replaceChildren(form);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(isWanted), { once: true });
  });
}
