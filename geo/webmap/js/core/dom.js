/*
 * Building the page. Record text reaches the page only as a text node or an attribute value,
 * never as markup, so that a sentence with `<img ...>` in it is displayed literally.
 */
/** @import { Child, Props } from './types.js' */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @param {HTMLElement|SVGElement} node
 * @param {Props} props attributes; `on` has event listeners, `style` style properties
 */
function apply(node, props) {
  for (const [name, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || (value === false && !name.startsWith('aria-'))) continue;
    if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (name === 'style') {
      for (const [key, text] of Object.entries(value)) node.style.setProperty(key, String(text));
    } else {
      node.setAttribute(name, value === true && !name.startsWith('aria-') ? '' : String(value));
    }
  }
}

/**
 * @param {Element} node
 * @param {Child[]} children
 */
function append(node, children) {
  for (const child of children.flat(3)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : String(child));
  }
}

/**
 * An HTML element.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Props} [props]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, props, ...children) {
  const node = document.createElement(tag);
  apply(node, props || null);
  append(node, children);
  return node;
}

/**
 * An SVG element.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Props} [props]
 * @param {...Child} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function svg(tag, props, ...children) {
  const node = document.createElementNS(SVG, tag);
  apply(node, props || null);
  append(node, children);
  return node;
}

/**
 * A button; it needs an `aria-label` if its content is a drawing.
 * @param {Props} props
 * @param {...Child} children
 */
export function button(props, ...children) {
  return el('button', Object.assign({ type: 'button' }, props), ...children);
}

/** Replace everything inside `node`. @param {Element} node @param {...Child} children */
export function fill(node, ...children) {
  node.replaceChildren();
  append(node, children);
  return node;
}

/** A name in any script, isolated so that its direction does not affect the text around it. @param {string} text */
export function bdi(text) {
  return el('bdi', null, text);
}

/**
 * A link to a source, or plain text if the address is not http(s).
 * @param {string} address
 * @param {string} text
 * @returns {Node}
 */
export function linkTo(address, text) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    return document.createTextNode(text);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return document.createTextNode(text);
  if (url.username || url.password) return document.createTextNode(text);
  return el('a', { href: url.href, target: '_blank', rel: 'noopener noreferrer' }, text);
}

/**
 * Redraw, and return the focus to the element with the same key.
 * @param {Element} root
 * @param {() => void} redraw
 */
export function keepFocus(root, redraw) {
  const held = document.activeElement;
  const key = held && root.contains(held) ? held.getAttribute('data-key') : null;
  redraw();
  if (!key) return;
  const again = root.querySelector('[data-key="' + CSS.escape(key) + '"]');
  if (again instanceof HTMLElement) again.focus({ preventScroll: true });
}

/** The factor by which an element is larger on the screen than laid out: a presentation enlarges it. @param {HTMLElement} node @param {DOMRect} box */
export const scaleOf = (node, box) => box.width / node.offsetWidth || 1;

/** The icon of something that can be expanded. */
export const chevron = () => svg('svg', { width: 12, height: 12, viewBox: '0 0 12 12', 'aria-hidden': 'true' },
  svg('path', { d: 'M3 4.5L6 7.5L9 4.5', class: 'im-chevron' }));
