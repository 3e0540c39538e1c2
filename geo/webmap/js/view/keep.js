/*
 * Which records pass the filters of a view. The filters are applied one after the other, and a record
 * is counted under the first that it fails. This module has no state; the same rules are implemented
 * in Python in geo/view/keeping.py.
 */
import { ALL } from '../core/checks.js';
/** @import { Asked, Asking, MapRecord, Model, Question, Reason } from '../core/types.js' */

/** @type {Record<string, Reason>} the filtering fields of a view, and the reason that each of them gives */
export const REASON_OF = { off: 'layer', from: 'period', to: 'period', certain: 'period', kinds: 'kind', events: 'event',
  against: 'against', statuses: 'status', attributions: 'attribution', reviews: 'review', sources: 'source', grade: 'grade',
  credibility: 'grade', precisions: 'precision', provinces: 'place', districts: 'place', deaths: 'deaths', text: 'text' };

/** A view without filters. @returns {Asked} */
export const nothingAsked = () => ({ from: null, to: null, certain: false, kinds: [], events: [], against: [], statuses: [],
  attributions: [], reviews: [], drafts: false, sources: [], grade: null, credibility: null, precisions: [], provinces: [], districts: [],
  deaths: null, text: '', mode: 'precise', compare: null, base_off: [], language: 'en',
  counting: 'records', coverage: false });

/**
 * The words of a text, folded for comparison with the same table as the records.
 * @param {Model} model
 * @param {string} text
 * @returns {string[]}
 */
export function foldWords(model, text) {
  let plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  for (const [from, to] of model.fold || []) plain = plain.split(from).join(to);
  return [...new Set(plain.split(/\s+/).filter(Boolean))];
}

/**
 * A view prepared for filtering many records.
 * @param {Model} model
 * @param {Asking} view missing fields do not filter
 * @returns {Question}
 */
export function questionOf(model, view) {
  /** @type {Asked & {off: string[]}} */
  const whole = Object.assign(nothingAsked(), { off: [] }, view);
  /** @param {string[]} values */
  const set = (values) => (values.length ? new Set(values) : null);
  /** @param {string[]} values @param {(value: string) => number} of */
  const positions = (values, of) => (values.length ? new Set(values.map(of)) : null);
  return Object.assign({}, whole, {
    model,
    off: new Set(whole.off),
    kinds: set(whole.kinds),
    events: set(whole.events),
    against: set(whole.against),
    statuses: positions(whole.statuses, (key) => model.statuses.findIndex((status) => status.key === key)),
    attributions: set(whole.attributions),
    reviews: set(whole.reviews),
    sources: positions(whole.sources, (key) => model.sources.findIndex((source) => source.key === key)),
    precisions: positions(whole.precisions, (key) => model.precisions.findIndex((one) => one.key === key)),
    provinces: positions(whole.provinces, (code) => (model.provinceOf.get(code) ?? -1)),
    districts: set(whole.districts),
    words: whole.text ? foldWords(model, whole.text) : [],
  });
}

/** A date after all others, for the end of an open interval. */
const EVER = '9999-99-99';

/** @param {Question} q @param {MapRecord} record */
function inPeriod(q, record) {
  if (q.from && (record.to || EVER) < q.from) return false;
  if (q.to && (record.from || '') > q.to) return false;
  if (!q.certain || !(q.from || q.to)) return true;
  const startsInside = !q.from || (record.from !== null && record.from >= q.from);
  const endsInside = !q.to || (record.to !== null && record.to <= q.to);
  return startsInside && endsInside && !record.approximate;
}

/**
 * F and 6 mean unrated: they are outside the scales and are never the worst values.
 * @param {Question} q
 * @param {MapRecord} record
 */
function isGradedSo(q, record) {
  if (q.grade === null && q.credibility === null) return true;
  const grades = record.grades || [];
  if (q.grade === 'F' && grades.some(([grade]) => grade !== 'F')) return false;
  if (q.credibility === 6 && grades.some(([, credibility]) => credibility !== 6)) return false;
  return grades.some(([grade, credibility]) => (q.grade === null || grade <= q.grade) &&
    (q.credibility === null || credibility <= q.credibility));
}

