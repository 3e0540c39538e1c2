/*
 * Time in words: days, intervals, the sentence of the strip and the comparison. Months are always words
 * and years always have four digits, so that day and month cannot be confused.
 */
import { counted } from '../core/numbers.js';
import { isExact, monthsIn, partsOf, spanOf, toDay, typedDay, unitAfter } from './scale.js';
/** @import { MapRecord, SentenceParts, Span, Tick, Unit } from '../core/types.js' */

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** Date precisions in the wording of the sentence, finest first. */
const LOOSE = [
  ['day', 'to about a day'],
  ['week', 'to the week'],
  ['month', 'to the month'],
  ['year', 'to the year'],
  ['longer', 'more loosely'],
];

/** @param {number} month @param {boolean} [short] */
const monthName = (month, short) => (short ? MONTHS[month].slice(0, 3) : MONTHS[month]);

/** "1 May 2022" @param {number} day @param {boolean} [short] */
export function dateWords(day, short) {
  const [year, month, date] = partsOf(day);
  return date + ' ' + monthName(month, short) + ' ' + year;
}

/**
 * The first day of an interval without the parts it shares with the last: "1", "1 May".
 * @param {number} first
 * @param {number} last
 * @param {boolean} [short]
 */
function startWords(first, last, short) {
  const [a, b] = [partsOf(first), partsOf(last)];
  if (a[0] !== b[0]) return dateWords(first, short);
  return a[1] === b[1] ? String(a[2]) : a[2] + ' ' + monthName(a[1], short);
}

/**
 * @param {Span} span
 * @returns {string} "between 1 and 31 May 2022", "on 9 September 2001", "up to 31 December 2024"
 */
export function spanWords(span) {
  const { first, last } = span;
  if (first === null) return last === null ? 'at any time' : 'up to ' + dateWords(last);
  if (last === null) return 'from ' + dateWords(first) + ' on';
  if (first === last) return 'on ' + dateWords(first);
  return 'between ' + startWords(first, last) + ' and ' + dateWords(last);
}

/** The same, short: "1–31 May 2022", "1 May – 31 Dec 2022". @param {Span} span */
export function spanShort(span) {
  const { first, last } = span;
  if (first === null) return last === null ? 'all dates' : 'to ' + dateWords(last, true);
  if (last === null) return 'from ' + dateWords(first, true);
  if (first === last) return dateWords(first, true);
  const start = startWords(first, last, true);
  return start + (/^\d+$/.test(start) ? '–' : ' – ') + dateWords(last, true);
}

/** The shortest that says the same: whole years and months without their days, "2024", "May – Aug 2022". @param {Span} span */
function spanLeast({ first, last }) {
  if (first === null || last === null || !monthsIn({ first, last })) return spanShort({ first, last });
  const [a, b] = [partsOf(first), partsOf(last)];
  if (a[1] === 0 && b[1] === 11) return a[0] === b[0] ? String(a[0]) : a[0] + '–' + b[0];
  const end = binWords('month', last).replace(MONTHS[b[1]], monthName(b[1], true));
  if (a[0] === b[0]) return a[1] === b[1] ? end : monthName(a[1], true) + ' – ' + end;
  return monthName(a[1], true) + ' ' + a[0] + ' – ' + end;
}

/** The date of a record as an interval; never a day that is not known. @param {MapRecord} record */
export function recordWords(record) {
  const span = spanOf(record);
  if (record.dateUncertain) return record.dateText;
  if (!record.approximate || (span.first === null && span.last === null)) return spanWords(span);
  return span.first !== null && span.first === span.last ? 'on or about ' + dateWords(span.first) : spanWords(span) + ', or a little outside';
}

/** What is wrong with a typed date; nothing where it is one. @param {string} text */
export function typedFault(text) {
  if (typedDay(text, false) !== undefined) return '';
  const [, year, month] = /^([1-9]\d{3})-(\d{1,2})(?:-\d{1,2})?$/.exec(text.trim()) || [];
  const expected = ' Expected 2022-05-01, 2022-05 or 2022.';
  if (!year) return 'Not a valid date.' + expected;
  const start = toDay(year + '-' + month.padStart(2, '0') + '-01');
  if (start === null) return 'Not a valid date: months are 01 to 12.' + expected;
  return 'Not a valid date: ' + binWords('month', start) + ' has ' + (unitAfter('month', start) - start) + ' days.' + expected;
}

