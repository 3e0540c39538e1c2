/*
 * Signs of what changed since an earlier version of the data: a plus on a dark disc is new, a white
 * triangle is corrected, a struck disc is withdrawn. They differ in form, so that they hold in grey.
 */
import { el, svg } from '../core/dom.js';
/** @import { ChangeMark, MapRecord, Model } from '../core/types.js' */

/** @type {ChangeMark[]} */
export const MARKS = ['new', 'corrected', 'withdrawn'];
/** Pixels of a sign, as in document.css. */
const SIZE = 13;
/** @type {Record<ChangeMark, [shape: string, strokes: string]>} the paths of a sign in its box */
const DRAWN = {
  new: ['M6.5 .5a6 6 0 1 1 0 12a6 6 0 1 1 0-12Z', 'M6.5 3.5V9.5M3.5 6.5H9.5'],
  corrected: ['M6.5 1L12.3 11.8H.7Z', ''],
  withdrawn: ['M6.5 .5a6 6 0 1 1 0 12a6 6 0 1 1 0-12Z', 'M3.6 9.4L9.4 3.6'],
};

/** The mark of a record, if it changed. @param {Model} model @param {MapRecord} record @returns {ChangeMark|null} */
export const markOf = (model, record) => markedAs(model, record)?.[0] ?? null;

/** @param {Model} model @param {MapRecord} record */
function markedAs(model, record) {
  return model.marks && Object.hasOwn(model.marks.records, record.id) ? model.marks.records[record.id] : null;
}

/** A change in words: "new", "corrected (upgraded, re-placed)". @param {Model} model @param {MapRecord} record */
export function markWords(model, record) {
  const marked = markedAs(model, record);
  if (!marked) return '';
  const [mark, ...ways] = marked;
  const others = ways.filter((way) => way !== mark);
  return mark + (others.length ? ' (' + others.join(', ') + ')' : '');
}

/** How many of some records have each mark; those without one are left out. @param {Model} model @param {MapRecord[]} records */
export function countMarks(model, records) {
  const marks = records.map((record) => markOf(model, record));
  return MARKS.map((mark) => /** @type {const} */ ([mark, marks.filter((one) => one === mark).length])).filter(([, n]) => n > 0);
}

/** "2 new, 1 corrected", or nothing. @param {Model} model @param {MapRecord[]} records */
export const countedMarks = (model, records) => countMarks(model, records).map(([mark, n]) => n + ' ' + mark).join(', ');

/** @param {ChangeMark} mark */
export function signOf(mark) {
  const [shape, strokes] = DRAWN[mark];
  return svg('svg', { class: 'im-sign is-' + mark, width: SIZE, height: SIZE, viewBox: '0 0 13 13', 'aria-hidden': 'true' },
    svg('path', { class: 'im-sign-shape', d: shape }), strokes && svg('path', { class: 'im-sign-stroke', d: strokes }));
}

/**
 * The sign at the corner of a mark or badge: that of the first of its marks.
 * @param {Model} model
 * @param {MapRecord[]} records
 */
export function cornerSign(model, records) {
  const counts = countMarks(model, records);
  return counts.length > 0 && el('span', { class: 'im-corner', 'data-mark': counts[0][0] }, signOf(counts[0][0]));
}
