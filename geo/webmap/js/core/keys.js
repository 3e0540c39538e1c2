/*
 * All keys of the document: what is listed in its dialog is what its parts ask for, so that the list
 * cannot become untrue. A part asks for a key by its name here.
 */

/**
 * @typedef {Object} KeyRow
 * @property {string} where
 * @property {Record<string, any>} keys each key, as in `KeyboardEvent.key`, and what it means to the part that asks
 * @property {string} does
 * @property {boolean} [isOutside] whether a page around the document may pass it on
 */

const ANYWHERE = 'Anywhere';
const ON_MAP = 'On the map';
const MEASURING = 'While measuring';
const LISTS = 'In a list';
const SEARCH = 'In the search';
const TIME = 'On the time strip';
const END = 'On an end of the period';
const AXIS = 'On a year or month';
const CALENDAR = 'In a calendar';
const PRESENTING = 'While presenting';

const UP_DOWN = { ArrowUp: -1, ArrowDown: 1 };
const LEFT_RIGHT = { ArrowLeft: -1, ArrowRight: 1 };
const HOME_END = { Home: -1, End: 1 };

/** In the order of the dialog. */
export const KEYS = {
  group: { where: ANYWHERE, keys: { 1: 0, 2: 1, 3: 2, 4: 3, 5: 4, 6: 5, 7: 6, 8: 7, 9: 8 }, does: 'switch a group on or off', isOutside: true },
  allGroups: { where: ANYWHERE, keys: { 0: true }, does: 'switch all groups on or off', isOutside: true },
  find: { where: ANYWHERE, keys: { '/': true }, does: 'search', isOutside: true },
  help: { where: ANYWHERE, keys: { '?': true }, does: 'show the keys', isOutside: true },
  copy: { where: ANYWHERE, keys: { c: true }, does: 'copy the coordinates under the pointer' },
  measure: { where: ANYWHERE, keys: { m: true }, does: 'start or leave measuring' },
  present: { where: ANYWHERE, keys: { f: true }, does: 'start or end a presentation' },
  close: { where: ANYWHERE, keys: { Escape: true }, does: 'close what is open, or go back from a province' },
  // Leaflet answers to these two itself.
  pan: { where: ON_MAP, keys: { ...LEFT_RIGHT, ...UP_DOWN }, does: 'move the map' },
  zoom: { where: ON_MAP, keys: { '+': 1, '-': -1 }, does: 'zoom' },
  overview: { where: 'On the overview', keys: { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }, does: 'move the map by half its size' },
  point: { where: MEASURING, keys: { ' ': true }, does: 'add the middle of the map' },
  undo: { where: MEASURING, keys: { Backspace: true }, does: 'remove the last point' },
  finish: { where: MEASURING, keys: { Enter: true }, does: 'end the line' },
  row: { where: LISTS, keys: UP_DOWN, does: 'go to the row above or below' },
  hit: { where: SEARCH, keys: UP_DOWN, does: 'go to the hit above or below' },
  take: { where: SEARCH, keys: { Enter: true }, does: 'open the hit' },
  title: { where: 'In the title of a saved view', keys: { Enter: true }, does: 'save or rename the view' },
  step: { where: TIME, keys: LEFT_RIGHT, does: 'move the period by its length; with Shift by twice as much' },
  walk: { where: TIME, keys: UP_DOWN, does: 'go to the record before or after' },
  ends: { where: TIME, keys: HOME_END, does: 'move the period to the first or last record' },
  choose: { where: TIME, keys: { Enter: true }, does: 'open the record' },
  stretch: { where: TIME, keys: { '+': 2, '=': 2, '-': 0.5 }, does: 'stretch or shrink the axis' },
  nudge: { where: END, keys: { ArrowDown: -1, ArrowUp: 1, PageDown: -3, PageUp: 3 }, does: 'move only this end' },
  unit: { where: AXIS, keys: LEFT_RIGHT, does: 'go to the one before or after' },
  extend: { where: AXIS, keys: { Enter: true }, does: 'set the period; with Shift extend it' },
  read: { where: 'In a date field', keys: { Enter: true }, does: 'set the date' },
  day: { where: CALENDAR, keys: { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }, does: 'go by a day or a week' },
  week: { where: CALENDAR, keys: HOME_END, does: 'go to the end of the week' },
  month: { where: CALENDAR, keys: { PageUp: -1, PageDown: 1 }, does: 'go by a month; with Shift by a year' },
  pick: { where: CALENDAR, keys: { Enter: true }, does: 'pick the day' },
  slide: { where: PRESENTING, keys: { ArrowLeft: -1, PageUp: -1, ArrowRight: 1, PageDown: 1 }, does: 'go to the period or saved view before or after' },
  slideEnds: { where: PRESENTING, keys: HOME_END, does: 'go to the first or last of them' },
  slideSteps: { where: PRESENTING, keys: { v: true }, does: 'go through periods or through saved views' },
  pointer: { where: PRESENTING, keys: { p: true }, does: 'show a ring at the pointer while held' },
};

/** @type {Record<string, string>} */
const NAMES = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', ' ': 'Space', Escape: 'Esc', PageUp: 'PgUp', PageDown: 'PgDn', '-': '−' };

/** The keys of a row as they are printed on a keyboard. @param {KeyRow} row @returns {string[]} */
export const keyNames = ({ keys }) => Object.keys(keys).map((key) => NAMES[key] || (key.length === 1 ? key.toUpperCase() : key));

/**
 * What a key means, or `undefined` if it is not one of these; 0 is a meaning.
 * @template {keyof typeof KEYS} Name
 * @param {KeyboardEvent} event
 * @param {Name} name
 * @returns {any}
 */
export function pressed(event, name) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  /** @type {KeyRow} */
  const { keys } = KEYS[name];
  return Object.hasOwn(keys, key) ? keys[key] : undefined;
}

/** Whether a page around the document may pass a key on. @param {unknown} key */
export const isOutsideKey = (key) => Object.values(/** @type {Record<string, KeyRow>} */ (KEYS)).some(({ isOutside, keys }) =>
  isOutside && typeof key === 'string' && Object.hasOwn(keys, key));

/** Inputs into which nothing is typed. */
const NOT_TYPED = ['checkbox', 'radio', 'button', 'submit', 'reset', 'range', 'color', 'file'];

/** Whether the keys go into a field. @param {EventTarget|null} target */
export function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !NOT_TYPED.includes(target.type);
  return target.isContentEditable || target.closest('select, textarea') !== null;
}
