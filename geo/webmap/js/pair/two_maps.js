/*
 * Two periods, two maps: the period on the left or above, the one it is compared with on the right
 * or below, of one size and scale and always looking at the same place. The second map is made
 * when it is first asked for, and hidden afterwards.
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

/** Pixels across below which a map is better one above the other. */
const NARROW = 330;
/** Side by side is kept to until the other way shows the country so much larger. */
const WORTH = 1.25;
/** Width to height of the country, about. */
const ASPECT = 1.2;
const GAP = 1;
const HEAD = 30;

/** @param {number} n */
const even = (n) => Math.max(2, Math.floor(n / 2) * 2);

/**
 * How two maps of one size share the room.
 * @param {number} width
 * @param {number} height
 * @returns {{isStacked: boolean, w: number, h: number}} the size of each map, in even pixels so that both have their middle on one
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
    /** @type {{half: MapHalf, view: MapView, map: LeafletMap}|null} once there is one */
    this.b = null;
    this.isOn = false;
    /** @type {Look|null} where the one map looked */
    this.before = null;
    this.size = '';
  }

  /** The second map. */
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

  /** One map or two, before anything is drawn. */
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
    b.view.update({ records: [], chosen: null, province: null, mode: 'precise', base_off: [], language: 'en' });
    this.a.half.speakOf(null);
    if (this.before) page.camera.bringBack(this.before);
    if (page.state.list && page.state.list.isOfB) page.state.list = null;
    if (hadFocus) page.map.getContainer().focus({ preventScroll: true });
  }

  /** Where the host has asked to look counts as where the map was. */
  forget() {
    if (this.isOn) this.before = this.page.camera.place();
  }

  /** Give both maps their rooms; what a sheet covers is none. */
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
   * Draw both maps and say what each of them shows. What is chosen stands out where it is drawn, and dims nothing elsewhere.
   * @param {MapState} state
   */
  update(state) {
    const spans = this.spans();
    [state.records, this.page.filters.compared()].forEach((records, i) => {
      const { half, view } = /** @type {{half: MapHalf, view: MapView}} */ ([this.a, this.b][i]);
      half.update(spans[i], records);
      view.update(Object.assign({}, state, { records, events: i ? undefined : state.events, chosen: state.chosen && records.includes(state.chosen) ? state.chosen : null }));
    });
  }

  /** The map that shows a record; the first where both or none do. @param {MapRecord} record */
  viewOf(record) {
    const { filters } = this.page;
    return this.b && this.isOn && !filters.isShown(record) && filters.compared().includes(record) ? this.b.view : this.a.view;
  }

  /**
   * Open a list of what the second map shows.
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
