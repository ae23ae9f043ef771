// Builds elements. Text is always set as text, never as markup.

/** el("p", {class: "x", onclick: f}, "text", otherElement) */
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      node.addEventListener(name.slice(2), value);
    } else if (value === true) {
      node.setAttribute(name, "");
    } else if (value !== false && value != null) {
      node.setAttribute(name, String(value));
    }
  }
  node.append(...children.flat().filter(child => child != null));
  return node;
}

/** Sets the text only if it differs, so that screen readers and the layout are left alone. */
export function text(node, value) {
  const shown = value == null ? "" : String(value);
  if (node.textContent !== shown) {
    node.textContent = shown;
  }
}

export function attribute(node, name, value) {
  if (value == null || value === false) {
    node.removeAttribute(name);
  } else if (node.getAttribute(name) !== String(value)) {
    node.setAttribute(name, String(value));
  }
}

/**
 * Makes the children of a node those of the items, in their order. Nodes are kept by key, so that focus stays where it is; a node that has to
 * move keeps it too. create(item) returns a node; update(node, item) shows the item in it.
 */
export function each(parent, items, key, create, update) {
  const known = new Map([...parent.children].map(child => [child.dataset.key, child]));
  const names = unique(items.map(item => String(key(item))));
  const wanted = new Set(names);
  known.forEach((node, name) => wanted.has(name) || node.remove());
  const focused = document.activeElement;
  let at = parent.firstElementChild;
  items.forEach((item, i) => {
    let node = known.get(names[i]);
    if (!node) {
      node = create(item);
      node.dataset.key = names[i];
    }
    update(node, item);
    if (node === at) {
      at = at.nextElementSibling;
    } else {
      parent.insertBefore(node, at);
    }
  });
  if (focused !== document.activeElement && parent.contains(focused)) {
    focused.focus({ preventScroll: true });
  }
}

function unique(names) {
  const counts = new Map();
  return names.map(name => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : name + " #" + count;
  });
}
