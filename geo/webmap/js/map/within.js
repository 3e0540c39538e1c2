/*
 * What lies inside a ring that a reader draws, as far as can be said: a place is a disc or an area in
 * which it lies somewhere. All of it inside: surely; some of it: possibly.
 *
 * Everything is laid out in the plane of the Mercator map, so that the sides of the ring are those
 * that are drawn. A disc keeps its shape there but for 1 % at 80 km across at the latitude of 35°,
 * and for 0.4 % since the sphere stands for the ellipsoid; see `SLACK`.
 */
import { holds } from './where.js';

/** Metres: mean radius of the Earth (IUGG, R1). */
const EARTH = 6371009;
/** By how much a disc is taken larger when it must be inside and when it may be: what the plane may err by is not said for certain. */
const SLACK = 1.02;
const RADIAN = Math.PI / 180;

/** @typedef {[number, number]} XY in the plane: radians of longitude, and Mercator's of latitude */
/**
 * Where something may be. Degrees and metres; `radiusM: null` is a point of unknown precision.
 * @typedef {{lat: number, lon: number, radiusM: number|null}} Disc
 * @typedef {{areas: number[][][][]}} Area outlines, each with its rings of [longitude, latitude]; all of them together
 * @typedef {Disc|Area|null} Possible `null`: nothing is known, or what is known is of no use here
 * @typedef {'surely'|'possibly'|'out'|'unknown'} Answer
 */

/** @param {number} lon @param {number} lat @returns {XY} */
const plane = (lon, lat) => [lon * RADIAN, Math.asinh(Math.tan(lat * RADIAN))];

/** @type {WeakMap<number[][][], XY[][]>} an outline is laid out once, whatever is drawn */
const laidOut = new WeakMap();

/** @param {number[][][]} rings @returns {XY[][]} */
function flat(rings) {
  let found = laidOut.get(rings);
  if (!found) laidOut.set(rings, found = rings.map((ring) => ring.map(([lon, lat]) => plane(lon, lat))));
  return found;
}

/** Twice the area of a triangle, with the sign of its turn. @param {XY} a @param {XY} b @param {XY} c */
const turn = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** Whether two sides cross, and not only touch. @param {XY} a @param {XY} b @param {XY} c @param {XY} d */
function cross(a, b, c, d) {
  if (Math.max(a[0], b[0]) < Math.min(c[0], d[0]) || Math.max(c[0], d[0]) < Math.min(a[0], b[0])) return false;
  return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}

/** Each side of a closed ring. @param {XY[]} ring @param {(from: XY, to: XY) => boolean} test whether one passes it */
const someSide = (ring, test) => ring.some((point, i) => test(ring[(i + ring.length - 1) % ring.length], point));

/** How far a point is from a side. @param {XY} p @param {XY} a @param {XY} b */
function away(p, a, b) {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const along = Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(p[0] - a[0] - along * dx, p[1] - a[1] - along * dy);
}

/** @param {XY[]} ring @param {Disc} disc @returns {Answer} */
function ofDisc(ring, { lat, lon, radiusM }) {
  const centre = plane(lon, lat);
  const isIn = holds([ring], centre[0], centre[1]);
  if (radiusM === null) return isIn ? 'possibly' : 'out';
  const radius = (radiusM * SLACK) / (EARTH * Math.cos(lat * RADIAN));
  const isCut = someSide(ring, (from, to) => away(centre, from, to) <= radius);
  if (isCut) return 'possibly';
  return isIn ? 'surely' : 'out';
}

/** @param {XY[]} ring @param {XY[][]} outline @returns {Answer} */
function ofOutline(ring, outline) {
  const isCut = outline.some((line) => someSide(line, (a, b) => someSide(ring, (c, d) => cross(a, b, c, d))));
  // Also where the ring lies within the outline, and where a ring that crosses itself leaves a hole in it.
  if (isCut || ring.some(([x, y]) => holds(outline, x, y))) return 'possibly';
  const held = outline.map((line) => holds([ring], line[0][0], line[0][1]));
  if (held.every(Boolean)) return 'surely';
  return held.some(Boolean) ? 'possibly' : 'out';
}

/** All parts inside are inside; one that may be makes the whole possible. @param {Answer[]} answers @returns {Answer} */
function together(answers) {
  if (answers.every((one) => one === 'surely')) return 'surely';
  return answers.some((one) => one === 'surely' || one === 'possibly') ? 'possibly' : 'out';
}

/**
 * Whether a thing lies inside a ring, from all the places where it may be.
 * @param {{lat: number, lon: number}[]} corners of the ring in turn, at least three; inside is what is gone round an odd number of times
 * @param {Possible[]} places of the thing, each of them one of its places
 * @returns {Answer} `surely`: all of each place is inside; `possibly`: some of one; `out`: nothing of any;
 *     `unknown`: nothing of what is known, and not all is known
 */
export function within(corners, places) {
  const ring = corners.map(({ lat, lon }) => plane(lon, lat));
  const answers = places.map((place) => {
    if (!place) return 'unknown';
    return 'areas' in place ? together(place.areas.map((rings) => ofOutline(ring, flat(rings)))) : ofDisc(ring, place);
  });
  if (!answers.length) return 'unknown';
  const whole = together(/** @type {Answer[]} */ (answers));
  return whole === 'out' && answers.includes('unknown') ? 'unknown' : whole;
}
