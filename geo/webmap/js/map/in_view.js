/*
 * Positions for all plates of a map: first as if the whole country were in view, then for what is
 * visible. A plate that is completely visible stays where it is, so that plates do not jump when the
 * map is moved.
 */
import { WORLD } from '../core/numbers.js';
import { plateShapes } from './badges.js';
import { isWithin, overlaps, Placing } from './placing.js';
/** @import { Box, Crowd, PlacingOptions, Plate, Shape, Spot, Stand } from '../core/types.js' */
/** @import { MapView } from './map_view.js' */

/** Pixels kept free at the edge of the map. */
const EDGE = 8;
/** Cost (see placing.js) of a number beside its area without the name: more than anything else, for the last resort. */
const NAMELESS = 400;
/** Longest leader in pixels if a plate would otherwise have no position: as far as `beside` searches. */
const FARTHEST = 260;
/** Cost of a plate on the land of other areas, in the same case: more than being nameless. */
const BREACH = 500;
/** Visible square pixels of an area from which its plate is kept in view: the size of a number. */
const LEAST_SEEN = 500;
/** Side in pixels of a cell of the province grid when zoomed in: finer than any plate needs. */
const CELL = 4;
/** Scarcity of space, from 0 to 1, above which plates with only events are dropped instead of placed outside. */
const TIGHT = 0.5;
/** Highest cost at which a plate inside its area is accepted at once; `beside` costs at least 36. */
const CONTENT_WITH = 55;

/** A box without a rim. @param {Box} box @param {number} by pixels */
const inset = ({ x, y, w, h }, by) => ({ x: x + by, y: y + by, w: w - 2 * by, h: h - 2 * by });

/**
 * Positions for all plates. Those that fit inside their area come first, then regions at the edge of
 * the country, then the rest beside their areas, small areas before large ones. If space is tight,
 * plates with only events are placed inside their area or not at all: thirty lines across a phone
 * would be less clear than a note with their number.
 * @param {Placing} placing
 * @param {Plate[]} plates
 * @param {PlacingOptions} options
 * @returns {Map<string, Stand>} by plate key
 */
export function placePlates(placing, plates, options) {
  /** @type {Map<string, Stand>} */
  const found = new Map();
  /** @param {Plate} plate */
  const size = (plate) => (plate.province === null ? 0 : placing.ground.areas[plate.province]);
  const order = [...plates].sort((a, b) => Number(options.isChosen(b)) - Number(options.isChosen(a)) ||
    size(a) - size(b) || (a.key < b.key ? -1 : 1));
  /** @param {Plate} plate */
  const shapesOf = (plate) => {
    const shapes = plateShapes(plate, options.fonts, options.scarcity);
    return options.isChosen(plate) ? shapes.filter((shape) => shape.kind === 'full') : shapes;
  };
  /** @param {Plate} plate */
  const mayStandApart = (plate) => plate.records.length > 0 || !options.isTight;
  /** @param {Plate} plate @param {Shape[]} shapes */
  const within = (plate, shapes) => placing.inside(plate, shapes, options.boxOf(plate), options.centreOf(plate));
  /** @param {Plate} plate @param {Shape[]} shapes */
  const placeOf = (plate, shapes) => {
    // Outside its area, only the name identifies a plate.
    const named = shapes.filter((shape) => shape.kind !== 'bare')
      .map((shape) => (shape.kind === 'small' && plate.records.length ? Object.assign({}, shape, { cost: shape.cost + NAMELESS }) : shape));
    const apart = mayStandApart(plate) ? placing.beside(plate, named, options.anchorsOf(plate)) : null;
    // A region is placed at its edge, or inside it if there is no room there.
    if (plate.isRegion && apart) return apart;
    const inside = within(plate, shapes);
    return !inside || (apart && apart.cost < inside.cost) ? apart : inside;
  };
  for (const plate of order.filter((p) => !p.isRegion)) {
    const place = within(plate, shapesOf(plate));
    if (place && place.cost <= options.contentWith) found.set(plate.key, placing.take(place));
  }
  for (const wantRegion of [true, false]) {
    for (const plate of order.filter((p) => p.isRegion === wantRegion && !found.has(p.key))) {
      // The chosen plate is shown in full if possible, and otherwise in any shape.
      const place = placeOf(plate, shapesOf(plate)) || placeOf(plate, plateShapes(plate, options.fonts, options.scarcity));
      if (place) found.set(plate.key, placing.take(place));
    }
  }
  return found;
}