/** The name of a bin: "May 2022", "week of 2 May 2022". @param {Unit} unit @param {number} start */
export function binWords(unit, start) {
  const [year, month] = partsOf(start);
  if (unit === 'year') return String(year);
  if (unit === 'quarter') return monthName(month) + ' to ' + monthName(month + 2) + ' ' + year;
  if (unit === 'month') return monthName(month) + ' ' + year;
  return (unit === 'week' ? 'week of ' : '') + dateWords(start);
}

/** The label of a tick; the first one of a stretch always includes the year. @param {Unit} unit @param {Tick} tick */
export function tickWords(unit, tick) {
  const [year, month, date] = partsOf(tick.day);
  if (unit === 'year') return String(year);
  if (unit === 'month') return tick.isFirst ? monthName(month, true) + ' ' + year : month === 0 ? String(year) : monthName(month, true);
  if (tick.isFirst || (date === 1 && month === 0)) return dateWords(tick.day, true);
  return date <= (unit === 'week' ? 7 : 1) ? date + ' ' + monthName(month, true) : String(date);
}

/** "19 years", "14 months"; months below two years. @param {number} days */
export function lengthWords(days) {
  if (days >= 730) return Math.floor(days / 365.25) + ' years';
  return Math.round(days / 30.4) + ' months';
}

/** Number of records by the precision of their date, exact days excluded. @param {MapRecord[]} records @returns {[string, number][]} */
function looseness(records) {
  const counts = new Map(LOOSE.map(([key]) => [key, 0]));
  for (const record of records) {
    if (isExact(record)) continue;
    const key = record.datePrecision === 'days_2_6' ? 'week' : record.datePrecision;
    const known = counts.has(key) ? key : 'longer';
    counts.set(known, (counts.get(known) || 0) + 1);
  }
  return LOOSE.map(([key, words]) => /** @type {[string, number]} */ ([words, counts.get(key) || 0])).filter(([, n]) => n > 0);
}

/** "5 of them dated only to the month, 2 to the year" @param {MapRecord[]} records */
export function looseWords(records) {
  const parts = looseness(records);
  if (!parts.length) return '';
  const all = parts.length === 1 && parts[0][1] === records.length && records.length > 1;
  return parts.map(([words, n], i) => (i ? n : all ? 'all' : n + ' of them') + (i ? ' ' : ' dated only ') + words).join(', ')
    .replace('only more loosely', 'more loosely');
}

/** Number of records without a known day, in words. @param {MapRecord[]} records */
function leastWords(records) {
  const n = records.filter((record) => !isExact(record)).length;
  return n ? n + ' without a known day' : '';
}

/**
 * The sentence: how many of how many records, when, and how precisely they are dated.
 * @param {{shown: MapRecord[], records: MapRecord[], window: Span, certain: boolean}} state
 * @returns {SentenceParts}
 */
export function sentence(state) {
  const { window } = state;
  const isAll = window.first === null && window.last === null;
  const certainly = state.certain && !isAll ? 'certainly ' : '';
  return {
    count: String(state.shown.length),
    of: ' of ' + counted(state.records.length, 'record'),
    when: certainly + spanWords(window),
    short: certainly + spanShort(window),
    least: certainly + spanLeast(window),
    loose: looseWords(state.shown),
    looseShort: looseWords(state.shown).replace(/( of them)? dated only/, ' only').replace(' of them dated', ''),
    looseLeast: leastWords(state.shown),
  };
}

/** @param {SentenceParts} parts */
export const sentenceText = (parts) => parts.count + parts.of + ' · ' + parts.when + (parts.loose ? ' · ' + parts.loose : '');

/**
 * The forms of the sentence after its numbers, from the longest to the shortest.
 * @param {SentenceParts} parts
 */
export function sentenceForms({ of, when, short, least, loose, looseShort, looseLeast }) {
  const records = of.replace(/.*\d/, '');
  return [[records, when, loose], [records, short, loose], [records, short, looseShort], ['', short, looseShort], ['', short, looseLeast], ['', least, looseLeast], ['', short], ['', least]];
}

/**
 * "8 more in A than in B", and how many records are counted in both.
 * @param {number} a
 * @param {number} b
 * @param {number} both
 */
export function comparison(a, b, both) {
  const more = a === b ? 'as many in A as in B' : Math.abs(a - b) + (a > b ? ' more' : ' fewer') + ' in A than in B';
  return more + (both ? ' · ' + both + ' may be in both' : '');
}
