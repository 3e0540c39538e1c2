/*
 * Lengths and areas on the WGS 84 ellipsoid, for measuring on the map.
 */
import { grouped } from '../core/numbers.js';

/** Metres: the semi-major axis of WGS 84 (NGA.STND.0036, version 1.0.0, 2014, table 3.1). */
const A = 6378137;
/** Its flattening, from the same table. */
const F = 1 / 298.257223563;
const B = A * (1 - F);
/** Radians: a change of longitude of less than a tenth of a millimetre. */
const FINE = 1e-12;
/** Vincenty's iteration converges in a few rounds, but never for nearly antipodal points. */
const MOST_ROUNDS = 200;
/** Degrees spanned by a piece of a side: the error of the area is then less than a millionth even for sides across a country. */
const PIECE = 0.05;
const RADIAN = Math.PI / 180;

/** @typedef {{lat: number, lon: number}} Point degrees, WGS 84 */

/**
 * Sines and cosines of the arc between two points on the auxiliary sphere.
 * @param {number} sinU1 @param {number} cosU1 @param {number} sinU2 @param {number} cosU2 @param {number} lambda
 */
function arc(sinU1, cosU1, sinU2, cosU2, lambda) {
  const sin = Math.hypot(cosU2 * Math.sin(lambda), cosU1 * sinU2 - sinU1 * cosU2 * Math.cos(lambda));
  const cos = sinU1 * sinU2 + cosU1 * cosU2 * Math.cos(lambda);
  const sinAlpha = sin ? (cosU1 * cosU2 * Math.sin(lambda)) / sin : 0;
  const cosSqAlpha = 1 - sinAlpha ** 2;
  return { sin, cos, sigma: Math.atan2(sin, cos), sinAlpha, cosSqAlpha, cos2m: cosSqAlpha ? cos - (2 * sinU1 * sinU2) / cosSqAlpha : 0 };
}

/**
 * Length in metres of the shortest line between two points, to a millimetre.
 *
 * T. Vincenty, "Direct and inverse solutions of geodesics on the ellipsoid with application of nested
 * equations", Survey Review 23 (176), 1975, pages 88 to 93, equations 3, 4, 6, 10, 11 and 13 to 20.
 * @param {Point} from
 * @param {Point} to
 * @returns {number} `NaN` for nearly antipodal points
 */
export function distance(from, to) {
  const [u1, u2] = [from, to].map(({ lat }) => Math.atan((1 - F) * Math.tan(lat * RADIAN)));
  const [sinU1, cosU1, sinU2, cosU2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
  const l = (to.lon - from.lon) * RADIAN;
  let lambda = l;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const one = arc(sinU1, cosU1, sinU2, cosU2, lambda);
    if (!one.sin) return 0;
    const c = (F / 16) * one.cosSqAlpha * (4 + F * (4 - 3 * one.cosSqAlpha));
    const next = l + (1 - c) * F * one.sinAlpha * (one.sigma + c * one.sin * (one.cos2m + c * one.cos * (2 * one.cos2m ** 2 - 1)));
    if (Math.abs(next - lambda) < FINE) return lengthOf(one);
    lambda = next;
  }
  return NaN;
}

/** Length in metres of an arc after convergence. @param {ReturnType<typeof arc>} one */
function lengthOf({ sin, cos, sigma, cosSqAlpha, cos2m }) {
  const u = (cosSqAlpha * (A * A - B * B)) / (B * B);
  const a = 1 + (u / 16384) * (4096 + u * (u * (320 - 175 * u) - 768));
  const b = (u / 1024) * (256 + u * (u * (74 - 47 * u) - 128));
  const most = (b / 6) * cos2m * (4 * sin ** 2 - 3) * (4 * cos2m ** 2 - 3);
  return B * a * (sigma - b * sin * (cos2m + (b / 4) * (cos * (2 * cos2m ** 2 - 1) - most)));
}

/** Length in metres of a line of points. @param {Point[]} points */
export const lengthAlong = (points) => points.slice(1).reduce((sum, point, i) => sum + distance(points[i], point), 0);

/**
 * Northing of a latitude in the cylindrical equal-area projection of the ellipsoid, in units of the semi-major axis.
 *
 * J. P. Snyder, "Map projections: a working manual", US Geological Survey Professional Paper 1395,
 * 1987, equations 3-12 and 10-18 (https://pubs.usgs.gov/pp/1395/report.pdf).
 * @param {number} lat degrees
 */
function evenHeight(lat) {
  const e = Math.sqrt(F * (2 - F));
  const sin = Math.sin(lat * RADIAN);
  return ((1 - e * e) * (sin / (1 - (e * sin) ** 2) + Math.atanh(e * sin) / e)) / 2;
}

/**
 * Area in square metres of a ring whose sides are straight on a Mercator map, as they are drawn. In a
 * ring that crosses itself, parts with the opposite orientation are subtracted.
 * @param {Point[]} ring corners in order; the last side leads back to the first corner
 */
export function areaInside(ring) {
  let sum = 0;
  ring.forEach((from, i) => {
    const to = ring[(i + 1) % ring.length];
    const [low, high] = [from, to].map(({ lat }) => Math.asinh(Math.tan(lat * RADIAN)));
    const pieces = Math.max(1, Math.ceil(Math.max(Math.abs(to.lon - from.lon), Math.abs(to.lat - from.lat)) / PIECE));
    for (let k = 0; k < pieces; k += 1) {
      const middle = Math.atan(Math.sinh(low + ((high - low) * (k + 0.5)) / pieces)) / RADIAN;
      sum += (evenHeight(middle) * (to.lon - from.lon)) / pieces;
    }
  });
  return Math.abs(sum) * RADIAN * A * A;
}

/** "840 m", "7.40 km", "128 km": three significant digits, more than the precision of a click on the map. @param {number} metres */
export function lengthWords(metres) {
  if (metres < 1000) return Math.round(metres) + ' m';
  return (metres < 100000 ? (metres / 1000).toFixed(metres < 10000 ? 2 : 1) : grouped(Math.round(metres / 1000))) + ' km';
}

/** "0.84 km²", "1,204 km²" @param {number} metres square metres */
export function areaWords(metres) {
  const km = metres / 1e6;
  return (km < 100 ? Number(km.toPrecision(3)) : grouped(Math.round(km))) + ' km²';
}
