/*
 * Saved Views: the author's, handed over with the map, and the reader's own. The reader's are kept by
 * the host or by the browser; where neither is possible, until the page is closed, and that is said.
 */
import { bdi, button, el, fill, keepFocus } from '../core/dom.js';
import { pressed } from '../core/keys.js';
import { changedViews, checkSaved } from '../core/kept.js';
import { linkOf, misfits } from '../view/saved.js';
/** @import { Child, KeptByHost, Model, SavedView, ViewAct } from '../core/types.js' */

/**
 * A field with a button, which Enter in the field presses: frames without the right to forms send none.
 * @param {HTMLInputElement} field
 * @param {HTMLButtonElement} done
 * @param {() => void} act
 */
function fieldWith(field, done, act) {
  field.addEventListener('keydown', (event) => { if (pressed(event, 'title') && !event.isComposing) act(); });
  done.addEventListener('click', act);
  return el('div', { class: 'im-view-form' }, field, done);
}

/**
 * @typedef {Object} SavedAct
 * @property {() => string} address of the present View
 * @property {(address: string) => void} open
 * @property {(act: ViewAct) => void} tell have the host keep a change
 * @property {() => void} changed the list is another one
 */

export class SavedViews {
  /** @param {Model} model @param {SavedAct} act */
  constructor(model, act) {
    this.model = model;
    this.act = act;
    this.key = 'incident-map-views:' + model.country + ':' + model.title;
    this.isHosted = false;
    this.fault = '';
    /** @type {string|null} the title of the View that is being renamed */
    this.renamed = null;
    this.author = checkSaved(model.savedViews, model.bounds);
    const { views, note } = this.read();
    this.own = views;
    this.note = note;
    this.title = el('input', { type: 'text', class: 'im-view-title', placeholder: 'Title of this view', 'aria-label': 'Title of this view', dir: 'auto', 'data-key': 'view-title',
      maxlength: model.bounds.title, autocomplete: 'off' });
    const form = fieldWith(this.title, button({ class: 'im-button', 'data-key': 'view-save' }, 'Save'), () => this.save());
    this.said = el('p', { class: 'im-muted', role: 'status' });
    this.list = el('div', null);
    this.count = el('span', { class: 'im-tally' });
    this.node = el('details', { class: 'im-fold im-views' }, el('summary', null, 'Saved views ', this.count), form, this.said, this.list);
    this.update();
  }

  /** All of them, the author's first. @returns {SavedView[]} */
  all() {
    return [...this.author.views, ...this.own];
  }

  /** What the browser keeps of this dossier. @returns {{views: SavedView[], note: string}} */
  read() {
    try {
      const text = localStorage.getItem(this.key);
      return text === null ? { views: [], note: '' } : checkSaved(JSON.parse(text), this.model.bounds);
    } catch (error) {
      return { views: [], note: error instanceof SyntaxError ? 'The saved Views could not be read.' : '' };
    }
  }

  /** Keep the list in the browser. @returns {string} why that is impossible, or nothing */
  write() {
    try {
      localStorage.setItem(this.key, JSON.stringify(this.own));
      return '';
    } catch {
      return 'This browser keeps nothing here: these views are lost when the page is closed.';
    }
  }

  /** @param {KeptByHost} kept */
  take({ views, viewsNote }) {
    this.isHosted = true;
    this.own = views;
    this.note = viewsNote;
    this.update();
  }

  save() {
    if (this.change({ act: 'save', title: this.title.value, address: this.act.address() })) this.title.value = '';
  }

  /** @param {ViewAct} act @returns {boolean} whether it was possible */
  change(act) {
    // Another page with this map may have saved one meanwhile.
    if (!this.isHosted) {
      const now = this.read();
      if (now.views.length) this.own = now.views;
    }
    const { views, fault } = changedViews(this.own, act, this.model.bounds);
    this.fault = fault;
    if (!fault) {
      this.own = views;
      this.renamed = null;
      this.note = this.isHosted ? '' : this.write();
      if (this.isHosted) this.act.tell(act);
    }
    this.update();
    this.act.changed();
    return !fault;
  }

  update() {
    const all = this.all();
    this.count.textContent = all.length ? String(all.length) : '';
    fill(this.said, [this.fault, this.note, this.author.note].filter(Boolean).join(' '));
    this.said.hidden = !this.said.textContent;
    keepFocus(this.list, () => fill(this.list, this.part(this.own.length > 0 && 'From the author', this.author.views, false), this.part(this.author.views.length > 0 && 'Your own', this.own, true)));
  }

  /** @param {string|false} title @param {SavedView[]} views @param {boolean} isOwn @returns {Child} */
  part(title, views, isOwn) {
    return views.length > 0 && el('section', { class: 'im-block' }, title && el('h3', null, title), el('ul', { class: 'im-view-list' }, views.map((one) => this.row(one, isOwn))));
  }

  /** @param {SavedView} one @param {boolean} isOwn */
  row(one, isOwn) {
    const why = misfits(this.model, one.address);
    if (isOwn && this.renamed === one.title) return this.naming(one);
    /** @param {string} key @param {string} word @param {() => void} go */
    const tool = (key, word, go) => button({ class: 'im-text-button', 'data-key': key + ':' + one.title, 'aria-label': word + ' ' + one.title, on: { click: go } }, word);
    const open = el('a', { class: 'im-view-open', href: linkOf(one.address), 'data-key': 'view:' + one.title, on: { click: (event) => this.open(event, one) } }, bdi(one.title));
    return el('li', null, el('div', { class: 'im-view-line' }, open,
      isOwn && tool('rename', 'Rename', () => this.rename(one.title)), isOwn && tool('remove', 'Delete', () => this.change({ act: 'remove', title: one.title }))),
    why && el('div', { class: 'im-muted' }, bdi('It ' + why + '.')));
  }

  /** @param {string|null} title */
  rename(title) {
    this.renamed = title;
    this.fault = '';
    this.update();
    const field = this.list.querySelector('input');
    field?.focus();
    field?.select();
  }

  /** A row whose title is being changed. @param {SavedView} one */
  naming(one) {
    const field = el('input', { type: 'text', class: 'im-view-title', 'aria-label': 'New title of ' + one.title, dir: 'auto', 'data-key': 'naming', maxlength: this.model.bounds.title, value: one.title,
      on: { keydown: (event) => { if (pressed(event, 'close')) { event.stopPropagation(); this.rename(null); } } } });
    const rename = () => this.change({ act: 'rename', title: one.title, to: field.value });
    return el('li', null, fieldWith(field, button({ class: 'im-button', 'data-key': 'naming-done' }, 'Rename'), rename));
  }

  /** A click opens it here; the link is there to be copied or opened beside. @param {MouseEvent} event @param {SavedView} one */
  open(event, one) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.act.open(one.address);
  }
}
