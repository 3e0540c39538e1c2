/*
 * What is nearest where a map shows nothing, and in which direction: the way out of an empty view.
 */
import { button, el, fill } from '../core/dom.js';
import { counted, grouped } from '../core/numbers.js';
import { distance } from './geodesic.js';
import { boundsOf, keepClicks } from './leaflet.js';
import { overlaps } from './placing.js';
import { areaName, plateCount } from './plate_words.js';
import { ringsOf } from './possible.js';
import { within } from './within.js';
/** @import { Bounds, Geometry, MapRecord, Mark, Model, Plate } from '../core/types.js' */
/** @import { Point } from './geodesic.js' */
/** @import { MapView } from './map_view.js' */

const RADIAN = Math.PI / 180;
/** Clockwise from the top of the map. */
const DIRECTIONS = ['north', 'north-east', 'east', 'south-east', 'south', 'south-west', 'west', 'north-west'];
/** Metres of a degree of latitude, about. */
const DEGREE = 111320;
/** Pixels kept free around an area that is moved to. */
const RIM = 28;

/**
 * What may be nearest: the point of it that is, and how far that is in metres; `box`: all of it.
 * @typedef {{at: Point, metres: number, words: string, box?: Bounds}} Near
 */

/**
 * The direction on a Mercator map, to one of eight points of the compass.
 * @param {Point} from
 * @param {Point} to
 */
export function directionWords(from, to) {
  /** @param {number} lat */
  const height = (lat) => Math.asinh(Math.tan(lat * RADIAN));
  const turn = Math.atan2((to.lon - from.lon) * RADIAN, height(to.lat) - height(from.lat));
  return DIRECTIONS[(Math.round(turn / (Math.PI / 4)) + 8) % 8];
}

/** "under 1 km", "41 km" @param {number} metres */
export const awayWords = (metres) => (metres < 1000 ? 'under 1 km' : grouped(Math.round(metres / 1000)) + ' km');

/**
 * The point of an outline that is nearest to a point outside it. Sides are compared in a plane that
 * is true at the latitude halfway to each: across a country it errs by less than 1 % of the distance.
 * @param {Point} from
 * @param {number[][][]} rings of [longitude, latitude]
 * @returns {Point}
 */
export function nearestPoint(from, rings) {
  let best = { lat: NaN, lon: NaN };
  let least = Infinity;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i += 1) {
      const [[lon0, lat0], [lon1, lat1]] = [ring[i - 1], ring[i]];
      const narrow = Math.cos(((from.lat + (lat0 + lat1) / 2) / 2) * RADIAN);
      const [x, y, dx, dy] = [(lon0 - from.lon) * narrow, lat0 - from.lat, (lon1 - lon0) * narrow, lat1 - lat0];
      const share = Math.min(1, Math.max(0, -(x * dx + y * dy) / (dx * dx + dy * dy || 1)));
      const far = Math.hypot(x + share * dx, y + share * dy);
      if (far < least) {
        least = far;
        best = { lat: lat0 + share * (lat1 - lat0), lon: lon0 + share * (lon1 - lon0) };
      }
    }
  }
  return best;
}

/** "NRF", "NRF and Taliban", "3 groups" @param {Model} model @param {MapRecord[]} records */
function groupWords(model, records) {
  const groups = [...new Set(records.flatMap((record) => record.groups))].sort((a, b) => a - b).map((g) => model.groups[g].short);
  return groups.length > 2 ? groups.length + ' groups' : groups.join(' and ');
}

/** Marks by the place that they stand for. @param {Mark[]} marks @returns {Mark[][]} */
function byPlace(marks) {
  const places = new Map();
  for (const mark of marks) {
    const key = [mark.place.lat, mark.place.lon, mark.drawn, mark.place.radiusM].join();
    places.set(key, [...(places.get(key) || []), mark]);
  }
  return [...places.values()];
}

/** @param {Model} model @param {Point} from @param {Mark[]} marks of one place @returns {Near} */
function nearMarks(model, from, marks) {
  const { lat, lon, radiusM, label } = marks[0].place;
  const records = [...new Set(marks.map(({ record }) => record))];
  const isArea = marks[0].drawn === 'disc';
  const words = groupWords(model, records) + ', ' + counted(records.length, 'record');
  const metres = distance(from, { lat, lon });
  // What is to be seen of a circle is all of it: its symbol stands at its upper edge.
  const [high, wide] = [1, Math.cos(lat * RADIAN)].map((narrow) => (radiusM || 0) / (DEGREE * narrow));
  const box = { south: lat - high, north: lat + high, west: lon - wide, east: lon + wide };
  if (metres < (radiusM || 0)) return { at: { lat, lon }, metres, words: 'Inside the circle around ' + label + ' (' + awayWords(radiusM || 0) + '): ' + words + ' somewhere in it, its middle ', box };
  if (!isArea) return { at: { lat, lon }, metres, words: 'Nearest: ' + words + ', ' };
  return { at: { lat, lon }, metres: metres - (radiusM || 0), words: 'Nearest area: ' + words + ' somewhere near ' + label + ', its edge ', box };
}

