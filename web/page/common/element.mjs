// Makes elements, and keeps them in step with data; text goes in as text, so nothing that a server
// says can become markup.

/**
 * @param {string} tag
 * @param {Record<string, string | boolean | Function | undefined>} attributes  true: present; false
 *   or undefined: absent; a function listens to the event after `on`
 * @param {...(Node | string)} children
 */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name.slice(2), value);
    else setAttribute(made, name, value);
  }
  made.append(...children);
  return made;
}

/** Sets what differs only, so that nothing is announced or drawn that did not change. */
export function setAttribute(node, name, value) {
  if (value === undefined || value === false) node.removeAttribute(name);
  else if (node.getAttribute(name) !== (value === true ? '' : value)) {
    node.setAttribute(name, value === true ? '' : value);
  }
}

/** As setAttribute(), for the text of a node. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Keeps the children of a node in step with a list. A child whose key stays is kept, so that the
 * focus on it stays, and nothing moves under a finger.
 * @template T
 * @param {Element} parent  all its children come from here
 * @param {T[]} items
 * @param {object} how
 * @param {(item: T) => string} how.key
 * @param {(item: T) => Element} how.create
 * @param {(child: Element, item: T) => void} how.update  called for new ones too
 */
export function keepInStep(parent, items, { key, create, update }) {
  const before = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const name = key(item);
    let child = before.get(name);
    before.delete(name);
    if (child === undefined) {
      child = create(item);
      child.dataset.key = name;
    }
    update(child, item);
    if (child === place) place = place.nextElementSibling;
    else parent.insertBefore(child, place);
  }
  for (const child of before.values()) child.remove();
}

/** The element that has the focus, also inside of shadow roots. */
export function focusedElement() {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
}
