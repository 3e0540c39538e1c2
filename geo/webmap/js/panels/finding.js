/*
 * What can be found by its name: places, records, groups and sources. Names are compared by the
 * table that folds the records' own words, so that spellings and scripts meet; a place is found as
 * well where one letter is wrong, or two of a long name.
 */
import { counted } from '../core/numbers.js';
import { latOf, lonOf } from '../map/base_block.js';
import { foldWords } from '../view/keep.js';
import { typedDay } from '../time/scale.js';
import { binWords } from '../time/words.js';
/** @import { BaseLabel, Bounded, MapRecord, Model } from '../core/types.js' */

/**
 * @typedef {Object} Findable
 * @property {'place'|'record'|'group'|'source'} kind
 * @property {string} name
 * @property {string} note what it is, beside the name
 * @property {string[]} keys folded names
 * @property {number} rank the smaller, the earlier among equals
 * @property {number} [province] its position
 * @property {number} [region] its position
 * @property {{lat: number, lon: number, zoom: number}} [at]
 * @property {MapRecord} [record]
 * @property {number} [position] position among groups or sources
 */

/** The order of the kinds, what each is called, and how many of it are listed. @type {[Findable['kind'], string, number][]} */
export const KINDS = [['place', 'Places', 5], ['record', 'Records', 6], ['group', 'Groups', 3], ['source', 'Sources', 3]];
/** @type {Record<string, string>} */
const CALLED = { town: 'town', district: 'district', river: 'river', lake: 'lake', airfield: 'airfield', pass: 'pass', peak: 'peak', crossing: 'border crossing' };
/** The zoom at which a place of each kind is looked at: its own name and those around it are drawn. @type {Record<string, number>} */
const ZOOMS = { town: 10, district: 9.5, river: 8.5, lake: 9 };
/** Letters from which on one may be wrong, and from which on two. */
const LONG = [5, 9];

/**
 * Everything of a document that has a name.
 * @param {Model} model
 * @param {(lat: number, lon: number) => number} provinceAt position of the province there, or -1
 * @returns {Findable[]}
 */
export function findables(model, provinceAt) {
  /** @param {string[]} texts */
  const keys = (texts) => texts.filter(Boolean).map((text) => foldWords(model, text).join(' '));
  /** @param {BaseLabel} label @returns {Findable} */
  const ofLabel = ({ kind, rank, x, y, names }) => {
    const at = { lat: latOf(y), lon: lonOf(x), zoom: ZOOMS[kind] || 10.5 };
    const province = model.provinceList[provinceAt(at.lat, at.lon)];
    return { kind: 'place', name: names.en, note: CALLED[kind] + (province ? ', ' + province.name : ''), keys: keys(Object.values(names)), rank: kind === 'town' ? rank : 7, at };
  };
  return [
    ...model.provinceList.map((one, province) => /** @type {Findable} */ ({ kind: 'place', name: one.name, note: 'province', keys: keys([one.name, ...one.local.map(([, text]) => text)]), rank: 0, province })),
    ...model.regions.map((one, region) => /** @type {Findable} */ ({ kind: 'place', name: one.name, note: 'filter to ' + counted(one.provinces.length, 'province'), keys: keys(one.names), rank: 0, region })),
    ...(model.baseMap?.labels ?? []).map(ofLabel),
    ...model.records.map((record, rank) => /** @type {Findable} */ ({ kind: 'record', name: record.title, note: record.dateText, keys: [foldWords(model, record.title).join(' '), record.search], rank, record })),
    ...model.groups.map((one, position) => /** @type {Findable} */ ({ kind: 'group', name: one.name, note: one.short === one.name ? '' : one.short, keys: keys([one.short, one.name]), rank: position, position })),
    ...model.sources.map((one, position) => /** @type {Findable} */ ({ kind: 'source', name: one.title, note: one.publisher, keys: keys([one.title, one.publisher, one.author]), rank: position, position })),
  ];
}

/**
 * Whether a word comes within some edits of the beginning of another (optimal string alignment, as
 * in Boytsov, "Indexing methods for approximate dictionary searching", ACM JEA 16, 2011).
 * @param {string} word
 * @param {string} other
 * @param {number} most
 */
function isNear(word, other, most) {
  if (word[0] !== other[0]) return false;
  const end = Math.min(other.length, word.length + most);
  let [before, row] = [[0], Array.from({ length: end + 1 }, (_, i) => i)];
  for (let i = 1; i <= word.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= end; j += 1) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + Number(word[i - 1] !== other[j - 1]));
      if (i > 1 && j > 1 && word[i - 1] === other[j - 2] && word[i - 2] === other[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return Math.min(...row.slice(Math.max(0, word.length - most))) <= most;
}

/**
 * How well words meet a name: 0 all of it, 1 its beginning, 2 beginnings of words, 3 anywhere, 4 nearly; `Infinity`: not at all.
 * @param {string[]} words
 * @param {Findable} one
 * @param {boolean} mayErr
 */
function distanceOf(words, { kind, keys }, mayErr) {
  const asked = words.join(' ');
  if (keys.includes(asked)) return 0;
  if (keys.some((key) => key.startsWith(asked))) return 1;
  if (keys.some((key) => words.every((word) => (' ' + key).includes(' ' + word)))) return 2;
  if (keys.some((key) => words.every((word) => key.includes(word)))) return 3;
  if (!mayErr || kind !== 'place') return Infinity;
  /** @param {string} word */
  const spare = (word) => LONG.filter((least) => word.length >= least).length;
  const isNearly = keys.some((key) => words.every((word) => key.split(' ').some((other) => (spare(word) ? isNear(word, other, spare(word)) : word === other))));
  return isNearly ? 4 : Infinity;
}

/** Days from which on a period is a month, and a year. */
const MONTH = 28;
const YEAR = 365;

/**
 * The period that a text names, as in a date field: a year, a month or a day.
 * @param {string} text
 * @returns {{name: string, note: string, span: Bounded}|null}
 */
export function periodOf(text) {
  const first = typedDay(text, false);
  const last = typedDay(text, true);
  if (typeof first !== 'number' || typeof last !== 'number') return null;
  const days = last - first + 1;
  const unit = days >= YEAR ? 'year' : days >= MONTH ? 'month' : 'day';
  return { name: binWords(unit, first), note: 'show only this ' + unit, span: { first, last } };
}

/**
 * What meets the words, the best first, by kind; a kind with a name that is all of them comes before the others. Errors
 * are allowed where no place is spelt so.
 * @param {Model} model
 * @param {Findable[]} all
 * @param {string} text
 * @returns {{kind: string, label: string, far: number, hits: Findable[], more: number}[]} kinds with hits
 */
export function find(model, all, text) {
  const words = foldWords(model, text);
  if (!words.length) return [];
  /** @param {Findable[]} some @param {boolean} mayErr */
  const meeting = (some, mayErr) => some.map((one) => ({ one, far: distanceOf(words, one, mayErr) })).filter(({ far }) => far < Infinity)
    .sort((a, b) => a.far - b.far || a.one.rank - b.one.rank || a.one.name.localeCompare(b.one.name));
  return KINDS.map(([kind, label, most]) => {
    const some = all.filter((one) => one.kind === kind);
    const exact = meeting(some, false);
    const hits = exact.length ? exact : meeting(some, true);
    return { kind, label, far: hits[0]?.far === 0 ? 0 : 1, hits: hits.slice(0, most).map(({ one }) => one), more: Math.max(0, hits.length - most) };
  }).filter(({ hits }) => hits.length).sort((a, b) => a.far - b.far);
}
