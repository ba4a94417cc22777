type Attributes = Record<string, string | number | boolean>;

/** An element with attributes (`true` an empty one, `false` none) and children; strings become text, never markup. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  element.append(...children);
  return element;
}

export function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}

/** Makes `parts` the children, keeping those that are there already, so that a live region isn't read twice. */
export function replaceChanged(parent: Element, parts: Element[]): void {
  const old = [...parent.children];
  old.slice(parts.length).forEach((part) => part.remove());
  parts.forEach((part, index) => {
    const there = old[index];
    if (!there) parent.append(part);
    else if (!there.isEqualNode(part)) there.replaceWith(part);
  });
}

/** Sets the text only where it changes, so that a live region isn't read twice. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
