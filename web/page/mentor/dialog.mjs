// A native dialog, made when it is opened and gone when it is closed. While it is open the page's
// live regions are out of reach for a screen reader, so what goes wrong is said inside.
import { element } from '../common/element.mjs';
import { goTo } from './focus.mjs';
import { problemInWords } from './problem.mjs';

let dialogs = 0;

/**
 * @param {object} what
 * @param {string} what.title
 * @param {(Node | string)[]} what.content
 * @param {boolean} [what.toRead]  it is there to be read first: the focus begins at its title
 * @param {string} [what.accept]  what the button says that does it; without, there is but the other
 * @param {string} what.dismiss
 * @param {boolean} [what.danger]  what is done can't be undone
 * @param {() => Promise<boolean>} [what.onAccept]  whether all is done, and the dialog may close
 * @param {string} what.fallback  the place of the focus, where what opened the dialog has gone
 * @param {import('./words.mjs').Words} words
 */
export function openDialog({ title, content, accept, dismiss, danger = false, toRead = false,
  onAccept, fallback }, words) {
  const place = document.activeElement?.dataset.place;
  const id = `dialog-${dialogs += 1}`;
  const alert = element('p', { role: 'alert', class: 'problem' });
  const doIt = accept && element('button',
    { type: 'submit', class: danger ? 'danger' : 'primary', 'data-action': 'accept' }, accept);
  const leave = element('button', { type: 'button', 'data-action': 'dismiss' }, dismiss);
  const form = element('form', { method: 'dialog', novalidate: true },
    element('h2', { id, tabindex: toRead && '-1', autofocus: toRead }, title), ...content, alert,
    element('div', { class: 'row actions' }, ...(doIt ? [doIt] : []), leave));
  const dialog = element('dialog', { 'aria-labelledby': id }, form);
  leave.addEventListener('click', () => dialog.close());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    accepted(dialog, doIt, alert, onAccept, words);
  });
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (document.activeElement === document.body) goTo(place, fallback);
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * A second press while the first one is under way does nothing; after trouble all is as it was
 * typed.
 */
async function accepted(dialog, button, alert, onAccept, words) {
  if (button === undefined || button.ariaDisabled === 'true') return;
  button.ariaDisabled = 'true';
  alert.textContent = '';
  try {
    if (await onAccept()) dialog.close();
  } catch (error) {
    alert.textContent = problemInWords(error, words);
  } finally {
    button.ariaDisabled = null;
  }
}
