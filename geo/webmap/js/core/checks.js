/*
 * Checks of input from outside: a view of any origin, and the texts of events. The bounds of the
 * fields come with the payload, so that the document rejects what the program rejects.
 */
import { grouped } from './numbers.js';
/** @import { Limits, View } from './types.js' */

/** @typedef {(field: string, reason: string) => void} Refuse called for each field that exceeds its bound */

/** Most characters of an entry or a key; the longest valid one, a layer, has about 100. */
const LONGEST_ENTRY = 200;
/** @param {unknown} value @returns {value is string} */
const isText = (value) => typeof value === 'string' && value.length <= LONGEST_ENTRY;
/** @param {unknown} value */
const isNumber = (value) => typeof value === 'number' && !Number.isNaN(value);
/** @param {unknown} value @returns {value is Record<string, any>} */
export const isPlain = (value) => value !== null && typeof value === 'object' &&
  [Object.prototype, null].includes(Object.getPrototypeOf(value));

/** Among what is switched off: all groups. */
export const ALL = '*';
/** A group, or a layer of it: group, kind and status; or all groups. */
export const LAYER = /^(?:\*|[a-z0-9][a-z0-9-]{0,63}(\/(incident|presence)\/[a-z_]{1,20})?)$/;
const WORD = /^[a-z_]{1,40}$/;
const KEY = /^[a-z0-9][a-z0-9-]{0,63}$/;
const CODE = /^[A-Z]{2}-[A-Z0-9]{1,3}$/;
const EVENT = /^[A-Za-z/ ]{1,64}$/;
const DISTRICT = /^[\p{L}\p{N}_.:-]{1,64}$/u;

/** A field that exceeds its bound, with the reason; the rest of the view is applied without it. */
class Refused extends Error {}

/** @typedef {(value: any, bounds: Limits) => unknown} Check returns the value, or `undefined` if it is malformed */

/** A list of strings of a form; other entries are dropped. @param {RegExp} form @returns {Check} */
const listOf = (form) => (value, bounds) => {
  if (!Array.isArray(value)) return undefined;
  if (value.length > bounds.entries) {
    throw new Refused(grouped(value.length) + ' entries; at most ' + grouped(bounds.entries) + ' are read');
  }
  return value.filter((text) => isText(text) && form.test(text));
};

/** One of a few values, or `null`. @param {unknown[]} values @returns {Check} */
const oneOf = (values) => (value) => (value === null || values.includes(value) ? value : undefined);

/** @param {unknown} value */
const isDay = (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) &&
  Boolean(new Date(value + 'T00:00:00Z').toJSON()?.startsWith(value));
/** @type {Check} */
const day = (value) => (value === null || isDay(value) ? value : undefined);

/** Reject a period whose first day is after its last. @param {string|null|undefined} first @param {string|null|undefined} last */
function inOrder(first, last) {
  if (first && last && last < first) throw new Refused(first + ' is after ' + last + '; give the earlier day first');
}

/** @type {Check} */
function fatalities(value, bounds) {
  if (typeof value === 'number' && value > bounds.fatalities) {
    throw new Refused('more than ' + grouped(bounds.fatalities) + ' fatalities; give a smaller number');
  }
  return value === null || value === 'stated' || value === 'not_stated' || (Number.isInteger(value) && value >= 0) ? value : undefined;
}

/** @type {Check} */
function words(value, bounds) {
  if (typeof value !== 'string') return undefined;
  if (/[\p{Cc}\p{Cs}]/u.test(value)) return '';
  const { length } = Array.from(value);
  if (length > bounds.letters) throw new Refused(grouped(length) + ' letters; at most ' + grouped(bounds.letters) + ' are read');
  return value;
}

/** @type {Check} */
function period(value) {
  if (value === null) return null;
  if (!Array.isArray(value) || value.length !== 2 || !value.every(isDay)) return undefined;
  inOrder(value[0], value[1]);
  return value.slice();
}