/** @typedef {{placing: Placing, found: Map<string, Stand>, left: Plate[]}} Found positions by plate key, and the plates without one */
/** @typedef {{fixed: Map<string, Stand>, isSparing?: boolean}} Try positions to keep; whether small shapes are preferred */

export class Sight {
  /**
   * @param {MapView} view MapView
   * @param {Plate[]} plates
   * @param {Crowd[]} crowds of marks
   */
  constructor(view, plates, crowds) {
    this.view = view;
    this.plates = plates;
    this.crowds = crowds;
    this.country = plates.find((plate) => plate.isCountry);
    this.areas = plates.filter((plate) => plate !== this.country);
    /** @type {Map<string, Stand>} */
    const none = new Map();
    this.whole = this.best(this.areas, view.room(), view.overlays(), [{ fixed: none }, { fixed: none, isSparing: true }]);
    for (const breach of [Infinity, BREACH]) this.squeeze(this.whole, breach);
    const sight = view.sight();
    this.surround(this.whole, sight ? inset(sight, EDGE) : view.room());
  }

  /** Place the badge of the whole country where all others leave space. @param {Found} parts @param {Box} room */
  surround({ placing, found }, room) {
    const { country, view } = this;
    if (!country || found.has(country.key)) return;
    const { fonts, scarcity, isChosen } = this.placeOptions();
    const shapes = plateShapes(country, fonts, scarcity);
    const near = view.outlineNear(room);
    const space = placing.within(room);
    const place = (isChosen(country) && space.around(country, shapes.filter(({ kind }) => kind === 'full'), near)) || space.around(country, shapes, near);
    if (place) found.set(country.key, placing.take(place));
  }

  /** A space occupied only by marks and panels. @param {Box} room @param {Box[]} overlays */
  sheet(room, overlays) {
    const placing = new Placing(this.view.ground, (lat, lon) => this.view.project(lat, lon), (point) => this.view.map.unproject([point.x, point.y], this.view.zoom), room);
    placing.taken.push(...this.crowds.map((crowd) => crowd.space), ...overlays);
    if (this.view.handlers.rings) placing.rings = this.view.handlers.rings();
    return placing;
  }

  /**
   * The first of several tries that places all plates, or the one that places most.
   * @param {Plate[]} plates
   * @param {Box} room
   * @param {Box[]} overlays
   * @param {Try[]} tries
   * @param {Partial<PlacingOptions>} [options] of `placePlates`
   * @returns {Found}
   */
  best(plates, room, overlays, tries, options) {
    let best = /** @type {Found|null} */ (null);
    for (const { fixed, isSparing } of tries) {
      const placing = this.sheet(room, overlays);
      fixed.forEach((place) => placing.take(place));
      const rest = plates.filter((plate) => !fixed.has(plate.key));
      const found = new Map([...fixed, ...placePlates(placing, rest, Object.assign(this.placeOptions(isSparing), options))]);
      const left = plates.filter((plate) => !found.has(plate.key));
      if (!best || left.length < best.left.length) best = { placing, found, left };
      if (!left.length) break;
    }
    return /** @type {Found} */ (best);
  }

  /**
   * Place what is left on a map that is too small: far away, then on the land of other areas.
   * @param {Found} best
   * @param {number} breach
   */
  squeeze(best, breach) {
    if (!best.left.length) return;
    Object.assign(best.placing, { reach: FARTHEST, breach });
    placePlates(best.placing, best.left, this.placeOptions(true)).forEach((place, key) => best.found.set(key, place));
    best.left = best.left.filter((plate) => !best.found.has(plate.key));
  }

