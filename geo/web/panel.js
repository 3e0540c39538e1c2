/*
 * The layer panel. It is the legend as well: each row shows the true symbol, how many of its
 * records are shown, and switches them. Below it stand the filters and what the symbols mean.
 */
(function (IM) {
  'use strict';

  class Panel {
    /**
     * @param {Object} model
     * @param {Object} layers
     * @param {Object} filters
     * @param {Object} act `toggleGroup(row)`, `toggleLayer(row, key)`, `only(row)`, `toggleAll()`
     * @param {HTMLElement|null} filterNode the filters, where there are any
     */
    constructor(model, layers, filters, act, filterNode) {
      this.model = model;
      this.layers = layers;
      this.filters = filters;
      this.act = act;
      /** @type {Set<string>} */
      this.open = new Set();
      this.rows = layers.rows.map((row, i) => this.buildRow(row, i));
      this.all = IM.button({ class: 'im-text-button', on: { click: () => act.toggleAll() } });
      this.none = IM.el('p', { class: 'im-none', role: 'status' });
      this.key = IM.el('div', { class: 'im-key' });
      this.node = IM.el('section', { class: 'im-layers', 'aria-label': 'Layers' },
        IM.el('div', { class: 'im-section-head' }, IM.el('h2', null, 'Groups'), this.all), this.none,
        IM.el('ul', { class: 'im-rows' }, this.rows.map((row) => row.node)), filterNode, this.key);
    }

    /** Rows stay the same elements throughout, so that focus and double clicks hold. */
    update() {
      this.rows.forEach((row) => row.update());
      this.all.textContent = this.layers.off.size ? 'Show all' : 'Hide all';
      IM.fill(this.none, this.layers.isAllOff() && 'All groups are off: nothing is shown.');
      IM.fill(this.key, IM.legend(this.model, this.filters.shown(), this.filters.asked.mode));
    }

    buildRow(row, i) {
      const tally = IM.el('span', { class: 'im-tally' });
      const toggle = IM.button({
        class: 'im-row-toggle', role: 'checkbox', 'data-group': row.key,
        title: row.group.name + (i < 9 ? '  (key ' + (i + 1) + ')' : ''),
        on: {
          click: (event) => (event.altKey ? this.act.only(row) : this.act.toggleGroup(row)),
          dblclick: () => this.act.only(row),
        },
      }, this.swatch(row, row.parts[0].kind, 'solid'), IM.el('span', { class: 'im-row-name' }, IM.bdi(row.group.short)), tally);
      const only = IM.button({ class: 'im-only', on: { click: () => this.act.only(row) } });
      const unfold = IM.button({ class: 'im-unfold', on: { click: () => this.fold(row) } }, IM.chevron());
      const parts = row.parts.map((part) => this.buildPart(row, part));
      const list = IM.el('ul', { class: 'im-parts' }, parts.map((part) => part.node));
      const node = IM.el('li', null, IM.el('div', { class: 'im-row-line' }, toggle, only, unfold), list);
      return { node, update: () => this.updateRow(row, { node, toggle, tally, only, unfold, list, parts }) };
    }

    updateRow(row, nodes) {
      const state = this.layers.stateOf(row);
      const isOpen = this.open.has(row.key);
      const isSolo = this.layers.isSolo(row);
      const shown = row.parts.reduce((sum, part) => sum + this.shownIn(part), 0);
      nodes.node.className = 'im-row is-' + state + (isSolo ? ' is-solo' : '') + (state !== 'off' && !shown ? ' is-none' : '');
      nodes.toggle.setAttribute('aria-checked', state === 'some' ? 'mixed' : String(state === 'on'));
      nodes.toggle.setAttribute('aria-label', row.group.name + ': ' + shown + ' of ' + IM.count(row.total, 'record') + ' shown');
      IM.fill(nodes.tally, IM.el('b', null, shown), '/' + row.total);
      nodes.only.textContent = isSolo ? 'restore' : 'only';
      nodes.only.setAttribute('aria-label', isSolo ? 'Bring back the other groups' : 'Only ' + row.group.short);
      nodes.unfold.setAttribute('aria-expanded', String(isOpen));
      nodes.unfold.setAttribute('aria-label', (isOpen ? 'Fold ' : 'Unfold ') + row.group.short);
      nodes.list.hidden = !isOpen;
      nodes.parts.forEach((part) => part.update());
    }

    /** Records of a layer that are shown; none while it is off, even where another layer shows them. */
    shownIn(part) {
      return this.layers.isLayerOn(part.key) ? part.records.filter((record) => this.filters.isShown(record)).length : 0;
    }

    fold(row) {
      if (!this.open.delete(row.key)) this.open.add(row.key);
      this.update();
    }

    swatch(row, kind, stroke) {
      return IM.el('span', { class: 'im-row-symbol' }, IM.symbol(this.model, { groups: [row.index], kind: kind.key, stroke }));
    }

    buildPart(row, part) {
      const tally = IM.el('span', { class: 'im-tally' });
      const toggle = IM.button({ class: 'im-part', role: 'checkbox', 'data-layer': part.key, on: { click: () => this.act.toggleLayer(row, part.key) } },
        this.swatch(row, part.kind, part.status.stroke),
        IM.el('span', { class: 'im-row-name' }, part.kind.label + ' · ' + part.status.label.toLowerCase()), tally);
      const node = IM.el('li', null, toggle);
      const update = () => {
        const isOn = this.layers.isLayerOn(part.key);
        node.className = isOn ? 'is-on' : 'is-off';
        toggle.setAttribute('aria-checked', String(isOn));
        IM.fill(tally, IM.el('b', null, this.shownIn(part)), '/' + part.total);
      };
      return { node, update };
    }
  }

  /** The sign of what can be unfolded. */
  IM.chevron = () => IM.svg('svg', { width: 12, height: 12, viewBox: '0 0 12 12', 'aria-hidden': 'true' },
    IM.svg('path', { d: 'M3 4.5L6 7.5L9 4.5', class: 'im-chevron' }));

  IM.Panel = Panel;
})((window.IncidentMap = window.IncidentMap || {}));
