/*
 * Where plates and names stand. Everything is laid out in the pixels of one zoom, so that moving
 * the map changes nothing; the same records at the same zoom give the same picture.
 */
import { plateShapes } from './badges.js';
/** @import { Area, Bounds, Box, PlacingOptions, Plate, Shape, Spot, Stand } from '../core/types.js' */
/** @import { Ground } from './basemap.js' */

const GAP = 3;
/* What it costs to stand beside one's area instead of in it. */
const BESIDE = 36;
/* What it costs a number to stand there without the name of the area: only where nothing else finds a place. */
const NAMELESS = 400;
/* What it costs each of nine points of a plate to stand on the land of others: more than any line abroad. */
const ON_OTHERS = 120;
/* Pixels of a leader that the eye follows at a glance, and what each further one costs. */
const SHORT_LEADER = 110;
const TOO_LONG = 2;
/* What it costs to stand on the number of a ring of events. */
const ON_RING = 14;

/** @param {number} x @param {number} y @param {{width: number, height: number}} shape */
const boxAt = (x, y, shape) => ({ x: x - shape.width / 2, y: y - shape.height / 2, w: shape.width, h: shape.height });

/** @param {Box} box @param {Box} room */
const isWithin = (box, room) => box.x >= room.x && box.y >= room.y && box.x + box.w <= room.x + room.w && box.y + box.h <= room.y + room.h;

/** @param {Box} a @param {Box} b @param {number} gap */
function overlaps(a, b, gap) {
  return a.x < b.x + b.w + gap && b.x < a.x + a.w + gap && a.y < b.y + b.h + gap && b.y < a.y + a.h + gap;
}

/**
 * Does the segment from p to q touch the box: they are side by side neither along an axis nor across the segment.
 * @param {Spot} p
 * @param {Spot} q
 * @param {Box} parts
 */
function crosses(p, q, { x, y, w, h }) {
  if ((p.x < x && q.x < x) || (p.x > x + w && q.x > x + w) || (p.y < y && q.y < y) || (p.y > y + h && q.y > y + h)) return false;
  /** @param {number} cx @param {number} cy */
  const side = (cx, cy) => (q.x - p.x) * (cy - p.y) - (q.y - p.y) * (cx - p.x);
  const first = side(x, y);
  return !(first * side(x + w, y) > 0 && first * side(x, y + h) > 0 && first * side(x + w, y + h) > 0);
}

/** The point of a box nearest to p: where a leader line begins. @param {Box} box @param {Spot} p */
export function nearestOn(box, p) {
  return {
    x: Math.min(Math.max(p.x, box.x), box.x + box.w),
    y: Math.min(Math.max(p.y, box.y), box.y + box.h),
  };
}

export class Placing {
  /**
   * @param {Ground} ground
   * @param {(lat: number, lon: number) => {x: number, y: number}} project pixels of the zoom
   * @param {(point: {x: number, y: number}) => {lat: number, lng: number}} unproject
   * @param {Box} room where plates may stand
   */
  constructor(ground, project, unproject, room) {
    this.ground = ground;
    this.project = project;
    this.unproject = unproject;
    this.room = room;
    /** @type {Box[]} */
    this.taken = [];
    /** @type {{from: Spot, to: Spot}[]} */
    this.leaders = [];
    /** @type {Box[]} the numbers of the rings of events */
    this.rings = [];
  }

  /** Would a ring hide part of a name: it reaches farther than its number. @param {Box} box */
  isOnRing(box) {
    return this.rings.some((ring) => overlaps(box, ring, 6));
  }

  /** @param {Box} box */
  costOfRings(box) {
    return ON_RING * this.rings.filter((ring) => overlaps(box, ring, 0)).length;
  }

  /** @param {Box} box @param {number} [gap] */
  isFree(box, gap = GAP) {
    return !this.taken.some((other) => overlaps(box, other, gap));
  }

  /**
   * How many of nine points of the box satisfy the test: its middle, corners and sides.
   * @param {Box} box
   * @param {(lat: number, lon: number) => boolean} test
   * @param {number} [inset] pixels by which they lie inside
   */
  share(box, test, inset = 2) {
    // North is up: a column has one longitude and a line one latitude.
    const at = [0, 1, 2].map((i) => this.unproject({ x: box.x + inset + (i * (box.w - 2 * inset)) / 2, y: box.y + inset + (i * (box.h - 2 * inset)) / 2 }));
    let hits = 0;
    for (const { lat } of at) for (const { lng } of at) if (test(lat, lng)) hits += 1;
    return hits;
  }

