/*
 * Counts of events as rings that do not overlap: cells whose rings would overlap are counted
 * together, at the centre of all their events.
 */
/** @import { Ring } from '../core/types.js' */

/** Pixels by which two rings may overlap before they are merged: their light rims. */
const SHARED = 2;

/** Radius in pixels of the ring for one event, just enough for its number; what each power of ten adds; and the most, reached at 10,000. */
const RADIUS = { one: 8.5, tenfold: 3.1, most: 21 };

/** Radius in pixels of the ring around a count. @param {number} n */
export const ringRadius = (n) => Math.min(RADIUS.most, RADIUS.one + RADIUS.tenfold * Math.log10(n));

/** @param {number} x @param {number} y @param {number} n @param {number[]} cells */
const ringAt = (x, y, n, cells) => ({ x, y, n, cells, r: ringRadius(n) });

/** @param {Ring} one @param {Ring} other */
function together(one, other) {
  const n = one.n + other.n;
  /** @param {'x'|'y'} axis */
  const middle = (axis) => (one[axis] * one.n + other[axis] * other.n) / n;
  return ringAt(middle('x'), middle('y'), n, one.cells.concat(other.cells));
}

/**
 * @param {{cell: number, x: number, y: number, n: number}[]} cells the number `n` of events in each cell, and their centre in pixels
 * @returns {Ring[]} the smallest first
 */
export function ringsOf(cells) {
  /** @type {Ring[]} */
  const rings = [];
  const inOrder = [...cells].sort((a, b) => b.n - a.n || a.cell - b.cell);
  for (const { x, y, n, cell } of inOrder) {
    let ring = ringAt(x, y, n, [cell]);
    /** @param {Ring} other */
    const isOver = (other) => Math.hypot(other.x - ring.x, other.y - ring.y) < other.r + ring.r - SHARED;
    for (let at = rings.findIndex(isOver); at >= 0; at = rings.findIndex(isOver)) ring = together(rings.splice(at, 1)[0], ring);
    rings.push(ring);
  }
  return rings.sort((a, b) => a.n - b.n || a.cells[0] - b.cells[0]);
}
