/*
 * The map: draws what is shown at the present zoom. A change of zoom, of the layers or of what is
 * chosen lays marks, badges and names out anew; moving the map lays out only what of its badges
 * would go out of sight while their area stays in view.
 */
import { button, el, keepFocus, svg } from '../core/dom.js';
import { BaseLayers } from './base_layers.js';
import { plateContent, platesOf, textWidth } from './badges.js';
import { Ground } from './basemap.js';
import { addEventPlates } from './event_plates.js';
import { Sight } from './in_view.js';
import { Land } from './land.js';
import { anchor, boxAround, circle, isLaid, keepClicks, layerGroup } from './leaflet.js';
import { crowdNode, crowdsOf, eachHalo, marksOf } from './marks.js';
import { plateCount, plateWords } from './plate_words.js';
import { shadesOf, tallyPlates } from './tally.js';
/** @import * as Leaflet from 'leaflet' */
/** @import { Box, Crowd, Leader, LeafletMap, MapRecord, MapState, Mark, Model, Place, Plate, Spot, Stand } from '../core/types.js' */
/** @import { Placing } from './placing.js' */

const EDGE = 8;

/** Pixels kept free around what is brought into view. */
const RIM = 24;

/**
 * How far a window from `low` to `high` moves to hold `from` to `to`; what only fits without the rim stands in its middle, what is longer keeps its start.
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

/**
 * @typedef {Object} Handlers
 * @property {boolean} isWhole the document is ours and has no other base map
 * @property {MapView} [twin] another view of the same model on this page
 * @property {() => Box[]} overlays what stands over the map
 * @property {() => Box[]} [rings] the numbers of the rings of events
 * @property {(record: MapRecord) => void} onRecord
 * @property {(position: number) => void} onProvince
 * @property {(plate: Plate) => void} onPlate
 * @property {(records: MapRecord[]) => void} onStack
 * @property {((plates: Plate[]) => void)|null} [onNoRoom] plates with events for which there was none
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
    this.land = new Land(map, model, { isWhole: handlers.isWhole, isSecond: Boolean(twin), onProvince: handlers.onProvince });
    this.layers = { halo: layerGroup(map), names: layerGroup(map), plates: layerGroup(map), marks: layerGroup(map) };
    /** @type {Box[]} plates and names */
    this.covering = [];
    /** @type {BaseLayers|undefined} */
    this.base = undefined;
    this.abroad = handlers.isWhole ? model.around.names : [];
    // Nothing is drawn before anybody has said what.
    this.state = null;
    map.on('zoomend', () => this.draw());
    map.on('moveend', () => this.settle());
  }

  /** @param {MapState} state */
  update(state) {
    this.state = state;
    this.showBase();
    this.land.select(state.province);
    this.land.shade(state.mode === 'provinces' ? shadesOf(this.model, state.records) : null);
    this.draw();
  }

  /** The base map as it is asked for, once it is there. */
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

  /** Lay plates and names out once more, for something else is beneath them. */
  settleAnew() {
    this.settled = '';
    this.settle();
  }

  /** The name of a province in the language of the map, or in English where it is not known. @param {number} position */
  provinceName(position) {
    const { name, local } = this.model.provinceList[position];
    return local.find(([language]) => language === this.state?.language)?.[1] ?? name;
  }

  /** Keep the names of the base map clear of what stands over them. @param {boolean} isAnew the marks are others than before */
  arrangeBase(isAnew) {
    const { plan, base } = this;
    if (!plan || !base) return;
    const rings = this.handlers.rings ? this.handlers.rings() : [];
    base.arrange([...plan.crowds.map((crowd) => crowd.space), ...this.covering, ...rings], isAnew);
  }

  /** Pixels of the present zoom. @param {number} lat @param {number} lon */
  project(lat, lon) {
    return this.map.project([lat, lon], this.zoom);
  }

  /** Where plates may stand: around the country, and in view while all of it is in view. */
  room() {
    const size = this.map.getSize();
    const low = this.project(this.model.extent[0], this.model.extent[1]);
    const high = this.project(this.model.extent[2], this.model.extent[3]);
    const w = Math.max(high.x - low.x + 60, Math.min(size.x - 2 * EDGE, high.x - low.x + 200));
    const h = Math.max(low.y - high.y + 60, Math.min(size.y - 2 * EDGE, low.y - high.y + 200));
    const isWholeInView = high.x - low.x <= size.x && low.y - high.y <= size.y;
    const width = isWholeInView ? Math.min(w, size.x - 2 * EDGE) : w;
    const height = isWholeInView ? Math.min(h, size.y - 2 * EDGE) : h;
    return { x: (low.x + high.x) / 2 - width / 2, y: (low.y + high.y) / 2 - height / 2, w: width, h: height };
  }

  /** What is seen while the whole country is in the middle of the map, in pixels of the zoom; null where it is larger than the map. */
  sight() {
    const { x: w, y: h } = this.map.getSize();
    const low = this.project(this.model.extent[0], this.model.extent[1]);
    const high = this.project(this.model.extent[2], this.model.extent[3]);
    if (high.x - low.x > w || low.y - high.y > h) return null;
    return { x: (low.x + high.x) / 2 - w / 2, y: (low.y + high.y) / 2 - h / 2, w, h };
  }

  /** What stands over the map while the whole country is in its middle, in pixels of the zoom. */
  overlays() {
    const sight = this.sight();
    return sight ? this.overlaysFrom(sight) : [];
  }

  /** What stands over the map, from its upper left corner in pixels of the zoom. @param {Spot} parts */
  overlaysFrom({ x, y }) {
    return this.handlers.overlays().map((box) => ({ x: x + box.x, y: y + box.y, w: box.w, h: box.h }));
  }

  /** What is seen now but for a rim, in pixels of the zoom. @param {number} rim */
  seen(rim) {
    const bounds = this.map.getPixelBounds();
    const { x, y } = bounds.getTopLeft();
    const size = bounds.getSize();
    return { x: x + rim, y: y + rim, w: size.x - 2 * rim, h: size.y - 2 * rim };
  }

  /** Asked of the page once: it would have to settle all styles for each answer. */
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
    for (const plate of plates) if (plate.province !== null) plate.name = this.provinceName(plate.province);
    this.land.hatch(plates, state.chosen);
    this.drawHalos(marks, state.chosen);
    crowds.forEach((crowd) => this.drawCrowd(crowd, state.chosen));
    this.map.getContainer().classList.toggle('has-chosen', Boolean(state.chosen));
    this.layOut(plates, crowds);
  }

  /**
   * Find a place for every plate as if all of the country were in view, then for what is seen.
   * @param {Plate[]} plates
   * @param {Crowd[]} crowds
   */
  layOut(plates, crowds) {
    this.plan = new Sight(this, plates, crowds);
    this.settled = '';
    this.settle();
    this.arrangeBase(true);
  }

  /** Plates and names as they are seen from here. */
  settle() {
    const { plan } = this;
    if (!plan || this.map.getZoom() !== this.zoom) return;
    const { placing, found, left } = plan.inSight();
    const now = JSON.stringify([...found].map(([key, { box, shape }]) => [key, box, shape.kind]));
    if (now === this.settled) {
      this.arrangeBase(false);
      return;
    }
    this.settled = now;
    this.covering = [...found.values()].map(({ box }) => box);
    keepFocus(this.map.getContainer(), () => {
      this.layers.plates.clearLayers();
      this.layers.names.clearLayers();
      this.drawPlates(placing, plan.plates, found, left);
      this.drawNames(placing, plan.plates);
    });
    this.arrangeBase(false);
  }

  /**
   * An element held at a position of the map.
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
    keepClicks(node);
    this.hold(node, this.map.unproject([crowd.x, crowd.y], this.zoom), 'marks', this.layers.marks);
  }

  /** @param {Plate} plate */
  boxOf(plate) {
    return plate.province === null ? this.ground.shapeOf(String(plate.area)).box : this.ground.boxOfProvince(plate.province);
  }

  /** Points of an area to which the line of a plate beside it may lead. @param {Plate} plate */
  anchorsOf(plate) {
    return plate.isRegion ? this.rimOf(plate) : [this.project(plate.at.lat, plate.at.lon)];
  }

  /** Points of the rim of a region that is the border of the country as well. @param {Plate} plate */
  rimOf(plate) {
    /** @type {number[][]} */
    const corners = this.ground.shapeOf(String(plate.area)).rings.flat(1);
    const rim = corners.filter(([lon, lat]) =>
      [[0.12, 0], [-0.12, 0], [0, 0.12], [0, -0.12]].some(([dx, dy]) => this.ground.provinceAt(lat + dy, lon + dx) === -1));
    const step = Math.max(1, Math.floor(rim.length / 14));
    return rim.filter((_, i) => i % step === 0).map(([lon, lat]) => this.project(lat, lon));
  }

  /** How little room there is for plates, from 0 on a wide map to 1 on a phone; a narrow map has some above and below the country. */
  scarcity() {
    const { x, y } = this.map.getSize();
    return Math.min(1, Math.max(0, (660 - Math.max(x, y * 0.7)) / 240));
  }

  /**
   * @param {Placing} placing
   * @param {Plate[]} plates
   * @param {Map<string, Stand>} found
   * @param {Plate[]} left plates without room
   */
  drawPlates(placing, plates, found, left) {
    const chosen = this.state && this.state.chosen;
    // Where the plates of the chosen record stand.
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
    const node = el('div', { class: 'im-badge' });
    if (line && centre) node.append(this.leader(line, centre));
    node.append(button({
      class: 'im-plate im-plate-' + place.shape.kind + (isChosen ? ' is-chosen' : '') + (plate.isRegion ? ' is-region' : ''),
      'data-key': plate.key, 'aria-label': plateWords(this.model, plate),
      title: plate.name + ': ' + plateCount(plate),
      style: { left: Math.round(place.box.x - origin.x) + 'px', top: Math.round(place.box.y - origin.y) + 'px',
        width: place.box.w + 'px', height: place.box.h + 'px' },
      on: { click: () => this.handlers.onPlate(plate) },
    }, plateContent(this.model, plate, place.shape)));
    keepClicks(node);
    this.hold(node, this.map.unproject([origin.x, origin.y], this.zoom), 'plates', this.layers.plates);
  }

  /** The hairline from a plate to its area. @param {Leader} line @param {Spot} centre where it is held */
  leader(line, centre) {
    /** @param {Spot} parts */
    const point = ({ x, y }) => (x - centre.x).toFixed(1) + ' ' + (y - centre.y).toFixed(1);
    const d = 'M' + point(line.from) + 'L' + point(line.to);
    return svg('svg', { class: 'im-leader', width: 1, height: 1, 'aria-hidden': 'true' },
      svg('path', { class: 'im-leader-rim', d }), svg('path', { class: 'im-leader-line', d }));
  }

  /**
   * Names of the provinces without a plate, large ones first, and of the neighbours.
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
      this.drawName(placing.name(plate, textWidth(name, font.name) + 4, 14), name, 'im-name');
    }
    for (const land of this.abroad) {
      const plate = { province: -1, at: land };
      this.drawName(placing.name(plate, textWidth(land.name, font.abroad) * 1.2 + 4, 14, sight), land.name, 'im-name is-abroad');
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
   * Bring a record into what can be seen, moving no more than needed.
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
    this.map.panBy([x, y], { animate: !isStill, duration: 0.12 });
  }
}
