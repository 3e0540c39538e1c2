/*
 * The values of one filter field as switches. An empty field filters nothing, so all of its values
 * are on then; none of them on would have no form in a view, so switching off the last one gives
 * all back.
 */
import { countsOf } from './keep.js';
/** @import { Choice, Field } from '../core/types.js' */
/** @import { Filters } from './filters.js' */

export class Choices {
  /** @param {Filters} filters @param {Field} field that accepts only its choices */
  constructor(filters, field) {
    this.filters = filters;
    this.field = field;
    this.values = field.choices.map(({ value }) => /** @type {string} */ (value));
    this.totals = this.totalOfEach();
    this.used = this.values.filter((_, i) => this.totals[i] > 0);
    /** @type {string[]} what was chosen before "only" */
    this.before = [];
    /** @type {string|null} the value that was last switched individually */
    this.switched = null;
    /** The counts of a view: counting events takes time. */
    this.counted = { view: '', counts: /** @type {Map<string, number>} */ (new Map()) };
  }

  /** How many records and events have each value, whatever is filtered. */
  totalOfEach() {
    const { model } = this.filters;
    const events = model.table?.totalsOf(this.field.name, this.values);
    return countsOf(model, {}, this.field.name, this.values.map((value) => [value])).map((n, i) => n + (events ? events[i] : 0));
  }

  /** The chosen values; empty for all. @returns {string[]} */
  get asked() {
    return /** @type {any} of the type of the field */ (this.filters.asked)[this.field.name];
  }

  /** What has a switch: the values that a record or event has, and chosen ones if none of them has any. @returns {Choice[]} */
  rows() {
    const isOfNone = this.asked.length > 0 && !this.used.some((value) => this.asked.includes(value));
    return this.field.choices.filter(({ value }) => this.used.includes(value) || (isOfNone && this.asked.includes(value)));
  }

  /** @param {string} value */
  isOn(value) {
    return this.asked.length === 0 || this.asked.includes(value);
  }

  /** The labels of what is off, in order. @returns {string[]} */
  off() {
    return this.rows().filter(({ value }) => !this.isOn(value)).map(({ label }) => label);
  }

  /** Whether this is the only one of several that is on. @param {string} value */
  isSolo(value) {
    const rows = this.rows();
    return rows.length > 1 && rows.every((row) => this.isOn(row.value) === (row.value === value));
  }

  /** How many records and events would be shown with each value on, all other filters unchanged. @returns {Map<string, number>} */
  counts() {
    const view = JSON.stringify(this.filters.view());
    if (view !== this.counted.view) {
      const values = this.rows().map(({ value }) => value);
      const counts = this.filters.countsOf(this.field.name, values.map((value) => [value]));
      this.counted = { view, counts: new Map(values.map((value, i) => [value, counts[i]])) };
    }
    return this.counted.counts;
  }

  /**
   * @param {string} value
   * @param {boolean} [isRange] whether all from the last switched one to this one get its state
   */
  toggle(value, isRange) {
    const rows = this.rows().map((row) => row.value);
    const ends = [this.switched === null ? -1 : rows.indexOf(this.switched), rows.indexOf(value)];
    if (isRange && this.switched !== null && ends[0] >= 0) {
      this.turn(rows.slice(Math.min(...ends), Math.max(...ends) + 1), this.isOn(this.switched));
      return;
    }
    this.switched = value;
    this.turn([value], !this.isOn(value));
  }

  /** @param {string[]} values @param {boolean} isOn */
  turn(values, isOn) {
    const now = this.asked.length ? this.asked : this.values;
    this.set(isOn ? now.concat(values) : now.filter((value) => !values.includes(value)));
  }

  /** Show only this value; a second call restores the previous state. @param {string} value */
  only(value) {
    if (this.isSolo(value)) {
      this.set(this.before);
      return;
    }
    if (!this.rows().some((row) => this.isSolo(row.value))) this.before = this.asked;
    this.set([value]);
  }

  showAll() {
    this.set([]);
  }

  /** What leaves all records or none filters nothing. @param {string[]} values */
  set(values) {
    const isAll = this.used.every((value) => values.includes(value));
    const isNone = !this.used.some((value) => values.includes(value));
    this.filters.take({ [this.field.name]: isAll || isNone ? [] : values });
  }
}
