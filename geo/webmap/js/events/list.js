/*
 * Events in words: the line that counts all of them, and lists of the latest. A list states only
 * what is in the columns.
 */
import { bdi, button, el, fill, keepFocus } from '../core/dom.js';
import { counted, grouped } from '../core/numbers.js';
import { EVENT_BITS, EVENT_STANDS } from './store.js';
import { symbolOf } from '../map/symbols.js';
import { spanWords } from '../time/words.js';
import { REASONS } from '../view/keep.js';
/** @import { Child, List, Model, PartWords, Plate, Standing } from '../core/types.js' */
/** @import { EventTable } from './sums.js' */
/** @import { Filters } from '../view/filters.js' */

/** Most events in a list; a longer list would be slow and is better filtered. */
const MOST = 100;
/** @type {Record<string, string>} */
const WORDS = { region: 'in several provinces, none singled out' };

/** @param {Model} model @param {string} key */
const standWords = (model, key) => /** @type {Standing} */ (model.standings.find((standing) => standing.key === key));

/**
 * "3 fatalities", "2 to 5 fatalities, best estimate 3", or "fatalities not stated".
 * @param {EventTable} events
 * @param {number} i
 */
function deathWords(events, i) {
  const { killed_low: low, killed_best: best, killed_high: high, killed_basis: basis } = events.col;
  const isStated = !['not_stated', ''].includes(events.lists.killed_basis[basis[i]]);
  const ends = [low[i], best[i], high[i]].filter((n) => n >= 0);
  if (!isStated || !ends.length) return 'fatalities not stated';
  const [from, to] = [Math.min(...ends), Math.max(...ends)];
  if (from === to) return counted(from, 'fatality', 'fatalities');
  return from + ' to ' + to + ' fatalities' + (best[i] >= 0 ? ', best estimate ' + best[i] : '');
}

/** The place of an event, and its location precision. @param {EventTable} events @param {number} i */
function placeNodes(events, i) {
  const { model, lists, col } = events;
  const name = lists.place[col.place[i]];
  const key = EVENT_STANDS[events.standOf(i)];
  const province = model.provinceList[col.province[i] - 1];
  const km = lists.radius[col.uncertainty_m[i]] / 1000;
  const known = key === 'point' || key === 'area' ? model.precisions[col.precision[i]].label.toLowerCase() : WORDS[key] || standWords(model, key).title.toLowerCase();
  const where = key === 'point' && km ? known + ', somewhere within ' + km + ' km' : key === 'area' ? known + ' (exact location not known)' : known;
  return [name && bdi(key === 'unknown' ? '“' + name + '”' : name), province && province.name !== name && [name && ', ', bdi(province.name)],
    (name || province) && ' · ', where];
}

/**
 * One event: type, groups, date, place, fatalities, and its texts if the document has them.
 * @param {EventTable} events
 * @param {number} i
 */
function eventItem(events, i) {
  const { model, lists, col, block } = events;
  const { groups, status } = events.cells[events.cellOf[i]];
  const what = lists.subevent[col.subevent[i]] || lists.event[col.event[i]] || 'Event type not stated';
  const when = spanWords(events.spans[events.spanOf[i]]);
  /** @param {...Child} nodes */
  const row = (...nodes) => el('span', { class: 'im-muted' }, ...nodes);
  const told = events.told.get(i);
  /** @param {'id'|'notes'|'source'} name */
  const text = (name) => (block.texts ? block.texts[name][i] : told ? told[name] : '');
  return el('li', { class: 'im-event' },
    el('span', { class: 'im-row-symbol' }, symbolOf(model, { groups, kind: 'incident', stroke: model.statuses[status].stroke })),
    el('span', { class: 'im-item-text' }, el('span', { class: 'im-item-title' }, bdi(what)),
      row(bdi(groups.map((g) => model.groups[g].short).join(', ')), ' · ' + model.statuses[status].short),
      row(when + ' · ' + deathWords(events, i)), row(placeNodes(events, i)),
      text('notes') && el('span', { class: 'im-event-notes', dir: 'auto' }, text('notes')),
      (text('source') || text('id')) && row(text('source') && ['Source: ', bdi(text('source'))], text('source') && text('id') && ' · ', bdi(text('id')))));
}

/**
 * The body of a list of events.
 * @param {EventTable} events
 * @param {List} list `title, text, events: () => {rows: number[], total: number}`
 * @returns {Node[]}
 */
export function eventList(events, list) {
  const { rows, total } = list.events ? list.events() : { rows: [], total: 0 };
  const more = total > rows.length ? 'The latest ' + rows.length + ' of ' + grouped(total) + '. ' : '';
  const isTold = events.block.texts || rows.every((i) => events.told.has(i));
  const note = isTold ? '' : 'Notes and sources are in the event table.';
  return [el('h2', { tabindex: -1 }, bdi(list.title)),
    el('p', { class: 'im-muted' }, (list.text ? list.text + ' ' : '') + more + note),
    total ? el('ul', { class: 'im-items im-event-items' }, rows.map((i) => eventItem(events, i))) : el('p', { class: 'im-muted' }, 'None shown.')];
}

/** The events of a list whose texts are not in the document. @param {EventTable} events @param {List} list */
export const untold = (events, list) => (events.block.texts || !list.events ? []
  : list.events().rows.filter((i) => !events.told.has(i)));

