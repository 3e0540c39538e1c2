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
      this.state = { chosen: null, province: null, list: null, theme: null, viewport: null };
      this.cause = 'user';
      this.isFitting = false;
      this.root.classList.add('incident-map');
      this.panel = new IM.Panel(model, this.layers, this.layerActions());
      this.detail = new IM.Detail(model, this.layers, this.detailActions());
      if (this.isWhole) this.build(home);
      else this.dock();
      this.view = new IM.MapView(map, model, {
        isWhole: this.isWhole,
        onRecord: (record) => this.choose(record.id),
        onProvince: (position) => this.openProvince(position),
        onPlate: (plate) => this.openPlate(plate),
        onStack: (records) => this.openList({ key: 'stack:' + records[0].id, title: 'Close together', records,
          text: 'Places too close together to draw apart at this zoom.' }),
      });
      this.messages = new IM.Messages({
        setView: (view) => this.setView(view), getView: () => this.getView(), counts: () => this.counts(),
      });
    }

    build(home) {
      this.shell = new IM.Shell(home, this.map.getContainer(), this.model, { panel: this.panel.node, detail: this.detail.node }, {
        zoom: (by) => this.map.setZoom(this.map.getZoom() + by * 0.75),
        fit: () => this.fitAll(),
        theme: (theme) => this.change(() => { this.state.theme = theme; }),
        resized: () => this.resized(),
        openList: (list) => this.openList(list),
        showAll: () => this.change(() => this.layers.setOff([])),
        tab: (tab) => this.openTab(tab),
      });
      this.setUpMap();
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
        showRecord: (record) => this.change(() => this.layers.setOff(
          this.layers.offList().filter((key) => !record.layers.some((layer) => layer === key || layer.split('/')[0] === key)))),
      };
    }

    /** Change the state, draw what follows from it, and tell the host. */
    change(act) {
      act();
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
      else if (event.key === '0') this.change(() => this.layers.toggleAll());
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
      return { shown: this.layers.shown().length, total: this.model.records.length };
    }

    getView() {
      const { chosen, province, viewport, theme } = this.state;
      return { off: this.layers.offList(), chosen, viewport, theme,
        province: province === null ? null : this.model.provinceList[province].code };
    }

    /** Take over what a host or an address asks for. */
    setView(view) {
      this.cause = 'host';
      const state = this.state;
      this.change(() => {
        if (view.off) this.layers.setOff(view.off);
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
      const isShown = (record) => this.layers.isShown(record);
      if (this.state.list) return this.state.list.records.filter(isShown);
      if (this.state.province === null) return this.layers.shown();
      const found = IM.recordsOfProvince(this.model, this.state.province, isShown);
      return found.there.concat(found.region);
    }

    render() {
      const record = this.model.byId.get(this.state.chosen) || null;
      const ledger = this.layers.ledger();
      this.paint();
      this.view.update({ records: this.layers.shown(), chosen: record, province: this.state.province });
      this.panel.update();
      this.detail.update({ record, province: this.state.province, list: this.state.list, siblings: this.siblings() });
      if (!this.shell) return;
      const beside = ledger.parts.filter((part) => IM.BESIDE.includes(part.standing.key)).reduce((sum, part) => sum + part.records.length, 0);
      this.shell.updateLedger(ledger);
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
      page.setView(home && window.parent === window ? IM.viewFromHash(location.hash) : {});
      page.messages.ready(model.records.length);
      return page;
    } catch (error) {
      const place = options.root || document.body;
      place.append(IM.el('p', { class: 'im-failed', role: 'alert' }, 'The map could not be drawn: ' + error.message));
      throw error;
    }
  };
})((window.IncidentMap = window.IncidentMap || {}));
