/*
 * The layer panel. It is the legend as well: each row shows the true symbol, how many of its
 * records are shown, and switches them. Below it stands what the symbols on the map mean, and
 * only of those that are there.
 */
(function (IM) {
  'use strict';

  /** What a position kind looks like, in small. */
  function placeKind(drawn) {
    const view = (...children) => IM.svg('svg', { class: 'im-key-drawing', width: 30, height: 22, viewBox: '0 0 30 22', 'aria-hidden': 'true' }, ...children);
    if (drawn === 'pin') {
      return view(IM.svg('path', { class: 'im-key-solid', d: 'M15 21L10.6 12.2A5.6 5.6 0 1 1 19.4 12.2Z' }));
    }
    if (drawn === 'dot') {
      return view(IM.svg('circle', { class: 'im-key-halo', cx: 15, cy: 11, r: 10 }), IM.svg('circle', { class: 'im-key-solid', cx: 15, cy: 11, r: 4.5 }));
    }
    if (drawn === 'disc') {
      return view(IM.svg('circle', { class: 'im-key-disc', cx: 15, cy: 12, r: 9 }), IM.svg('circle', { class: 'im-key-solid', cx: 15, cy: 4, r: 3.4 }));
    }
    if (drawn === 'area') {
      return view(IM.svg('path', { class: 'im-key-area', d: 'M3 5L12 2L26 4L28 14L18 20L6 18Z' }),
        IM.svg('path', { class: 'im-key-rim', d: 'M3 5L12 2L26 4L28 14L18 20L6 18Z' }));
    }
    return view(IM.svg('path', { class: 'im-key-region', d: 'M3 5L12 2L26 4L28 14L18 20L6 18Z' }));
  }

  class Panel {
    /**
     * @param {Object} model
     * @param {Object} layers
     * @param {Object} act `toggleGroup(row)`, `toggleLayer(row, key)`, `only(row)`, `toggleAll()`
     */
    constructor(model, layers, act) {
      this.model = model;
      this.layers = layers;
      this.act = act;
      /** @type {Set<string>} */
      this.open = new Set();
      this.rows = layers.rows.map((row, i) => this.buildRow(row, i));
      this.all = IM.button({ class: 'im-text-button', on: { click: () => act.toggleAll() } });
      this.none = IM.el('p', { class: 'im-none', role: 'status' });
      this.key = IM.el('div', { class: 'im-key' });
      this.node = IM.el('section', { class: 'im-layers', 'aria-label': 'Layers' },
        IM.el('div', { class: 'im-section-head' }, IM.el('h2', null, 'Groups'), this.all), this.none,
        IM.el('ul', { class: 'im-rows' }, this.rows.map((row) => row.node)), this.key);
    }

    /** Rows stay the same elements throughout, so that focus and double clicks hold. */
    update() {
      this.rows.forEach((row) => row.update());
      this.all.textContent = this.layers.off.size ? 'Show all' : 'Hide all';
      IM.fill(this.none, this.layers.isAllOff() && 'All groups are off: nothing is shown.');
      IM.fill(this.key, this.legend());
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
      const unfold = IM.button({ class: 'im-unfold', on: { click: () => this.fold(row) } }, chevron());
      const parts = row.parts.map((part) => this.buildPart(row, part));
      const list = IM.el('ul', { class: 'im-parts' }, parts.map((part) => part.node));
      const node = IM.el('li', null, IM.el('div', { class: 'im-row-line' }, toggle, only, unfold), list);
      return { node, update: () => this.updateRow(row, { node, toggle, tally, only, unfold, list, parts }) };
    }

    updateRow(row, nodes) {
      const state = this.layers.stateOf(row);
      const isOpen = this.open.has(row.key);
      const isSolo = this.layers.isSolo(row);
      const shown = this.layers.shownIn(row);
      nodes.node.className = 'im-row is-' + state + (isSolo ? ' is-solo' : '');
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
        IM.fill(tally, IM.el('b', null, isOn ? part.total : 0), '/' + part.total);
      };
      return { node, update };
    }

    /** What the symbols on the map mean; nothing that is not there is explained. */
    legend() {
      const shown = this.layers.shown();
      if (!shown.length) return [];
      return [this.statusKey(shown), this.kindKey(shown), this.placeKey(shown), this.deathKey(shown)];
    }

    statusKey(shown) {
      const rows = this.model.statuses.map((status, s) => {
        const n = shown.filter((record) => record.status === s).length;
        return n && keyRow(IM.symbol(this.model, { groups: [0], plain: true, kind: 'incident', stroke: status.stroke }), status.label, n, status.definition);
      });
      return keyBlock('Who says so', rows);
    }

    kindKey(shown) {
      const rows = this.model.kinds.map((kind) => {
        const n = shown.filter((record) => record.kind === kind.key).length;
        return n && keyRow(IM.symbol(this.model, { groups: [0], plain: true, kind: kind.key, stroke: 'solid' }), kind.label, n);
      });
      return keyBlock('What it is', rows);
    }

    placeKey(shown) {
      const used = new Map();
      for (const record of shown) {
        for (const place of record.places) {
          if (IM.drawnAs(this.model, place) === 'none') continue;
          used.set(place.precision, (used.get(place.precision) || new Set()).add(record));
        }
      }
      const rows = this.model.precisions.map((precision, p) =>
        used.has(p) && keyRow(placeKind(precision.drawn), precision.label, used.get(p).size, precision.definition));
      return keyBlock('How well the place is known', rows);
    }

    deathKey(shown) {
      const incidents = shown.filter((record) => record.kind !== 'presence' && record.standing === 'point');
      const sizes = [...new Set(incidents.map((record) => record.deaths.size))].sort((a, b) => a - b);
      if (!sizes.length) return null;
      const names = this.model.deathSizes || ['none', 'fewest', '', '', 'most'];
      return IM.el('section', null, IM.el('h3', null, 'Deaths, at a place'),
        IM.el('div', { class: 'im-sizes' }, sizes.map((size) => IM.el('span', null,
          IM.symbol(this.model, { groups: [0], plain: true, kind: 'incident', stroke: 'solid', deaths: size }),
          IM.el('small', null, size < 0 ? 'not stated' : names[size] || '')))));
    }
  }

  function keyRow(drawing, label, n, definition) {
    return IM.el('li', { title: definition || null }, IM.el('span', { class: 'im-row-symbol' }, drawing),
      IM.el('span', null, label), IM.el('span', { class: 'im-tally' }, n));
  }

  function keyBlock(title, rows) {
    if (!rows.some(Boolean)) return null;
    return IM.el('section', null, IM.el('h3', null, title), IM.el('ul', null, rows.map((row) => row || null)));
  }

  const chevron = () => IM.svg('svg', { width: 12, height: 12, viewBox: '0 0 12 12', 'aria-hidden': 'true' },
    IM.svg('path', { d: 'M3 4.5L6 7.5L9 4.5', class: 'im-chevron' }));

  IM.Panel = Panel;
})((window.IncidentMap = window.IncidentMap || {}));
