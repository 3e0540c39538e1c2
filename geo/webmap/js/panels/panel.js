/*
 * The layer panel, which is also the legend: each row has the symbol of a group, or of a value of a
 * filter, the number of its records shown, and a switch. Below are the other filters and signs.
 */
import { button, chevron, el, fill } from '../core/dom.js';
import { grouped } from '../core/numbers.js';
import { symbolOf } from '../map/symbols.js';
import { unswitchedKey } from './legend.js';
import { LegendSwitches } from './legend_switches.js';
import { originsOf, originsText } from '../view/origins.js';
import { SwitchRow } from './switch_row.js';
/** @import { Ask, Kind, LayerPart, LayerRow, Model, Reason, Stroke } from '../core/types.js' */
/** @import { Filters } from '../view/filters.js' */
/** @import { BasePanel } from './base_panel.js' */
/** @import { CoverageKey } from './coverage_key.js' */
/** @import { OriginCount } from '../view/origins.js' */
/** @import { Layers } from '../view/layers.js' */

/**
 * @typedef {Object} PanelAct
 * @property {(row: LayerRow, isRange: boolean) => void} toggleGroup
 * @property {(row: LayerRow, key: string, isRange: boolean) => void} toggleLayer
 * @property {(row: LayerRow, key?: string) => void} only
 * @property {() => void} toggleAll
 * @property {Ask} ask
 * @property {() => boolean} isPhone
 * @property {() => void} [listEvents]
 */
/** @typedef {{node: HTMLElement, update: () => void}} Updated */
/**
 * @typedef {Object} RowNodes what belongs to a group
 * @property {SwitchRow} line
 * @property {HTMLElement} unfold
 * @property {HTMLElement} list
 * @property {Updated[]|null} parts
 */

export class Panel {
  /**
   * @param {Model} model
   * @param {Layers} layers
   * @param {Filters} filters
   * @param {PanelAct} act
   * @param {HTMLElement|null} filterNode the filters, if there are any
   * @param {BasePanel|null} base the switches of the base map, if there is one
   * @param {CoverageKey|null} coverage the layer of source coverage, if the document has it
   */
  constructor(model, layers, filters, act, filterNode, base, coverage) {
    this.model = model;
    this.layers = layers;
    this.filters = filters;
    this.act = act;
    this.base = base;
    this.coverage = coverage;
    /** @type {Set<string>} */
    this.open = new Set();
    this.rows = layers.rows.map((row, i) => this.buildRow(row, i));
    this.all = button({ class: 'im-text-button', on: { click: () => act.toggleAll() } });
    this.none = el('p', { class: 'im-none', role: 'status' });
    this.scope = el('span', { class: 'im-muted' });
    this.switches = new LegendSwitches(filters, act.ask, !act.isPhone());
    this.rest = el('div', null);
    this.key = el('div', { class: 'im-key' }, this.rest);
    this.byOrigin = button({ class: 'im-check', role: 'checkbox', 'data-key': 'counting', on: { click: () => act.ask((asked) => asked.take({ counting: this.countsOrigins ? 'records' : 'origins' })) } }, 'Count known origins');
    this.originNote = el('p', { class: 'im-muted', hidden: true }, 'Records that go back to one statement, speaker or channel count once. A record of which no claim has a known lineage is counted apart.');
    this.node = el('section', { class: 'im-layers', 'aria-label': 'Layers' },
      el('div', { class: 'im-section-head' }, el('h2', null, 'Groups', this.scope), this.all), this.none,
      el('ul', { class: 'im-rows' }, this.rows.map((row) => row.node)), el('div', { class: 'im-by-origin' }, this.byOrigin, this.originNote),
      this.eventsKey(), this.switches.node, coverage && coverage.node, filterNode, base && base.node, this.key);
  }

  /** Update the rows in place, so that focus and double clicks are kept. */
  update() {
    this.rows.forEach((row) => row.update());
    this.base?.update();
    this.coverage?.update();
    this.byOrigin.setAttribute('aria-checked', String(this.countsOrigins));
    this.originNote.hidden = !this.countsOrigins;
    this.all.textContent = this.layers.off.size ? 'Show all' : 'Hide all';
    fill(this.none, this.layers.isAllOff() && 'All groups are off: nothing is shown.');
    const isComparing = Boolean(this.filters.asked.compare);
    this.scope.textContent = isComparing ? ' in A' : '';
    if (this.onlyA) this.onlyA.hidden = !isComparing;
    this.switches.update();
    fill(this.rest, isComparing && el('p', { class: 'im-muted' }, 'Counts below: records on either map.'),
      unswitchedKey(this.model, this.filters.onMaps(), this.filters.asked.mode));
  }

