/*
 * What is shown, as a table in place of the map: the view in words with a way to reset it, an order,
 * and a row for each record, whose text is wrapped and never cut. Choosing a row opens its card.
 */
import { bdi, button, el, fill, keepFocus } from '../core/dom.js';
import { pressed } from '../core/keys.js';
import { grouped } from '../core/numbers.js';
import { chipOf } from '../map/symbols.js';
import { Chips } from '../view/chips.js';
import { sidesOf } from './card_text.js';
/** @import { Ask, Child, FilterChip, MapRecord, Model } from '../core/types.js' */
/** @import { Filters } from '../view/filters.js' */
/** @import { Layers } from '../view/layers.js' */
/** @import { RecordsList } from './records_list.js' */

/** Most rows that are shown at first: more would take noticeable time to build. */
const MOST_ROWS = 200;

/** Texts that differ, in their order. @param {string[]} texts */
const each = (texts) => [...new Set(texts)].join('; ');

/** @param {MapRecord} record @param {string} label */
const fact = (record, label) => record.facts.find(([name]) => name === label)?.[1] ?? '';

/** Who says so, and who denies it; that nobody does is not repeated in every row. @param {MapRecord} record */
const saidBy = (record) => sidesOf(record).filter(({ claims }) => claims.length).map(({ title }) => title).join('; ');

/** @type {[label: string, text: (record: MapRecord, model: Model) => string][]} after the title */
const COLUMNS = [
  ['Record type', (record, model) => model.kinds.find(({ key }) => key === record.kind)?.one ?? record.kind],
  ['Group', (record, model) => record.groups.map((at) => model.groups[at].short).join(', ')],
  ['Verification status', (record, model) => model.statuses[record.status].label],
  ['Claims', saidBy],
  ['Place (source’s words)', (record) => each(record.places.map(({ text, label }) => text.trim() || label))],
  ['Location precision', (record, model) => each(record.places.map(({ off, precision, label }) => (off === 'outside' ? label : model.precisions[precision].label)))],
  ['When', (record) => record.dateText],
  ['Fatalities', (record) => fact(record, 'Fatalities')],
];

export class RecordsTable {
  /**
   * @param {Model} model
   * @param {Filters} filters
   * @param {Layers} layers
   * @param {RecordsList} list gives the order, the search and the totals
   * @param {{ask: Ask, choose: (id: string) => void, redraw: () => void}} act
   */
  constructor(model, filters, layers, list, act) {
    this.model = model;
    this.filters = filters;
    this.layers = layers;
    this.list = list;
    this.act = act;
    this.isWhole = false;
    /** @type {WeakMap<MapRecord, HTMLTableRowElement>} the row of each record, which never changes */
    this.rows = new WeakMap();
    this.chips = new Chips(filters, { ask: act.ask, more: () => this.layersOff(), clear: () => this.reset() });
    this.body = el('tbody', { role: 'rowgroup', on: { keydown: (event) => this.onKey(event) } });
    this.more = el('div', null);
    this.node = el('section', { class: 'im-table-room', 'aria-label': 'Records' },
      el('div', { class: 'im-table-top' }, this.chips.node, list.top),
      el('table', { class: 'im-table', role: 'table' },
        el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, ['Title', ...COLUMNS.map(([label]) => label)].map((label) => el('th', { scope: 'col', role: 'columnheader' }, label)))),
        this.body), this.more);
  }

  /** The groups as one part of the view in words, if any is off. @returns {FilterChip[]} */
  layersOff() {
    if (this.layers.offKeys().length === 0) return [];
    const on = this.layers.rows.filter((row) => this.layers.stateOf(row) !== 'off').map(({ group }) => group.short);
    const isPart = this.layers.rows.some((row) => this.layers.stateOf(row) === 'some');
    return [{ key: 'off', label: 'Groups', value: (on.join(', ') || 'none') + (isPart ? ' (in part)' : ''), lift: () => this.layers.setOff([]) }];
  }

  reset() {
    this.act.ask((filters) => {
      filters.clear();
      this.layers.setOff([]);
    });
  }

  /** @param {MapRecord} record */
  rowOf(record) {
    const known = this.rows.get(record);
    if (known) return known;
    const title = button({ class: 'im-table-title', 'data-key': 'row:' + record.id }, chipOf(this.model, record), bdi(record.title));
    /** @param {string} label @param {...Child} content */
    const cell = (label, ...content) => el('td', { role: 'cell', 'data-label': label }, ...content);
    const row = el('tr', { role: 'row', 'data-record': record.id, on: { click: () => this.choose(record) } }, cell('', title),
      COLUMNS.map(([label, text]) => [label, text(record, this.model)]).map(([label, text]) => cell(label, text && bdi(text))));
    this.rows.set(record, row);
    return row;
  }

  /** A row in which somebody marks text, to copy it, is not chosen. @param {MapRecord} record */
  choose(record) {
    if (getSelection()?.toString() === '') this.act.choose(record.id);
  }

  /** Up and down go from row to row. @param {KeyboardEvent} event */
  onKey(event) {
    const by = pressed(event, 'row');
    if (!by || !(event.target instanceof Element)) return;
    /** @type {HTMLElement[]} */
    const titles = [...this.body.querySelectorAll('button')];
    const next = titles[titles.findIndex((title) => title === event.target) + by];
    event.preventDefault();
    next?.focus();
  }

  /** @param {MapRecord|null} chosen */
  update(chosen) {
    this.chips.update();
    this.list.updateTop();
    const records = this.list.ordered(this.filters.shown());
    const cut = this.isWhole ? records : records.slice(0, MOST_ROWS);
    keepFocus(this.body, () => fill(this.body, cut.map((record) => this.rowOf(record))));
    for (const record of cut) this.mark(record, record === chosen);
    fill(this.more, cut.length < records.length && button({ class: 'im-text-button im-all-rows', on: { click: () => this.showWhole() } },
      'List the other ' + grouped(records.length - cut.length)));
  }

  /** @param {MapRecord} record @param {boolean} isChosen */
  mark(record, isChosen) {
    const row = this.rowOf(record);
    if (isChosen && !row.classList.contains('is-chosen')) requestAnimationFrame(() => row.scrollIntoView({ block: 'nearest' }));
    row.classList.toggle('is-chosen', isChosen);
    row.querySelector('button')?.setAttribute('aria-expanded', String(isChosen));
  }

  showWhole() {
    this.isWhole = true;
    this.act.redraw();
  }
}