/**
 * A list of the latest events that meet a condition when the list is drawn.
 * @param {EventTable} events
 * @param {string} key
 * @param {string} title
 * @param {(i: number) => boolean} isWanted
 * @param {string} [text]
 */
export const eventsThat = (events, key, title, isWanted, text = '') =>
  ({ key: 'events:' + key, title, text, records: [], events: () => events.latest(isWanted, MOST) });

/** The events of plates that did not fit on the map. @param {Filters} filters @param {Plate[]} plates */
export function eventsWithoutRoom(filters, plates) {
  const table = /** @type {EventTable} */ (filters.model.table);
  const wanted = new Set(plates.map((plate) => Number(plate.province) + 1));
  return eventsThat(table, 'no-room', 'Hidden events',
    (i) => wanted.has(table.col.province[i]) && table.isOnPlate(table.standOf(i), Boolean(plates[0].isTally)) && table.isShown(i, filters.eventsOn),
    'In ' + plates.map((plate) => plate.name).join(', ') + '. Zoom in to see the count of each province.');
}

/** Shown events in a province, at a place or anywhere in it. @param {Filters} filters @param {number} position */
export function eventsOfProvince(filters, position) {
  const table = /** @type {EventTable} */ (filters.model.table);
  return eventsThat(table, 'province:' + position, 'Events in ' + filters.model.provinceList[position].name, (i) =>
    table.col.province[i] === position + 1 && table.standOf(i) < 2 && table.isShown(i, filters.eventsOn));
}

/**
 * The number of events in a province, with a button that lists them.
 * @param {Filters} filters
 * @param {number} position
 * @param {(list: List) => void} openList
 */
export function eventsNote(filters, position, openList) {
  if (!filters.model.table) return null;
  const list = eventsOfProvince(filters, position);
  const { total } = list.events();
  return total > 0 && el('p', { class: 'im-note' }, grouped(total) + (total === 1 ? ' event is' : ' events are') + ' in this province. ',
    button({ class: 'im-text-button', 'data-key': 'events-here', on: { click: () => openList(list) } }, 'List'));
}

/**
 * Whether an event is counted in a part.
 * @param {Filters} filters
 * @param {EventTable} table
 * @param {string} key
 * @returns {(i: number) => boolean}
 */
function isIn(filters, table, key) {
  const stand = EVENT_STANDS.indexOf(key);
  if (stand >= 0) return (i) => table.standOf(i) === stand && table.isShown(i, filters.eventsOn);
  if (key === 'layer') return (i) => !filters.eventsOn[table.cellOf[i]];
  const bit = EVENT_BITS[key];
  return (i) => filters.eventsOn[table.cellOf[i]] === 1 && (table.fails[i] & -table.fails[i]) === bit;
}

/** The list of the events of a part. @param {Filters} filters @param {EventTable} table @param {string} key @param {PartWords} words */
export const eventsOf = (filters, table, key, words) => eventsThat(table, 'part:' + key, 'Events: ' + words.title.toLowerCase(), isIn(filters, table, key));

/** The line below that of the records, with the same parts, in which every event is counted once. */
export class EventLine {
  /** @param {Filters} filters @param {{openList: (list: List) => void, isPhone: () => boolean}} act */
  constructor(filters, act) {
    this.filters = filters;
    this.act = act;
    this.table = /** @type {EventTable} */ (filters.model.table);
    this.node = el('div', { class: 'im-ledger im-ledger-events', role: 'group', 'aria-label': 'Events shown and not shown' });
  }

  /** The parts, in which every event is counted once. @returns {[key: string, count: number, words: PartWords, kind: string][]} */
  parts() {
    const { stands, out } = this.filters.eventLedger;
    return [
      ...EVENT_STANDS.map((key) => /** @type {[string, number, PartWords, string]} */ ([key, stands[key], key === 'region' ? { label: WORDS.region, short: 'region', title: 'In several provinces, none singled out; not mapped' } : standWords(this.filters.model, key), key === 'point' || key === 'area' ? 'is-drawn' : 'is-beside'])),
      ...REASONS.map((key) => /** @type {[string, number, PartWords, string]} */ ([key, out[key], this.filters.model.reasons[key], 'is-out'])),
    ];
  }

  update() {
    const { drawn, total } = this.filters.eventLedger;
    keepFocus(this.node, () => fill(this.node,
      el('span', { class: 'im-ledger-slot' }, el('strong', null, grouped(drawn)), ' of ', el('b', null, grouped(total)),
        ' events mapped' + (this.filters.asked.compare ? ' in A' : '')),
      this.parts().filter(([, count]) => count).map((part) => this.part(...part))));
  }

  /** @param {string} key @param {number} count @param {PartWords} words @param {string} kind */
  part(key, count, words, kind) {
    const open = () => this.act.openList(eventsOf(this.filters, this.table, key, words));
    return el('span', { class: 'im-ledger-slot ' + kind }, button({ class: 'im-ledger-event', 'data-key': 'event-part:' + key, 'data-part': key,
      title: 'List: ' + words.title, on: { click: open } }, el('b', null, grouped(count)), ' ' + (this.act.isPhone() ? words.short : words.label)));
  }
}
