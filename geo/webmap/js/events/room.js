/*
 * Space between two layers: counts of events give way to the marks and badges of records, which are
 * above them. A count that moves keeps a line to where its events are; none is lost.
 */
/** @import { Box, Spot } from '../core/types.js' */

/** @typedef {{x: number, y: number, r: number}} Round a count of events, in pixels */
/**
 * @template {Round} T
 * @typedef {{x: number, y: number, r: number, all: T[], from: Spot[]}} Cleared a count in its place with all that it counts; `from`: where else that is
 */

/** Pixels between a ring and a mark or badge, which then look apart. */
const GAP = 2;
/** Pixels by which rings may overlap: their light rims, as in rings.js. */
const SHARED = 2;
/** Farthest move in pixels, as long as the longest line from a badge; and the steps and directions in which a place is tried. */
const FARTHEST = 96;
const STEP = 6;
const DIRECTIONS = 16;
/** Cost in pixels of distance of covering a name or another event. */
const ON_SOFT = 24;
/** The same of a place in another province. */
const ELSEWHERE = 40;

/** Whether a circle is nearer to a box than a gap. @param {Box} box @param {Spot} at @param {number} r @param {number} gap */
export function touches({ x, y, w, h }, at, r, gap) {
  const dx = Math.max(x - at.x, 0, at.x - x - w);
  const dy = Math.max(y - at.y, 0, at.y - y - h);
  return dx * dx + dy * dy < (r + gap) * (r + gap);
}

/** @param {Round} ring @param {Spot} at @param {number} r */
const meets = (ring, at, r) => Math.hypot(ring.x - at.x, ring.y - at.y) < ring.r + r - SHARED;

/** Positions around a point, nearest first. @type {Spot[]} */
const AROUND = [];
for (let far = STEP; far <= FARTHEST; far += STEP) {
  for (let turn = 0; turn < DIRECTIONS; turn += 1) {
    const angle = (turn / DIRECTIONS) * 2 * Math.PI;
    AROUND.push({ x: Math.cos(angle) * far, y: Math.sin(angle) * far });
  }
}

/**
 * The nearest position of a ring that touches no box and no other ring; `null` if there is none.
 * @param {Round} ring
 * @param {Box[]} boxes
 * @param {Round[]} others
 * @param {Box[]} soft
 * @param {(at: Spot) => number} areaAt
 * @returns {Spot|null}
 */
function spotFor(ring, boxes, others, soft, areaAt) {
  const reach = FARTHEST + ring.r;
  /** @param {Box} box */
  const isNear = (box) => touches(box, ring, reach, GAP);
  const [hard, covered] = [boxes.filter(isNear), soft.filter(isNear)];
  const rings = others.filter((other) => meets(other, ring, reach + SHARED));
  const home = areaAt(ring);
  let best = /** @type {Spot|null} */ (null);
  let least = Infinity;
  for (const by of AROUND) {
    const far = Math.hypot(by.x, by.y);
    if (far >= least) break;
    const at = { x: ring.x + by.x, y: ring.y + by.y };
    if (hard.some((box) => touches(box, at, ring.r, GAP)) || rings.some((other) => meets(other, at, ring.r))) continue;
    const area = areaAt(at);
    // Abroad it would be read as a count of events there.
    if (area === -1 && home !== -1) continue;
    const cost = far + ON_SOFT * covered.filter((box) => touches(box, at, ring.r, 0)).length + (area === home ? 0 : ELSEWHERE);
    if (cost < least) [best, least] = [at, cost];
  }
  return best;
}

/**
 * Rings in places where they touch no box: as they are, moved, or counted with the nearest ring. Only where
 * there is no other ring at all does one stay below a box.
 * @template {Round} T
 * @param {T[]} rings
 * @param {Box[]} boxes which they may not touch
 * @param {Box[]} soft which they rather do not cover
 * @param {Box[]} [lines] boxes along lines, which they cover only where there is no other place
 * @param {(at: Spot) => number} [areaAt] the province at a position, -1 outside the country, into which no ring moves
 * @returns {Cleared<T>[]} in the order of the rings, without those counted with another
 */
export function clearOf(rings, boxes, soft, lines = [], areaAt = () => 0) {
  const all = boxes.concat(lines);
  /** @param {T} ring */
  const isClear = (ring) => !all.some((box) => touches(box, ring, ring.r, GAP));
  /** @param {T} ring @param {Spot|null} at @returns {Cleared<T>} */
  const placed = (ring, at) => ({ x: ring.x, y: ring.y, r: ring.r, ...at, all: [ring], from: at ? [{ x: ring.x, y: ring.y }] : [] });
  /** @type {Map<T, Cleared<T>>} */
  const found = new Map();
  rings.filter(isClear).forEach((ring) => found.set(ring, placed(ring, null)));
  for (const ring of rings.filter((one) => !found.has(one)).sort((a, b) => b.r - a.r)) {
    const others = [...found.values()];
    const isBelow = boxes.some((box) => touches(box, ring, ring.r, GAP));
    const at = spotFor(ring, all, others, soft, areaAt) ?? (isBelow ? spotFor(ring, boxes, others, soft, areaAt) : null);
    const mayStay = !isBelow && !others.some((other) => meets(other, ring, ring.r));
    if (at || mayStay || !others.length) {
      found.set(ring, placed(ring, at));
      continue;
    }
    /** @param {Round} other */
    const far = (other) => Math.hypot(other.x - ring.x, other.y - ring.y);
    const other = others.reduce((nearest, one) => (far(one) < far(nearest) ? one : nearest));
    other.all.push(ring);
    other.from.push({ x: ring.x, y: ring.y });
  }
  return rings.map((ring) => found.get(ring)).filter((one) => one !== undefined);
}
