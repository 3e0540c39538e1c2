/*
 * Positions of plates and names, in world pixels at one zoom: a plate in its own area, or outside the
 * country with a short line that crosses no other plate, and never on the land of other areas. The
 * same records in the same space always give the same positions.
 *
 * Every position has a cost, in pixels of distance: an obstacle costs as much as the detour that it
 * is worth. The values were set by trying maps of the sample data at several sizes.
 */
/** @import { Area, Bounds, Box, Leader, Plate, Shape, Spot, Stand } from '../core/types.js' */
/** @import { Ground } from './basemap.js' */

/** Pixels between two plates, so that they do not run together. */
const GAP = 3;
/** Cost of a position beside the area instead of inside it. */
const BESIDE = 36;
/** Longest line from a plate to its area in pixels: one inch can be followed at a glance, as on a figure. */
const MOST_LEADER = 96;
/** Cost per pixel of distance from the best point inside an area, and beside it, where the line makes distance visible. */
const PER_PIXEL = { inside: 0.25, beside: 0.45 };
/** Cost per pixel of a line over the land of other areas. */
const OVER_OTHERS = 0.6;
/** Cost for a region of covering its own provinces. */
const ON_OWN_REGION = 60;
/** Pixels between the points at which the land below a plate is sampled: smaller than any province on screen. */
const FINE = 12;
/** Height in pixels of a name, and the cost for a number of having no name beside it. */
const NAME = 14;
const UNNAMED = 35;
/** Cost for a number of extending over the border of an area that is too small for it. */
const OVER_BORDER = 60;
/** Cost of covering the number of a ring of events, and the pixels by which a ring extends beyond its number. */
const ON_RING = 14;
const RING_MARGIN = 6;
/** Cost of a line that crosses a mark or a plate. */
const ACROSS_MARK = 45;
/** Cost of each of nine test points of a plate that is outside its area, and the fewest that must be inside. */
const OUTSIDE = 3;
const LEAST_INSIDE = 6;
/** Pixels between the badge of the country and its land, and to another badge, with the cost of being nearer: side by side they look like one. */
const OFF_LAND = 6;
const APART = 24;
const BY_OTHERS = 12;
/** Positions tried beside an area: distances in pixels, and directions. */
const RADII = { first: 14, last: 260, step: 12 };
const DIRECTIONS = 24;
/** Pixels between the points of a line that are tested, and how far it extends into its area. */
const LINE_STEP = 2;
const INTO_AREA = 7;

/** @param {number} x @param {number} y @param {{width: number, height: number}} shape */
const boxAt = (x, y, shape) => ({ x: x - shape.width / 2, y: y - shape.height / 2, w: shape.width, h: shape.height });

/** @param {Box} box @param {Box} room */
export const isWithin = (box, room) => box.x >= room.x && box.y >= room.y && box.x + box.w <= room.x + room.w && box.y + box.h <= room.y + room.h;

/** @param {Box} a @param {Box} b @param {number} gap */
export function overlaps(a, b, gap) {
  return a.x < b.x + b.w + gap && b.x < a.x + a.w + gap && a.y < b.y + b.h + gap && b.y < a.y + a.h + gap;
}

