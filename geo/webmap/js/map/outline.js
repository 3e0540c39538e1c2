/*
 * An outline as a single Leaflet path. It is projected once and written again only for another zoom.
 * Leaflet's own polygons are clipped and written with every move, and the outlines of a country are
 * most of the work of drawing its map.
 */
import { linesOf } from './basemap.js';
import { WrittenPath } from './leaflet.js';
/** @import * as Leaflet from 'leaflet' */
/** @import { Geometry, LeafletMap } from '../core/types.js' */

/** Pixels below which the next point of a line is skipped: no difference would be visible. */
const FINE = 0.6;

/** @type {WeakMap<Object, {crs: Object, lines: Float64Array[]}>} projected lines, since an outline is drawn in several panes and maps */
const unfolded = new WeakMap();

/**
 * The lines in the plane of a map at a scale of 1: alternating x and y.
 * @param {Geometry} geometry
 * @param {any} crs
 */
function unfold(geometry, crs) {
  const known = unfolded.get(geometry);
  if (known && known.crs === crs) return known.lines;
  const lines = linesOf(geometry).map((line) => {
    const flat = new Float64Array(line.length * 2);
    for (let i = 0; i < line.length; i += 1) {
      const at = crs.transformation.transform(crs.projection.project({ lat: line[i][1], lng: line[i][0] }), 1);
      flat[2 * i] = at.x;
      flat[2 * i + 1] = at.y;
    }
    return flat;
  });
  unfolded.set(geometry, { crs, lines });
  return lines;
}

/**
 * One line as path data, in tenths of a pixel, without points closer than FINE.
 * @param {Float64Array} line
 * @param {number} scale
 * @param {number} left
 * @param {number} top
 */
function pathOf(line, scale, left, top) {
  let text = '';
  let x = 0;
  let y = 0;
  for (let i = 0; i < line.length; i += 2) {
    const nextX = line[i] * scale - left;
    const nextY = line[i + 1] * scale - top;
    const isNear = Math.abs(nextX - x) < FINE && Math.abs(nextY - y) < FINE;
    if (i && i + 2 < line.length && isNear) continue;
    x = nextX;
    y = nextY;
    text += (i ? 'L' : 'M') + Math.round(x * 10) / 10 + ' ' + Math.round(y * 10) / 10;
  }
  return text;
}

export class Outline extends WrittenPath {
  /** @param {Geometry} geometry of polygons or lines @param {Leaflet.PathOptions} options with an SVG renderer */
  constructor(geometry, options) {
    super(options);
    this.geometry = geometry;
    this.laidOut = '';
  }

  /** New data only for another zoom or pixel origin. @param {LeafletMap} map */
  dataOf(map) {
    const crs = /** @type {Leaflet.CRS} */ (map.options.crs);
    const scale = crs.scale(map.getZoom());
    const { x, y } = /** @type {Leaflet.Point} */ (map.getPixelOrigin());
    const where = [scale, x, y].join();
    if (where === this.laidOut) return null;
    this.laidOut = where;
    const end = this.geometry.type.endsWith('Polygon') ? 'z' : '';
    return unfold(this.geometry, crs).map((line) => pathOf(line, scale, x, y) + end).join('') || 'M0 0';
  }
}