  /**
   * Positions of a lattice over a box, those nearest to a point first.
   * @param {Spot} centre
   * @param {Box} box
   * @param {number} step
   */
  lattice(centre, box, step) {
    /** @type {(Spot & {far: number})[]} */
    /** @type {(Spot & {far: number})[]} */
    const found = [];
    for (let x = centre.x - step * Math.floor((centre.x - box.x) / step); x <= box.x + box.w; x += step) {
      for (let y = centre.y - step * Math.floor((centre.y - box.y) / step); y <= box.y + box.h; y += step) {
        found.push({ x, y, far: Math.hypot(x - centre.x, (y - centre.y) * 1.3) });
      }
    }
    return found.sort((a, b) => a.far - b.far || a.y - b.y || a.x - b.x);
  }

  /**
   * A place for the plate inside its area, or null.
   * @param {Plate} plate
   * @param {Shape[]} shapes
   * @param {Bounds} bounds
   * @returns {Stand|null}
   */
  inside(plate, shapes, bounds) {
    const centre = this.project(plate.at.lat, plate.at.lon);
    const low = this.project(bounds.south, bounds.west);
    const high = this.project(bounds.north, bounds.east);
    const box = { x: low.x, y: high.y, w: high.x - low.x, h: low.y - high.y };
    const test = this.ground.insideOf(plate);
    let others = 0;
    /** @param {number} lat @param {number} lon */
    const isOwn = (lat, lon) => {
      const is = test(lat, lon);
      if (!is && this.ground.provinceAt(lat, lon) !== -1) others += 1;
      return is;
    };
    const spots = this.lattice(centre, box, Math.max(5, Math.max(box.w, box.h) / 26));
    /** @type {Stand|null} */
    let best = /** @type {Stand|null} */ (null);
    for (const shape of shapes) {
      if (shape.width > box.w + 6 || shape.height > box.h + 6) continue;
      for (const at of spots) {
        const cost = shape.cost + at.far * 0.25;
        if (best && cost >= best.cost) break;
        const here = boxAt(at.x, at.y, shape);
        if (!this.isFree(here)) continue;
        others = 0;
        const own = this.share(here, isOwn);
        if (own < 6 || (plate.province !== null && others > 1)) continue;
        const onRings = this.costOfRings(here);
        const spilt = cost + (9 - own) * 3 + onRings;
        if (!best || spilt < best.cost) best = { shape, box: here, cost: spilt, leader: false };
        if (own === 9 && !onRings) break;
      }
    }
    return best;
  }

  /** What it costs to stand on other ground: on the land of others most. @param {Plate} plate @param {Box} box */
  costOfGround(plate, box) {
    let cost = 0;
    this.share(box, (lat, lon) => {
      const province = this.ground.provinceAt(lat, lon);
      if (province === -1 || province === plate.province) return false;
      cost += plate.isRegion ? 40 : ON_OTHERS;
      return true;
    }, 0);
    return cost;
  }

  /** What it costs when lines run across plates. @param {Box} box @param {Spot} from @param {Spot} centre */
  costOfLines(box, from, centre) {
    let cost = 0;
    for (const other of this.taken) if (crosses(from, centre, other)) cost += 45;
    for (const line of this.leaders) if (crosses(line.from, line.to, box)) cost += 60;
    return cost;
  }

  /**
   * The cheapest place beside the area, joined to it by a line.
   * @param {Plate} plate
   * @param {Shape[]} shapes
   * @param {Spot[]} anchors
   * @returns {Stand|null}
   */
  beside(plate, shapes, anchors) {
    /** @type {Stand|null} */
    let best = /** @type {Stand|null} */ (null);
    /** @param {Shape} shape @param {Spot} centre @param {number} radius @param {number} angle */
    const consider = (shape, centre, radius, angle) => {
      const box = boxAt(centre.x + Math.cos(angle) * (radius + shape.width / 2),
        centre.y + Math.sin(angle) * (radius + shape.height / 2), shape);
      const from = nearestOn(box, centre);
      const far = Math.hypot(from.x - centre.x, from.y - centre.y);
      let cost = BESIDE + shape.cost + far * 0.45 + Math.max(0, far - SHORT_LEADER) * TOO_LONG;
      if ((best && cost >= best.cost) || !this.isInRoom(box) || !this.isFree(box)) return;
      cost += this.costOfRings(box) + this.costOfLines(box, from, centre);
      if (best && cost >= best.cost) return;
      cost += this.costOfGround(plate, box);
      if (!best || cost < best.cost) best = { shape, box, cost, leader: true, centre };
    };
    for (const shape of shapes) {
      for (const centre of anchors) {
        for (let radius = 14; radius <= 260; radius += 12) {
          if (best && BESIDE + shape.cost + radius * 0.45 > best.cost) break;
          for (let turn = 0; turn < 24; turn += 1) consider(shape, centre, radius, (turn / 12) * Math.PI);
        }
      }
    }
    return best;
  }

