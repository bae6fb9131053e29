// Makes elements; text goes in as text, so nothing that a server says can become markup.

/**
 * @param {string} tag
 * @param {Record<string, string | boolean | undefined>} attributes  true: present; false or
 *   undefined: absent
 * @param {...(Node | string)} children
 */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, '');
    else if (value !== undefined && value !== false) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}