/** @type {Check} */
function viewport(value, bounds) {
  if (value === null) return null;
  if (!isPlain(value) || ![value.lat, value.lon, value.zoom].every(isNumber)) return undefined;
  const { lat, lon, zoom } = value;
  const isOnEarth = Math.abs(lat) <= bounds.lat && Math.abs(lon) <= bounds.lon && zoom >= 0 && zoom <= bounds.zoom;
  if (isOnEarth) return { lat, lon, zoom };
  throw new Refused('expected degrees from ' + -bounds.lat + ' to ' + bounds.lat + ' north, from ' + -bounds.lon + ' to ' +
    bounds.lon + ' east, and a zoom from 0 to ' + bounds.zoom);
}

/**
 * The check of each field.
 * @type {Record<keyof View, Check>}
 */
const CHECKS = {
  off: listOf(LAYER),
  from: day,
  to: day,
  certain: (value) => (typeof value === 'boolean' ? value : undefined),
  kinds: listOf(WORD),
  events: listOf(EVENT),
  against: listOf(KEY),
  statuses: listOf(WORD),
  attributions: listOf(WORD),
  reviews: listOf(WORD),
  drafts: (value) => (typeof value === 'boolean' ? value : undefined),
  sources: listOf(KEY),
  grade: oneOf(['A', 'B', 'C', 'D', 'E', 'F']),
  credibility: oneOf([1, 2, 3, 4, 5, 6]),
  precisions: listOf(WORD),
  provinces: listOf(CODE),
  districts: listOf(DISTRICT),
  deaths: fatalities,
  text: words,
  mode: (value) => (value === 'precise' || value === 'provinces' ? value : undefined),
  compare: period,
  base_off: listOf(/^(relief|water|places|boundaries|own)$/),
  language: (value) => (value === 'en' || value === 'prs' || value === 'ps' ? value : undefined),
  counting: (value) => (value === 'records' || value === 'origins' ? value : undefined),
  coverage: (value) => (typeof value === 'boolean' ? value : undefined),
  chosen: (value) => (value === null || isText(value) ? value : undefined),
  province: (value) => (value === null || isText(value) ? value : undefined),
  theme: (value) => (value === null || value === 'light' || value === 'dark' ? value : undefined),
  viewport,
};

/** @typedef {Map<number, {id: string, notes: string, source: string}>} Texts of events, by their number */

const TEXTS = ['id', 'notes', 'source'];
/** Most characters of a text of an event; longer cells do not pass the import either (MAX_CELL in limits.py). */
const LONGEST_TEXT = 100000;
/** Most events whose texts a host may send in one message: a list has at most 100. */
const MOST_TEXTS = 1000;

/**
 * The well-formed texts of events, by their number.
 * @param {unknown} value
 * @returns {Texts}
 */
export function checkTexts(value) {
  const found = new Map();
  for (const [row, texts] of isPlain(value) ? Object.entries(value).slice(0, MOST_TEXTS) : []) {
    const isWhole = isPlain(texts) && TEXTS.every((name) => typeof texts[name] === 'string' && texts[name].length <= LONGEST_TEXT);
    if (/^\d{1,9}$/.test(row) && isWhole) found.set(Number(row), { id: texts.id, notes: texts.notes, source: texts.source });
  }
  return found;
}

/**
 * The well-formed fields of a view; others are dropped.
 * @param {unknown} value
 * @param {Limits} bounds
 * @param {Refuse} [refuse]
 * @returns {Partial<View>}
 */
export function checkView(value, bounds, refuse = () => {}) {
  /** @type {Record<string, any>} */
  const view = {};
  if (!isPlain(value)) return view;
  /** @param {string} name @param {() => unknown} check */
  const attempt = (name, check) => {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refuse(name, error.message);
      return undefined;
    }
  };
  for (const [name, check] of Object.entries(CHECKS)) {
    if (!Object.prototype.hasOwnProperty.call(value, name)) continue;
    const part = attempt(name, () => check(value[name], bounds));
    if (part !== undefined) view[name] = part;
  }
  const isInOrder = attempt('from', () => { inOrder(view.from, view.to); return true; });
  return isInOrder ? view : Object.assign(view, { from: null, to: null });
}
