/*
 * What is shown, as a list beside the map: its totals, words to search for, an order, and a row for
 * each record. The field stays the same element throughout, so that typing holds.
 */
import { el, fill } from '../core/dom.js';
import { counted } from '../core/numbers.js';
import { markOf, MARKS } from '../map/change_signs.js';
import { originsOf, originsText } from '../view/origins.js';
import { fatalitiesOf } from '../view/totals.js';
/** @import { Ask, Child, MapRecord, Model } from '../core/types.js' */
/** @import { Filters } from '../view/filters.js' */
/** @import { SinceField } from './since.js' */

/** After every day, where the last one is open. */
const EVER = '9999-99-99';

/** The later day first. To compare days as words, the browser would load its rules for languages. @param {string} a @param {string} b */
const laterFirst = (a, b) => (a === b ? 0 : a < b ? 1 : -1);
/** @param {MapRecord} a @param {MapRecord} b */
const newest = (a, b) => laterFirst(a.to || EVER, b.to || EVER) || laterFirst(a.from || '', b.from || '');

/** The least number that is stated; what is not stated is less than none. @param {MapRecord} record */
const leastKilled = ({ killed, killedBasis }) => (killedBasis === 'not_stated' ? -1 : killed.find((n) => n !== null) ?? -1);

/** @param {Model} model @param {MapRecord} record */
const placeOf = (model, record) => {
  const at = record.places.find((place) => place.provinces.length);
  return at ? model.provinceList[at.provinces[0]].name : '\uffff';
};

/** @typedef {(model: Model) => (a: MapRecord, b: MapRecord) => number} Order */
/** What changed first, by its mark, and then the newest. @param {Model} model @returns {(a: MapRecord, b: MapRecord) => number} */
const changesFirst = (model) => {
  /** @param {MapRecord} record */
  const rank = (record) => { const mark = markOf(model, record); return mark ? MARKS.indexOf(mark) : MARKS.length; };
  return (a, b) => rank(a) - rank(b) || newest(a, b);
};

/** @type {Record<string, [label: string, order: Order]>} ties keep the order of the dossier */
const ORDERS = {
  changes: ['Changes first', changesFirst],
  newest: ['Newest first', () => newest],
  oldest: ['Oldest first', () => (a, b) => laterFirst(b.from || b.to || '', a.from || a.to || '')],
  group: ['By group', () => (a, b) => a.groups[0] - b.groups[0]],
  place: ['By province', (model) => (a, b) => placeOf(model, a).localeCompare(placeOf(model, b))],
  killed: ['By fatalities', () => (a, b) => leastKilled(b) - leastKilled(a)],
  dossier: ['In the order of the dossier', () => () => 0],
};

export class RecordsList {
  /**
   * @param {Model} model
   * @param {Filters} filters
   * @param {{ask: Ask, redraw: () => void, items: (records: MapRecord[], key: string) => Child[]}} act
   * @param {SinceField} since
   */
  constructor(model, filters, act, since) {
    this.model = model;
    this.filters = filters;
    this.act = act;
    this.since = since;
    this.order = 'newest';
    /** @type {Model['marks']} the marks for which the order was chosen */
    this.marks = null;
    this.search = el('input', { type: 'search', class: 'im-search', placeholder: 'Search the list', dir: 'auto', 'aria-label': 'Words to search for in records',
      autocomplete: 'off', spellcheck: 'false', maxlength: model.bounds.letters, 'data-key': 'list-search',
      on: { input: () => act.ask((asked) => asked.take({ text: this.search.value })) } });
    this.orders = el('select', { class: 'im-select im-order', 'aria-label': 'Order', 'data-key': 'list-order', on: { change: () => this.sort(this.orders.value) } },
      Object.entries(ORDERS).map(([key, [label]]) => el('option', { value: key }, label)));
    this.totals = el('div', { class: 'im-list-totals', role: 'status' });
    this.rows = el('div', null);
    /** Everything but the rows; a table of the records takes it. */
    this.top = el('div', null, el('div', { class: 'im-list-head' }, this.search, this.orders), this.totals, since.node);
    this.node = el('div', { class: 'im-records' }, this.top, this.rows);
  }

  /** @param {string} order */
  sort(order) {
    this.order = order;
    this.act.redraw();
  }

  /** @param {MapRecord[]} records @returns {MapRecord[]} */
  ordered(records) {
    return [...records].sort(ORDERS[this.order][1](this.model));
  }

  /** Where changes are marked, they come first, until another order is chosen. */
  followMarks() {
    const { marks } = this.model;
    if (marks === this.marks) return;
    this.marks = marks;
    if (marks || this.order === 'changes') this.order = marks ? 'changes' : 'newest';
    /** @type {HTMLOptionElement|null} */
    const first = this.orders.querySelector('[value=changes]');
    if (first) Object.assign(first, { hidden: !marks, disabled: !marks });
  }

  /** The records in rows; what was withdrawn is listed apart, because it is no longer on the map. @param {MapRecord[]} shown @returns {Child[]} */
  listed(shown) {
    const records = this.ordered(shown);
    const withdrawn = records.filter((record) => markOf(this.model, record) === 'withdrawn');
    const others = records.filter((record) => !withdrawn.includes(record));
    return [others.length > 0 && this.act.items(others, 'records'), withdrawn.length > 0 && el('section', { class: 'im-block im-withdrawn-list' },
      el('h3', null, 'Withdrawn', el('span', { class: 'im-tally' }, withdrawn.length)), this.act.items(withdrawn, 'withdrawn'))];
  }

  /** @param {MapRecord[]} shown */
  fatalities(shown) {
    const { figures, deadly } = fatalitiesOf(shown);
    return figures.length > 0 && el('div', { title: deadly || null }, 'Fatalities', el('ul', null, figures.map((one) => el('li', null, one))));
  }

  updateTop() {
    const shown = this.filters.shown();
    const { text, compare, counting } = this.filters.asked;
    if (document.activeElement !== this.search || text === '') this.search.value = text;
    this.followMarks();
    this.orders.value = this.order;
    this.since.update(shown);
    fill(this.totals, el('b', null, counted(shown.length, 'record')), counting === 'origins' && originsText(originsOf(shown)).replace(/^\S+ records?/, ''),
      compare && ' in period A', this.fatalities(shown));
  }

  update() {
    this.updateTop();
    const shown = this.filters.shown();
    fill(this.rows, shown.length ? this.listed(shown) : el('p', { class: 'im-muted' }, 'Nothing is shown.'));
  }
}