/** @param {Question} q @param {MapRecord} record */
function hasDeaths(q, record) {
  if (q.deaths === null) return true;
  const lowest = (record.killed || []).find((n) => n !== null);
  const isStated = record.killedBasis ? record.killedBasis !== 'not_stated' : lowest !== undefined;
  if (q.deaths === 'stated') return isStated;
  if (q.deaths === 'not_stated') return !isStated;
  return isStated && lowest !== undefined && lowest >= q.deaths;
}

/** @param {Set<any>|null} wanted @param {any[]|null|undefined} values */
const any = (wanted, values) => wanted === null || (values || []).some((value) => wanted.has(value));

/** @type {Record<Reason, (q: Question, record: MapRecord) => boolean>} */
const PASSES = {
  layer: (q, record) => !q.off.has(ALL) && record.layers.some((key) => !q.off.has(key) && !q.off.has(key.split('/')[0])),
  period: inPeriod,
  kind: (q, record) => q.kinds === null || q.kinds.has(record.kind),
  event: (q, record) => q.events === null || any(q.events, [record.event]),
  against: (q, record) => any(q.against, record.against),
  status: (q, record) => q.statuses === null || q.statuses.has(record.status),
  attribution: (q, record) => q.attributions === null || q.attributions.has(record.attribution),
  review: (q, record) => q.reviews === null || q.reviews.has(record.review),
  source: (q, record) => any(q.sources, record.sources),
  grade: isGradedSo,
  precision: (q, record) => q.precisions === null || record.places.some((place) => q.precisions?.has(place.precision)),
  place: (q, record) =>
    (q.provinces === null || record.places.some((place) => any(q.provinces, place.provinces))) &&
    (q.districts === null || record.places.some((place) => any(q.districts, [place.district]))),
  deaths: hasDeaths,
  text: (q, record) => q.words.every((word) => (record.search || '').includes(word)),
};

/** @type {Reason[]} why a record is excluded, in the order in which the filters are applied */
export const REASONS = /** @type {Reason[]} */ (Object.keys(PASSES));

/** Whether a record passes one filter. @param {Question} q @param {MapRecord} record @param {Reason} reason */
export const passesOne = (q, record, reason) => PASSES[reason](q, record);

/**
 * The first filter that a record fails.
 * @param {Question} q
 * @param {MapRecord} record
 * @returns {Reason|null}
 */
export function reasonOf(q, record) {
  return REASONS.find((reason) => !PASSES[reason](q, record)) || null;
}

/**
 * The records that pass all filters except some.
 * @param {Question} q
 * @param {MapRecord[]} records
 * @param {Reason[]} spared
 */
export function keptBut(q, records, spared) {
  const asked = REASONS.filter((reason) => !spared.includes(reason));
  return records.filter((record) => asked.every((reason) => PASSES[reason](q, record)));
}

/**
 * How many records each choice of a filter would leave as its only value, with all other filters
 * unchanged.
 * @param {Model} model
 * @param {Asking} view
 * @param {string} name field of the view
 * @param {any[]} choices values of the field, each as its only value
 * @returns {number[]}
 */
export function countsOf(model, view, name, choices) {
  const reason = REASON_OF[name];
  const rest = keptBut(questionOf(model, view), model.records, [reason]);
  return choices.map((choice) => {
    const q = questionOf(model, Object.assign({}, view, { [name]: choice }));
    return rest.filter((record) => PASSES[reason](q, record)).length;
  });
}

/**
 * Every record counted once: mapped, not mapped, or excluded. The parts add up to the total.
 * @param {Model} model
 * @param {Asking} view
 * @returns {{total: number, drawn: number, beside: Record<string, number>, out: Record<string, number>}}
 */
export function ledgerOf(model, view) {
  const q = questionOf(model, view);
  /** @type {ReturnType<typeof ledgerOf>} */
  const ledger = { total: model.records.length, drawn: 0, beside: {}, out: {} };
  model.standings.forEach((one) => { if (!one.mapped) ledger.beside[one.key] = 0; });
  REASONS.forEach((reason) => { ledger.out[reason] = 0; });
  for (const record of model.records) {
    const reason = reasonOf(q, record);
    if (reason) ledger.out[reason] += 1;
    else if (!record.isMapped) ledger.beside[record.standing] += 1;
    else ledger.drawn += 1;
  }
  return ledger;
}
