/*
 * What may come in from outside, checked: a view of whatever origin, the texts of events.
 */
/** @import { View } from './types.js' */

/** @param {unknown} value @returns {value is string} */
const isText = (value) => typeof value === 'string' && value.length <= 200;
/** @param {unknown} value @param {number} low @param {number} high */
const isNumber = (value, low, high) => typeof value === 'number' && value >= low && value <= high;
/** @param {unknown} value @returns {value is Record<string, any>} */
export const isPlain = (value) => value !== null && typeof value === 'object' &&
  [Object.prototype, null].includes(Object.getPrototypeOf(value));

const WORD = /^[a-z_]{1,40}$/;
const KEY = /^[a-z0-9][a-z0-9-]{0,63}$/;
const CODE = /^[A-Z]{2}-[A-Z0-9]{1,3}$/;
const EVENT = /^[A-Za-z/ ]{1,64}$/;
const DISTRICT = /^[\p{L}\p{N}_.:-]{1,64}$/u;

/** A list of texts of one form; what is not of it is left out. @param {RegExp} form */
const listOf = (form) => (/** @type {unknown} */ value) => (Array.isArray(value) && value.length <= 1000
  ? value.filter((text) => isText(text) && form.test(text)) : undefined);

/** A choice among a few values, or none of them. @param {unknown[]} values */
const oneOf = (values) => (/** @type {unknown} */ value) => (value === null || values.includes(value) ? value : undefined);

/** @param {unknown} value */
const isDay = (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) &&
  new Date(value + 'T00:00:00Z').toJSON() !== null && new Date(value + 'T00:00:00Z').toJSON().startsWith(value);
/** @param {unknown} value */
const day = (value) => (value === null || isDay(value) ? value : undefined);

/**
 * Of each field, the value where it is well formed, and else nothing.
 * @type {Record<keyof View, (value: any) => unknown>}
 */
const CHECKS = {
  off: (value) => (Array.isArray(value) && value.length <= 1000 && value.every(isText) ? value.slice() : undefined),
  from: day,
  to: day,
  certain: (value) => (typeof value === 'boolean' ? value : undefined),
  kinds: listOf(WORD),
  events: listOf(EVENT),
  against: listOf(KEY),
  statuses: listOf(WORD),
  attributions: listOf(WORD),
  sources: listOf(KEY),
  grade: oneOf(['A', 'B', 'C', 'D', 'E', 'F']),
  credibility: oneOf([1, 2, 3, 4, 5, 6]),
  precisions: listOf(WORD),
  provinces: listOf(CODE),
  districts: listOf(DISTRICT),
  deaths: (value) => (value === null || value === 'stated' || value === 'not_stated' ||
    (Number.isInteger(value) && value >= 0 && value <= 1000000) ? value : undefined),
  text: (value) => (typeof value !== 'string' ? undefined : /[\p{Cc}\p{Cs}]/u.test(value) ? '' : Array.from(value).slice(0, 200).join('')),
  mode: (value) => (value === 'precise' || value === 'provinces' ? value : undefined),
  compare: (value) => (value === null ? null : Array.isArray(value) && value.length === 2 && value.every(isDay) && value[0] <= value[1] ? value.slice() : undefined),
  chosen: (value) => (value === null || isText(value) ? value : undefined),
  province: (value) => (value === null || isText(value) ? value : undefined),
  theme: (value) => (value === null || value === 'light' || value === 'dark' ? value : undefined),
  viewport: (value) => {
    if (value === null) return null;
    if (!isPlain(value)) return undefined;
    const { lat, lon, zoom } = value;
    return isNumber(lat, -90, 90) && isNumber(lon, -360, 360) && isNumber(zoom, 0, 24) ? { lat, lon, zoom } : undefined;
  },
};

/** @typedef {Map<number, {id: string, notes: string, source: string}>} Texts of events, by their number */

const TEXTS = ['id', 'notes', 'source'];
/** Letters of a text of an event; the program cuts none that it reads. */
const LONGEST_TEXT = 100000;

/**
 * The texts of events by their number, those that are well formed.
 * @param {unknown} value
 * @returns {Texts}
 */
export function checkTexts(value) {
  const found = new Map();
  for (const [row, texts] of isPlain(value) ? Object.entries(value).slice(0, 1000) : []) {
    const isWhole = isPlain(texts) && TEXTS.every((name) => typeof texts[name] === 'string' && texts[name].length <= LONGEST_TEXT);
    if (/^\d{1,9}$/.test(row) && isWhole) found.set(Number(row), { id: texts.id, notes: texts.notes, source: texts.source });
  }
  return found;
}

/**
 * The parts of a view that are well formed; the others are left out.
 * @param {unknown} value
 * @returns {Partial<View>}
 */
export function checkView(value) {
  /** @type {Record<string, any>} */
  const view = {};
  if (!isPlain(value)) return view;
  for (const [name, check] of Object.entries(CHECKS)) {
    if (!Object.prototype.hasOwnProperty.call(value, name)) continue;
    const part = check(value[name]);
    if (part !== undefined) view[name] = part;
  }
  return view;
}
