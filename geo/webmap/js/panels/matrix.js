/*
 * The presence matrix: a table of presence claims by group and province, for the current filters. A
 * cell has their number and who makes and who disputes them; it never means control.
 */
import { button, el } from '../core/dom.js';
import { counted } from '../core/numbers.js';
import { drawnAs } from '../core/payload.js';
import { symbolOf } from '../map/symbols.js';
import { dayWords } from '../view/filter_fields.js';
/** @import { List, MapRecord, Model, Standing, Stroke } from '../core/types.js' */

/** @param {string|null|undefined} day */
const year = (day) => (day ? day.slice(0, 4) : '');
/** @param {string[]} texts */
const unique = (texts) => [...new Set(texts)];

/** The rows of the table that contain a record. @param {Model} model @param {MapRecord} record */
function linesOf(model, record) {
  const found = new Set();
  for (const place of record.places) {
    const drawn = drawnAs(model, place);
    if (drawn === 'region') found.add('region');
    else if (drawn !== 'none') place.provinces.forEach((position) => found.add(position));
    else found.add(place.off === 'country' ? 'country' : 'none');
  }
  return found.size ? found : new Set(['none']);
}

/**
 * Cells by line and group, of the presence claims among the records.
 * @param {Model} model
 * @param {MapRecord[]} records
 */
function cellsOf(model, records) {
  const cells = new Map();
  for (const record of records) {
    for (const line of linesOf(model, record)) {
      if (!cells.has(line)) cells.set(line, new Map());
      for (const g of record.groups) {
        const row = cells.get(line);
        row.set(g, (row.get(g) || []).concat([record]));
      }
    }
  }
  return cells;
}

/** The most recent age among the claims. @param {Model} model @param {MapRecord[]} records */
function ageOf(model, records) {
  return model.ages.find(({ key }) => records.some((record) => record.age === key)) || null;
}

/** First and last day of the claims. @param {MapRecord[]} records */
function spanOf(records) {
  const first = records.map((record) => record.from).filter(Boolean).sort()[0];
  const last = records.map((record) => record.lastCited || record.to).filter(Boolean).sort().pop();
  return { first, last };
}

/** @param {{first: string|null|undefined, last: string|null|undefined}} parts */
function spanText({ first, last }) {
  const [from, to] = [year(first), year(last)];
  return !from || !to || from === to ? from || to : '’' + from.slice(2) + '–' + to.slice(2);
}

/** @param {MapRecord[]} records @param {boolean} isContest */
function speakers(records, isContest) {
  const who = unique(records.flatMap((record) => record.claims.filter((claim) => (claim.stance === 'contests') === isContest &&
    claim.stance !== 'withdrawn').map((claim) => claim.who)));
  return who.join(', ') || 'no one in this dossier';
}

/** @param {Model} model @param {number} g @param {string} place @param {MapRecord[]} records */
function cellWords(model, g, place, records) {
  const { first, last } = spanOf(records);
  const age = ageOf(model, records);
  const dates = first && last ? dayWords(first) + ' to ' + dayWords(last) : first ? 'since ' + dayWords(first) : 'undated';
  return model.groups[g].short + ', ' + place + ': ' + counted(records.length, 'presence claim') + ', ' + dates +
    (age ? ', ' + age.words : '') + '. Claimed by: ' + speakers(records, false) + '. Disputed by: ' + speakers(records, true) + '.';
}

/** @typedef {{at: number|string, key: string, name: string}} Line a province by its position, or another row by its key */
/** @typedef {{shown: () => MapRecord[], openList: (list: List) => void}} MatrixAct */

/** @type {Stroke[]} in order of precedence: a cell with a disputed claim is shown as disputed */
const STROKES = ['split', 'solid', 'dashed', 'crossed'];

/**
 * @param {Model} model
 * @param {number} g
 * @param {Line} line
 * @param {MapRecord[]|undefined} records
 * @param {MatrixAct} act
 */
function cell(model, g, line, records, act) {
  if (!records) return el('td', null);
  const stroke = STROKES.find((one) => records.some((record) => record.stroke === one));
  const age = ageOf(model, records);
  const words = cellWords(model, g, line.name, records);
  const spec = { groups: [g], kind: 'presence', stroke, age: age && age.key };
  return el('td', null, button({ class: 'im-cell', 'data-key': 'cell:' + line.key + ':' + g, 'data-cell': line.key + '/' + model.groups[g].key,
    'aria-label': words, title: words, on: { click: () => act.openList(listOf(model, g, line, act)) } },
  symbolOf(model, spec), el('b', null, records.length), el('small', null, spanText(spanOf(records)))));
}

/** @param {Model} model @param {MapRecord[]} records */
const present = (model, records) => records.filter((record) => record.kind === 'presence');

/** @param {Model} model @param {number} g @param {Line} line @param {MatrixAct} act */
function listOf(model, g, line, act) {
  return { key: 'cell:' + line.key + ':' + g, title: model.groups[g].short + ': presence claims, ' + line.name, text: '',
    find: () => present(model, act.shown()).filter((record) => record.groups.includes(g) && linesOf(model, record).has(line.at)) };
}

/** @param {Model} model @param {string} key */
const standingTitle = (model, key) => /** @type {Standing} */ (model.standings.find((one) => one.key === key)).title;

/** @param {Model} model @param {Map<number|string, Map<number, MapRecord[]>>} cells */
function lines(model, cells) {
  /** @type {Line[]} */
  const named = model.provincesByName.filter((at) => cells.has(at))
    .map((at) => ({ at, key: model.provinceList[at].code, name: model.provinceList[at].name }));
  /** @type {Line[]} */
  const wide = [{ at: 'region', key: 'region', name: 'Regions' }, { at: 'country', key: 'country', name: standingTitle(model, 'country') },
    { at: 'none', key: 'none', name: model.precisions.find((one) => one.key === 'unknown')?.label ?? '' }].filter((line) => cells.has(line.at));
  return named.concat(wide);
}

/**
 * The presence matrix.
 * @param {Model} model
 * @param {MatrixAct} act
 * @returns {Array<Node|string>}
 */
export function presenceMatrix(model, act) {
  const records = present(model, act.shown());
  if (!records.length) return [el('p', { class: 'im-intro' }, 'No presence claim is shown.')];
  const cells = cellsOf(model, records);
  const groups = model.groups.map((_, g) => g).filter((g) => records.some((record) => record.groups.includes(g)));
  const head = el('tr', null, el('td', null), groups.map((g) => el('th', { scope: 'col', title: model.groups[g].name },
    symbolOf(model, { groups: [g], kind: 'presence', stroke: 'solid' }), el('span', { class: 'im-hidden' }, model.groups[g].short))));
  const body = lines(model, cells).map((line) => el('tr', { class: typeof line.at === 'number' ? null : 'is-wide' },
    el('th', { scope: 'row' }, line.name), groups.map((g) => cell(model, g, line, cells.get(line.at).get(g), act))));
  return [el('p', { class: 'im-intro' }, 'Groups reported in each province, with years. A presence claim does not mean control.'),
    el('div', { class: 'im-matrix-room', tabindex: 0, role: 'region', 'aria-label': 'Presence claims by province and group' },
      el('table', { class: 'im-matrix' }, el('thead', null, head), el('tbody', null, body)))];
}
