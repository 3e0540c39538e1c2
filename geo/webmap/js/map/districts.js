/*
 * Districts as outlines again. The document holds their borders once each, as lines that end where
 * three of them meet, or meet the outline of their province at a vertex of it: followed round with the
 * next line to the right at each end, they and the outline give every district.
 */
import { latOf, lonOf } from './base_block.js';
import { holds, named } from './where.js';
/** @import { BaseMap, Language, PlaneLine } from '../core/types.js' */
/** @import { Named } from './where.js' */

/** Half of the ten-thousandth of a degree to which outlines are rounded, and a little more. */
const HALF = 0.000051;

/** @typedef {[number, number]} Position longitude and latitude */
/** @typedef {{from: string, to: string, points: Position[]}} Arc a line between two ends */
/** @typedef {{names: Record<Language, string>, rings: number[][][]}} District */

/** @param {PlaneLine} line @returns {Position[]} */
function positionsOf({ points }) {
  /** @type {Position[]} */
  const found = [];
  for (let i = 0; i < points.length; i += 2) found.push([lonOf(points[i]), latOf(points[i + 1])]);
  return found;
}

/** What a coordinate may be in steps of a line, if it was rounded to a ten-thousandth before. @param {number} degrees @param {number} steps to a degree */
const stepsOf = (degrees, steps) => [...new Set([degrees - HALF, degrees + HALF].map((value) => Math.round(value * steps)))];

/** The vertices of outlines, by where a line that meets them has its point. @param {Named[]} outlines @param {number} steps */
function verticesOf(outlines, steps) {
  /** @type {Map<string, Position>} */
  const found = new Map();
  for (const [lon, lat] of outlines.flatMap(({ rings }) => rings.flat())) {
    for (const x of stepsOf(lon, steps)) for (const y of stepsOf(lat, steps)) found.set(x + ',' + y, [lon, lat]);
  }
  return found;
}

/** Twice the area inside a ring, positive where it goes round against the clock. @param {number[][]} ring */
const turn = (ring) => ring.reduce((sum, [x, y], i) => {
  const [nextX, nextY] = ring[(i + 1) % ring.length];
  return sum + x * nextY - nextX * y;
}, 0);

/** A ring cut where lines end. @param {Position[]} ring closed @param {Set<string>} ends @returns {Arc[]} */
function cut(ring, ends) {
  const first = Math.max(0, ring.findIndex((at) => ends.has(at.join())));
  const round = [...ring.slice(first, -1), ...ring.slice(0, first), ring[first]];
  /** @type {Arc[]} */
  const arcs = [];
  let points = [round[0]];
  round.slice(1).forEach((at, i) => {
    points.push(at);
    if (i + 2 < round.length && !ends.has(at.join())) return;
    arcs.push({ from: points[0].join(), to: at.join(), points });
    points = [at];
  });
  return arcs;
}

/** The faces between lines, against the clock. @param {Arc[]} arcs @returns {Position[][]} */
function facesOf(arcs) {
  const ways = arcs.flatMap((arc) => [arc, { from: arc.to, to: arc.from, points: arc.points.toReversed() }])
    .map((arc, i) => ({ ...arc, i, angle: Math.atan2(arc.points[1][1] - arc.points[0][1], arc.points[1][0] - arc.points[0][0]) }));
  /** @type {Map<string, typeof ways>} */
  const leaving = new Map();
  ways.forEach((way) => leaving.set(way.from, [...(leaving.get(way.from) || []), way]));
  leaving.forEach((those) => those.sort((a, b) => a.angle - b.angle));
  const isDone = new Set();
  const faces = [];
  for (const start of ways) {
    /** @type {Position[]} */
    const face = [];
    for (let way = start; !isDone.has(way.i);) {
      isDone.add(way.i);
      face.push(...way.points.slice(0, -1));
      const those = leaving.get(way.to) || [];
      const back = those.findIndex(({ i }) => i === (way.i ^ 1));
      way = those[(back + those.length - 1) % those.length];
    }
    if (face.length > 2 && turn(face) > 0) faces.push([...face, face[0]]);
  }
  return faces;
}

/**
 * The districts of which the document has the name and all borders.
 * @param {BaseMap} base
 * @param {Named[]} provinces
 * @returns {District[]} the smaller first, for a district may lie inside another
 */
export function districtsOf(base, provinces) {
  const vertices = verticesOf(provinces, base.steps);
  const lines = base.districts.map(positionsOf).filter(({ length }) => length > 1).flatMap((points) => {
    const put = points.map(([lon, lat]) => vertices.get(Math.round(lon * base.steps) + ',' + Math.round(lat * base.steps)));
    return partsOf(points, put, provinces);
  });
  const ends = new Set(lines.flatMap(({ from, to }) => [from, to]));
  const faces = provinces.flatMap(({ rings }, province) =>
    facesOf([...lines.filter((line) => line.province === province), ...rings.flatMap((ring) => cut(/** @type {Position[]} */ (ring), ends))]));
  const labels = new Set(base.labels.filter(({ kind }) => kind === 'district').map(({ names, x, y }) => ({ names, at: [lonOf(x), latOf(y)] })));
  return faces.map((face) => ({ face, size: turn(face) })).sort((a, b) => a.size - b.size).flatMap(({ face }) => namedFace(face, labels));
}

/** The first of some outlines that holds a position, -1 if none does. @param {Named[]} outlines @param {number[]} at longitude and latitude */
const holderOf = (outlines, [lon, lat]) => outlines.findIndex(({ box: { south, west, north, east }, rings }) =>
  lat >= south && lat <= north && lon >= west && lon <= east && holds(rings, lon, lat));

/**
 * A line cut where it meets the outline of a province, which it may go through or only touch.
 * @param {Position[]} points @param {(Position|undefined)[]} put the vertex that each point is @param {Named[]} provinces
 * @returns {(Arc & {province: number})[]}
 */
function partsOf(points, put, provinces) {
  const last = points.length - 1;
  const cuts = points.map((_, i) => i).filter((i) => i === 0 || i === last || put[i]);
  return cuts.slice(1).map((to, i) => {
    const those = points.slice(cuts[i], to + 1).map((at, k) => put[cuts[i] + k] ?? at);
    const middle = those.length >> 1;
    const province = holderOf(provinces, [0, 1].map((axis) => (those[middle - 1][axis] + those[middle][axis]) / 2));
    return { from: those[0].join(), to: those[those.length - 1].join(), points: those, province };
  }).filter((part) => part.points.length > 2 || part.from !== part.to);
}

/** A face with the one name that is in it, which is then taken. @param {Position[]} face @param {Set<{names: Record<Language, string>, at: number[]}>} labels @returns {District[]} */
function namedFace(face, labels) {
  const rings = [face];
  const outline = [named('', rings)];
  const found = [...labels].filter(({ at }) => holderOf(outline, at) === 0);
  // Two names in one face: a border is missing, and which of them is meant cannot be said.
  found.forEach((label) => labels.delete(label));
  return found.length === 1 ? [{ names: found[0].names, rings }] : [];
}
