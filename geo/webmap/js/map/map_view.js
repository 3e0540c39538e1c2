/*
 * The map: draws the shown records at the current zoom. A change of zoom, layers or the chosen record
 * places marks, badges and names again; moving the map moves only badges that would otherwise go out
 * of view while their area is still visible.
 */
import { button, el, keepFocus, svg } from '../core/dom.js';
import { BaseLayers } from './base_layers.js';
import { countryPlate, plateContent, platesOf, textWidth } from './badges.js';
import { cornerSign, countedMarks } from './change_signs.js';
import { Ground, linesOf } from './basemap.js';
import { addCountryEvents, addEventPlates } from './event_plates.js';
import { coverageSteps, sourcesByProvince } from '../view/coverage.js';
import { Sight } from './in_view.js';
import { Land } from './land.js';
import { anchor, boxAround, circle, isLaid, keepClicks, layerGroup } from './leaflet.js';
import { crowdNode, crowdsOf, eachHalo, marksOf } from './marks.js';
import { Nearest } from './nearest.js';
import { areaName, plateCount, plateWords } from './plate_words.js';
import { shadesOf, tallyPlates } from './tally.js';
/** @import * as Leaflet from 'leaflet' */
/** @import { Box, Crowd, Leader, LeafletMap, MapRecord, MapState, Mark, Model, Place, Plate, Spot, Stand } from '../core/types.js' */
/** @import { EventsLayer } from '../events/layer.js' */
/** @import { Placing } from './placing.js' */

/** Pixels kept free at the edge of the map. */
const EDGE = 8;

/** The zoom from which a plate says that its records are somewhere in its area, of which the map may show a small part only. */
const CLOSE = 9;
/** Elements at a position of the map that show records. */
const HELD = '.im-mark,.im-plate';
/** Pixels kept free around a record that is brought into view. */
const RIM = 24;
/** Seconds of the move that brings a record into view: visible as a move, without waiting. */
const REVEAL = 0.12;
/** Pixels around the country in which plates may be placed: at least, and at most if the window has them. */
const AROUND = { least: 60, most: 200 };
/** Degrees from a corner of a region within which there must be foreign land for the corner to count as a border of the country: about 12 km. */
const TO_FOREIGN = 0.12;
/** About how many points of the rim of a region are tried for its line, and of the outline for the badge of the country. */
const RIM_POINTS = 14;
const OUTLINE_POINTS = 60;
/** Pixels: width of a map without scarcity of space for plates, and the range in which scarcity grows to 1 (a phone of 420). Height counts for 0.7. */
const WIDE = { enough: 660, range: 240, height: 0.7 };
/** Pixels between the boxes along a line: less than the number of a ring is wide. */
const LINE_BOX = 6;
/** Height in pixels of a name, and the factor of the width of a neighbour's name, which is letterspaced. */
const NAME = { height: 14, spaced: 1.2 };

/**
 * How far a window from `low` to `high` must move to contain `from` to `to`. What fits only without the margin is centred; what is longer is aligned at its start.
 * @param {number} low
 * @param {number} high
 * @param {number} from
 * @param {number} to
 */
function shift(low, high, from, to) {
  const spare = high - low - (to - from);
  if (spare < 0 && spare > -2 * RIM) return (from + to - low - high) / 2;
  if (from < low || spare < 0) return from - low;
  return Math.max(0, to - high);
}

/** Small boxes along a line: what is clear of them is clear of the line. @param {Leader} line @returns {Box[]} */
function boxesAlong({ from, to, length }) {
  const count = Math.max(1, Math.ceil(length / LINE_BOX));
  return Array.from({ length: count + 1 }, (_, i) => ({ x: from.x + ((to.x - from.x) * i) / count - 1, y: from.y + ((to.y - from.y) * i) / count - 1, w: 2, h: 2 }));
}

