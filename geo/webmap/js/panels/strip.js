/*
 * The legend strip of a frame without panels: the groups, with switches, and two panels that open over
 * the edge of the map: the legend, and information about the map.
 */
import { bdi, button, el, fill } from '../core/dom.js';
import { pressed } from '../core/keys.js';
import { shortNumber } from '../core/numbers.js';
import { symbolOf } from '../map/symbols.js';
/** @import { LayerRow, Model } from '../core/types.js' */
/** @import { Panel } from './panel.js' */
/** @import { Layers } from '../view/layers.js' */

export class Strip {
  /**
   * @param {Model} model
   * @param {Layers} layers
   * @param {Panel} panel the layer panel, which has the counts and the legend
   * @param {{toggleGroup: (row: LayerRow, isRange: boolean) => void, only: (row: LayerRow) => void, about: HTMLDetailsElement}} act
   */
  constructor(model, layers, panel, act) {
    this.model = model;
    this.layers = layers;
    this.panel = panel;
    this.act = act;
    this.open = '';
    this.opened = '';
    this.groups = layers.rows.map((row) => this.groupOf(row));
    act.about.open = true;
    /** @type {Record<string, HTMLElement>} */
    this.rooms = {
      legend: el('div', null, el('ul', { class: 'im-strip-names' }, layers.rows.map((row) => this.nameOf(row))), panel.switches.node, panel.key),
      about: el('div', null, el('h2', null, bdi(model.title)), act.about),
    };
    this.sheet = el('section', { class: 'im-strip-sheet', id: 'im-strip-sheet', tabindex: -1, hidden: true }, Object.values(this.rooms));
    /** @type {Record<string, HTMLElement>} */
    this.buttons = { legend: this.opener('legend', 'Legend'), about: this.opener('about', 'About') };
    this.node = el('section', { class: 'im-strip', 'aria-label': 'Groups and legend' },
      el('div', { class: 'im-strip-groups', role: 'group', 'aria-label': 'Groups' }, this.groups.map((group) => group.node)),
      el('div', { class: 'im-strip-more' }, Object.values(this.buttons)));
    document.addEventListener('keydown', (event) => {
      if (pressed(event, 'close') && this.open) this.toggle(this.open);
    });
  }

  /** @param {LayerRow} row */
  swatch(row) {
    return el('span', { class: 'im-row-symbol' }, symbolOf(this.model, { groups: [row.index], kind: row.parts[0].kind.key, stroke: 'solid' }));
  }

  /** @param {LayerRow} row */
  nameOf(row) {
    return el('li', null, this.swatch(row), el('span', null, bdi(row.group.name)));
  }

  /** @param {LayerRow} row */
  groupOf(row) {
    // As wide as the longest number, so that the line never breaks differently.
    const tally = el('span', { class: 'im-tally', style: { '--digits': shortNumber(row.total).length } });
    const node = button({ class: 'im-strip-group', role: 'checkbox', 'data-strip': row.key, title: row.group.name,
      on: { click: (event) => (event.altKey ? this.act.only(row) : this.act.toggleGroup(row, event.shiftKey)), dblclick: () => this.act.only(row) } },
    this.swatch(row), el('span', { class: 'im-strip-name' }, bdi(row.group.short)), tally);
    return { node, update: () => this.updateGroup(row, node, tally) };
  }

  /** @param {LayerRow} row @param {HTMLElement} node @param {HTMLElement} tally */
  updateGroup(row, node, tally) {
    const state = this.layers.stateOf(row);
    const shown = row.parts.reduce((sum, part) => sum + this.panel.shownIn(part, row), 0);
    node.classList.toggle('is-off', state === 'off');
    node.setAttribute('aria-checked', state === 'some' ? 'mixed' : String(state === 'on'));
    node.setAttribute('aria-label', row.group.name + ': ' + this.panel.words(shown, row.total));
    fill(tally, el('b', null, shortNumber(shown)), el('span', null, '/' + shortNumber(row.total)));
  }

  /** @param {string} key @param {string} label */
  opener(key, label) {
    return button({ class: 'im-text-button', 'data-sheet': key, 'aria-controls': 'im-strip-sheet', on: { click: () => this.toggle(key) } }, label);
  }

  /** Open a panel, or close it and return the focus to its button. @param {string} key */
  toggle(key) {
    const hadFocus = this.sheet.contains(document.activeElement);
    const before = this.open;
    this.open = this.open === key ? '' : key;
    this.update();
    if (this.open) this.sheet.focus({ preventScroll: true });
    else if (hadFocus) this.buttons[before].focus({ preventScroll: true });
  }

  /** @param {string} [opened] the content of the detail panel; if it is new, the strip's panel closes */
  update(opened) {
    if (opened !== undefined && opened !== this.opened) {
      this.opened = opened;
      if (opened) this.open = '';
    }
    this.groups.forEach((group) => group.update());
    this.sheet.hidden = !this.open;
    if (this.open) this.sheet.setAttribute('aria-label', this.buttons[this.open].textContent);
    for (const [key, room] of Object.entries(this.rooms)) {
      room.hidden = key !== this.open;
      this.buttons[key].setAttribute('aria-expanded', String(key === this.open));
    }
  }
}
