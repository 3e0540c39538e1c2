/*
 * What is marked as new, corrected or withdrawn: since the last briefing, a number of days or a date,
 * if the host keeps earlier versions; otherwise what the document carries, on or off.
 */
import { el, fill, keepFocus } from '../core/dom.js';
import { counted } from '../core/numbers.js';
import { countedMarks } from '../map/change_signs.js';
/** @import { Child, KeptByHost, MapRecord, Marks, Model } from '../core/types.js' */

/** The choices that are not among those of the host. */
const DATE = 'date';
const CARRIED = 'carried';

export class SinceField {
  /**
   * @param {Model} model
   * @param {{redraw: () => void, ask: (since: string) => void}} act `ask`: have the host compare
   */
  constructor(model, act) {
    this.model = model;
    this.act = act;
    /** What the document was made with. @type {Marks|null} */
    this.carried = model.marks;
    /** @type {KeptByHost|null} */
    this.kept = null;
    this.isDated = false;
    this.isWaiting = false;
    this.select = el('select', { class: 'im-select', 'aria-label': 'Mark changes', 'data-key': 'since', on: { change: () => this.choose(this.select.value) } });
    this.day = el('input', { type: 'date', class: 'im-select', 'aria-label': 'Mark changes since', 'data-key': 'since-day', on: { change: () => this.day.value && this.ask(this.day.value) } });
    this.note = el('div', { class: 'im-since-note', role: 'status' });
    this.node = el('div', { class: 'im-since', hidden: true }, el('div', { class: 'im-since-line' }, this.select, this.day), this.note);
  }

  /** @param {KeptByHost} kept */
  take(kept) {
    const isNew = this.kept?.since !== kept.since;
    this.kept = kept;
    this.isWaiting = false;
    if (isNew) this.isDated = kept.since !== '' && !kept.choices.some(({ value }) => value === kept.since);
    if (this.isDated && isNew) this.day.value = kept.since;
    this.model.marks = kept.since ? kept.marks : null;
  }

  /** @param {string} value */
  choose(value) {
    this.isDated = value === DATE;
    if (this.isDated) {
      this.act.redraw();
      this.day.focus();
    } else if (this.kept) this.ask(value);
    else {
      this.model.marks = value === CARRIED ? this.carried : null;
      this.act.redraw();
    }
  }

  /** @param {string} since */
  ask(since) {
    this.isWaiting = since !== '';
    if (!since) this.model.marks = null;
    this.act.ask(since);
    this.act.redraw();
  }

  /** @returns {{value: string, label: string}[]} */
  choices() {
    const off = { value: '', label: 'Changes are not marked' };
    if (this.kept) return [off, ...this.kept.choices, { value: DATE, label: 'Changes since a date…' }];
    return this.carried ? [off, { value: CARRIED, label: 'Changes ' + this.carried.since.replace(/^S/, 's') }] : [];
  }

  chosen() {
    if (this.isDated) return DATE;
    if (this.kept) return this.kept.since;
    return this.model.marks ? CARRIED : '';
  }

  /** @param {MapRecord[]} shown */
  update(shown) {
    const choices = this.choices();
    this.node.hidden = choices.length === 0;
    if (this.node.hidden) return;
    keepFocus(this.node, () => fill(this.select, choices.map(({ value, label }) => el('option', { value }, label))));
    this.select.value = this.chosen();
    this.day.hidden = !this.isDated;
    fill(this.note, ...this.words(shown));
  }

  /** @param {MapRecord[]} shown @returns {Child[]} */
  words(shown) {
    const { marks } = this.model;
    const fault = this.kept?.note ? el('p', null, this.kept.note) : null;
    if (this.isWaiting) return ['Comparing…'];
    if (!marks) return [fault];
    const here = countedMarks(this.model, shown);
    const hidden = Object.keys(marks.records).length - shown.filter(({ id }) => Object.hasOwn(marks.records, id)).length;
    return [el('b', null, here || 'Nothing new, corrected or withdrawn'), here ? ' shown' : ' is shown',
      hidden > 0 && ', ' + counted(hidden, 'more changed record') + ' hidden by filters', marks.removed > 0 && ', ' + marks.removed + ' no longer in the data',
      fault, el('p', null, marks.note)];
  }
}
