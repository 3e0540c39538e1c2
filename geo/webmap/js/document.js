/*
 * The document: keeps the state (switched-off layers, chosen record, viewport), updates the parts of
 * the page and reports changes to the host. The page calls only `IncidentMap.start`.
 */
import { readBase } from './map/base_block.js';
import { viewFromHash, viewToHash } from './core/address.js';
import { checkView } from './core/checks.js';
import { bdi, el } from './core/dom.js';
import { openingHash } from './core/hash.js';
import { isTyping, pressed } from './core/keys.js';
import { Messages } from './core/messages.js';
import { counted } from './core/numbers.js';
import { optionsFromHash } from './core/options.js';
import { readPayload, recordsOfProvince, unpacked } from './core/payload.js';
import { fileOf } from './core/share.js';
import { EventsLayer } from './events/layer.js';
import { eventsOf, eventsThat, eventsWithoutRoom, untold } from './events/list.js';
import { readEvents } from './events/sums.js';
import { Camera } from './map/camera.js';
import { gesturesFor } from './map/gestures.js';
import { addControl, boundsOf, keepClicks, keepWheel } from './map/leaflet.js';
import { MapView } from './map/map_view.js';
import { CLOSE_TOGETHER } from './map/marks.js';
import { somewhereIn } from './map/plate_words.js';
import { paintGroups } from './map/symbols.js';
import { MapHalf } from './pair/map_half.js';
import { TwoMaps } from './pair/two_maps.js';
import { BasePanel } from './panels/base_panel.js';
import { CoverageKey } from './panels/coverage_key.js';
import { Detail, recordsOfList } from './panels/detail.js';
import { finderOf } from './panels/finder.js';
import { Frame, startView } from './panels/frame.js';
import { KeysHelp } from './panels/keys_help.js';
import { LedgerLine } from './panels/ledger.js';
import { Panel } from './panels/panel.js';
import { Presentation } from './panels/present.js';
import { PrintSheet } from './panels/print_sheet.js';
import { RecordsTable } from './panels/records_table.js';
import { SavedViews } from './panels/saved_views.js';
import { Share } from './panels/share.js';
import { isPhone, Shell } from './panels/shell.js';
import { Way } from './panels/way.js';
import { toIso } from './time/scale.js';
import { TimeStrip } from './time/strip.js';
import { FilterPanel } from './view/filter_panel.js';
import { Filters } from './view/filters.js';
import { Layers } from './view/layers.js';
/** @import { Texts } from './core/checks.js' */
/** @import { Ask, BaseMap, Bounded, KeptByHost, LeafletMap, List, MapRecord, MapState, Model, Plate, Theme, View } from './core/types.js' */
/** @import { EventTable } from './events/sums.js' */
/** @import { Gestures } from './map/gestures.js' */
/** @import { DetailAct } from './panels/detail.js' */

/** @typedef {MapDocument} Page the running document */
/** @typedef {MapDocument & {shell: Shell, foot: LedgerLine, periods: TwoMaps, saved: SavedViews}} WholePage a complete document, with panels around the map */
/** @typedef {{chosen: string|null, province: number|null, list: List|null, side: string, theme: Theme|null}} PageState */

class MapDocument {
  /** @type {Shell|undefined} */
  shell;
  /** @type {LedgerLine|undefined} */
  foot;
  /** @type {TimeStrip|null|undefined} */
  time;
  /** @type {PrintSheet|undefined} */
  sheet;
  /** @type {TwoMaps|null} */
  periods;
  /** @type {MapView|undefined} */
  view;
  /** @type {Way|null|undefined} */
  way;
  /** @type {Presentation|null|undefined} */
  presentation;
  /** @type {KeysHelp|undefined} */
  help;
  /** @type {SavedViews|undefined} */
  saved;
  /** @type {Messages|undefined} */
  messages;
  /** @type {Frame} */
  frame;
  /** @type {boolean} */
  isPrinting;
  /** @type {boolean} */
  isOnPaper;
  /** @type {'user'|'host'} */
  cause;
  /** @type {PageState} */
  state;
  /** @type {FilterPanel|null} */
  filterPanel;
  /** @type {Gestures|null|undefined} */
  gestures;
  /** @type {Share|null|undefined} */
  share;
  /** @type {string|null} the record of an address that is not in these data */
  missing = null;

