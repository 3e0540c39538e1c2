/*
 * The filter fields: their labels, their choices in order, and the wording of each choice. Source
 * reliability and information credibility are separate scales and separate fields.
 */
/** @import { Asked, Choice, Field, MapRecord, Model, PartWords, Reason } from '../core/types.js' */

/** The fields whose values are the rows of the legend, and switches there. @type {(keyof Asked)[]} */
export const SWITCHED = ['statuses', 'kinds', 'precisions', 'reviews'];

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'June', 'July', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'];

/** "2 May 2024" from "2024-05-02". @param {string} day */
export function dayWords(day) {
  const [year, month, date] = day.split('-').map(Number);
  return date + ' ' + MONTHS[month - 1] + ' ' + year;
}

/** The filtered period in words, or an empty text. @param {{from: string|null, to: string|null, certain?: boolean}} parts */
export function periodWords({ from, to, certain }) {
  if (!from && !to) return certain ? 'certain dates only' : '';
  // The year is given once if both ends share it, because chips should be short.
  const isOneYear = from && to && from !== to && from.slice(0, 4) === to.slice(0, 4);
  const span = isOneYear ? dayWords(from).slice(0, -5) + ' to ' + dayWords(to)
    : from && to ? dayWords(from) + ' to ' + dayWords(to)
    : from ? 'from ' + dayWords(from) : 'until ' + dayWords(to || '');
  return certain ? 'certainly ' + span : span;
}

/** @param {Model} model @param {(record: MapRecord) => string[]|null} of */
function inUse(model, of) {
  const used = new Set();
  model.records.forEach((record) => (of(record) || []).forEach((value) => used.add(value)));
  return used;
}

/**
 * A field with any number of chosen values. A closed field accepts only its choices; others also accept
 * values that occur in no record, which then match nothing.
 * @param {keyof Asked} name
 * @param {string} label
 * @param {Choice[]} choices
 * @param {boolean} [isClosed]
 */
function many(name, label, choices, isClosed) {
  /** @param {any} value */
  const words = (value) => (choices.find((choice) => choice.value === value) || { label: String(value) }).label;
  return { name, label, choices, words, isMany: true, isClosed: Boolean(isClosed) };
}

/**
 * A field with at most one chosen value.
 * @param {keyof Asked} name
 * @param {string} label
 * @param {Choice[]} choices
 * @param {(value: any) => string} [words]
 */
function one(name, label, choices, words) {
  /** @param {any} value */
  const said = (value) => (choices.find((choice) => choice.value === value) || { label: String(value) }).label;
  return { name, label, choices: [{ value: null, label: 'Any' }].concat(choices), words: words || said, isMany: false };
}

/** @param {Model} model */
function againstField(model) {
  const used = inUse(model, (record) => record.against);
  if (model.table) model.table.lists.against.flat().forEach((key) => used.add(key));
  const groups = model.groups.filter((group) => used.has(group.key)).map((group) => ({ value: group.key, label: group.short }));
  const known = new Set(model.groups.map((group) => group.key));
  const others = [...used].filter((key) => !known.has(key)).sort();
  /** @param {string} key */
  const named = (key) => key.charAt(0).toUpperCase() + key.slice(1).replace(/-/g, ' ');
  return many('against', model.fields.against, groups.concat(others.map((key) => ({ value: key, label: named(key) }))));
}

/** @param {Model} model */
function sourceField(model) {
  const publishers = model.sources.map((source) => source.publisher);
  return many('sources', model.fields.sources, model.sources.map((source) => ({ value: source.key, title: source.title,
    label: publishers.filter((name) => name === source.publisher).length > 1 || !source.publisher
      ? source.title : source.publisher })));
}

/** @param {Model} model */
const gradeFields = ({ fields, reliability, credibility }) =>
  [one('grade', fields.grade, reliability), one('credibility', fields.credibility, credibility)];

/** @param {Model} model */
function placeFields(model) {
  /** @param {number} position */
  const provinceName = (position) => (model.provinceList[position] || { name: '' }).name;
  return [
    many('precisions', model.fields.precisions, model.precisions.map((precision) =>
      ({ value: precision.key, label: precision.label, title: precision.definition })), true),
    many('provinces', model.fields.provinces, model.provincesByName.map((i) => ({ value: model.provinceList[i].code, label: model.provinceList[i].name }))),
    many('districts', model.fields.districts, (model.districtList || []).map((district) =>
      ({ value: district.id, label: district.name + ', ' + provinceName(district.province) }))),
  ];
}

/** @param {Model} model */
function deathField(model) {
  /** @param {any} value */
  const words = (value) => (value === 'stated' ? 'stated' : value === 'not_stated' ? 'not stated' : 'at least ' + value);
  return one('deaths', model.fields.deaths, [{ value: 'stated', label: 'Stated' }, { value: 'not_stated', label: 'Not stated' }], words);
}

/**
 * All fields, in the order of the panel. Fields without choices are omitted.
 * @param {Model} model
 * @returns {Field[]}
 */
export function filterFields(model) {
  const attributions = (model.attributions || []).map((one_) => ({ value: one_.key, label: one_.label }));
  /** @type {Field[]} */
  const fields = [
    { name: 'text', label: model.fields.text, isMany: false, choices: [], words: (/** @type {string} */ value) => '“' + value + '”' },
    many('kinds', model.fields.kinds, model.kinds.map((kind) => ({ value: kind.key, label: kind.label })), true),
    many('events', model.fields.events, (model.events || []).map((event) => ({ value: event, label: event }))),
    many('statuses', model.fields.statuses, model.statuses.map((status) =>
      ({ value: status.key, label: status.label, title: status.definition })), true),
    many('attributions', model.fields.attributions, attributions, true),
    many('reviews', model.fields.reviews, (model.reviews || []).map((one_) => ({ value: one_.key, label: one_.label, title: one_.definition })), true),
    againstField(model),
    sourceField(model),
    ...gradeFields(model),
    ...placeFields(model),
    deathField(model),
  ];
  return fields.filter((field) => field.name === 'text' || field.choices.length > 0);
}
