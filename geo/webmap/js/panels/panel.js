/*
 * The layer panel, which is also a legend: each row has the symbol of a group, the number of its
 * records shown, and a switch. Below are the filters and the meaning of the symbols.
 */
import { bdi, button, chevron, el, fill } from '../core/dom.js';
import { grouped, shortNumber } from '../core/numbers.js';
import { symbolOf } from '../map/symbols.js';
import { legendOf } from './legend.js';
/** @import { Kind, LayerPart, LayerRow, Model, Reason, Stroke } from '../core/types.js' */
/** @import { Filters } from '../view/filters.js' */
/** @import { BasePanel } from './base_panel.js' */
/** @import { Layers } from '../view/layers.js' */

/**
 * @typedef {Object} PanelAct
 * @property {(row: LayerRow, isRange: boolean) => void} toggleGroup
 * @property {(row: LayerRow, key: string) => void} toggleLayer
 * @property {(row: LayerRow) => void} only
 * @property {() => void} toggleAll
 * @property {() => void} [listEvents]
 */
/** @typedef {{node: HTMLElement, update: () => void}} Updated */
/**
 * @typedef {Object} RowNodes the elements of a row, and its shortcut key
 * @property {HTMLElement} node
 * @property {HTMLElement} toggle
 * @property {HTMLElement} tally
 * @property {HTMLElement} only
 * @property {HTMLElement} unfold
 * @property {HTMLElement} list
 * @property {Updated[]|null} parts
 * @property {string} key
 */

export class Panel {
  /**
   * @param {Model} model
   * @param {Layers} layers
   * @param {Filters} filters
   * @param {PanelAct} act
   * @param {HTMLElement|null} filterNode the filters, if there are any
   * @param {BasePanel|null} base the switches of the base map, if there is one
   */
  constructor(model, layers, filters, act, filterNode, base) {
    this.model = model;
    this.layers = layers;
    this.filters = filters;
    this.act = act;
    this.base = base;
    /** @type {Set<string>} */
    this.open = new Set();
    this.rows = layers.rows.map((row, i) => this.buildRow(row, i));
    this.all = button({ class: 'im-text-button', on: { click: () => act.toggleAll() } });
    this.none = el('p', { class: 'im-none', role: 'status' });
    this.scope = el('span', { class: 'im-muted' });
    this.key = el('div', { class: 'im-key' });
    this.node = el('section', { class: 'im-layers', 'aria-label': 'Layers' },
      el('div', { class: 'im-section-head' }, el('h2', null, 'Groups', this.scope), this.all), this.none,
      el('ul', { class: 'im-rows' }, this.rows.map((row) => row.node)), this.eventsKey(), filterNode, base && base.node, this.key);
  }

  /** Update the rows in place, so that focus and double clicks are kept. */
  update() {
    this.rows.forEach((row) => row.update());
    this.base?.update();
    this.all.textContent = this.layers.off.size ? 'Show all' : 'Hide all';
    fill(this.none, this.layers.isAllOff() && 'All groups are off: nothing is shown.');
    const isComparing = Boolean(this.filters.asked.compare);
    this.scope.textContent = isComparing ? ' in A' : '';
    if (this.onlyA) this.onlyA.hidden = !isComparing;
    fill(this.key, isComparing && el('p', { class: 'im-muted' }, 'Counts below: records on either map.'),
      legendOf(this.model, this.filters.onMaps(), this.filters.asked.mode));
  }

  /** The explanation of rings, and a button that lists the events in view for users without a pointer. */
  eventsKey() {
    if (!this.model.table || !this.act.listEvents) return null;
    this.onlyA = el('p', { class: 'im-muted', hidden: true }, 'Events are shown on map A only.');
    return el('div', { class: 'im-events-key' },
      el('p', { class: 'im-muted' }, 'A ring counts nearby events, with an arc for each group; a small dot is one event. A thin dashed line means claimed by a party only. On badges, a grey disc counts events known only to that area.'),
      this.onlyA, button({ class: 'im-text-button', 'data-key': 'events-in-view', on: { click: this.act.listEvents } }, 'List events in view'));
  }

  /**
   * Show numbers of records and events, abbreviated if large.
   * @param {HTMLElement} node
   * @param {number} shown
   * @param {number} total
   */
  tally(node, shown, total) {
    fill(node, el('b', null, shortNumber(shown)), '/' + shortNumber(total));
    node.title = this.model.table ? grouped(shown) + ' of ' + grouped(total) + ' records and events' : '';
  }