  /** @param {LeafletMap} map @param {Model} model @param {HTMLElement|null} home */
  constructor(map, model, home) {
    this.map = map;
    this.model = model;
    this.isWhole = Boolean(home);
    const file = fileOf(map.getContainer());
    this.options = optionsFromHash(this.isWhole ? openingHash() : '');
    this.root = this.isWhole ? document.documentElement : map.getContainer();
    this.layers = new Layers(model);
    /** @type {boolean|null} whether the current theme is dark */
    this.isDark = null;
    this.isDrawn = false;
    this.filters = new Filters(model, this.layers);
    this.state = { chosen: null, province: null, list: null, side: 'records', theme: null };
    this.cause = 'user';
    this.root.classList.add('incident-map');
    this.paint();
    const [south, west, north, east] = model.extent;
    this.camera = new Camera(map, boundsOf([south, west], [north, east]), { view: () => this.view, moved: () => this.messages?.changed(this.cause) });
    /** @param {(filters: Filters) => void} act */
    const ask = (act) => this.change(() => act(this.filters));
    this.filterPanel = this.isWhole ? new FilterPanel(this.filters, { ask }) : null;
    const basePanel = this.isWhole && model.base ? new BasePanel(model.base, this.filters, { ask }) : null;
    const coverage = this.isWhole ? new CoverageKey(this.filters, { ask }) : null;
    this.panel = new Panel(model, this.layers, this.filters, this.layerActions(), this.filterPanel && this.filterPanel.node, basePanel, coverage);
    this.detail = new Detail(model, this.filters, Object.assign(this.detailActions(), { ask, canFilter: this.isWhole, zoomTo: (/** @type {number} */ position) => this.way?.provinceZoom.to(position) }));
    this.table = this.options.layout ? new RecordsTable(model, this.filters, this.layers, this.detail.list, { ask, choose: (id) => this.choose(id), redraw: () => this.render() }) : null;
    if (home) this.build(home, ask);
    else this.dock();
    // It may remove the panels. Only then does the map have its final size, on a phone once the foot is filled.
    this.frame = new Frame(this);
    if (this.time) this.time.settle();
    if (this.shell && this.shell.isPhone()) this.updateAround(this.shell, null, this.filters.shown());
    if (this.shell) this.camera.setUp();
    this.gestures = this.shell && gesturesFor(this.options, this.shell.stage);
    if (this.gestures && this.shell) this.gestures.attach(map, this.shell.half.node);
    // Before the view, which needs the positions of the rings.
    this.dots = model.table && new EventsLayer(map, model.table, { onEvents: (rows) => this.openEvents(rows) });
    this.view = new MapView(map, model, {
      rings: () => (this.dots ? this.dots.numbers() : []),
      ringsDrawn: () => (this.dots ? this.dots.numbersDrawn() : []),
      events: () => this.dots,
      isWhole: this.isWhole,
      overlays: () => (this.shell ? this.shell.overlays(map.getContainer()) : []),
      onRecord: (record) => this.choose(record.id),
      onProvince: (position) => { if (!this.options.pick) this.openProvince(position); },
      onTwice: this.isWhole && !this.options.pick ? (position) => this.way?.provinceZoom.toggle(position) : undefined,
      onPlate: (plate) => this.openPlate(plate),
      onPoint: (records) => this.detail.markRows(records),
      onNoRoom: this.dots && ((plates) => this.shell?.sayNoRoom(plates, () => this.openList(eventsWithoutRoom(this.filters, plates)))),
      onStack: (records) => this.openList(Object.assign({ key: 'stack:' + records[0].id, records }, CLOSE_TOGETHER)),
    });
    this.way = this.shell ? new Way(/** @type {WholePage} */ (this)) : null;
    this.presentation = this.shell ? new Presentation(/** @type {WholePage} */ (this)) : null;
    this.periods = this.shell ? new TwoMaps(/** @type {WholePage} */ (this)) : null;
    this.share = this.shell ? new Share(/** @type {WholePage} */ (this), file) : null;
    this.finder = this.shell ? finderOf(/** @type {WholePage} */ (this)) : null;
    if (this.finder) this.shell?.stage.append(this.finder.node);
    if (this.shell) this.sheet = new PrintSheet(/** @type {WholePage} */ (this));
    if (this.options.pick) map.on('click', ({ latlng }) => this.messages?.tellPlace(latlng.lat, latlng.lng));
    this.messages = new Messages({
      setView: (view) => this.setView(view), getView: () => this.getView(), counts: () => this.counts(),
      model, layers: this.layers, options: this.options, chosen: () => this.chosen(),
      takeTexts: (texts) => this.takeTexts(texts),
      press: (key) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })),
      type: (text) => this.finder?.type(text),
      takeKept: (kept) => this.takeKept(kept),
      takeAddress: (address) => this.share?.takeOuter(address),
      isUsual: !document.documentElement.dataset.opens && (!model.view || viewToHash(/** @type {View} */ (checkView(model.view, model.bounds))) === ''),
      sayRefused: (reasons) => this.sayRefused(reasons),
    });
  }

  /** @param {HTMLElement} home @param {Ask} ask */
  build(home, ask) {
    const showAll = () => this.change(() => this.layers.setOff([]));
    this.foot = new LedgerLine(this.filters, { ask, openList: (list) => this.openList(list), isPhone: () => Boolean(this.shell?.isPhone()) });
    this.time = this.buildTime(ask);
    this.saved = new SavedViews(this.model, { address: () => this.address(), open: (address) => this.openAddress(address),
      tell: (change) => this.messages?.tellViews(change), changed: () => this.presentation?.update() });
    this.panel.node.append(this.saved.node);
    const half = new MapHalf('A', this.map.getContainer(), { listAll: () => this.periods?.listAll('A'), listBeside: () => this.periods?.listBeside('A') });
    this.shell = new Shell(home, half, this.model, { panel: this.panel.node, detail: this.detail.node, foot: this.foot.node }, {
      ask,
      showAll,
      zoom: (by) => this.camera.zoom(by),
      fit: () => this.fitAll(),
      measure: () => this.way?.measure.toggle(),
      present: () => this.presentation?.toggle(),
      help: () => this.help?.open(),
      theme: (theme) => this.change(() => { this.state.theme = theme; }),
      resized: () => this.resized(),
      tab: (tab) => this.openTab(tab),
    });
    if (this.table) this.shell.takeTable(this.table.node);
    document.addEventListener('keydown', (event) => this.onKey(event));
    this.help = new KeysHelp();
    this.shell.node.append(this.help.node);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.paint());
  }

  /** The time strip, if the document has one. @param {Ask} ask */
  buildTime(ask) {
    if (this.options.time) return null;
    const strip = new TimeStrip(this.model, {
      onPeriod: ({ from, to, certain }) => ask((filters) => filters.take({ from, to, certain: Boolean(certain) })),
      onCompare: (period) => ask((filters) => filters.take({ compare: period && this.closed(period) })),
      onChoose: (id) => this.choose(id),
    });
    this.foot?.time.append(strip.node);
    return strip;
  }

  /**
   * A comparison period has two ends: an open end becomes the first or last day of the records.
   * @param {{from: string|null, to: string|null}} parts
   * @returns {[string, string]}
   */
  closed({ from, to }) {
    const extent = /** @type {Bounded} */ (this.time?.extent);
    const [first, last] = [from || toIso(extent.first), to || toIso(extent.last)];
    const only = from || to || first;
    return first <= last ? [first, last] : [only, only];
  }

  /** On another page's map: only a small legend in a corner. */
  dock() {
    const node = el('details', { class: 'im-docked', open: true }, el('summary', null, bdi(this.model.title)), this.panel.node, this.detail.node);
    keepClicks(node);
    keepWheel(node);
    addControl(this.map, node, 'topright');
  }

  layerActions() {
    /** @param {(...args: any[]) => void} act */
    const then = (act) => (/** @type {any[]} */ ...args) => this.change(() => act(...args));
    return {
      toggleGroup: then((row, isRange) => this.layers.toggleGroup(row, isRange)),
      toggleLayer: then((row, key, isRange) => this.layers.toggleLayer(row, key, isRange)),
      only: then((row, key) => this.layers.only(row, key)),
      toggleAll: then(() => this.layers.toggleAll()),
      listEvents: () => this.listEventsInView(),
      ask: (/** @type {(filters: Filters) => void} */ act) => this.change(() => act(this.filters)),
      isPhone: () => this.isWhole && isPhone(),
    };
  }

  listEventsInView() {
    const { dots } = this;
    if (dots) this.openList(eventsThat(dots.events, 'view', 'Events in view', (i) => dots.isInView(i), 'Mapped in this part of the map.'));
  }

  /** @returns {Omit<DetailAct, 'ask'|'canFilter'|'zoomTo'>} */
  detailActions() {
    return {
      choose: (id) => this.choose(id),
      openProvince: (position) => this.openProvince(position),
      openList: (list) => this.openList(list),
      back: () => this.back(),
      close: () => this.close(),
      redraw: () => this.render(),
      openSide: (side) => this.change(() => { this.state.side = side; }),
      point: (record) => this.view?.point(record),
      askSince: (since) => this.messages?.askSince(since),
      showAll: () => this.change(() => this.layers.setOff([])),
      shareRecord: (box, record) => this.share?.offer(box, record.id),
      onEdit: this.options.edit ? (record) => this.messages?.askEdit(record) : undefined,
      onPassage: this.options.edit ? (record, claim) => this.messages?.askPassage(record, claim) : undefined,
      onMap: this.options.layout ? (record) => this.showOnMap(record) : undefined,
      showRecord: (record) => this.change(() => {
        const reason = this.filters.reasons.get(record);
        if (reason === 'layer') this.layers.show(record);
        else if (reason) this.filters.lift(reason);
      }),
    };
  }

  /** Change the state, redraw, and report the change to the host. @param {() => void} act */
  change(act) {
    act();
    this.redraw();
    this.messages?.changed(this.cause);
  }

  redraw() {
    this.filters.refresh();
    this.render();
  }

  /** All that decides what is drawn, but for the position of the map. */
  standing() {
    const { list, side } = this.state;
    const view = Object.assign(this.getView(), { viewport: null, theme: null });
    return JSON.stringify([view, list?.key, side, this.shell?.tab, this.shell?.isOpen, this.isDark]);
  }

  /** @param {string} id */
  choose(id) {
    const record = this.model.byId.get(id);
    if (!record) return;
    this.change(() => {
      this.state.chosen = id;
      this.showDetail('record');
    });
    this.reveal(record, true);
  }

  /**
   * Bring a record into view, on the map that shows it.
   * @param {MapRecord|undefined|null} record
   * @param {boolean} mayMove
   */
  reveal(record, mayMove) {
    if (!record) return;
    this.camera.finish();
    if (!this.shell) this.view?.reveal(record, 0, mayMove);
    else if (this.periods) this.periods.viewOf(record).reveal(record, this.periods.isOn ? 0 : this.shell.covered(), mayMove);
  }

  /** Leave the table for the map: of a page around this one, which has it elsewhere, or of this document. @param {MapRecord} record */
  showOnMap(record) {
    if (this.messages?.showOnMap(record)) return;
    this.options.layout = null;
    this.table = null;
    this.detail.act.onMap = undefined;
    this.shell?.takeTable(null);
    this.choose(record.id);
  }

  /** @param {number} position */
  openProvince(position) {
    this.change(() => {
      Object.assign(this.state, { province: position, chosen: null, list: null });
      this.showDetail('record');
    });
    // On a phone the panel has just taken space from the map.
    this.resized();
    this.way?.provinceZoom.to(position);
  }

  /** @param {List} list */
  openList(list) {
    this.change(() => {
      Object.assign(this.state, { list, chosen: null });
      this.showDetail('record');
    });
    if (this.model.table) this.messages?.askTexts(untold(this.model.table, list));
  }

  /** Use texts of events from the host and redraw the list that lacked them. @param {Texts} texts */
  takeTexts(texts) {
    if (this.model.table) Object.assign(this.model.table, { told: texts });
    this.render();
  }

  /** Open the events under one mark. @param {number[]} rows */
  openEvents(rows) {
    const wanted = new Set(rows);
    const table = /** @type {EventTable} */ (this.model.table);
    this.openList(eventsThat(table, 'here:' + rows[0], rows.length === 1 ? 'Event' : 'Events here', (i) => wanted.has(i) && table.isShown(i, this.filters.eventsOn)));
  }

  /** @param {Plate} plate */
  openPlate(plate) {
    if (plate.records.length === 1 && !plate.events) {
      this.choose(plate.records[0].id);
      return;
    }
    if (plate.isCountry) this.openCountry(plate);
    else if (plate.province !== null) this.openProvince(plate.province);
    else this.openList({ key: plate.key, title: plate.name, text: somewhereIn(plate), records: plate.records });
  }

  /** What is about the whole country: its records, or its events without any. @param {Plate} plate */
  openCountry(plate) {
    const { table, standings } = this.model;
    const standing = standings.find(({ key }) => key === 'country');
    const events = plate.events ? ' ' + counted(plate.events, 'event') + ': see the count of events.' : '';
    if (!plate.records.length && table && standing) this.openList(eventsOf(this.filters, table, 'country', standing));
    else this.openList({ key: 'whole-country', title: plate.name, text: somewhereIn(plate) + events, records: plate.records });
  }

  /** @param {string} tab */
  openTab(tab) {
    this.change(() => {
      if (tab === 'list') Object.assign(this.state, { chosen: null, list: null, province: null });
      this.shell?.open(tab, !this.shell.isPhone() && tab !== '');
    });
  }

  /** @param {string} tab */
  showDetail(tab) {
    if (this.shell) this.shell.open(this.shell.isPhone() ? tab : this.shell.tab, true);
  }

  back() {
    this.change(() => {
      if (this.state.chosen) this.state.chosen = null;
      else if (this.state.list) this.state.list = null;
      else {
        this.state.province = null;
        if (this.way?.provinceZoom.position !== null) this.way?.provinceZoom.back();
      }
      if (!this.hasDetail() && this.shell) this.shell.open(this.shell.tab === 'record' ? 'list' : this.shell.tab, false);
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

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (this.way?.onKey(event)) return;
    if (pressed(event, 'present')) this.presentation?.toggle();
    else if (pressed(event, 'close') && this.hasDetail()) this.close();
    else if (pressed(event, 'help')) this.help?.open();
    else if (pressed(event, 'find') && this.finder) {
      event.preventDefault();
      this.finder.focus();
    } else if (pressed(event, 'allGroups')) this.change(() => this.layers.toggleAll());
    else {
      const row = this.layers.rows[pressed(event, 'group')];
      if (row) this.change(() => this.layers.toggleGroup(row));
    }
  }

  /** Show the whole country. */
  fitAll() {
    this.camera.fitAll();
  }

  /** Adapt to a new size of the stage. */
  resized() {
    if (this.isPrinting) return;
    if (this.periods && this.periods.isOn) this.periods.layOut();
    else if (!this.camera.resized(Boolean(this.shell?.isPhone()) && this.hasDetail())) return;
    this.reveal(this.chosen(), false);
  }

  counts() {
    return { shown: this.filters.shown().length, total: this.model.records.length };
  }

  getView() {
    const { chosen, province, theme } = this.state;
    return Object.assign(this.filters.view(), { chosen, viewport: this.camera.viewport, theme,
      province: province === null ? null : this.model.provinceList[province].code });
  }

  /** The present View as an address, without the theme. */
  address() {
    return viewToHash(Object.assign(this.getView(), { theme: null }));
  }

  /** The present View as an address, without the theme, the position and what is opened in it. */
  filterAddress() {
    return viewToHash(Object.assign(this.getView(), { theme: null, viewport: null, chosen: null, province: null }));
  }

  /** Open a saved View; what exceeds a bound is reported. @param {string} address */
  openAddress(address) {
    /** @type {string[]} */
    const refused = [];
    const view = Object.assign(startView(), { viewport: null }, viewFromHash(address, this.model.bounds, this.layers, (field, reason) => refused.push(field + ': ' + reason)));
    this.setView(Object.assign(view, { theme: this.state.theme }), 'user');
    this.sayRefused(refused);
  }

  /** Use what the host keeps: marks of changes, and saved Views. @param {KeptByHost} kept */
  takeKept(kept) {
    const before = JSON.stringify(this.model.marks);
    this.detail.since.take(kept);
    this.saved?.take(kept);
    // The map is drawn again only where something on it changes.
    if (JSON.stringify(this.model.marks) === before) this.detail.since.update(this.filters.shown());
    else this.detail.redrawMarks();
  }

  /** Apply a view from the host, the address or a saved one. @param {Partial<View>} view @param {'user'|'host'} [cause] */
  setView(view, cause = 'host') {
    this.cause = cause;
    const state = this.state;
    this.missing = view.chosen && !this.model.byId.has(view.chosen) ? view.chosen : null;
    const before = this.standing();
    if (view.off) this.layers.setOff(view.off);
    this.filters.take(view);
    if ('theme' in view) state.theme = view.theme ?? null;
    if ('province' in view) state.province = this.model.provinceOf.get(view.province ?? '') ?? null;
    if ('chosen' in view) state.chosen = this.model.byId.get(view.chosen ?? '')?.id ?? null;
    if ('chosen' in view || 'province' in view) this.followHost();
    this.paint();
    // A page around this one begins with what is drawn already.
    if (this.isDrawn && before === this.standing()) this.shell?.updateTheme(state.theme);
    else this.redraw();
    this.messages?.changed(this.cause);
    if (view.viewport || (view.viewport === null && this.isWhole)) {
      this.camera.look(view.viewport);
      if (this.periods) this.periods.forget();
    }
    if (!view.viewport) this.reveal(this.model.byId.get(view.chosen ?? ''), false);
    this.cause = 'user';
  }

  /**
   * Report which filters of an address or a host exceed their bounds.
   * @param {string[]} reasons
   */
  sayRefused(reasons) {
    if (this.shell) this.shell.sayRefused(reasons, this.missing);
  }

  followHost() {
    this.state.list = null;
    if (this.hasDetail()) this.showDetail('record');
    else if (this.shell) this.shell.open(this.shell.tab === 'record' ? '' : this.shell.tab, false);
  }

  /** Apply the theme: light in print; on screen the chosen theme or the system's; always light on another page's map. */
  paint() {
    const isDark = !this.isOnPaper && (this.state.theme ? this.state.theme === 'dark' : this.isWhole && matchMedia('(prefers-color-scheme: dark)').matches);
    // Each change of the root makes the browser recalculate the styles of the whole page.
    if (isDark === this.isDark) return;
    this.isDark = isDark;
    this.root.setAttribute('data-theme', isDark ? 'dark' : 'light');
    paintGroups(this.root, this.model, isDark);
    this.view?.showBase();
    this.periods?.b?.view.showBase();
  }

  /** Show the base map below the records. @param {BaseMap} base */
  takeBase(base) {
    this.model.baseMap = base;
    this.view?.showBase();
    this.periods?.b?.view.showBase();
    // Districts have names now.
    this.way?.readout.say();
  }

  /** The list through which "next" and "previous" step. */
  siblings() {
    /** @param {MapRecord} record */
    const isShown = (record) => this.filters.isShown(record);
    if (this.state.list) return recordsOfList(this.filters, this.state.list);
    const chosen = this.chosen();
    if (this.state.province === null) return this.detail.list.ordered(chosen && !isShown(chosen) ? this.filters.compared() : this.filters.shown());
    const found = recordsOfProvince(this.model, this.state.province, isShown);
    return found.there.concat(found.region, found.country);
  }

  /** The record whose card is open. */
  chosen() {
    return this.state.chosen === null ? null : this.model.byId.get(this.state.chosen) || null;
  }

  /**
   * Update what is around and over the maps.
   * @param {Shell} shell
   * @param {MapRecord|null} record
   * @param {MapRecord[]} shown
   */
  updateShell(shell, record, shown) {
    const { list, province, theme } = this.state;
    shell.updateStage(this.filters, this.layers.isAllOff());
    shell.updateTheme(theme);
    shell.updateTabs({ count: shown.length, hasDetail: this.hasDetail(), label: record ? 'Record' : list ? 'List' : province !== null ? 'Province' : 'Record' });
  }

  /** @param {MapState} state */
  drawMaps(state) {
    if (this.dots) Object.assign(state, { events: this.filters.eventsOn });
    if (this.dots) this.dots.update(this.filters.eventsOn, state.mode === 'provinces');
    if (this.periods) this.periods.arrange();
    if (!this.periods || !this.periods.isOn) this.view?.update(state);
    else this.periods.update(state);
  }

  render() {
    const record = this.chosen();
    const shown = this.filters.shown();
    const { asked } = this.filters;
    this.paint();
    if (this.shell) this.updateShell(this.shell, record, shown);
    const { mode, base_off, language } = asked;
    const coverage = asked.coverage ? { from: asked.from, to: asked.to } : null;
    this.presentation?.update();
    this.drawMaps({ records: shown, chosen: record, province: this.state.province, mode, base_off, language, coverage });
    this.panel.update();
    if (this.filterPanel) this.filterPanel.update();
    this.detail.update({ record, province: this.state.province, list: this.state.list, side: this.state.side, siblings: this.siblings() });
    if (this.shell) this.updateFoot(record, shown);
    this.table?.update(record);
    this.frame.update();
    if (this.sheet) this.sheet.update();
    this.isDrawn = true;
  }

  /**
   * Update everything that takes space from the map on a phone.
   * @param {Shell} shell
   * @param {MapRecord|null} record
   * @param {MapRecord[]} shown
   */
  updateAround(shell, record, shown) {
    this.updateShell(shell, record, shown);
    this.updateFoot(record, shown);
    if (this.frame.strip) this.frame.strip.update('');
  }

  /** @param {MapRecord|null} record @param {MapRecord[]} shown */
  updateFoot(record, shown) {
    const { asked } = this.filters;
    this.foot?.update(this.filters.ledger());
    if (this.time) {
      this.time.update({ events: this.model.table ? this.model.table.bySpan(this.filters.eventsOn) : undefined, records: this.filters.atAnyTime(), shown, chosen: record ? record.id : null, compare: asked.compare,
        period: { from: asked.from, to: asked.to, certain: asked.certain } });
    }
  }
}

/**
 * Draw the incident map.
 * @param {{map: LeafletMap, payload: string, base?: string, events?: string, root?: HTMLElement|null, shell: boolean}} options `shell`: whether to
 *     build the panels of a complete document; otherwise marks are added to another page's map
 * @returns {Promise<Page>} the running document
 */
export async function start(options) {
  try {
    const events = options.events ? unpacked(options.events) : null;
    const model = await readPayload(options.payload);
    model.table = await readEvents(model, events);
    const home = options.shell ? options.root || document.body : null;
    const page = new MapDocument(options.map, model, home);
    page.frame.open();
    page.messages?.ready();
    const still = document.getElementById('im-still');
    if (still && home) still.remove();
    // After the first rendering, so that records appear before their context.
    const { base } = options;
    if (base) requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(async () => page.takeBase(await readBase(base)))));
    return page;
  } catch (error) {
    const place = options.root || document.body;
    // The content for browsers without JavaScript is better than nothing.
    document.documentElement.classList.remove('im-runs');
    place.append(el('p', { class: 'im-failed', role: 'alert' }, 'The map could not be drawn: ' + (error instanceof Error ? error.message : error)));
    throw error;
  }
}
