/*
 * The name of where one is: the outline that holds a point, among many.
 */
import { boundsOf } from './basemap.js';
/** @import { Bounds } from '../core/types.js' */

/**
 * An outline with its name; `box` spares looking at the rest of it.
 * @typedef {{name: string, rings: number[][][], box: Bounds}} Named rings of [longitude, latitude], holes among them
 */

/**
 * An outline made ready to be asked of.
 * @param {string} name
 * @param {number[][][]} rings of [longitude, latitude]
 * @returns {Named}
 */
export const named = (name, rings) => ({ name, rings, box: boundsOf(rings) });

/** Whether rings hold a point, by how often a line to the east of it crosses them. @param {number[][][]} rings @param {number} x @param {number} y */
export function holds(rings, x, y) {
  let isIn = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [x0, y0] = ring[j];
      const [x1, y1] = ring[i];
      if ((y0 > y) !== (y1 > y) && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) isIn = !isIn;
    }
  }
  return isIn;
}

/**
 * The name of the outline that holds a point, or an empty text where none does.
 * @param {number} lat
 * @param {number} lon
 * @param {Named[]} outlines
 */
export function whereIs(lat, lon, outlines) {
  const found = outlines.find(({ box, rings }) => lat >= box.south && lat <= box.north && lon >= box.west && lon <= box.east && holds(rings, lon, lat));
  return found ? found.name : '';
}

/**
 * "Panjshir · Rukha": the names of the outlines that hold a point, the widest first.
 * @param {number} lat
 * @param {number} lon
 * @param {Named[][]} levels such as provinces and districts
 */
export const whereWords = (lat, lon, levels) => levels.map((outlines) => whereIs(lat, lon, outlines)).filter(Boolean).join(' · ');