/**
 * Whether the segment from p to q touches the box: neither an axis nor the segment separates them.
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
   * @param {Box} room the box in which plates may be placed
   */
  constructor(ground, project, unproject, room) {
    this.ground = ground;
    this.project = project;
    this.unproject = unproject;
    this.room = room;
    /** Longest line in pixels. */
    this.reach = MOST_LEADER;
    /** Cost of a position on the land of other areas or of a line across a plate: finite only on a map too small for anything better. */
    this.breach = Infinity;
    /** @type {Box[]} */
    this.taken = [];
    /** @type {Box[]} the plates among them */
    this.plates = [];
    /** @type {Leader[]} */
    this.leaders = [];
    /** @type {Box[]} the numbers of the rings of events */
    this.rings = [];
  }

  /** Whether a ring would cover part of a name; it extends beyond its number. @param {Box} box */
  isOnRing(box) {
    return this.rings.some((ring) => overlaps(box, ring, RING_MARGIN));
  }

  /** @param {Box} box */
  costOfRings(box) {
    return ON_RING * this.rings.filter((ring) => overlaps(box, ring, 0)).length;
  }

  /** @param {Box} box @param {number|undefined} gap */
  isFree(box, gap = GAP) {
    return !this.taken.some((other) => overlaps(box, other, gap));
  }

  /**
   * How many of nine points of the box (its centre, corners and sides) pass the test.
   * @param {Box} box
   * @param {(lat: number, lon: number) => boolean} test
   * @param {number} [inset] pixels by which they are inside the box
   */
  share(box, test, inset = 2) {
    // North is up: a column has one longitude and a line one latitude.
    const at = [0, 1, 2].map((i) => this.unproject({ x: box.x + inset + (i * (box.w - 2 * inset)) / 2, y: box.y + inset + (i * (box.h - 2 * inset)) / 2 }));
    let hits = 0;
    for (const { lat } of at) for (const { lng } of at) if (test(lat, lng)) hits += 1;
    return hits;
  }

  /**
   * The positions of a grid over a box, those nearest to a point first; vertical distance counts more, as plates are flat.
   * @param {Spot} centre
   * @param {Box} box
   * @param {number} step
   */
  lattice(centre, box, step) {
    /** @type {(Spot & {far: number})[]} */
    const found = [];
    for (let x = centre.x - step * Math.floor((centre.x - box.x) / step); x <= box.x + box.w; x += step) {
      for (let y = centre.y - step * Math.floor((centre.y - box.y) / step); y <= box.y + box.h; y += step) {
        found.push({ x, y, far: Math.hypot(x - centre.x, (y - centre.y) * 1.3) });
      }
    }
    return found.sort((a, b) => a.far - b.far || a.y - b.y || a.x - b.x);
  }

  /** The part of the box of an area that is in the allowed space, or `null`. @param {Bounds} bounds */
  boxIn(bounds) {
    const low = this.project(bounds.south, bounds.west);
    const high = this.project(bounds.north, bounds.east);
    const { room } = this;
    const x = Math.max(low.x, room.x);
    const y = Math.max(high.y, room.y);
    const w = Math.min(high.x, room.x + room.w) - x;
    const h = Math.min(low.y, room.y + room.h) - y;
    return w > 0 && h > 0 ? { x, y, w, h } : null;
  }

  /**
   * The part of an area in the allowed space: its approximate size in square pixels and a central point; `null` if there is none.
   * @param {Plate} plate
   * @param {Bounds} bounds
   * @returns {{size: number, at: Spot}|null}
   */
  partOf(plate, bounds) {
    const box = this.boxIn(bounds);
    if (!box) return null;
    const step = Math.max(6, Math.sqrt((box.w * box.h) / 900));
    const test = this.ground.insideOf(plate);
    /** @type {Spot[]} */
    const found = [];
    for (let x = box.x + step / 2; x < box.x + box.w; x += step) {
      const { lng } = this.unproject({ x, y: box.y });
      for (let y = box.y + step / 2; y < box.y + box.h; y += step) {
        if (test(this.unproject({ x, y }).lat, lng)) found.push({ x, y });
      }
    }
    if (!found.length) return null;
    /** @param {(spot: Spot) => number} of */
    const mean = (of) => found.reduce((sum, spot) => sum + of(spot), 0) / found.length;
    const [x, y] = [mean((spot) => spot.x), mean((spot) => spot.y)];
    /** @param {Spot} spot */
    const far = (spot) => Math.hypot(spot.x - x, spot.y - y);
    return { size: found.length * step * step, at: found.reduce((best, spot) => (far(spot) < far(best) ? spot : best)) };
  }

  /**
   * The cheapest position of a plate inside its area, near a point, or `null`.
   * @param {Plate} plate
   * @param {Shape[]} shapes
   * @param {Bounds} bounds
   * @param {Spot} centre
   */
  inside(plate, shapes, bounds, centre) {
    const box = this.boxIn(bounds);
    if (!box) return null;
    const isOwn = this.ground.insideOf(plate);
    const spots = this.lattice(centre, box, Math.max(5, Math.max(box.w, box.h) / 26));
    let best = /** @type {Stand|null} */ (null);
    for (const shape of shapes) {
      if (shape.width > box.w + 6 || shape.height > box.h + 6) continue;
      for (const at of spots) {
        let cost = shape.cost + at.far * PER_PIXEL.inside;
        if (best && cost >= best.cost) break;
        const here = boxAt(at.x, at.y, shape);
        if (!this.isOpen(here)) continue;
        const own = this.share(here, isOwn);
        if (own < LEAST_INSIDE) continue;
        const onRings = this.costOfRings(here);
        cost += (9 - own) * OUTSIDE + onRings + (this.isOnOthers(plate, here) ? (shape.kind === 'small' ? OVER_BORDER : Infinity) : 0);
        const isDearer = () => cost >= (best ? best.cost : Infinity);
        if (isDearer()) continue;
        const name = this.nameBy(plate, here, shape.nameWidth);
        if (shape.nameWidth && !name) cost += UNNAMED;
        if (isDearer()) continue;
        best = { shape, box: here, cost, leader: false, name };
        if (own === 9 && !onRings && (name || !shape.nameWidth)) break;
      }
    }
    return best;
  }

  /** Whether a box is in the allowed space, free, and not crossed by a line. @param {Box} box */
  isOpen(box) {
    return this.isInRoom(box) && this.isFree(box) && !this.leaders.some((line) => crosses(line.from, line.to, box));
  }

  /**
   * Whether the position of a plate is still right, now that the provinces may be rasterised more finely.
   * @param {Plate} plate
   * @param {Stand} parts
   */
  fits(plate, { box, shape }) {
    if (shape.kind !== 'small') return !this.isOnOthers(plate, box);
    const { lat, lng } = this.unproject({ x: box.x + box.w / 2, y: box.y + box.h / 2 });
    return !this.ground.othersThan(plate)(lat, lng);
  }

  /** Whether a plate in the box would touch the land of other areas. @param {Plate} plate @param {Box} box */
  isOnOthers(plate, box) {
    const isOther = this.ground.othersThan(plate);
    const [columns, lines] = [Math.ceil(box.w / FINE), Math.ceil(box.h / FINE)];
    for (let i = 0; i <= columns; i += 1) {
      const x = box.x + (i * box.w) / columns;
      for (let j = 0; j <= lines; j += 1) {
        const { lat, lng } = this.unproject({ x, y: box.y + (j * box.h) / lines });
        if (isOther(lat, lng)) return true;
      }
    }
    return false;
  }

  /**
   * The line from a plate to its area. It stops just inside the border, without an end mark: an end
   * mark or a line to the middle would look like a place.
   * @param {Plate} plate
   * @param {Box} box
   * @param {Spot} centre
   * @returns {Leader}
   */
  leaderOf(plate, box, centre) {
    const from = nearestOn(box, centre);
    const length = Math.hypot(centre.x - from.x, centre.y - from.y);
    /** @param {number} far */
    const at = (far) => ({ x: from.x + ((centre.x - from.x) * far) / (length || 1), y: from.y + ((centre.y - from.y) * far) / (length || 1) });
    // The line of a region ends at its edge.
    if (plate.isRegion) return { from, to: centre, length, abroad: 0 };
    const isInside = this.ground.insideOf(plate);
    const isOther = this.ground.othersThan(plate);
    let far = 0;
    let abroad = 0;
    for (; far < length && far <= this.reach; far += LINE_STEP) {
      const spot = at(far);
      const { lat, lng } = this.unproject(spot);
      if (isInside(lat, lng)) break;
      if (isOther(lat, lng)) abroad += LINE_STEP;
    }
    const end = Math.min(length, far + INTO_AREA);
    return { from, to: at(end), length: end, abroad };
  }

  /**
   * The cheapest position beside the area, with a line to it.
   * @param {Plate} plate
   * @param {Shape[]} shapes
   * @param {Spot[]} anchors
   */
  beside(plate, shapes, anchors) {
    let best = /** @type {Stand|null} */ (null);
    /** @param {Shape} shape @param {Spot} centre @param {number} radius @param {number} angle */
    const consider = (shape, centre, radius, angle) => {
      const box = boxAt(centre.x + Math.cos(angle) * (radius + shape.width / 2),
        centre.y + Math.sin(angle) * (radius + shape.height / 2), shape);
      const from = nearestOn(box, centre);
      let cost = BESIDE + shape.cost + Math.hypot(from.x - centre.x, from.y - centre.y) * PER_PIXEL.beside;
      if ((best && cost >= best.cost) || !this.isInRoom(box) || !this.isFree(box)) return;
      if (!this.isOpen(box)) cost += this.breach;
      if (cost < Infinity && this.isOnOthers(plate, box)) cost += this.breach;
      if (cost >= (best ? best.cost : Infinity)) return;
      const line = this.leaderOf(plate, box, centre);
      cost += line.abroad * OVER_OTHERS + this.costOfRings(box) + this.costOfMarks(line);
      if (plate.isRegion) cost += ON_OWN_REGION * this.share(box, (lat, lon) => this.ground.provinceAt(lat, lon) !== -1, 0) / 9;
      if (line.length > this.reach) return;
      if (this.crossesPlates(line)) cost += this.breach;
      if (cost >= (best ? best.cost : Infinity)) return;
      best = { shape, box, cost, leader: true, centre, line };
    };
    for (const shape of shapes) {
      for (const centre of anchors) {
        for (let radius = RADII.first; radius <= RADII.last; radius += RADII.step) {
          if (best && BESIDE + shape.cost + radius * PER_PIXEL.beside > best.cost) break;
          for (let turn = 0; turn < DIRECTIONS; turn += 1) consider(shape, centre, radius, (turn / DIRECTIONS) * 2 * Math.PI);
        }
      }
    }
    return best;
  }

  /**
   * The cheapest position outside the country, near its outline, without a line.
   * @param {Plate} plate
   * @param {Shape[]} shapes
   * @param {Spot[]} outline points of it
   * @returns {Stand|null}
   */
  around(plate, shapes, outline) {
    let best = /** @type {Stand|null} */ (null);
    /** @param {Shape} shape @param {Spot} spot @param {number} radius @param {number} angle */
    const consider = (shape, { x, y }, radius, angle) => {
      const box = boxAt(x + Math.cos(angle) * (radius + shape.width / 2), y + Math.sin(angle) * (radius + shape.height / 2), shape);
      const near = this.plates.filter((other) => overlaps(box, other, APART)).length;
      const cost = shape.cost + radius * PER_PIXEL.beside + near * BY_OTHERS;
      if ((best && cost >= best.cost) || !this.isInRoom(box) || this.costOfRings(box) || !this.isOpen(box)) return;
      const around = { x: box.x - OFF_LAND, y: box.y - OFF_LAND, w: box.w + 2 * OFF_LAND, h: box.h + 2 * OFF_LAND };
      if (!this.isOnOthers(plate, around)) best = { shape, box, cost, leader: false };
    };
    for (const shape of shapes) {
      for (let radius = RADII.first; radius <= this.reach; radius += RADII.step) {
        if (best && shape.cost + radius * PER_PIXEL.beside >= best.cost) break;
        for (const spot of outline) for (let turn = 0; turn < DIRECTIONS; turn += 2) consider(shape, spot, radius, (turn / DIRECTIONS) * 2 * Math.PI);
      }
    }
    return best;
  }

  /** The cost of the marks and plates that a line crosses. @param {Leader} parts */
  costOfMarks({ from, to }) {
    return ACROSS_MARK * this.taken.filter((other) => crosses(from, to, other)).length;
  }

  /** @param {Leader} parts */
  crossesPlates({ from, to }) {
    return this.plates.some((other) => crosses(from, to, other));
  }

  /** A copy with everything that is placed here, for another space. @param {Box} room */
  within(room) {
    const found = new Placing(this.ground, this.project, this.unproject, room);
    Object.assign(found, { taken: [...this.taken], plates: [...this.plates], leaders: [...this.leaders], rings: this.rings });
    return found;
  }

  /** @param {Box} box */
  isInRoom(box) {
    return isWithin(box, this.room);
  }

  /** @param {Stand} place */
  take(place) {
    this.taken.push(place.box);
    this.plates.push(place.box);
    if (place.name) this.taken.push(place.name);
    if (place.line) this.leaders.push(place.line);
    return place;
  }

  /**
   * The box of the name of a plate without one: directly above, below or beside it; `null` if there is no room.
   * @param {Plate} plate
   * @param {Box} parts
   * @param {number|undefined} width
   */
  nameBy(plate, { x, y, w, h }, width) {
    if (!width) return null;
    const test = this.ground.insideOf(plate);
    const level = [0, -0.3, 0.3].map((by) => x + (w - width) * 0.5 + by * width);
    const spots = [...level.flatMap((left) => [[left, y - NAME - 1], [left, y + h + 1]]),
      [x + w + 1, y + (h - NAME) / 2], [x - width - 1, y + (h - NAME) / 2]];
    for (const [left, top] of spots) {
      const box = { x: left, y: top, w: width, h: NAME };
      if (this.isInRoom(box) && this.isFree(box, 0) && this.share(box, test) >= 5 && !this.isOnRing(box)) return box;
    }
    return null;
  }

  /**
   * The box of the name of a plate after all plates have been placed, or `null`.
   * @param {Plate} plate
   * @param {Box} box
   * @param {number} width
   */
  lateName(plate, box, width) {
    const name = this.nameBy(plate, box, width);
    if (name) this.taken.push(name);
    return name;
  }

  /**
   * The box of a name inside its province, and inside the visible box if that is given; `null` if there is no room. At
   * least seven of nine test points must be inside; positions are tried on a grid of 6 pixels within 36 of the centre.
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
