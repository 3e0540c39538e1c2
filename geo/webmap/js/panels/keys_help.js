/*
 * The dialog that lists the keys of the document, from the table that its parts use.
 */
import { button, el } from '../core/dom.js';
import { keyNames, KEYS } from '../core/keys.js';
/** @import { KeyRow } from '../core/keys.js' */

/** Above so many keys, only the first and the last are named. */
const MOST_NAMED = 5;

/** @param {KeyRow} row */
function keysOf(row) {
  const names = keyNames(row).map((name) => el('kbd', null, name));
  return names.length > MOST_NAMED ? [names[0], ' to ', names[names.length - 1]] : names;
}

export class KeysHelp {
  constructor() {
    /** @type {Map<string, KeyRow[]>} */
    const places = new Map();
    for (const row of Object.values(/** @type {Record<string, KeyRow>} */ (KEYS))) places.set(row.where, (places.get(row.where) || []).concat([row]));
    this.node = el('dialog', { class: 'im-keys', 'aria-labelledby': 'im-keys-title', on: {
      // What the keys do elsewhere waits until it is closed, though it may hold the focus a moment longer.
      keydown: (event) => { if (this.node.open) event.stopPropagation(); },
      click: (event) => { if (event.target === this.node) this.node.close(); },
    } }, el('div', { class: 'im-keys-body' },
      el('div', { class: 'im-keys-head' }, el('h2', { id: 'im-keys-title' }, 'Keys'), button({ class: 'im-text-button', on: { click: () => this.node.close() } }, 'Close')),
      el('div', { class: 'im-keys-places' }, [...places].map(([where, rows]) => el('section', null, el('h3', null, where),
        el('dl', null, rows.map((row) => el('div', null, el('dt', null, keysOf(row)), el('dd', null, row.does))))))),
      el('p', { class: 'im-muted' }, 'With the mouse: Alt-click or double-click a row of the layer panel to show only that; Shift-click to switch all rows from the last one to this one. Click a province to zoom to it, double-click it to go back.')));
  }

  open() {
    if (!this.node.open) this.node.showModal();
  }
}
