/*
 * Copy link: the address of the view or of a record, copied, or shown selected where the browser
 * refuses; for an address that opens on this computer only, a file instead.
 */
import { joined, isLocal, shareHash } from '../core/share.js';
import { button, el, fill, svg } from '../core/dom.js';
import { pressed } from '../core/keys.js';
/** @import { WholePage } from '../document.js' */

const GLYPH = 'M7 9.5L11 5.5M6 6L8.3 3.7A3 3 0 0 1 12.5 8L10.2 10.3M8 11L5.7 13.3A3 3 0 0 1 1.5 9L3.8 6.7';
const FILE = 'map-view.html';

/** Give a text to whoever is at this computer, as a file. @param {string} html */
function download(html) {
  const url = URL.createObjectURL(new Blob([html], { type: 'text/html' }));
  el('a', { href: url, download: FILE }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export class Share {
  /** @type {string|null} the address of the page around this one that shows the map */
  outer = null;

  /** @param {WholePage} page @param {(hash: string) => string} fileOf */
  constructor(page, fileOf) {
    this.page = page;
    this.fileOf = fileOf;
    this.box = el('div', { class: 'im-share is-over', hidden: true, on: { keydown: (event) => this.onKey(event) } });
    const glyph = svg('svg', { width: 17, height: 17, viewBox: '0 0 16 16', 'aria-hidden': 'true' }, svg('path', { class: 'im-glyph', d: GLYPH }));
    this.opener = button({ class: 'im-tool im-share-open', 'aria-label': 'Copy link', title: 'Copy link to this view', 'aria-expanded': false, on: { click: () => this.toggle() } }, glyph);
    page.shell.node.querySelector('.im-controls')?.append(this.opener);
    page.shell.stage.append(this.box);
    document.addEventListener('pointerdown', ({ target }) => {
      if (!this.box.hidden && target instanceof Node && !this.box.contains(target) && !this.opener.contains(target)) this.close();
    });
    this.opener.hidden = !this.isPossible();
  }

  /** A document inside a page that says nothing of its address has none. */
  isPossible() {
    return this.outer !== null || /^(https?|file):$/.test(location.protocol);
  }

  /** @param {string} address of the page around this one */
  takeOuter(address) {
    this.outer = address;
    this.opener.hidden = false;
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (!pressed(event, 'close')) return;
    event.stopPropagation();
    this.close();
    this.opener.focus();
  }

  toggle() {
    if (!this.box.hidden) {
      this.close();
      return;
    }
    this.box.hidden = false;
    this.opener.ariaExpanded = 'true';
    this.offer(this.box, null);
  }

  close() {
    this.box.hidden = true;
    this.opener.ariaExpanded = 'false';
  }

  /** Copy the link to the view or to a record, and show it. @param {HTMLElement} box @param {string|null} record */
  offer(box, record) {
    const isUsual = this.outer !== null || Boolean(this.page.messages?.host.isUsual);
    const hash = shareHash(this.page.getView(), record, isUsual);
    const address = joined(this.outer ?? location.href.replace(/#.*/s, ''), hash, this.outer === null ? '#' : '?');
    const field = el('input', { type: 'text', class: 'im-search', readonly: true, 'aria-label': 'Link', value: address, 'data-key': 'share-link' });
    const said = el('p', { role: 'status', class: 'im-muted' });
    const copy = () => {
      field.focus({ preventScroll: true });
      field.select();
      said.textContent = document.execCommand('copy') ? 'Link copied.' : 'Selected: press Ctrl+C to copy.';
    };
    if (!isLocal(address)) {
      fill(box, field, said);
      copy();
      return;
    }
    const save = button({ class: 'im-button', 'data-key': 'share-save', on: { click: () => this.save(hash) } }, 'Save a file that opens at this ' + (record === null ? 'view' : 'record'));
    fill(box, el('p', null, 'This address opens on this computer only. To share, send a file instead.'), save, field,
      button({ class: 'im-text-button', 'data-key': 'share-copy', on: { click: copy } }, 'Copy the address'), said);
    save.focus({ preventScroll: true });
  }

  /** @param {string} hash */
  save(hash) {
    if (this.outer !== null) this.page.messages?.saveFile(hash);
    else download(this.fileOf(hash));
  }
}