/**
 * @typedef {Object} Handlers
 * @property {boolean} isWhole whether it is a complete document, without another base map
 * @property {MapView} [twin] another view of the same model on this page
 * @property {() => Box[]} overlays the boxes of what covers the map
 * @property {() => Box[]} [rings] the numbers of the rings of events
 * @property {() => Box[]} [ringsDrawn] the same after they have made room for the records
 * @property {() => EventsLayer|null} [events] what draws the events of this map
 * @property {(record: MapRecord) => void} onRecord
 * @property {(position: number) => void} onProvince
 * @property {(position: number) => void} [onTwice] a province was clicked twice
 * @property {(plate: Plate) => void} onPlate
 * @property {(records: MapRecord[]) => void} [onPoint] the records of the mark or badge under the pointer
 * @property {(records: MapRecord[]) => void} onStack
 * @property {((plates: Plate[]) => void)|null} [onNoRoom] called with the plates with events that do not fit
 */

export class MapView {
  /** @type {number} */
  zoom;
  /** @type {Box[]} */
  chosenBoxes;
  /** @type {MapState|null} */
  state;
  /** @type {Sight|undefined} */
  plan;
  /** @type {string|undefined} */
  settled;

  /**
   * @param {LeafletMap} map Leaflet map
   * @param {Model} model
   * @param {Handlers} handlers
   */
  constructor(map, model, handlers) {
    this.map = map;
    this.model = model;
    this.handlers = handlers;
    const { twin } = handlers;
    this.ground = twin ? twin.ground : new Ground(model);
    this.land = new Land(map, model, { isWhole: handlers.isWhole, isSecond: Boolean(twin), onProvince: handlers.onProvince, onTwice: handlers.onTwice });
    this.layers = { halo: layerGroup(map), names: layerGroup(map), plates: layerGroup(map), marks: layerGroup(map) };
    /** @type {Box[]} plates and names */
    this.covering = [];
    /** @type {Box[]} where plates stand */
    this.badges = [];
    /** @type {Box[]} along the lines from plates to their areas */
    this.lines = [];
    this.nearest = handlers.isWhole ? new Nearest(this) : null;
    /** @type {BaseLayers|undefined} */
    this.base = undefined;
    this.abroad = handlers.isWhole ? model.around.names : [];
    // Nothing is drawn before the first update.
    this.state = null;
    map.on('zoomend', () => this.draw());
    map.on('moveend', () => this.settle());
    map.getContainer().addEventListener('pointerover', ({ target }) => handlers.onPoint?.(this.recordsAt(target)));
  }

  /** The records of a mark or badge. @param {EventTarget|null} target */
  recordsAt(target) {
    const node = target instanceof Element ? target.closest(HELD) : null;
    const key = node?.getAttribute('data-key');
    const record = this.model.byId.get(node?.getAttribute('data-record') ?? '');
    if (record) return [record];
    return this.plan?.plates.find((plate) => plate.key === key)?.records ?? [];
  }

  /** Lift the marks and badges of a record whose row is pointed at. @param {MapRecord|null} record */
  point(record) {
    for (const node of this.map.getContainer().querySelectorAll(HELD)) {
      node.classList.toggle('is-pointed', record !== null && this.recordsAt(node).includes(record));
    }
  }

  /** @param {MapState} state */
  update(state) {
    this.state = state;
    this.showBase();
    this.land.select(state.province);
    this.land.shade(state.mode === 'provinces' ? shadesOf(this.model, state.records) : null);
    this.land.cover(state.coverage && this.model.coverage.steps.length ? coverageSteps(this.model, sourcesByProvince(this.model, state.coverage)) : null, state.mode === 'provinces');
    this.draw();
  }

  /** Draw the base map as set in the view, once it is loaded. */
  showBase() {
    const { state, model } = this;
    if (!this.handlers.isWhole || !model.baseMap || !state || !isLaid(this.map)) return;
    const isNew = !this.base;
    const signsBefore = this.base?.off.includes('places');
    this.base ??= new BaseLayers(this.map, model.baseMap);
    const theme = this.map.getContainer().closest('[data-theme="dark"]') ? 'dark' : 'light';
    this.base.update({ off: state.base_off, language: state.language, theme });
    if (isNew || signsBefore !== this.base.off.includes('places')) this.settleAnew();
  }

  /** Place plates and names again, because the base map below them has changed. */
  settleAnew() {
    this.settled = '';
    this.settle();
  }

  /** The name of a province in the language of the map, or in English if it has none. @param {number} position */
  provinceName(position) {
    const { name, local } = this.model.provinceList[position];
    return local.find(([language]) => language === this.state?.language)?.[1] ?? name;
  }