  /** @param {LayerRow} row @param {number} i */
  buildRow(row, i) {
    const tally = el('span', { class: 'im-tally' });
    const toggle = button({
      class: 'im-row-toggle', role: 'checkbox', 'data-group': row.key,
      on: {
        click: (event) => (event.altKey ? this.act.only(row) : this.act.toggleGroup(row, event.shiftKey)),
        dblclick: () => this.act.only(row),
      },
    }, this.swatch(row, row.parts[0].kind, 'solid'), el('span', { class: 'im-row-name' }, bdi(row.group.short)), tally);
    const only = button({ class: 'im-only', on: { click: () => this.act.only(row) } });
    const unfold = button({ class: 'im-unfold', on: { click: () => this.fold(row) } }, chevron());
    const list = el('ul', { class: 'im-parts', hidden: true });
    const node = el('li', null, el('div', { class: 'im-row-line' }, toggle, only, unfold), list);
    const key = i < 9 ? '  (key ' + (i + 1) + ')' : '';
    const nodes = { node, toggle, tally, only, unfold, list, parts: null, key };
    return { node, update: () => this.updateRow(row, nodes) };
  }

  /** @param {LayerRow} row @param {RowNodes} nodes */
  updateRow(row, nodes) {
    const state = this.layers.stateOf(row);
    const isOpen = this.open.has(row.key);
    const isSolo = this.layers.isSolo(row);
    const shown = row.parts.reduce((sum, part) => sum + this.shownIn(part, row), 0);
    const why = state !== 'off' && !shown ? this.whyNone(row) : '';
    nodes.node.className = 'im-row is-' + state + (isSolo ? ' is-solo' : '') + (why ? ' is-none' : '');
    nodes.toggle.title = row.group.name + nodes.key + (why ? ': none shown, ' + why : '');
    nodes.toggle.setAttribute('aria-checked', state === 'some' ? 'mixed' : String(state === 'on'));
    nodes.toggle.setAttribute('aria-label', row.group.name + ': ' + this.words(shown, row.total) + (why ? ', ' + why : ''));
    this.tally(nodes.tally, shown, row.total);
    nodes.only.textContent = isSolo ? 'restore' : 'only';
    nodes.only.setAttribute('aria-label', isSolo ? 'Show all groups again' : 'Only ' + row.group.short);
    nodes.unfold.setAttribute('aria-expanded', String(isOpen));
    nodes.unfold.setAttribute('aria-label', (isOpen ? 'Collapse ' : 'Expand ') + row.group.short);
    nodes.list.hidden = !isOpen;
    if (isOpen) this.updateParts(row, nodes);
  }

  /** Update the parts of a row, which are built when first expanded. @param {LayerRow} row @param {RowNodes} nodes */
  updateParts(row, nodes) {
    if (!nodes.parts) {
      nodes.parts = row.parts.map((part) => this.buildPart(row, part));
      fill(nodes.list, nodes.parts.map((part) => part.node));
    }
    nodes.parts.forEach((part) => part.update());
  }

  /** Why no record of a row is shown: "7 not known to fall within the dates, 1 of another kind". @param {LayerRow} row */
  whyNone(row) {
    /** @type {Map<Reason, number>} */
    const counts = new Map();
    new Set(row.parts.flatMap((part) => part.records)).forEach((record) => {
      const reason = this.filters.reasons.get(record);
      if (reason) counts.set(reason, (counts.get(reason) || 0) + 1);
    });
    return [...counts].map(([reason, n]) => n + ' ' + this.filters.model.reasons[reason].label).join(', ') || 'by the filters';
  }

  /** The numbers shown and in total, for screen readers. @param {number} shown @param {number} total */
  words(shown, total) {
    const { table } = this.model;
    return grouped(shown) + ' of ' + grouped(total) + (table ? ' records and events' : total === 1 ? ' record' : ' records') + ' shown';
  }

  /**
   * Number of records and events shown in a layer; 0 while it is off, even if another layer shows them.
   * @param {LayerPart} part
   * @param {LayerRow} row
   */
  shownIn(part, row) {
    if (!this.layers.isLayerOn(part.key)) return 0;
    const { table } = this.model;
    const events = table && part.kind.key === 'incident' ? table.keptIn(row.index, part.index) : 0;
    return part.records.filter((record) => this.filters.isShown(record)).length + events;
  }

  /** @param {LayerRow} row */
  fold(row) {
    if (!this.open.delete(row.key)) this.open.add(row.key);
    this.update();
  }

  /** @param {LayerRow} row @param {Kind} kind @param {Stroke} stroke */
  swatch(row, kind, stroke) {
    return el('span', { class: 'im-row-symbol' }, symbolOf(this.model, { groups: [row.index], kind: kind.key, stroke }));
  }

  /** @param {LayerRow} row @param {LayerPart} part */
  buildPart(row, part) {
    const tally = el('span', { class: 'im-tally' });
    const toggle = button({ class: 'im-part', role: 'checkbox', 'data-layer': part.key, on: { click: () => this.act.toggleLayer(row, part.key) } },
      this.swatch(row, part.kind, part.status.stroke),
      el('span', { class: 'im-row-name' }, part.kind.label + ' · ' + part.status.label.toLowerCase()), tally);
    const node = el('li', null, toggle);
    const update = () => {
      const isOn = this.layers.isLayerOn(part.key);
      node.className = isOn ? 'is-on' : 'is-off';
      toggle.setAttribute('aria-checked', String(isOn));
      this.tally(tally, this.shownIn(part, row), part.total);
    };
    return { node, update };
  }
}
