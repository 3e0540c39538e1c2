/*
 * The rows of the legend that are switches: verification status, record type, location precision
 * and, where anything has been reviewed, the state of review. Each section folds to its heading, which then says what is switched off in it.
 */
import { button, chevron, el, fill } from '../core/dom.js';
import { placeKind, plain, reviewSign } from './legend.js';
import { SwitchRow } from './switch_row.js';
/** @import { Ask, Choice, Model } from '../core/types.js' */
/** @import { Choices } from '../view/choices.js' */
/** @import { Filters } from '../view/filters.js' */

/** @type {Record<string, (model: Model, at: number) => SVGElement>} the sign of a value, by its position */
const SIGNS = {
  statuses: (model, at) => plain(model, { stroke: model.statuses[at].stroke }),
  kinds: (model, at) => plain(model, { kind: model.kinds[at].key }),
  precisions: (model, at) => placeKind(model.precisions[at].drawn),
  reviews: (model, at) => reviewSign(model.reviews[at].key),
};

class LegendSection {
  /** @param {LegendSwitches} legend @param {Choices} choices @param {boolean} isOpen */
  constructor(legend, choices, isOpen) {
    this.legend = legend;
    this.choices = choices;
    this.isOpen = isOpen;
    const { name, label } = choices.field;
    this.hidden = el('span', { class: 'im-fold-hidden' });
    this.scope = el('span', null);
    this.fold = button({ class: 'im-legend-fold', 'aria-controls': 'im-legend-' + name, 'data-key': 'legend:' + name,
      on: { click: () => { this.isOpen = !this.isOpen; legend.update(); } } }, el('span', null, label), this.scope, this.hidden, chevron());
    this.all = button({ class: 'im-text-button', 'aria-label': 'Show all: ' + label, on: { click: () => this.showAll() } }, 'Show all');
    this.rows = choices.field.choices.map((choice, at) => this.buildRow(choice, at));
    this.list = el('ul', { class: 'im-rows', id: 'im-legend-' + name }, this.rows.map(({ row }) => row.node));
    this.node = el('section', { class: 'im-legend', 'data-legend': name }, el('div', { class: 'im-legend-head' }, el('h3', null, this.fold), this.all), this.list);
  }

  /** @param {() => void} act */
  ask(act) {
    this.legend.ask(act);
  }

  /** The button goes with what it brought back, so the focus goes to the heading. */
  showAll() {
    this.ask(() => this.choices.showAll());
    this.fold.focus({ preventScroll: true });
  }

  /** @param {Choice} choice @param {number} at */
  buildRow({ value, label, title }, at) {
    const { choices, legend: { filters: { model } } } = this;
    const { name } = choices.field;
    const row = new SwitchRow({
      attributes: { 'data-choice': name + ':' + value }, symbol: SIGNS[name](model, at), label, name: label,
      title: title || label, unit: model.table ? 'records and events' : 'records',
      toggle: (isRange) => this.ask(() => choices.toggle(value, isRange)), only: () => this.ask(() => choices.only(value)),
    });
    return { value, row, total: choices.totals[at] };
  }

  update() {
    const { choices, isOpen } = this;
    const used = choices.rows().map(({ value }) => value);
    const off = choices.off();
    this.node.hidden = used.length === 0;
    this.fold.setAttribute('aria-expanded', String(isOpen));
    fill(this.hidden, !isOpen && off.length > 0 && off.length + ' off');
    this.hidden.title = off.join(', ');
    this.scope.textContent = this.legend.filters.asked.compare ? ' in A' : '';
    this.all.hidden = off.length === 0;
    this.list.hidden = !isOpen;
    const counts = isOpen ? choices.counts() : new Map();
    for (const { value, row, total } of this.rows) {
      row.node.hidden = !used.includes(value);
      if (row.node.hidden || !isOpen) continue;
      const shown = counts.get(value) || 0;
      row.update({ state: choices.isOn(value) ? 'on' : 'off', isSolo: choices.isSolo(value), shown, total,
        why: shown ? '' : 'by the other filters', isFixed: used.length === 1 && off.length === 0 });
    }
  }
}

export class LegendSwitches {
  /**
   * @param {Filters} filters
   * @param {Ask} ask
   * @param {boolean} isOpen whether the sections are open at first
   */
  constructor(filters, ask, isOpen) {
    this.filters = filters;
    /** @param {() => void} act */
    this.ask = (act) => ask(() => act());
    this.sections = filters.switches.map((choices) => new LegendSection(this, choices, isOpen));
    this.node = el('div', { class: 'im-switches' }, this.sections.map((section) => section.node));
  }

  update() {
    this.node.classList.toggle('is-provinces', this.filters.asked.mode === 'provinces');
    this.sections.forEach((section) => section.update());
  }
}