  /** Keep the names of the base map clear of marks and plates. @param {boolean} isAnew whether the marks have changed */
  arrangeBase(isAnew) {
    const { plan, base } = this;
    if (!plan || !base) return;
    const rings = this.handlers.ringsDrawn?.() ?? [];
    base.arrange([...plan.crowds.map((crowd) => crowd.space), ...this.covering, ...rings], isAnew);
  }

  /** Degrees to world pixels at the current zoom. @param {number} lat @param {number} lon */
  project(lat, lon) {
    return this.map.project([lat, lon], this.zoom);
  }

  /** The box in which plates may be placed: around the country, and in view if all of it is in view. */
  room() {
    const size = this.map.getSize();
    const low = this.project(this.model.extent[0], this.model.extent[1]);
    const high = this.project(this.model.extent[2], this.model.extent[3]);
    const w = Math.max(high.x - low.x + AROUND.least, Math.min(size.x - 2 * EDGE, high.x - low.x + AROUND.most));
    const h = Math.max(low.y - high.y + AROUND.least, Math.min(size.y - 2 * EDGE, low.y - high.y + AROUND.most));
    const isWholeInView = high.x - low.x <= size.x && low.y - high.y <= size.y;
    const width = isWholeInView ? Math.min(w, size.x - 2 * EDGE) : w;
    const height = isWholeInView ? Math.min(h, size.y - 2 * EDGE) : h;
    return { x: (low.x + high.x) / 2 - width / 2, y: (low.y + high.y) / 2 - height / 2, w: width, h: height };
  }

  /** The visible box, in world pixels, if the country is centred; `null` if it is larger than the map. */
  sight() {
    const { x: w, y: h } = this.map.getSize();
    const low = this.project(this.model.extent[0], this.model.extent[1]);
    const high = this.project(this.model.extent[2], this.model.extent[3]);
    if (high.x - low.x > w || low.y - high.y > h) return null;
    return { x: (low.x + high.x) / 2 - w / 2, y: (low.y + high.y) / 2 - h / 2, w, h };
  }

  /** What covers the map if the country is centred, in world pixels. */
  overlays() {
    const sight = this.sight();
    return sight ? this.overlaysFrom(sight) : [];
  }

  /** What covers the map, given its upper left corner in world pixels. @param {Spot} parts */
  overlaysFrom({ x, y }) {
    return this.handlers.overlays().map((box) => ({ x: x + box.x, y: y + box.y, w: box.w, h: box.h }));
  }

  /** The visible box now without a margin, in world pixels. @param {number} rim pixels */
  seen(rim) {
    const bounds = this.map.getPixelBounds();
    const { x, y } = bounds.getTopLeft();
    const size = bounds.getSize();
    return { x: x + rim, y: y + rim, w: size.x - 2 * rim, h: size.y - 2 * rim };
  }

  /** The fonts of plates and names, computed once, because each query would make the browser update all styles. */
  get fonts() {
    const family = getComputedStyle(this.map.getContainer()).fontFamily;
    const value = { name: '13px ' + family, number: '700 13px ' + family, abroad: '13px ' + family };
    Object.defineProperty(this, 'fonts', { value });
    return value;
  }

  draw() {
    if (!isLaid(this.map)) return;
    this.zoom = this.map.getZoom();
    const { state } = this;
    if (state) keepFocus(this.map.getContainer(), () => this.redraw(state));
  }

  /** @param {MapState} state */
  redraw(state) {
    /** @param {number} lat @param {number} lon */
    const project = (lat, lon) => this.project(lat, lon);
    Object.values(this.layers).forEach((layer) => layer.clearLayers());
    const isTally = state.mode === 'provinces';
    const marks = isTally ? [] : marksOf(this.model, state.records, project, this.zoom);
    const crowds = crowdsOf(marks);
    const plates = (isTally ? tallyPlates : platesOf)(this.model, this.ground, state.records);
    if (state.events && this.model.table) addEventPlates(this.model, plates, this.model.table.byProvince(isTally, state.events), isTally);
    // On a phone there is room for the name alone.
    const isSomewhere = this.zoom >= CLOSE && !isTally && this.scarcity() <= 0.5;
    for (const plate of plates) {
      if (plate.province !== null) plate.name = this.provinceName(plate.province);
      if (isSomewhere && plate.records.length) plate.heading = 'Somewhere in ' + areaName(plate);
    }
    const country = countryPlate(this.model, state.records);
    if (state.events && this.model.table) addCountryEvents(this.model, country, this.model.table.aboutCountry(state.events));
    if (country.records.length || country.events) plates.push(country);
    this.land.hatch(plates, state.chosen);
    this.drawHalos(marks, state.chosen);
    crowds.forEach((crowd) => this.drawCrowd(crowd, state.chosen));
    this.map.getContainer().classList.toggle('has-chosen', Boolean(state.chosen));
    this.layOut(plates, crowds);
  }

