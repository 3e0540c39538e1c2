/*
 * The active filters as chips that can be removed with a click. The height of the line is constant, so
 * that nothing moves when a filter is added or removed.
 */
import { bdi, button, el, fill, keepFocus } from '../core/dom.js';
/** @import { Ask, FilterChip } from '../core/types.js' */
/** @import { Filters } from './filters.js' */

export class Chips {
  /**
   * @param {Filters} filters
   * @param {{ask: Ask, more?: () => FilterChip[], clear?: () => void}} act `more`: further chips, after those of the filters; `clear`: removes all of them
   */
  constructor(filters, act) {
    this.filters = filters;
    this.act = act;
    this.list = el('div', { class: 'im-chips-list' });
    this.clear = button({ class: 'im-text-button', on: { click: act.clear ?? (() => act.ask((asked) => asked.clear())) } }, 'Clear all');
    this.node = el('div', { class: 'im-chips', role: 'group', tabindex: -1, 'aria-label': 'Active filters' }, this.list, this.clear);
  }

  /** @param {FilterChip} parts */
  chip({ key, label, value, lift }) {
    return button({ class: 'im-filter-chip', 'data-key': 'chip:' + key, 'data-chip': key, title: label + ': ' + value,
      'aria-label': 'Remove the filter ' + label + ': ' + value, on: { click: () => this.act.ask(lift) } },
    el('span', null, label + ': '), bdi(value), el('span', { class: 'im-cross', 'aria-hidden': 'true' }, '×'));
  }

  update() {
    const active = this.filters.active().concat(this.act.more?.() ?? []);
    const isHeld = this.node.contains(document.activeElement);
    this.clear.hidden = active.length === 0;
    keepFocus(this.list, () => fill(this.list, active.length ? active.map((one) => this.chip(one))
      : el('span', { class: 'im-muted' }, 'No filter is active.')));
    const next = this.list.querySelector('button') || this.node;
    if (isHeld && (next === this.node || !this.node.contains(document.activeElement))) next.focus({ preventScroll: true });
  }
}
