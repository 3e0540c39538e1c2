/*
 * Checks of what is kept outside the document: marks of changed records, and saved Views. They come
 * from a host, from the storage of the browser or from the payload; nothing of them is trusted.
 */
import { isPlain } from './checks.js';
import { grouped } from './numbers.js';
/** @import { KeptByHost, Limits, Marks, SavedView, ViewAct } from './types.js' */

/** Most characters of a note, of several sentences. */
const LONGEST_NOTE = 2000;
/** Most things to compare with: two, and the versions of the last weeks. */
const MOST_CHOICES = 60;
/** Most kinds of change of one record; fifteen exist. */
const MOST_WAYS = 20;
/** Most marked records; a dossier that can be read has some thousands. */
const MOST_MARKED = 100000;

/** @param {unknown} value @param {number} most @returns {value is string} */
const isText = (value, most) => typeof value === 'string' && value.length <= most && value.isWellFormed();
/** @param {unknown} value */
const isMark = (value) => value === 'new' || value === 'corrected' || value === 'withdrawn';

/** @param {unknown} value @returns {Marks|null} */
export function checkMarks(value) {
  if (!isPlain(value) || !isText(value.since, LONGEST_NOTE) || !isText(value.note, LONGEST_NOTE) || !isPlain(value.records)) return null;
  const { since, note, removed } = value;
  const entries = Object.entries(value.records).slice(0, MOST_MARKED).filter(([, one]) => Array.isArray(one) && isMark(one[0]) &&
    one.length <= MOST_WAYS && one.every((/** @type {unknown} */ way) => isText(way, LONGEST_NOTE)));
  return { since, note, removed: Number.isSafeInteger(removed) && removed > 0 ? removed : 0, records: Object.fromEntries(entries) };
}

/** Why a title cannot be one, or nothing. @param {unknown} title @param {Limits} bounds */
export function titleFault(title, bounds) {
  if (typeof title !== 'string' || !title.trim() || /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(title)) return 'Give a title of one line.';
  const { length } = Array.from(title);
  return length > bounds.title ? 'A title of ' + grouped(length) + ' letters; at most ' + bounds.title + ' are kept.' : '';
}

/** @param {unknown} one @param {Limits} bounds @returns {one is SavedView} */
const isSaved = (one, bounds) => isPlain(one) && titleFault(one.title, bounds) === '' &&
  typeof one.address === 'string' && one.address.length <= bounds.address && !/[\p{Cc}\p{Cs}]/u.test(one.address);

/**
 * The saved Views of a list, and what has to be said of it: a list that is too long is refused as a
 * whole, and what cannot be read is counted.
 * @param {unknown} value
 * @param {Limits} bounds
 * @returns {{views: SavedView[], note: string}}
 */
export function checkSaved(value, bounds) {
  if (!Array.isArray(value)) return { views: [], note: 'The saved Views could not be read.' };
  if (value.length > bounds.saved) return { views: [], note: grouped(value.length) + ' saved Views; at most ' + grouped(bounds.saved) + ' are read.' };
  const views = new Map(value.filter((one) => isSaved(one, bounds)).map(({ title, address }) => [title, { title, address }]));
  const lost = value.length - views.size;
  return { views: [...views.values()], note: lost ? grouped(lost) + (lost === 1 ? ' saved View' : ' saved Views') + ' could not be read.' : '' };
}

/**
 * The list after an act; `fault` says why nothing was changed. Python's twin is `changed` in saved_views.py.
 * @param {SavedView[]} views
 * @param {ViewAct} act
 * @param {Limits} bounds
 * @returns {{views: SavedView[], fault: string}}
 */
export function changedViews(views, { act, title, address, to }, bounds) {
  /** @param {string} fault */
  const not = (fault) => ({ views, fault });
  const fault = titleFault(title, bounds) || (act === 'rename' ? titleFault(to, bounds) : '');
  if (fault) return not(fault);
  const [from, name] = [title.trim(), String(to).trim()];
  const held = new Map(views.map((one) => [one.title, one]));
  if (act === 'remove') held.delete(from);
  else if (act === 'save') {
    if (!isSaved({ title: from, address }, bounds)) return not('This View has too long an address to be saved; remove filters.');
    held.set(from, { title: from, address: String(address) });
    if (held.size > bounds.saved) return not(grouped(bounds.saved) + ' Views are saved already; delete one first.');
  } else if (held.has(from) && name !== from && held.has(name)) return not('Another View has this title; choose another one.');
  return { views: [...held.values()].map((one) => (act === 'rename' && one.title === from ? { title: name, address: one.address } : one)), fault: '' };
}

/** What a host keeps for the document. @param {unknown} value @param {Limits} bounds @returns {KeptByHost|null} */
export function checkKept(value, bounds) {
  if (!isPlain(value) || !Array.isArray(value.choices) || value.choices.length > MOST_CHOICES) return null;
  const choices = value.choices.filter((one) => isPlain(one) && isText(one.value, LONGEST_NOTE) && isText(one.label, LONGEST_NOTE));
  const { views, note } = checkSaved(value.views, bounds);
  /** @param {unknown} text */
  const said = (text) => (isText(text, LONGEST_NOTE) ? text : '');
  return { since: said(value.since), choices, marks: checkMarks(value.marks), views, note: said(value.note), viewsNote: said(value.viewsNote) || note };
}
