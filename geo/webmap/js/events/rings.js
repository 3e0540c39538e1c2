/*
 * Counts of events as rings that cover one another nowhere: cells of the map whose rings would
 * are counted together, at the middle of all their events.
 */
/** @import { Ring } from '../core/types.js' */

/** So many pixels two rings may share before they become one. */
const SHARED = 2;

/** Radius of the ring around a count. @param {number} n */
export const ringRadius = (n) => Math.min(21, 8.5 + 3.1 * Math.log10(n));

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
 * @param {{cell: number, x: number, y: number, n: number}[]} cells `cell: number, x, y, n`: what lies in a cell, and the middle of it
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
