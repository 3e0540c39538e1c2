/*
 * The current filters besides the layers, and the results of both.
 */
import { Choices } from './choices.js';
import { filterFields, periodWords, SWITCHED } from './filter_fields.js';
import { countsOf, keptBut, nothingAsked, passesOne, questionOf, REASON_OF, reasonOf, REASONS } from './keep.js';
/** @import { Asked, Field, FilterChip, MapRecord, Model, Question, Reason, View } from '../core/types.js' */
/** @import { EventTable } from '../events/sums.js' */
/** @import { Layers } from './layers.js' */

/** @typedef {ReturnType<Filters['ledger']>} Ledger */

export class Filters {
  /** @type {Question} */
  question;
  /** @type {Set<MapRecord>} */
  others;
  /** @type {Uint8Array} */
  eventsOn;
  /** @type {ReturnType<EventTable['ledger']>} */
  eventLedger;

  /**
   * @param {Model} model
   * @param {Layers} layers
   */
  constructor(model, layers) {
    this.model = model;
    this.layers = layers;
    this.fields = filterFields(model);
    this.asked = nothingAsked();
    /** The fields that the legend switches, in its order. */
    this.switches = SWITCHED.flatMap((name) => (name !== 'reviews' || model.isReviewed ? this.fieldOf(name) || [] : []))
      .map((field) => new Choices(this, field));
    this.refresh();
  }

  /** Recompute which records pass; all parts of the page read the result from here. */
  refresh() {
    this.question = questionOf(this.model, this.view());
    /** @type {Map<MapRecord, Reason|null>} */
    this.reasons = new Map(this.model.records.map((record) => [record, reasonOf(this.question, record)]));
    const { compare } = this.asked;
    const other = compare && questionOf(this.model, Object.assign(this.view(), { from: compare[0], to: compare[1] }));
    this.refreshEvents();
    this.others = new Set(other ? this.model.records.filter((record) => reasonOf(other, record) === null) : []);
  }

  /** Recompute the same for an event table, if there is one. */
  refreshEvents() {
    const { table } = this.model;
    if (!table) return;
    table.ask(this.question);
    this.eventsOn = table.switchedOn(this.layers);
    this.eventLedger = table.ledger(this.eventsOn);
  }

  /**
   * How many records and events each choice of a field would leave.
   * @param {keyof Asked} name
   * @param {any[]} choices
   */
  countsOf(name, choices) {
    const { table } = this.model;
    const records = countsOf(this.model, this.view(), name, choices);
    if (!table) return records;
    const asked = choices.map((choice) => (Array.isArray(choice) && !choice.length ? null : choice));
    const events = table.choices(this.question, name, asked, this.eventsOn);
    return records.map((n, i) => n + events[i]);
  }

  /** The filtering part of the view. */
  view() {
    return Object.assign({ off: this.layers.offList() }, this.asked);
  }

  /** @param {MapRecord} record */
  isShown(record) {
    return this.reasons.get(record) === null;
  }

  shown() {
    return this.model.records.filter((record) => this.isShown(record));
  }

  /** The records of the comparison period; empty without a comparison. */
  compared() {
    return [...this.others];
  }

  /** The records on either map. */
  onMaps() {
    return this.model.records.filter((record) => this.isShown(record) || this.others.has(record));
  }

  /** Why no map shows a record. @param {MapRecord} record */
  leftOut(record) {
    return this.others.has(record) ? null : this.reasons.get(record);
  }

  /** Records excluded for a reason. @param {Reason} reason */
  outBy(reason) {
    return this.model.records.filter((record) => this.reasons.get(record) === reason);
  }

  /** The records that pass all filters except the period. */
  atAnyTime() {
    return keptBut(this.question, this.model.records, ['period']);
  }

  /** Whether a record passes all filters except the layers. @param {MapRecord} record */
  passesBesides(record) {
    const reason = this.reasons.get(record);
    return reason === null || (reason === 'layer' && REASONS.slice(1).every((one) => passesOne(this.question, record, one)));
  }

  /** @param {string} name */
  fieldOf(name) {
    return this.fields.find((field) => field.name === name);
  }

  /**
   * Apply the well-formed fields of a view. A well-formed value that occurs in no record is kept: it
   * matches nothing, which is the correct result.
   * @param {Partial<View>} view
   */
  take(view) {
    /** @type {Record<string, any>} */
    const asked = this.asked;
    /** @type {Record<string, any>} */
    const wanted = view;
    for (const name of Object.keys(asked)) {
      if (!(name in view)) continue;
      const field = this.fieldOf(name);
      asked[name] = field && field.isMany ? this.valuesOf(field, wanted[name]) : wanted[name];
    }
    const { from, to, text } = this.asked;
    if (from && to && from > to) Object.assign(this.asked, { from: null, to: null });
    if (!text.trim()) this.asked.text = '';
  }

