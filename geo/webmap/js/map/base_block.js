/*
 * The base map, decoded from the document: lines of integer differences become positions in the
 * plane of web Mercator, in which the world is one unit wide.
 */
import { unpacked } from '../core/payload.js';
/** @import { BaseBlock, BaseLabel, BaseMap, BaseScales, OwnBlock, OwnMap, PlaneBox, PlaneLine } from '../core/types.js' */

/** Longitude in degrees to the plane: 0 at 180° W, 1 at 180° E. @param {number} lon */
export const planeX = (lon) => (lon + 180) / 360;

/** Latitude in degrees to the plane: 0 at 85.05° N (Snyder, Map Projections, USGS 1987, eq. 7-2). @param {number} lat */
export function planeY(lat) {
  const sine = Math.sin((lat * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** The reverse of `planeX`. @param {number} x */
export const lonOf = (x) => x * 360 - 180;

/** The reverse of `planeY`. @param {number} y */
export const latOf = (y) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;

/**
 * @param {number[]} deltas alternating longitude and latitude differences, the first pair from the origin
 * @param {{origin: [number, number], steps: number}} block
 * @returns {PlaneLine}
 */
function lineOf(deltas, { origin, steps }) {
  const points = new Float64Array(deltas.length);
  const box = { left: 1, top: 1, right: 0, bottom: 0 };
  let east = 0;
  let north = 0;
  for (let i = 0; i < deltas.length; i += 2) {
    east += deltas[i];
    north += deltas[i + 1];
    const x = planeX(origin[0] + east / steps);
    const y = planeY(origin[1] + north / steps);
    points[i] = x;
    points[i + 1] = y;
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  return { points, box };
}

/** The zoom from which a lake of this size is drawn. @param {number} area in km² @param {BaseScales} scales */
export const zoomOfLake = (area, scales) => scales.lakes.find(([least]) => area >= least)?.[1] ?? Infinity;

/**
 * The zoom from which a name is shown.
 * @param {BaseLabel} label
 * @param {BaseScales} scales
 * @returns {number}
 */
export function zoomOfLabel({ kind, rank, size }, scales) {
  if (kind === 'river') return size;
  if (kind === 'lake') return zoomOfLake(size, scales);
  if (kind === 'town') return scales.towns[rank - 1] ?? Infinity;
  if (kind === 'airfield') return scales.airfields[rank - 1] ?? Infinity;
  return scales[kind];
}

/** @param {OwnBlock} block @returns {OwnMap} */
const ownOf = (block) => ({
  credit: block.credit,
  shapes: block.shapes.map(([kind, rank, lines]) => ({ kind, rank, lines: lines.map((deltas) => lineOf(deltas, block)) })),
  tiles: block.tiles.map(([type, data, box]) => ({ type, data, box })),
});

/** @param {BaseBlock} block @returns {BaseMap} */
export function baseOf(block) {
  const { scales } = block;
  const labels = block.labels.map(([kind, rank, lon, lat, en, prs, ps, size, angle]) => {
    const label = { kind, rank, x: planeX(lon), y: planeY(lat), names: { en, prs, ps }, size, angle: angle || 0, from: 0 };
    return Object.assign(label, { from: zoomOfLabel(label, scales) });
  });
  return {
    steps: block.steps,
    scales,
    relief: block.relief,
    rivers: block.rivers.map(([rank, isIntermittent, deltas]) => Object.assign(lineOf(deltas, block), { rank, isIntermittent: isIntermittent === 1 })),
    lakes: block.lakes.map(([area, deltas]) => Object.assign(lineOf(deltas, block), { from: zoomOfLake(area, scales) })),
    districts: block.districts.map((deltas) => lineOf(deltas, block)),
    labels,
    own: block.own && ownOf(block.own),
  };
}

/** @param {string} text base64 of gzipped JSON @returns {Promise<BaseMap>} */
export const readBase = async (text) => baseOf(await unpacked(text).json());

/**
 * The box of the plane that a frame in pixels shows.
 * @param {{scale: number, left: number, top: number, width: number, height: number}} frame
 * @returns {PlaneBox}
 */
export const boxOfFrame = ({ scale, left, top, width, height }) =>
  ({ left: left / scale, top: top / scale, right: (left + width) / scale, bottom: (top + height) / scale });

/** @param {PlaneBox} a @param {PlaneBox} b */
export const meets = (a, b) => a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;