/** @param {Point} from @param {Plate} plate @param {Geometry} geometry @param {Bounds} box @returns {Near} */
function nearPlate(from, plate, geometry, box) {
  const at = nearestPoint(from, ringsOf(geometry));
  return { at, metres: distance(from, at), words: 'Nearest area: ' + areaName(plate) + ', ' + plateCount(plate) + (plate.isTally ? ' there' : ' somewhere there') + ', its edge ', box };
}

/** What a map says and does where nothing is drawn in view. */
export class Nearest {
  /** @param {MapView} view the map that it stands on */
  constructor(view) {
    this.view = view;
    this.node = el('div', { class: 'im-nearest', role: 'status' });
    keepClicks(this.node);
    view.map.getContainer().append(this.node);
    this.text = '';
  }

  /** The corners of what is seen. @returns {Point[]} */
  corners() {
    const bounds = this.view.map.getBounds();
    const [south, west, north, east] = [bounds.getSouth(), bounds.getWest(), bounds.getNorth(), bounds.getEast()];
    return [[south, west], [south, east], [north, east], [north, west]].map(([lat, lon]) => ({ lat, lon }));
  }

  /** Whether any mark, badge, area or event is in view; a circle alone does not say whose it is. */
  isAnythingSeen() {
    const { view } = this;
    const seen = view.seen(0);
    const { crowds, plates } = view.drawn();
    return view.badges.some((box) => overlaps(box, seen, 0)) || crowds.some(({ space }) => overlaps(space, seen, 0)) ||
      this.isAreaSeen(plates) || Boolean(view.eventsShown()?.isAnyInView());
  }

  /** @param {Plate[]} plates */
  isAreaSeen(plates) {
    const corners = this.corners();
    return plates.some((plate) => within(corners, [{ areas: [ringsOf(this.view.land.geometryOf(plate))] }]) !== 'out');
  }

  /** The place in whose circle the middle of the map is while its symbol is out of view. @returns {Near|null} */
  around() {
    const { view } = this;
    const seen = view.seen(0);
    const from = this.middle();
    const marks = view.drawn().crowds.filter(({ space }) => !overlaps(space, seen, 0)).flatMap((crowd) => crowd.marks)
      .filter(({ place, drawn }) => drawn !== 'pin' && distance(from, place) < (place.radiusM || 0));
    const [near] = byPlace(marks).map((those) => nearMarks(view.model, from, those)).sort((a, b) => a.metres - b.metres);
    return near ?? null;
  }

  middle() {
    const { lat, lng } = this.view.map.getCenter();
    return { lat, lon: lng };
  }

  /** What is nearest to the middle of the map. @returns {Near|null} `null` where nothing is drawn anywhere */
  find() {
    const { view } = this;
    const from = this.middle();
    const { crowds, plates } = view.drawn();
    const all = byPlace(crowds.flatMap(({ marks }) => marks)).map((marks) => nearMarks(view.model, from, marks))
      .concat(plates.map((plate) => nearPlate(from, plate, view.land.geometryOf(plate), view.boxOf(plate))));
    const events = view.eventsShown()?.nearestTo(from);
    if (events) all.push({ at: events.at, metres: distance(from, events.at), words: 'Nearest: ' + grouped(events.count) + (events.count === 1 ? ' event' : ' events') + ', ' });
    return all.reduce((/** @type {Near|null} */ best, near) => (best && best.metres <= near.metres ? best : near), null);
  }

  /** Say what is nearest, or in whose circle one is while its symbol is out of view; nothing where what is in view speaks for itself. */
  update() {
    const near = this.around() ?? (this.isAnythingSeen() ? null : this.find());
    const text = near ? near.words + awayWords(near.metres) + ' ' + directionWords(this.middle(), near.at) : '';
    if (text === this.text) return;
    const hadFocus = this.node.contains(document.activeElement);
    this.text = text;
    fill(this.node, near && button({ class: 'im-nearest-go', 'data-key': 'nearest', title: 'From the middle of the map. Click to move there.',
      on: { click: () => this.go() } }, text));
    // Whoever came here by keys goes on at the map.
    if (hadFocus) (near ? /** @type {HTMLElement} */ (this.node.firstChild) : this.view.map.getContainer()).focus({ preventScroll: true });
  }

  /** Move to what is nearest now: as close as before, or as far away as shows all of an area. */
  go() {
    const near = this.around() ?? this.find();
    if (!near) return;
    const { map } = this.view;
    const { box } = near;
    if (box) map.fitBounds(boundsOf([box.south, box.west], [box.north, box.east]), { padding: [RIM, RIM], maxZoom: map.getZoom() });
    else map.setView([near.at.lat, near.at.lon], map.getZoom());
  }
}