  /** @param {Field} field @param {any[]} values */
  valuesOf(field, values) {
    const known = new Set(field.name === 'events' ? this.model.eventTypes : field.choices.map((choice) => choice.value));
    const isOpen = !field.isClosed && field.name !== 'events';
    return [...new Set(values)].filter((value) => isOpen || known.has(value)).sort();
  }

  /** Choose a value of a field, or remove it. @param {keyof Asked} name @param {any} value */
  toggle(name, value) {
    const list = /** @type {any[]} */ (this.asked[name]);
    this.take({ [name]: list.includes(value) ? list.filter((other) => other !== value) : list.concat([value]) });
  }

  /** Clear the fields that can give a reason. @param {Reason} reason */
  lift(reason) {
    const empty = nothingAsked();
    Object.assign(this.asked, Object.fromEntries(Object.entries(empty).filter(([name]) => REASON_OF[name] === reason)));
  }

  /** The chosen values of a field, in the order of its choices. @param {Field} field */
  inOrder(field) {
    const order = field.choices.map((choice) => choice.value);
    return [.../** @type {any[]} */ (this.asked[field.name])].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  }

  /** The region of which all provinces are asked for, and no others, in words. @param {Field} field @returns {string|null} */
  regionWords(field) {
    if (field.name !== 'provinces') return null;
    const codes = /** @type {string[]} */ (this.asked.provinces);
    const { provinceOf, regions } = this.model;
    const found = regions.find(({ provinces }) => provinces.length === codes.length && codes.every((code) => provinces.includes(provinceOf.get(code) ?? -1)));
    return found ? found.name + ' (' + codes.length + ' provinces)' : null;
  }

  /** The active filters that can give a reason, in words. @param {Reason} reason */
  wordsFor(reason) {
    return this.active().filter((chip) => REASON_OF[chip.key === 'period' ? 'from' : chip.key.split(':')[0]] === reason)
      .map((chip) => chip.label + ': ' + chip.value).join(', ');
  }

  /** Clear all filters; options of drawing are kept. */
  clear() {
    const { mode, compare, base_off, language, counting, coverage, drafts } = this.asked;
    this.asked = Object.assign(nothingAsked(), { mode, compare, base_off, language, counting, coverage, drafts });
  }

  /**
   * The active filters in words, each with a function that removes it.
   * @returns {FilterChip[]}
   */
  active() {
    /** @type {FilterChip[]} */
    const chips = [];
    const period = periodWords(this.asked);
    if (period) chips.push({ key: 'period', label: this.model.fields.period, value: period, lift: () => this.lift('period') });
    for (const field of this.fields) chips.push(...this.chipsOf(field));
    return chips;
  }

  /** @param {Field} field */
  chipsOf(field) {
    /** @type {any} of the type of the field */
    const value = this.asked[field.name];
    /** @param {unknown} one */
    const ask = (one) => Object.assign(this.asked, { [field.name]: one });
    /** @param {string} key @param {string} words @param {() => void} lift */
    const chip = (key, words, lift) => ({ key: field.name + ':' + key, label: field.label, value: words, lift });
    if (!field.isMany) {
      const isAsked = value !== null && value !== '' && value !== false;
      return isAsked ? [chip('', field.words(value), () => ask(nothingAsked()[field.name]))] : [];
    }
    const rest = field.isClosed ? field.choices.filter((choice) => !value.includes(choice.value)) : [];
    if (rest.length && rest.length < value.length) return [chip('', 'all but ' + rest.map(({ label }) => label).join(', '), () => ask([]))];
    const region = this.regionWords(field);
    if (region) return [chip('', region, () => ask([]))];
    if (value.length > 3) return [chip('', value.length + ' chosen', () => ask([]))];
    return this.inOrder(field).map((one) => chip(one, field.words(one), () => this.toggle(field.name, one)));
  }

  /** The record count: shown records by where they are shown, others by reason. The parts add up to the total. */
  ledger() {
    const shown = this.shown();
    const parts = this.model.standings.map((standing) => ({
      standing, records: shown.filter((record) => record.standing === standing.key),
    }));
    const out = REASONS.map((reason) => ({ reason, count: this.outBy(reason).length }));
    const drawn = shown.filter((record) => record.isMapped).length;
    return { total: this.model.records.length, shown, drawn, parts, out };
  }
}
