/*
 * Coordinates of a place for copying: only for places known to a settlement or more precisely, never
 * for an area, and rounded to no finer than a tenth of the uncertainty.
 */
import { button, el } from '../core/dom.js';
import { drawnAs } from '../core/payload.js';
import { mgrsOf } from './mgrs.js';
/** @import { Model, Place, PlacedPlace } from '../core/types.js' */

/** Metres per degree of latitude, approximately (a 360th of the equator of WGS 84). */
const DEGREE = 111320;
/** Most decimals of a degree: about 10 m. */
const MOST_DECIMALS = 4;
/** Metres of uncertainty from which seconds (31 m each) would suggest false precision. */
const MINUTES = 2000;
/** Metres of uncertainty from which minutes would too: ten minutes of latitude (1,852 m each). */
const NEITHER = 18520;

/** @param {PlacedPlace} place @param {(value: number, plus: string, minus: string) => string} say */
const pair = (place, say) => say(place.lat, 'N', 'S') + ', ' + say(place.lon, 'E', 'W');

/** "34.53° N, 69.17° E" @param {PlacedPlace} place */
function degrees(place) {
  const step = (place.radiusM || 0) / 10;
  const decimals = step ? Math.max(0, Math.min(MOST_DECIMALS, Math.floor(Math.log10(DEGREE / step)))) : MOST_DECIMALS;
  return pair(place, (value, plus, minus) => Math.abs(value).toFixed(decimals) + '° ' + (value < 0 ? minus : plus));
}

/** "34° 32′ N, 69° 10′ E", with seconds if the place is known that precisely @param {PlacedPlace} place */
function sexagesimal(place) {
  const parts = (place.radiusM || 0) >= MINUTES ? 60 : 3600;
  /** @param {number} n */
  const two = (n) => String(n).padStart(2, '0');
  return pair(place, (value, plus, minus) => {
    const whole = Math.round(Math.abs(value) * parts);
    const rest = parts === 60 ? two(whole % 60) + '′' : two(Math.floor(whole / 60) % 60) + '′ ' + two(whole % 60) + '″';
    return Math.floor(whole / parts) + '° ' + rest + ' ' + (value < 0 ? minus : plus);
  });
}

/** The grid reference of a square at least as wide as the uncertainty. @param {PlacedPlace} place */
function reference(place) {
  const digits = 5 - Math.max(2, Math.ceil(Math.log10(place.radiusM || 1)));
  const found = digits < 0 ? '' : mgrsOf(place.lat, place.lon, digits);
  return found && '; MGRS ' + found;
}

/** The uncertainty in the words of the card. @param {PlacedPlace} place */
function within(place) {
  if (!place.radiusM) return 'uncertainty not stated';
  return 'uncertainty about ' + (place.radiusM >= 1000 ? Number((place.radiusM / 1000).toPrecision(2)) + ' km' : Math.round(place.radiusM) + ' m');
}

/** Formats of coordinates, in the order in which the button changes them. */
export const FORMATS = ['Degrees', 'DMS', 'MGRS'];

/**
 * The coordinates of a point in a format; in degrees if it is outside the MGRS grid.
 * @param {string} format
 * @param {{lat: number, lon: number}} point
 * @param {number} step precision in metres, such as the size of a pixel
 */
export function coordinatesIn(format, point, step) {
  const place = /** @type {PlacedPlace} */ (Object.assign({ radiusM: step }, point));
  if (format === 'DMS') return sexagesimal(place);
  return (format === 'MGRS' && reference(place).replace(/^; MGRS /, '')) || degrees(place);
}

/**
 * Copy the text of an element. A sandboxed frame must not use the clipboard API, but `copy` works there.
 * @param {HTMLElement} node
 * @param {HTMLElement} pressed
 */
export function copied(node, pressed) {
  getSelection()?.selectAllChildren(node);
  pressed.textContent = document.execCommand('copy') ? 'Copied' : 'Selected: press Ctrl+C';
}

/**
 * The coordinates of a place, or `null` if it is not a point.
 * @param {Model} model
 * @param {Place} one
 * @returns {HTMLElement|null}
 */
export function coordinatesOf(model, one) {
  if (!['pin', 'dot'].includes(drawnAs(model, one))) return null;
  const place = /** @type {PlacedPlace} */ (one);
  const line = el('span', { class: 'im-coordinates-text' }, degrees(place) + ((place.radiusM || 0) >= NEITHER ? '' : ' (' + sexagesimal(place) + ')') + reference(place) + ', ' + within(place));
  const copy = button({ class: 'im-text-button', 'data-key': 'copy:' + place.lat + ',' + place.lon, 'aria-label': 'Copy the coordinates',
    on: { click: () => copied(line, copy) } }, 'Copy');
  return el('div', { class: 'im-muted im-coordinates' }, line, ' ', copy);
}