  /** The explanation of rings, and a button that lists the events in view for users without a pointer. */
  eventsKey() {
    if (!this.model.table || !this.act.listEvents) return null;
    this.onlyA = el('p', { class: 'im-muted', hidden: true }, 'Events are shown on map A only.');
    return el('div', { class: 'im-events-key' },
      el('p', { class: 'im-muted' }, 'A ring counts nearby events, with an arc for each group; a small dot is one event. A thin dashed line means claimed by a party only. On badges, a grey disc counts events known only to that area.'),
      this.onlyA, button({ class: 'im-text-button', 'data-key': 'events-in-view', on: { click: this.act.listEvents } }, 'List events in view'));
  }

  /** Whether the rows count known origins instead of records. */
  get countsOrigins() {
    return this.filters.asked.counting === 'origins';
  }

  /** What the rows count. */
  get unit() {
    return this.model.table ? 'records and events' : 'records';
  }

  /** @param {LayerRow} row @param {number} i */
  buildRow(row, i) {
    const unfold = button({ class: 'im-unfold', on: { click: () => this.fold(row) } }, chevron());
    const list = el('ul', { class: 'im-parts', hidden: true });
    const { name, short } = row.group;
    const line = new SwitchRow({
      attributes: { 'data-group': row.key }, symbol: this.symbol(row, row.parts[0].kind, 'solid'), label: short, name,
      title: name + (i < 9 ? '  (key ' + (i + 1) + ')' : ''), unit: this.unit,
      toggle: (isRange) => this.act.toggleGroup(row, isRange), only: () => this.act.only(row),
    }, unfold);
    line.node.append(list);
    /** @type {RowNodes} */
    const nodes = { line, unfold, list, parts: null };
    return { node: line.node, update: () => this.updateRow(row, nodes) };
  }

  /** @param {LayerRow} row @param {RowNodes} nodes */
  updateRow(row, nodes) {
    const state = /** @type {'on'|'off'|'some'} */ (this.layers.stateOf(row));
    const isOpen = this.open.has(row.key);
    const shown = row.parts.reduce((sum, part) => sum + this.shownIn(part, row), 0);
    nodes.line.update({ state, isSolo: this.layers.isSolo(row), shown, total: row.total, why: state !== 'off' && !shown ? this.whyNone(row) : '', ...this.originsIn(row, row.parts) });
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

  /**
   * The known origins of what some layers of a group show, and of all in them, where origins are counted. Nobody knows the lineage of events.
   * @param {LayerRow} row
   * @param {LayerPart[]} parts
   * @returns {{origins: OriginCount, shown: number, total: number}|null}
   */
  originsIn(row, parts) {
    if (!this.countsOrigins) return null;
    const all = parts.flatMap((part) => part.records);
    const shown = parts.filter((part) => this.layers.isLayerOn(part.key)).flatMap((part) => part.records.filter((record) => this.filters.isShown(record)));
    const events = parts.reduce((sum, part) => sum + this.shownIn(part, row), 0) - shown.length;
    const count = originsOf(shown);
    const origins = { records: count.records + events, origins: count.origins, unknown: count.unknown + events };
    return { origins, shown: origins.origins, total: originsOf(all).origins };
  }

  /** The number shown of a group, as it is printed. @param {LayerRow} row @param {number} shown records and events */
  tallyWords(row, shown) {
    const found = this.originsIn(row, row.parts);
    return found ? originsText(found.origins) : grouped(shown) + ' of ' + grouped(row.total);
  }

  /** @param {LayerRow} row */
  fold(row) {
    if (!this.open.delete(row.key)) this.open.add(row.key);
    this.update();
  }

  /** @param {LayerRow} row @param {Kind} kind @param {Stroke} stroke */
  symbol(row, kind, stroke) {
    return symbolOf(this.model, { groups: [row.index], kind: kind.key, stroke });
  }

  /** @param {LayerRow} row @param {LayerPart} part */
  buildPart(row, part) {
    const label = part.kind.label + ' · ' + part.status.label.toLowerCase();
    const line = new SwitchRow({
      attributes: { 'data-layer': part.key }, symbol: this.symbol(row, part.kind, part.status.stroke), label,
      name: row.group.short + ', ' + label, title: part.status.definition, unit: this.unit,
      toggle: (isRange) => this.act.toggleLayer(row, part.key, isRange), only: () => this.act.only(row, part.key),
    });
    const update = () => line.update({ state: this.layers.isLayerOn(part.key) ? 'on' : 'off', isSolo: this.layers.isSolo(row, part.key),
      shown: this.shownIn(part, row), total: part.total, ...this.originsIn(row, [part]) });
    return { node: line.node, update };
  }
}