  /** @param {Box} box */
  isInRoom(box) {
    return isWithin(box, this.room);
  }

  /** @param {Stand} place */
  take(place) {
    this.taken.push(place.box);
    if (place.centre) this.leaders.push({ from: nearestOn(place.box, place.centre), to: place.centre });
    return place;
  }

  /**
   * A name right above or below a plate that has none on it, or null.
   * @param {Plate} plate
   * @param {Stand} place
   * @param {number} width
   * @param {number} height
   */
  nameBy(plate, place, width, height) {
    const test = this.ground.insideOf(plate);
    const x = place.box.x + (place.box.w - width) / 2;
    for (const y of [place.box.y - height - 1, place.box.y + place.box.h + 1]) {
      const box = { x, y, w: width, h: height };
      if (!this.isFree(box, 0) || this.share(box, test) < 6 || this.isOnRing(box)) continue;
      this.taken.push(box);
      return box;
    }
    return null;
  }

  /**
   * A name inside its province and inside what is seen, if that is given, or null where there is no room for it.
   * @param {Area} plate
   * @param {number} width
   * @param {number} height
   * @param {Box|null} [sight]
   */
  name(plate, width, height, sight) {
    const centre = this.project(plate.at.lat, plate.at.lon);
    const test = this.ground.insideOf(plate);
    const shape = { width, height };
    const near = { x: centre.x - 36, y: centre.y - 36, w: 72, h: 72 };
    for (const at of this.lattice(centre, near, 6)) {
      const box = boxAt(at.x, at.y, shape);
      if ((sight && !isWithin(box, sight)) || !this.isFree(box, 1) || this.leaders.some((line) => crosses(line.from, line.to, box))) continue;
      if (this.share(box, test) < 7 || this.isOnRing(box)) continue;
      this.taken.push(box);
      return box;
    }
    return null;
  }
}

/**
 * Places for all plates. Those that fit inside their area go first, then regions on the rim of
 * the country, then the rest beside their areas, small areas before large ones. Where it is tight,
 * counts of events alone stand inside their area or nowhere: thirty lines across a phone say less
 * than their number.
 * @param {Placing} placing
 * @param {Plate[]} plates
 * @param {PlacingOptions} options
 * @returns {Map<string, Stand>} by plate key
 */
export function placePlates(placing, plates, options) {
  /** @type {Map<string, Stand>} */
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
  /** @param {Plate} plate @param {boolean} isRegion @param {Shape[]} shapes */
  const placeOf = (plate, isRegion, shapes) => {
    const within = isRegion ? null : placing.inside(plate, shapes, options.boxOf(plate));
    // Away from its area, nothing but its name says whose numbers they are.
    const named = shapes.filter((shape) => shape.kind !== 'bare')
      .map((shape) => (shape.kind === 'small' && plate.records.length ? Object.assign({}, shape, { cost: shape.cost + NAMELESS }) : shape));
    const apart = mayStandApart(plate) ? placing.beside(plate, named, options.anchorsOf(plate)) : null;
    return !within || (apart && apart.cost < within.cost) ? apart : within;
  };
  for (const plate of order.filter((p) => !p.isRegion)) {
    const place = placing.inside(plate, shapesOf(plate), options.boxOf(plate));
    if (place && place.cost <= options.contentWith) found.set(plate.key, placing.take(place));
  }
  for (const wantRegion of [true, false]) {
    for (const plate of order.filter((p) => p.isRegion === wantRegion && !found.has(p.key))) {
      // What is chosen is shown in full if it can be, but in any case shown.
      const place = placeOf(plate, wantRegion, shapesOf(plate)) ||
        placeOf(plate, wantRegion, plateShapes(plate, options.fonts, options.scarcity));
      if (place) found.set(plate.key, placing.take(place));
    }
  }
  return found;
}
