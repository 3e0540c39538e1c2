/*
 * What is active, as chips that one click takes away. The line keeps its height, so that nothing
 * beside it moves when a filter comes or goes.
 */
(function (IM) {
  'use strict';

  class Chips {
    /**
     * @param {Object} filters
     * @param {Object} act `ask(change: (filters: Object) => void)`
     */
    constructor(filters, act) {
      this.filters = filters;
      this.act = act;
      this.list = IM.el('div', { class: 'im-chips-list' });
      this.clear = IM.button({ class: 'im-text-button', on: { click: () => act.ask((asked) => asked.clear()) } }, 'Clear all');
      this.node = IM.el('div', { class: 'im-chips', role: 'group', tabindex: -1, 'aria-label': 'Active filters' }, this.list, this.clear);
    }

    chip({ key, label, value, lift }) {
      return IM.button({ class: 'im-filter-chip', 'data-key': 'chip:' + key, 'data-chip': key, title: label + ': ' + value,
        'aria-label': 'Remove the filter ' + label + ': ' + value, on: { click: () => this.act.ask(lift) } },
      IM.el('span', null, label + ': '), IM.bdi(value), IM.el('span', { class: 'im-cross', 'aria-hidden': 'true' }, '×'));
    }

    update() {
      const active = this.filters.active();
      const isHeld = this.node.contains(document.activeElement);
      this.clear.hidden = active.length === 0;
      IM.keepFocus(this.list, () => IM.fill(this.list, active.length ? active.map((one) => this.chip(one))
        : IM.el('span', { class: 'im-muted' }, 'No filter is active.')));
      const next = this.list.querySelector('button') || this.node;
      if (isHeld && (next === this.node || !this.node.contains(document.activeElement))) next.focus({ preventScroll: true });
    }
  }

  IM.Chips = Chips;
})((window.IncidentMap = window.IncidentMap || {}));