  /** Whether a place has nothing to do with the province that is open. @param {number[]} provinces of the place */
  isElsewhere(provinces) {
    const open = this.state?.province ?? null;
    return open !== null && !provinces.includes(open);
  }

  /**
   * Place every plate as if the whole country were in view, then for what is visible.
   * @param {Plate[]} plates
   * @param {Crowd[]} crowds
   */
  layOut(plates, crowds) {
    this.plan = new Sight(this, plates, crowds);
    this.settled = '';
    this.settle();
    this.arrangeBase(true);
  }

  /** Draw plates and names for the current viewport. */
  settle() {
    const { plan } = this;
    if (!plan || this.map.getZoom() !== this.zoom) return;
    const { placing, found, left } = plan.inSight();
    const now = JSON.stringify([...found].map(([key, { box, shape }]) => [key, box, shape.kind]));
    if (now !== this.settled) {
      this.settled = now;
      const standing = [...found.values()].map(({ box }) => box);
      // That of the whole country is about nothing in view.
      this.badges = [...found].filter(([key]) => key !== plan.country?.key).map(([, { box }]) => box);
      this.covering = standing.slice();
      this.lines = [...found.values()].flatMap(({ line }) => (line ? boxesAlong(line) : []));
      keepFocus(this.map.getContainer(), () => {
        this.layers.plates.clearLayers();
        this.layers.names.clearLayers();
        this.drawPlates(placing, plan.plates, found, left);
        this.drawNames(placing, plan.plates);
      });
      this.clearEvents(plan, standing);
    }
    this.arrangeBase(false);
    this.nearest?.update();
  }

  /** Let the events make room for the records. @param {Sight} plan @param {Box[]} standing the badges, which come first in what covers the map */
  clearEvents({ crowds }, standing) {
    this.eventsShown()?.keepClearOf({ zoom: this.zoom, boxes: crowds.map((crowd) => crowd.space).concat(standing), lines: this.lines, soft: this.covering.slice(standing.length),
      open: this.state?.province ?? null, provinceAt: (lat, lon) => this.ground.provinceAt(lat, lon) });
  }

  /** What is drawn of the records, wherever that is: crowds of marks, and the plates of areas. @returns {{crowds: Crowd[], plates: Plate[]}} */
  drawn() {
    return { crowds: this.plan?.crowds ?? [], plates: this.plan?.areas ?? [] };
  }

  /** What draws the events, where any are asked for. */
  eventsShown() {
    return this.state?.events ? this.handlers.events?.() : null;
  }

  /**
   * Anchor an element at a position of the map.
   * @param {HTMLElement} node
   * @param {Leaflet.LatLngExpression} at
   * @param {string} pane
   * @param {Leaflet.LayerGroup} layer
   */
  hold(node, at, pane, layer) {
    anchor(node, at, 'im-' + pane).addTo(layer);
  }

  /** @param {Mark[]} marks @param {MapRecord|null} chosen */
  drawHalos(marks, chosen) {
    eachHalo(marks, chosen, (mark, radius, className) => {
      const halo = circle([mark.place.lat, mark.place.lon], {
        radius, pane: 'im-halo', renderer: this.land.renderer('halo'), interactive: false, className,
      }).addTo(this.layers.halo);
      /** @type {SVGElement} */ (halo.getElement()).style.setProperty('--c', 'var(--group-' + mark.record.groups[0] + ')');
    });
  }

