/*
 * Which province a position is in, fast enough to try thousands of positions for a badge. Provinces
 * are rasterised once into a coarse grid; when zoomed in, the visible part is rasterised more finely.
 */
/** @import { Area, Bounds, Geometry, Model } from '../core/types.js' */

/** Side in degrees of a cell of the coarse grid: a pixel or two when the whole country is in view. */
const STEP = 0.025;

/** @param {Geometry|null} geometry GeoJSON @returns {number[][][]} its rings or lines, each of [lon, lat] */
export function linesOf(geometry) {
  if (!geometry) return [];
  const { type, coordinates } = geometry;
  if (type === 'LineString') return [coordinates];
  return type === 'MultiPolygon' ? coordinates.flat(1) : coordinates;
}

/**
 * Sorted longitudes at which the rings cross a latitude; the inside is from each odd one to the next.
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

/** @param {number[][][]} rings of [longitude, latitude] */
export function boundsOf(rings) {
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

/** Provinces rasterised into the cells of a box. */
class Grid {
  /**
   * @param {number[][][][]} all rings of each province
   * @param {Bounds} box `south, west, north, east`
   * @param {number} step side of a cell in degrees
   */
  constructor(all, box, step) {
    this.box = box;
    this.step = step;
    this.columns = Math.ceil((box.east - box.west) / step) + 1;
    this.lines = Math.ceil((box.north - box.south) / step) + 1;
    this.cells = new Int16Array(this.columns * this.lines).fill(-1);
    /** @type {number[]} number of cells of each province */
    this.areas = all.map((rings, position) => this.paint(rings, position));
  }

  /**
   * Fill the cells of a province; returns their number.
   * @param {number[][][]} rings
   * @param {number} position
   */
  paint(rings, position) {
    const { box, step, columns } = this;
    let filled = 0;
    this.cutsOf(rings).forEach((cuts, line) => {
      cuts.sort((a, b) => a - b);
      for (let i = 0; i + 1 < cuts.length; i += 2) {
        const from = Math.max(0, Math.ceil((cuts[i] - box.west) / step - 0.5));
        const to = Math.min(columns - 1, Math.floor((cuts[i + 1] - box.west) / step - 0.5));
        if (to < from) continue;
        this.cells.fill(position, line * columns + from, line * columns + to + 1);
        filled += to - from + 1;
      }
    });
    return filled;
  }

  /**
   * The longitudes at which the rings cross the middle of each row. Each edge is visited once, because opening a map waits for this.
   * @param {number[][][]} rings
   */
  cutsOf(rings) {
    /** @type {number[][]} longitudes by line */
    const found = [];
    const { step } = this;
    /** @param {number} lat */
    const lineAt = (lat) => Math.floor((lat - this.box.south) / step - 0.5);
    for (const ring of rings) {
      for (let i = 1; i < ring.length; i += 1) {
        const x0 = ring[i - 1][0];
        const y0 = ring[i - 1][1];
        const x1 = ring[i][0];
        const y1 = ring[i][1];
        const last = Math.min(this.lines - 1, lineAt(Math.max(y0, y1)) + 1);
        for (let line = Math.max(0, lineAt(Math.min(y0, y1))); line <= last; line += 1) {
          const lat = this.box.south + (line + 0.5) * step;
          if ((y0 > lat) === (y1 > lat)) continue;
          (found[line] = found[line] || []).push(x0 + ((lat - y0) / (y1 - y0)) * (x1 - x0));
        }
      }
    }
    return found;
  }

  /** @param {number} lat @param {number} lon */
  holds(lat, lon) {
    const { box } = this;
    return lat >= box.south && lat <= box.north && lon >= box.west && lon <= box.east;
  }

  /** @param {number} lat @param {number} lon */
  provinceAt(lat, lon) {
    const column = Math.floor((lon - this.box.west) / this.step);
    const line = Math.floor((lat - this.box.south) / this.step);
    if (column < 0 || line < 0 || column >= this.columns || line >= this.lines) return -1;
    return this.cells[line * this.columns + column];
  }
}

/** @typedef {{rings: number[][][], box: Bounds, label: {lat: number, lon: number}}} AreaShape of a district or region */

export class Ground {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    this.all = model.provinces.features.map((feature) => linesOf(feature.geometry));
    this.boxes = this.all.map((rings) => boundsOf(rings));
    this.whole = new Grid(this.all, boundsOf(this.boxes.map(({ south, west, north, east }) => [[west, south], [east, north]])), STEP);
    this.areas = this.whole.areas;
    /** @type {Grid|null} of the visible part, if that is finer than the whole */
    this.near = null;
    /** @type {Map<string, AreaShape>} */
    this.shapes = new Map();
  }

  /**
   * Rasterise a part more finely, until the next call.
   * @param {Bounds} box `south, west, north, east`
   * @param {number} step in degrees
   */
  look(box, step) {
    this.near = step < STEP ? new Grid(this.all, box, step) : null;
  }

  /** Position of the province at a point, -1 outside the country. @param {number} lat @param {number} lon */
  provinceAt(lat, lon) {
    const grid = this.near && this.near.holds(lat, lon) ? this.near : this.whole;
    return grid.provinceAt(lat, lon);
  }

  /** A test whether a point is in a province that the area is not in. @param {Area} plate @returns {(lat: number, lon: number) => boolean} */
  othersThan(plate) {
    const home = plate.province === null ? plate.home || [] : [plate.province];
    return (lat, lon) => {
      const province = this.provinceAt(lat, lon);
      return province !== -1 && !home.includes(province);
    };
  }

  /** A test whether a point is inside: by the grid for a province, exactly for another outline. @param {Area} plate @returns {(lat: number, lon: number) => boolean} */
  insideOf(plate) {
    if (plate.province !== null) return (lat, lon) => this.provinceAt(lat, lon) === plate.province;
    const shape = this.shapeOf(String(plate.area));
    return (lat, lon) => {
      const cuts = crossings(shape.rings, lat);
      return cuts.filter((cut) => cut < lon).length % 2 === 1;
    };
  }

  /** Rings, bounds and label point of a district or region. @param {string} key */
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

/** A point well inside: the middle of the widest of five horizontal cuts, with a preference for central ones. @param {number[][][]} rings */
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
