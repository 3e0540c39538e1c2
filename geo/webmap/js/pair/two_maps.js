/*
 * Two periods on two maps: the period on the left or above, the comparison period on the right or
 * below, with the same size, scale and viewport. The second map is created when first needed, and
 * hidden afterwards.
 */
import { el } from '../core/dom.js';
import { recordsOfProvince } from '../core/payload.js';
import { FULL_RESET } from '../map/camera.js';
import { makeMap } from '../map/leaflet.js';
import { MapLink } from '../map/map_link.js';
import { MapView } from '../map/map_view.js';
import { CLOSE_TOGETHER } from '../map/marks.js';
import { somewhereIn } from '../map/plate_words.js';
import { MapHalf } from './map_half.js';
import { toDay } from '../time/scale.js';
import { spanWords } from '../time/words.js';
/** @import { LeafletMap, MapRecord, MapState, Plate } from '../core/types.js' */
/** @import { WholePage } from '../document.js' */
/** @import { Look } from '../map/camera.js' */

/** Width in pixels of a map below which the maps are better placed one above the other: plates and controls need it. */
const NARROW = 330;
/** Factor by which the country must be larger one above the other to give up side by side, which is easier to compare. */
const WORTH = 1.25;
/** Approximate ratio of width to height of the country; a rough value is enough for this choice. */
const ASPECT = 1.2;
/** Pixels between the maps, and of the heading of each, as set in two_maps.css. */
const GAP = 1;
const HEAD = 30;

/** @param {number} n */
const even = (n) => Math.max(2, Math.floor(n / 2) * 2);

/**
 * How two maps of the same size share the space.
 * @param {number} width
 * @param {number} height
 * @returns {{isStacked: boolean, w: number, h: number}} the size of each map, in even pixels so that both have their centre on a whole pixel
 */
export function shareRoom(width, height) {
  const beside = { isStacked: false, w: even((width - GAP) / 2), h: even(height - HEAD) };
  const stacked = { isStacked: true, w: even(width), h: even((height - GAP) / 2 - HEAD) };
  /** @param {{w: number, h: number}} parts */
  const scale = ({ w, h }) => Math.min(w / ASPECT, h);
  const worth = beside.w < NARROW ? 1 : WORTH;
  return scale(stacked) > scale(beside) * worth ? stacked : beside;
}

export class TwoMaps {
  /** @type {MapLink} */
  link;

  /** @param {WholePage} page the running document */
  constructor(page) {
    this.page = page;
    this.a = { half: page.shell.half, view: /** @type {MapView} */ (page.view), map: page.map };
    /** @type {{half: MapHalf, view: MapView, map: LeafletMap}|null} the second map, once created */
    this.b = null;
    this.isOn = false;
    /** @type {Look|null} the viewport of the single map before the comparison */
    this.before = null;
    this.size = '';
  }

  /** Create the second map. */
  make() {
    const { page } = this;
    const node = el('div', { class: 'im-map' });
    const half = new MapHalf('B', node, {
      listAll: () => this.listAll('B'), listBeside: () => this.listBeside('B'),
      end: () => page.change(() => page.filters.take({ compare: null })),
    });
    page.shell.halves.append(half.node);
    const map = makeMap(node, page.camera.optionsOfTwin());
    map.setView(page.map.getCenter(), page.map.getZoom(), FULL_RESET);
    if (page.gestures) page.gestures.attach(map, half.node);
    const view = new MapView(map, page.model, {
      isWhole: true, twin: this.a.view, overlays: () => page.shell.overlays(node),
      onRecord: (record) => page.choose(record.id),
      onProvince: (position) => this.openProvince(position),
      onTwice: (position) => page.way?.provinceZoom.toggle(position),
      onPlate: (plate) => this.openPlate(plate),
      onStack: (records) => this.open('stack:' + records[0].id, CLOSE_TOGETHER.title, CLOSE_TOGETHER.text, () => records),
    });
    this.link = new MapLink(page.map, map);
    this.b = { half, view, map };
    return this.b;
  }

  /** Switch between one map and two, before anything is drawn. */
  arrange() {
    const isWanted = Boolean(this.page.filters.asked.compare);
    if (isWanted && !this.isOn) this.begin();
    else if (!isWanted && this.isOn) this.end();
    else if (isWanted) this.layOut();
  }

  begin() {
    this.before = this.page.camera.place();
    this.isOn = true;
    const b = this.b || this.make();
    b.half.node.hidden = false;
    this.a.half.speakOf(this.spans()[0]);
    b.half.speakOf(this.spans()[1]);
    this.layOut();
  }