  /** @param {Crowd} crowd @param {MapRecord|null} chosen */
  drawCrowd(crowd, chosen) {
    const node = crowdNode(this.model, crowd, { chosen, onRecord: this.handlers.onRecord, onStack: this.handlers.onStack });
    node.classList.toggle('is-elsewhere', crowd.marks.every(({ place }) => this.isElsewhere(place.provinces)));
    keepClicks(node);
    this.hold(node, this.map.unproject([crowd.x, crowd.y], this.zoom), 'marks', this.layers.marks);
  }

  /** @param {Plate} plate */
  boxOf(plate) {
    return plate.province === null ? this.ground.shapeOf(String(plate.area)).box : this.ground.boxOfProvince(plate.province);
  }

  /** Points of an area to which the line of an outside plate may lead. @param {Plate} plate */
  anchorsOf(plate) {
    return plate.isRegion ? this.rimOf(plate) : [this.project(plate.at.lat, plate.at.lon)];
  }

  /** Points on the edge of a region where it is also the border of the country. @param {Plate} plate */
  rimOf(plate) {
    /** @type {number[][]} */
    const corners = this.ground.shapeOf(String(plate.area)).rings.flat(1);
    const rim = corners.filter(([lon, lat]) =>
      [[TO_FOREIGN, 0], [-TO_FOREIGN, 0], [0, TO_FOREIGN], [0, -TO_FOREIGN]].some(([dx, dy]) => this.ground.provinceAt(lat + dy, lon + dx) === -1));
    const step = Math.max(1, Math.floor(rim.length / RIM_POINTS));
    return rim.filter((_, i) => i % step === 0).map(([lon, lat]) => this.project(lat, lon));
  }

  /** Points along the outline of the country, and some way around each, evenly spread over those near a box. @param {Box} room */
  outlineNear(room) {
    const reach = AROUND.most;
    /** @param {Spot} spot */
    const isNear = ({ x, y }) => x > room.x - reach && y > room.y - reach && x < room.x + room.w + reach && y < room.y + room.h + reach;
    const points = linesOf(this.model.around.whole).flat(1).map(([lon, lat]) => this.project(lat, lon)).filter(isNear);
    const step = Math.max(1, Math.floor(points.length / OUTLINE_POINTS));
    return points.filter((_, i) => i % step === 0);
  }

  /** How scarce space for plates is, from 0 on a wide map to 1 on a phone; a narrow map has some above and below the country. */
  scarcity() {
    const { x, y } = this.map.getSize();
    return Math.min(1, Math.max(0, (WIDE.enough - Math.max(x, y * WIDE.height)) / WIDE.range));
  }

  /**
   * @param {Placing} placing
   * @param {Plate[]} plates
   * @param {Map<string, Stand>} found
   * @param {Plate[]} left plates that do not fit
   */
  drawPlates(placing, plates, found, left) {
    const chosen = this.state && this.state.chosen;
    // The boxes of the plates of the chosen record.
    this.chosenBoxes = [];
    if (this.handlers.onNoRoom) this.handlers.onNoRoom(left.filter((plate) => plate.events));
    for (const plate of plates) {
      const place = found.get(plate.key);
      if (!place) continue;
      const isChosen = Boolean(chosen && plate.records.includes(chosen));
      this.drawPlate(plate, place, isChosen);
      if (isChosen) this.chosenBoxes.push(place.box);
      const isNameless = ['small', 'bare'].includes(place.shape.kind) && plate.province !== null;
      this.drawName(place.name || (isNameless ? placing.lateName(plate, place.box, textWidth(plate.name, this.fonts.name) + 2) : null), plate.name, 'im-name');
    }
  }

  /** @param {Plate} plate @param {Stand} place @param {boolean} isChosen */
  drawPlate(plate, place, isChosen) {
    const { line, centre } = place;
    const origin = centre ? centre : { x: place.box.x, y: place.box.y };
    const changes = countedMarks(this.model, plate.records);
    const home = plate.province === null ? plate.home : [plate.province];
    const node = el('div', { class: home && this.isElsewhere(home) ? 'im-badge is-elsewhere' : 'im-badge' });
    if (line && centre) node.append(this.leader(line, centre));
    node.append(button({
      class: 'im-plate im-plate-' + place.shape.kind + (isChosen ? ' is-chosen' : '') + (plate.isRegion ? ' is-region' : '') + (plate.isCountry ? ' is-country' : ''),
      'data-key': plate.key, 'aria-label': plateWords(this.model, plate) + (changes && '. ' + changes),
      title: plate.name + ': ' + plateCount(plate) + (changes && ', ' + changes),
      style: { left: Math.round(place.box.x - origin.x) + 'px', top: Math.round(place.box.y - origin.y) + 'px',
        width: place.box.w + 'px', height: place.box.h + 'px' },
      on: { click: () => this.handlers.onPlate(plate) },
    }, plateContent(this.model, plate, place.shape), cornerSign(this.model, plate.records)));
    keepClicks(node);
    this.hold(node, this.map.unproject([origin.x, origin.y], this.zoom), 'plates', this.layers.plates);
  }

