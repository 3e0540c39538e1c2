/*
 * The ground: which province lies under a position, fast enough to try thousands of places for a
 * badge. Provinces are painted once into a grid of 0.025 degrees; badges need no more than that.
 */
/** @import { Area, Bounds, Geometry, Model } from '../core/types.js' */

const STEP = 0.025;

/** @param {Geometry|null} geometry GeoJSON @returns {number[][][]} its rings or lines, each of [lon, lat] */
export function linesOf(geometry) {
  if (!geometry) return [];
  const { type, coordinates } = geometry;
  if (type === 'LineString') return [coordinates];
  return type === 'MultiPolygon' ? coordinates.flat(1) : coordinates;
}

/**
 * Longitudes at which the rings cross one latitude, sorted; between odd and even lies the inside.
 * @param {number[][][]} rings
 * @param {number} lat
 */
function crossings(rings, lat) {
  const found = [];
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i += 1) {
      const y0 = ring[i - 1][1];
      const y1 = ring[i][1];
      if ((y0 > lat) === (y1 > lat)) continue;
      const x0 = ring[i - 1][0];
      const x1 = ring[i][0];
      found.push(x0 + ((lat - y0) / (y1 - y0)) * (x1 - x0));
    }
  }
  return found.sort((a, b) => a - b);
}

/** @param {number[][][]} rings */
function boundsOf(rings) {
  const box = { south: 90, west: 180, north: -90, east: -180 };
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 1) {
      const lon = ring[i][0];
      const lat = ring[i][1];
      if (lat < box.south) box.south = lat;
      if (lat > box.north) box.north = lat;
      if (lon < box.west) box.west = lon;
      if (lon > box.east) box.east = lon;
    }
  }
  return box;
}

/** @typedef {{rings: number[][][], box: Bounds, label: {lat: number, lon: number}}} AreaShape of a district or region */

export class Ground {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    const all = model.provinces.features.map((feature) => linesOf(feature.geometry));
    this.boxes = all.map((rings) => boundsOf(rings));
    this.box = boundsOf(this.boxes.map(({ south, west, north, east }) => [[west, south], [east, north]]));
    this.columns = Math.ceil((this.box.east - this.box.west) / STEP) + 1;
    this.lines = Math.ceil((this.box.north - this.box.south) / STEP) + 1;
    this.cells = new Int16Array(this.columns * this.lines).fill(-1);
    this.areas = all.map((rings, position) => this.paint(rings, position));
    /** @type {Map<string, AreaShape>} */
    this.shapes = new Map();
  }

  /**
   * Fill the cells of one province; gives back how many there were.
   * @param {number[][][]} rings
   * @param {number} position
   */
  paint(rings, position) {
    let filled = 0;
    this.cutsOf(rings).forEach((cuts, line) => {
      cuts.sort((a, b) => a - b);
      for (let i = 0; i + 1 < cuts.length; i += 2) {
        const from = Math.ceil((cuts[i] - this.box.west) / STEP - 0.5);
        const to = Math.floor((cuts[i + 1] - this.box.west) / STEP - 0.5);
        if (to < from) continue;
        this.cells.fill(position, line * this.columns + from, line * this.columns + to + 1);
        filled += to - from + 1;
      }
    });
    return filled;
  }

  /**
   * Where the rings cross the middle of each line of the grid. Each edge is looked at once: opening a map waits for this.
   * @param {number[][][]} rings
   */
  cutsOf(rings) {
    /** @type {number[][]} longitudes by line */
    const found = [];
    /** @param {number} lat */
    const lineAt = (lat) => Math.floor((lat - this.box.south) / STEP - 0.5);
    for (const ring of rings) {
      for (let i = 1; i < ring.length; i += 1) {
        const x0 = ring[i - 1][0];
        const y0 = ring[i - 1][1];
        const x1 = ring[i][0];
        const y1 = ring[i][1];
        const last = Math.min(this.lines - 1, lineAt(Math.max(y0, y1)) + 1);
        for (let line = Math.max(0, lineAt(Math.min(y0, y1))); line <= last; line += 1) {
          const lat = this.box.south + (line + 0.5) * STEP;
          if ((y0 > lat) === (y1 > lat)) continue;
          (found[line] = found[line] || []).push(x0 + ((lat - y0) / (y1 - y0)) * (x1 - x0));
        }
      }
    }
    return found;
  }

  /** Position of the province at a point, -1 outside the country. @param {number} lat @param {number} lon */
  provinceAt(lat, lon) {
    const column = Math.floor((lon - this.box.west) / STEP);
    const line = Math.floor((lat - this.box.south) / STEP);
    if (column < 0 || line < 0 || column >= this.columns || line >= this.lines) return -1;
    return this.cells[line * this.columns + column];
  }

  /** A test "is this point inside", for a province by the grid, for another outline exactly. @param {Area} plate @returns {(lat: number, lon: number) => boolean} */
  insideOf(plate) {
    if (plate.province !== null) return (lat, lon) => this.provinceAt(lat, lon) === plate.province;
    const shape = this.shapeOf(String(plate.area));
    return (lat, lon) => {
      const cuts = crossings(shape.rings, lat);
      return cuts.filter((cut) => cut < lon).length % 2 === 1;
    };
  }

  /** Rings, bounds and label point of a further outline. @param {string} key */
  shapeOf(key) {
    if (!this.shapes.has(key)) {
      const rings = linesOf(this.model.outlineOf.get(key)?.geometry ?? null);
      this.shapes.set(key, { rings, box: boundsOf(rings), label: labelPoint(rings) });
    }
    return /** @type {AreaShape} */ (this.shapes.get(key));
  }

  /** @param {number} position */
  boxOfProvince(position) {
    return this.boxes[position];
  }
}

/** A point well inside: the middle of the widest cut among a few. @param {number[][][]} rings */
function labelPoint(rings) {
  const box = boundsOf(rings);
  let best = { lat: (box.south + box.north) / 2, lon: (box.west + box.east) / 2 };
  let widest = -1;
  for (let i = 3; i <= 7; i += 1) {
    const lat = box.south + ((box.north - box.south) * i) / 10;
    const cuts = crossings(rings, lat);
    for (let c = 0; c + 1 < cuts.length; c += 2) {
      const width = (cuts[c + 1] - cuts[c]) * (1 - Math.abs(i - 5) * 0.12);
      if (width > widest) {
        widest = width;
        best = { lat, lon: (cuts[c] + cuts[c + 1]) / 2 };
      }
    }
  }
  return best;
}
