/*
 * The address of a view, to be handed on, and a copy of this document that opens at a view: on one's
 * own computer an address is of no use to anybody else.
 */
import { viewToHash } from './address.js';
/** @import { View } from './types.js' */

/** Whether an address opens on this computer only. @param {string} address */
export function isLocal(address) {
  const { protocol, hostname } = new URL(address);
  return !/^https?:$/.test(protocol) || /^(localhost|.+\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])$/.test(hostname);
}

/**
 * The part of an address that holds a view. The theme is that of whoever opens it.
 * @param {View} view
 * @param {string|null} record the record that the address is of: it is shown whatever is filtered
 * @param {boolean} isUsual whether the document without any such part shows everything
 */
export function shareHash(view, record, isUsual) {
  if (record !== null) return 'chosen=' + encodeURIComponent(record);
  return viewToHash({ ...view, theme: null }) || (isUsual ? '' : 'off=');
}

/**
 * @param {string} base of a page that shows the map, or else of this document
 * @param {string} hash
 * @param {'?'|'#'} sign
 */
export const joined = (base, hash, sign) => base + (hash && sign + hash);

/** A node as it was in the file. @param {Node} node */
function copyOf(node) {
  const copy = node.cloneNode(true);
  if (!(copy instanceof Element) || !(node instanceof Element)) return copy;
  // Browsers may hide the nonce of an element from whoever copies it.
  const [from, to] = [node, copy].map((one) => [one, ...one.querySelectorAll('script, style')]);
  to.forEach((one, at) => {
    const { nonce } = /** @type {HTMLElement} */ (from[at]);
    if (nonce) one.setAttribute('nonce', nonce);
  });
  return copy;
}

/**
 * The nodes of the file, before anything is built in it.
 * @param {HTMLElement} map the element of the map, which Leaflet has filled
 */
export function fileOf(map) {
  const nodes = [...document.body.childNodes];
  const head = [...document.head.childNodes];
  const { lang } = document.documentElement;
  /** @param {string} hash with which it opens @returns {string} */
  return (hash) => {
    const page = document.implementation.createHTMLDocument();
    Object.assign(page.documentElement, { lang });
    if (hash) page.documentElement.dataset.opens = hash;
    page.head.replaceChildren(...head.map(copyOf));
    page.body.className = 'incident-map-page';
    page.body.append(...nodes.map((node) => (node === map ? Object.assign(page.createElement('div'), { id: map.id, className: 'folium-map' }) : copyOf(node))));
    return '<!doctype html>\n' + page.documentElement.outerHTML;
  };
}