  /** The line from a plate to its area. @param {Leader} line @param {Spot} centre where it is anchored */
  leader(line, centre) {
    /** @param {Spot} parts */
    const point = ({ x, y }) => (x - centre.x).toFixed(1) + ' ' + (y - centre.y).toFixed(1);
    const d = 'M' + point(line.from) + 'L' + point(line.to);
    return svg('svg', { class: 'im-leader', width: 1, height: 1, 'aria-hidden': 'true' },
      svg('path', { class: 'im-leader-rim', d }), svg('path', { class: 'im-leader-line', d }));
  }

  /**
   * Draw the names of provinces without a plate, large ones first, and of the neighbours.
   * @param {Placing} placing
   * @param {Plate[]} plates
   */
  drawNames(placing, plates) {
    const named = new Set(plates.map((plate) => plate.province));
    placing.taken.push(...(this.base ? this.base.signs(this.zoom) : []));
    const font = this.fonts;
    const sight = this.sight();
    const order = this.model.provinceList.map((_, i) => i).filter((i) => !named.has(i))
      .sort((a, b) => this.ground.areas[b] - this.ground.areas[a] || a - b);
    for (const i of order) {
      const province = this.model.provinceList[i];
      const plate = { province: i, at: { lat: province.lat, lon: province.lon } };
      const name = this.provinceName(i);
      this.drawName(placing.name(plate, textWidth(name, font.name) + 4, NAME.height), name, 'im-name');
    }
    for (const land of this.abroad) {
      const plate = { province: -1, at: land };
      this.drawName(placing.name(plate, textWidth(land.name, font.abroad) * NAME.spaced + 4, NAME.height, sight), land.name, 'im-name is-abroad');
    }
  }

  /** @param {Box|null} box @param {string} name @param {string} className */
  drawName(box, name, className) {
    if (!box) return;
    this.covering.push(box);
    const middle = this.map.unproject([box.x + box.w / 2, box.y + box.h / 2], this.zoom);
    this.hold(el('span', { class: className, 'aria-hidden': 'true' }, name), middle, 'names', this.layers.names);
  }

  /**
   * Bring a record into view, moving the map no more than needed.
   * @param {MapRecord} record
   * @param {number} covered
   * @param {boolean} mayMove
   */
  reveal(record, covered, mayMove) {
    /** @type {(place: Place) => [number, number]|null} */
    const spotOf = (place) => {
      if (place.lat !== null && place.lon !== null) return [place.lat, place.lon];
      if (place.area && this.model.outlineOf.has(place.area)) {
        const at = this.ground.shapeOf(place.area).label;
        return [at.lat, at.lon];
      }
      const province = this.model.provinceList[place.provinces[0]];
      return province ? [province.lat, province.lon] : null;
    };
    const spots = record.places.filter((place) => !place.off).map(spotOf).filter((spot) => spot !== null);
    if (!spots.length) return;
    const isStill = !mayMove || matchMedia('(prefers-reduced-motion: reduce)').matches;
    const seen = this.map.getPixelBounds();
    const needed = boxAround(spots.map((spot) => this.map.project(spot)));
    this.chosenBoxes.forEach((box) => needed.extend([box.x, box.y]).extend([box.x + box.w, box.y + box.h]));
    const [[low, high], [from, to]] = [seen, needed].map((box) => [box.getTopLeft(), box.getBottomRight()]);
    const x = shift(low.x + RIM, high.x - RIM - covered, from.x, to.x);
    const y = shift(low.y + RIM, high.y - RIM, from.y, to.y);
    this.map.panBy([x, y], { animate: !isStill, duration: REVEAL });
  }
}
