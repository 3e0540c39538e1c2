/*
 * The document: holds the view (what is off, chosen, looked at), hands it to the rooms and tells
 * the host of changes. `IncidentMap.start` is the only thing that the page calls.
 */
(function (IM) {
  'use strict';

  const round = (number, places) => Number(number.toFixed(places));

  class MapDocument {
    constructor(map, model, home) {
      this.map = map;
      this.model = model;
      this.isWhole = Boolean(home);
      this.root = this.isWhole ? document.documentElement : map.getContainer();
      this.layers = new IM.Layers(model);
      this.filters = new IM.Filters(model, this.layers);
      this.state = { chosen: null, province: null, list: null, side: 'beside', theme: null, viewport: null };
      this.cause = 'user';
      this.isFitting = false;
      this.root.classList.add('incident-map');
      const ask = (act) => this.change(() => act(this.filters));
      this.filterPanel = this.isWhole ? new IM.FilterPanel(this.filters, { ask }) : null;
      this.panel = new IM.Panel(model, this.layers, this.filters, this.layerActions(), this.filterPanel && this.filterPanel.node);
      this.detail = new IM.Detail(model, this.filters, Object.assign(this.detailActions(), { ask, canFilter: this.isWhole }));
      if (this.isWhole) this.build(home, ask);
      else this.dock();
      this.view = new IM.MapView(map, model, {
        isWhole: this.isWhole,
        overlays: () => (this.shell ? this.shell.overlays() : []),
        onRecord: (record) => this.choose(record.id),
        onProvince: (position) => this.openProvince(position),
        onPlate: (plate) => this.openPlate(plate),
        onStack: (records) => this.openList({ key: 'stack:' + records[0].id, title: 'Close together', records,
          text: 'Places too close together to draw apart at this zoom.' }),
      });
      this.messages = new IM.Messages({
        setView: (view) => this.setView(view), getView: () => this.getView(), counts: () => this.counts(),
        isUsual: !model.view || IM.viewToHash(IM.checkView(model.view)) === '',
      });
    }

    build(home, ask) {
      const showAll = () => this.change(() => this.layers.setOff([]));
      this.foot = new IM.LedgerLine(this.filters, { ask, openList: (list) => this.openList(list), isPhone: () => this.shell.isPhone() });
      this.time = this.buildTime(ask);
      this.shell = new IM.Shell(home, this.map.getContainer(), this.model, { panel: this.panel.node, detail: this.detail.node, foot: this.foot.node }, {
        ask,
        showAll,
        zoom: (by) => this.map.setZoom(this.map.getZoom() + by * 0.75),
        fit: () => this.fitAll(),
        theme: (theme) => this.change(() => { this.state.theme = theme; }),
        resized: () => this.resized(),
        tab: (tab) => this.openTab(tab),
      });
      this.setUpMap();
    }

    /** The time strip, where the document has one. */
    buildTime(ask) {
      if (!IM.TimeStrip) return null;
      const strip = new IM.TimeStrip(this.model, {
        onPeriod: ({ from, to, certain }) => ask((filters) => filters.take({ from, to, certain: Boolean(certain) })),
        onCompare: (period) => ask((filters) => filters.take({ compare: period })),
        onChoose: (id) => this.choose(id),
      });
      this.foot.time.append(strip.node);
      return strip;
    }

    /** On a map that belongs to somebody else: a small legend in a corner, nothing more. */
    dock() {
      const control = L.control({ position: 'topright' });
      control.onAdd = () => {
        const node = IM.el('details', { class: 'im-docked', open: true }, IM.el('summary', null, IM.bdi(this.model.title)), this.panel.node, this.detail.node);
        L.DomEvent.disableClickPropagation(node);
        L.DomEvent.disableScrollPropagation(node);
        return node;
      };
      control.addTo(this.map);
    }

    setUpMap() {
      const map = this.map;
      if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
        map._zoomAnimated = false;
        Object.assign(map.options, { zoomAnimation: false, fadeAnimation: false, inertia: false });
      }
      if (map.zoomControl) map.zoomControl.remove();
      if (map.attributionControl) map.attributionControl.remove();
      Object.assign(map.options, { zoomSnap: 0.25, zoomDelta: 0.5, wheelPxPerZoomLevel: 90, maxBoundsViscosity: 0.8 });
      L.control.scale({ metric: true, imperial: false, maxWidth: 110 }).addTo(map);
      map.setMaxBounds(null);
      map.setMaxZoom(12);
      document.addEventListener('keydown', (event) => this.onKey(event));
      map.on('moveend', () => this.onMoved());
      matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.paint());
    }

    layerActions() {
      const then = (act) => (...args) => this.change(() => act(...args));
      return {
        toggleGroup: then((row) => this.layers.toggleGroup(row)),
        toggleLayer: then((row, key) => this.layers.toggleLayer(row, key)),
        only: then((row) => this.layers.only(row)),
        toggleAll: then(() => this.layers.toggleAll()),
      };
    }

    detailActions() {
      return {
        choose: (id) => this.choose(id),
        openProvince: (position) => this.openProvince(position),
        openList: (list) => this.openList(list),
        back: () => this.back(),
        close: () => this.close(),
        openSide: (side) => this.change(() => { this.state.side = side; }),
        showAll: () => this.change(() => this.layers.setOff([])),
        showRecord: (record) => this.change(() => {
          const reason = this.filters.reasons.get(record);
          if (reason === 'layer') this.layers.show(record);
          else if (reason) this.filters.lift(reason);
        }),
      };
    }

    /** Change the state, draw what follows from it, and tell the host. */
    change(act) {
      act();
      this.filters.refresh();
      this.render();
      this.messages.changed(this.cause);
    }

    choose(id) {
      const record = this.model.byId.get(id);
      if (!record) return;
      this.change(() => {
        this.state.chosen = id;
        this.showDetail('record');
      });
      this.view.reveal(record, this.shell ? this.shell.covered() : 0, true);
    }

    openProvince(position) {
      this.change(() => {
        Object.assign(this.state, { province: position, chosen: null, list: null });
        this.showDetail('record');
      });
    }

    openList(list) {
      this.change(() => {
        Object.assign(this.state, { list, chosen: null });
        this.showDetail('record');
      });
    }

    openPlate(plate) {
      if (plate.records.length === 1) {
        this.choose(plate.records[0].id);
        return;
      }
      const text = plate.isRegion ? 'Known only to this region: somewhere in it.' : 'Known only to this area: somewhere in it.';
      if (plate.province !== null) this.openProvince(plate.province);
      else this.openList({ key: plate.key, title: plate.name, text, records: plate.records });
    }

    openTab(tab) {
      this.change(() => {
        if (tab === 'beside') Object.assign(this.state, { chosen: null, list: null, province: null });
        this.shell.open(tab, !this.shell.isPhone() && tab !== '');
      });
    }

    showDetail(tab) {
      if (this.shell) this.shell.open(this.shell.isPhone() ? tab : this.shell.tab, true);
    }

    back() {
      this.change(() => {
        if (this.state.chosen) this.state.chosen = null;
        else if (this.state.list) this.state.list = null;
        else this.state.province = null;
        if (!this.hasDetail() && this.shell) this.shell.open(this.shell.tab === 'record' ? 'beside' : this.shell.tab, false);
      });
    }

    close() {
      this.change(() => {
        Object.assign(this.state, { chosen: null, list: null, province: null });
        if (this.shell) this.shell.open('', false);
      });
    }

    hasDetail() {
      return Boolean(this.state.chosen || this.state.list || this.state.province !== null);
    }

    onKey(event) {
      const target = event.target;
      if (event.ctrlKey || event.metaKey || event.altKey || (target.closest && target.closest('input, select, textarea'))) return;
      if (event.key === 'Escape' && this.hasDetail()) this.close();
      else if (event.key === '/' && this.filterPanel) {
        event.preventDefault();
        if (this.shell.isPhone()) this.openTab('layers');
        this.filterPanel.openSearch();
      } else if (event.key === '0') this.change(() => this.layers.toggleAll());
      else if (/^[1-9]$/.test(event.key)) {
        const row = this.layers.rows[Number(event.key) - 1];
        if (row) this.change(() => this.layers.toggleGroup(row));
      }
    }

    onMoved() {
      if (this.isFitting) return;
      const at = this.map.getCenter();
      this.state.viewport = { lat: round(at.lat, 4), lon: round(at.lng, 4), zoom: round(this.map.getZoom(), 2) };
      this.messages.changed(this.cause);
    }

    /** Move the map without taking it for a wish of the reader. */
    quietly(act) {
      this.isFitting = true;
      act();
      this.isFitting = false;
    }

    /** The whole country. The bounds are set anew from what is then seen, for they must never be smaller. */
    fitAll() {
      const map = this.map;
      this.quietly(() => {
        map.setMaxBounds(null);
        map.invalidateSize({ animate: false, pan: false });
        map.setMinZoom(0);
        this.view.fit();
        map.setMaxBounds(map.getBounds().extend(this.view.bounds).pad(0.5));
        map.setMinZoom(Math.min(5, Math.floor(map.getZoom() * 4) / 4 - 0.25));
      });
      this.state.viewport = null;
      this.messages.changed(this.cause);
    }

    resized() {
      const size = this.map.getSize();
      const node = this.map.getContainer();
      if (!this.view || (size.x === node.clientWidth && size.y === node.clientHeight)) return;
      this.quietly(() => this.map.invalidateSize({ animate: false, pan: true }));
      if (!this.state.viewport) this.fitAll();
      const record = this.model.byId.get(this.state.chosen);
      if (record) this.view.reveal(record, this.shell.covered(), false);
    }

    counts() {
      return { shown: this.filters.shown().length, total: this.model.records.length };
    }

    getView() {
      const { chosen, province, viewport, theme } = this.state;
      return Object.assign(this.filters.view(), { chosen, viewport, theme,
        province: province === null ? null : this.model.provinceList[province].code });
    }

    /** Take over what a host or an address asks for. */
    setView(view) {
      this.cause = 'host';
      const state = this.state;
      this.change(() => {
        if (view.off) this.layers.setOff(view.off);
        this.filters.take(view);
        if ('theme' in view) state.theme = view.theme;
        if ('province' in view) state.province = this.model.provinceOf.has(view.province) ? this.model.provinceOf.get(view.province) : null;
        if ('chosen' in view) state.chosen = this.model.byId.has(view.chosen) ? view.chosen : null;
        if ('chosen' in view || 'province' in view) this.followHost();
      });
      if (view.viewport) this.map.setView([view.viewport.lat, view.viewport.lon], view.viewport.zoom, { animate: false });
      else if (view.viewport === null && this.isWhole) this.fitAll();
      const record = this.model.byId.get(view.chosen);
      if (record && !view.viewport) this.view.reveal(record, this.shell ? this.shell.covered() : 0, false);
      this.cause = 'user';
    }

    followHost() {
      this.state.list = null;
      if (this.hasDetail()) this.showDetail('record');
      else if (this.shell) this.shell.open(this.shell.tab === 'record' ? '' : this.shell.tab, false);
    }

    /** The theme that is asked for, or else the system's; a map of somebody else stays light. */
    paint() {
      const isDark = this.state.theme ? this.state.theme === 'dark' : this.isWhole && matchMedia('(prefers-color-scheme: dark)').matches;
      this.root.setAttribute('data-theme', isDark ? 'dark' : 'light');
      IM.paintGroups(this.root, this.model, isDark);
    }

    /** The list in which "next" and "previous" move. */
    siblings() {
      const isShown = (record) => this.filters.isShown(record);
      if (this.state.list) return IM.recordsOfList(this.filters, this.state.list);
      if (this.state.province === null) return this.filters.shown();
      const found = IM.recordsOfProvince(this.model, this.state.province, isShown);
      return found.there.concat(found.region);
    }

    render() {
      const record = this.model.byId.get(this.state.chosen) || null;
      const shown = this.filters.shown();
      const { asked } = this.filters;
      this.paint();
      if (this.shell) this.shell.updateStage(this.filters, this.layers.isAllOff());
      this.view.update({ records: shown, chosen: record, province: this.state.province, mode: asked.mode });
      this.panel.update();
      if (this.filterPanel) this.filterPanel.update();
      this.detail.update({ record, province: this.state.province, list: this.state.list, side: this.state.side, siblings: this.siblings() });
      if (!this.shell) return;
      const beside = shown.filter((one) => IM.BESIDE.includes(one.standing)).length;
      this.foot.update(this.filters.ledger());
      if (this.time) {
        this.time.update({ records: this.filters.atAnyTime(), shown, chosen: record ? record.id : null, compare: asked.compare,
          period: { from: asked.from, to: asked.to, certain: asked.certain } });
      }
      this.shell.updateTheme(this.state.theme);
      this.shell.updateTabs({ beside, hasDetail: this.hasDetail(), label: record ? 'Record' : this.state.list ? 'List' : this.state.province !== null ? 'Province' : 'Record' });
    }
  }

  /**
   * Draw the incident map.
   * @param {Object} options `map: Object, payload: string, root: HTMLElement|null, shell: boolean` `shell`:
   *     the document is ours; without it the marks go on a map that belongs to somebody else
   * @returns {Promise<Object>} the running document
   */
  IM.start = async function (options) {
    try {
      const model = await IM.readPayload(options.payload);
      const home = options.shell ? options.root || document.body : null;
      const page = new MapDocument(options.map, model, home);
      page.paint();
      if (home) page.fitAll();
      const isLinked = home && window.parent === window && location.hash.length > 1;
      page.setView(isLinked ? IM.viewFromHash(location.hash) : IM.checkView(model.view));
      page.messages.ready(model.records.length);
      return page;
    } catch (error) {
      const place = options.root || document.body;
      place.append(IM.el('p', { class: 'im-failed', role: 'alert' }, 'The map could not be drawn: ' + error.message));
      throw error;
    }
  };
})((window.IncidentMap = window.IncidentMap || {}));