  /** Positions of all plates whose area is visible: unchanged, if they are visible there. */
  inSight() {
    const { areas, country } = this;
    const { found, placing, left } = this.whole;
    const overlays = this.view.overlaysFrom(this.view.seen(0));
    const stays = this.stayingIn(this.view.seen(EDGE / 2), overlays);
    const fixed = new Map([...found].filter(([, place]) => stays(place)));
    if (fixed.size === found.size) return { placing: placing.within(placing.room), found, left };
    this.lookCloser();
    const room = this.view.seen(EDGE);
    const sheet = this.sheet(room, overlays);
    const parts = new Map(areas.map((plate) => [plate.key, sheet.partOf(plate, this.view.boxOf(plate))]));
    const inView = areas.filter(({ key }) => (parts.get(key)?.size ?? 0) >= LEAST_SEEN);
    for (const plate of this.plates) {
      const place = fixed.get(plate.key);
      if (place && !sheet.fits(plate, place)) fixed.delete(plate.key);
    }
    /** @param {Spot} parts */
    const isHere = ({ x, y }) => isWithin({ x, y, w: 0, h: 0 }, room);
    /** @param {Plate} plate */
    const centreOf = (plate) => {
      const at = this.view.project(plate.at.lat, plate.at.lon);
      return isHere(at) ? at : parts.get(plate.key)?.at ?? at;
    };
    /** @param {Plate} plate */
    const anchorsOf = (plate) => (plate.isRegion ? this.view.rimOf(plate).filter(isHere) : [centreOf(plate)]);
    for (const key of [...fixed.keys()]) if (key !== country?.key && !inView.some((plate) => plate.key === key)) fixed.delete(key);
    /** @type {Map<string, Stand>} */
    const none = new Map();
    const best = this.best(inView, room, overlays, [{ fixed }, { fixed: none }, { fixed: none, isSparing: true }], { centreOf, anchorsOf });
    this.surround(best, room);
    return this.withRest(best, room);
  }

  /**
   * Add the plates outside the view, which come into view as the map is moved.
   * @param {Found} parts
   * @param {Box} room
   */
  withRest({ placing, found, left }, room) {
    const all = new Map(found);
    for (const [key, place] of this.whole.found) {
      const { box, line } = place;
      const plate = /** @type {Plate} */ (this.plates.find((one) => one.key === key));
      const isInTheWay = overlaps(box, room, 0) && (left.includes(plate) || !placing.isFree(box) || !placing.fits(plate, place));
      if (all.has(key) || isInTheWay || (line && placing.crossesPlates(line))) continue;
      all.set(key, placing.take(place));
    }
    return { placing, found: all, left };
  }

  /** A test whether a position is completely inside a box and not covered. @param {Box} seen @param {Box[]} overlays @returns {(place: Stand) => boolean} */
  stayingIn(seen, overlays) {
    /** @param {Spot} point */
    const isIn = (point) => isWithin({ x: point.x, y: point.y, w: 0, h: 0 }, seen);
    return ({ box, line, name }) => isWithin(box, seen) && (!line || isIn(line.to)) && (!name || isWithin(name, seen)) && !overlays.some((other) => overlaps(box, other, 0));
  }

  /** Rasterise the visible provinces to a few pixels. */
  lookCloser() {
    const bounds = this.view.map.getBounds();
    const box = { south: bounds.getSouth(), west: bounds.getWest(), north: bounds.getNorth(), east: bounds.getEast() };
    this.view.ground.look(box, (CELL * 360) / (WORLD * 2 ** this.view.zoom));
  }

  /** @param {boolean} [isSparing] @returns {PlacingOptions} */
  placeOptions(isSparing) {
    const chosen = this.view.state && this.view.state.chosen;
    const scarcity = isSparing ? 1 : this.view.scarcity();
    return {
      fonts: this.view.fonts, scarcity, isTight: this.view.scarcity() > TIGHT, contentWith: isSparing ? -1 : CONTENT_WITH,
      isChosen: (plate) => Boolean(!isSparing && chosen && plate.records.includes(chosen)),
      boxOf: (plate) => this.view.boxOf(plate),
      centreOf: (plate) => this.view.project(plate.at.lat, plate.at.lon),
      anchorsOf: (plate) => this.view.anchorsOf(plate),
    };
  }
}