  end() {
    const { page, b } = this;
    if (!b) return;
    const hadFocus = b.half.node.contains(document.activeElement);
    this.link.untie();
    this.isOn = false;
    this.size = '';
    b.half.node.hidden = true;
    b.view.update({ records: [], chosen: null, province: null, mode: 'precise', base_off: [], language: 'en', coverage: null });
    this.a.half.speakOf(null);
    if (this.before) page.camera.bringBack(this.before);
    if (page.state.list && page.state.list.isOfB) page.state.list = null;
    if (hadFocus) page.map.getContainer().focus({ preventScroll: true });
  }

  /** Treat a viewport set by the host as that of the single map. */
  forget() {
    if (this.isOn) this.before = this.page.camera.place();
  }

  /** Set the size of both maps, without the part of the stage that a panel covers. */
  layOut() {
    const { shell, camera } = this.page;
    const room = shell.room();
    const share = shareRoom(room.width, room.height);
    const size = JSON.stringify(share);
    if (size === this.size) return;
    this.size = size;
    this.link.untie();
    shell.share(share);
    if (!camera.resized() && !camera.viewport) camera.fitAll();
    this.b?.map.invalidateSize({ animate: false, pan: false });
    this.link.tie();
  }

  spans() {
    const { from, to, compare } = this.page.filters.asked;
    return [[from, to], compare || [null, null]].map(([first, last]) => ({ first: toDay(first), last: toDay(last) }));
  }

  /**
   * Draw both maps and their headings. The chosen record is highlighted on the map that shows it; the other map is not dimmed.
   * @param {MapState} state
   */
  update(state) {
    const spans = this.spans();
    const { compare } = this.page.filters.asked;
    const ofB = state.coverage && compare && { from: compare[0], to: compare[1] };
    [state.records, this.page.filters.compared()].forEach((records, i) => {
      const { half, view } = /** @type {{half: MapHalf, view: MapView}} */ ([this.a, this.b][i]);
      half.update(spans[i], records);
      view.update(Object.assign({}, state, { records, events: i ? undefined : state.events, coverage: i ? ofB : state.coverage, chosen: state.chosen && records.includes(state.chosen) ? state.chosen : null }));
    });
  }

  /** The map that shows a record; the first map if both or neither do. @param {MapRecord} record */
  viewOf(record) {
    const { filters } = this.page;
    return this.b && this.isOn && !filters.isShown(record) && filters.compared().includes(record) ? this.b.view : this.a.view;
  }

  /**
   * Open a list of records on the second map.
   * @param {string} key
   * @param {string} title
   * @param {string} text
   * @param {() => MapRecord[]} find
   */
  open(key, title, text, find) {
    this.page.openList({ key: 'B:' + key, title: title + ', period B', text, isOfB: true,
      find: () => find().filter((record) => this.page.filters.compared().includes(record)) });
  }

  /** @param {string} name */
  listAll(name) {
    this.listOf(name, 'all', 'Records', () => true);
  }

  /** @param {string} name */
  listBeside(name) {
    this.listOf(name, 'beside', this.page.model.notMapped, (record) => !record.isMapped);
  }

  /** @param {string} name @param {string} key @param {string} title @param {(record: MapRecord) => boolean} isWanted */
  listOf(name, key, title, isWanted) {
    const { filters } = this.page;
    const words = spanWords(this.spans()[name === 'A' ? 0 : 1]);
    const text = words.charAt(0).toUpperCase() + words.slice(1) + ', with all other filters as they are.';
    if (name === 'B') this.open(key, title, text, () => filters.compared().filter(isWanted));
    else this.page.openList({ key: 'A:' + key, title: title + ', period A', text, find: () => filters.shown().filter(isWanted) });
  }

  /** @param {Plate} plate */
  openPlate(plate) {
    if (plate.records.length === 1) this.page.choose(plate.records[0].id);
    else if (plate.province !== null) this.openProvince(plate.province);
    else this.open(plate.key, plate.name, somewhereIn(plate), () => plate.records);
  }

  /** @param {number} position */
  openProvince(position) {
    const { model, filters } = this.page;
    const text = 'Records placed here or in a region that contains this province. Source coverage is uneven; no record does not mean no activity.';
    this.open('province:' + position, model.provinceList[position].name, text, () => {
      const found = recordsOfProvince(model, position, (record) => filters.compared().includes(record));
      return found.there.concat(found.region);
    });
  }
}
