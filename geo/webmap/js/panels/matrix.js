/*
 * Who is said to be present where: a table of groups and provinces, in step with the filters. A
 * cell counts claims of presence and says who makes and who contests them; it is never control.
 */
import { button, el } from '../core/dom.js';
import { counted } from '../core/numbers.js';
import { drawnAs } from '../core/payload.js';
import { symbolOf } from '../map/symbols.js';
import { dayWords } from '../view/filter_fields.js';

const year = (day) => (day ? day.slice(0, 4) : '');
const unique = (texts) => [...new Set(texts)];

/** The lines of the table in which a record stands. */
function linesOf(model, record) {
  const lines = new Set();
  for (const place of record.places) {
    const drawn = drawnAs(model, place);
    if (drawn === 'region') lines.add('region');
    else if (drawn !== 'none') place.provinces.forEach((position) => lines.add(position));
    else lines.add(place.off === 'country' ? 'country' : 'none');
  }
  return lines.size ? lines : new Set(['none']);
}

/** Cells by line and group, of the presence claims among the records. */
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

/** The youngest age among claims, which is the one that counts. */
function ageOf(model, records) {
  return model.ages.find(({ key }) => records.some((record) => record.age === key)) || null;
}

/** First and last day of the claims. */
function spanOf(records) {
  const first = records.map((record) => record.from).filter(Boolean).sort()[0];
  const last = records.map((record) => record.lastCited || record.to).filter(Boolean).sort().pop();
  return { first, last };
}

function spanText({ first, last }) {
  const [from, to] = [year(first), year(last)];
  return !from || !to || from === to ? from || to : '’' + from.slice(2) + '–' + to.slice(2);
}

function speakers(records, isContest) {
  const who = unique(records.flatMap((record) => record.claims.filter((claim) => (claim.stance === 'contests') === isContest &&
    claim.stance !== 'withdrawn').map((claim) => claim.who)));
  return who.join(', ') || 'no one in this dossier';
}

function cellWords(model, g, place, records) {
  const { first, last } = spanOf(records);
  const age = ageOf(model, records);
  const dates = first && last ? dayWords(first) + ' to ' + dayWords(last) : first ? 'since ' + dayWords(first) : 'undated';
  return model.groups[g].short + ', ' + place + ': ' + counted(records.length, 'presence claim') + ', ' + dates +
    (age ? ', ' + age.words : '') + '. Claimed by: ' + speakers(records, false) + '. Disputed by: ' + speakers(records, true) + '.';
}

/** A cell with a contested claim looks contested. */
const STROKES = ['split', 'solid', 'dashed', 'crossed'];

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

const present = (model, records) => records.filter((record) => record.kind === 'presence');

function listOf(model, g, line, act) {
  return { key: 'cell:' + line.key + ':' + g, title: model.groups[g].short + ': presence claims, ' + line.name, text: '',
    find: () => present(model, act.shown()).filter((record) => record.groups.includes(g) && linesOf(model, record).has(line.at)) };
}

const standingTitle = (model, key) => model.standings.find((one) => one.key === key).title;

function lines(model, cells) {
  const named = model.provincesByName.filter((at) => cells.has(at))
    .map((at) => ({ at, key: model.provinceList[at].code, name: model.provinceList[at].name }));
  const wide = [{ at: 'region', key: 'region', name: 'Regions' }, { at: 'country', key: 'country', name: standingTitle(model, 'country') },
    { at: 'none', key: 'none', name: model.precisions.find((one) => one.key === 'unknown').label }].filter((line) => cells.has(line.at));
  return named.concat(wide);
}

/**
 * The presence matrix.
 * @param {Object} model
 * @param {Object} act `shown: () => Object[], openList: (list: Object) => void`
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
