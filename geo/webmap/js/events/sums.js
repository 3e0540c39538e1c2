/*
 * Sums of events for the panels, from the table that `Events` keeps, and the few rows that are
 * listed. Like every record, every event is counted once.
 */
import { layerKey, unpacked } from '../core/payload.js';
import { EVENT_BITS, EVENT_STANDS, Events, isAskedGraded } from './store.js';
import { REASON_OF, REASONS } from '../view/keep.js';
/** @import { EventCell, Model, Question } from '../core/types.js' */
/** @import { Layers } from '../view/layers.js' */

const WIDTH = EVENT_STANDS.length;
const MANY = REASONS.length;
const { among } = Events;
/** @type {Record<string, string>} the column of each field of a view that has one */
const COLUMNS = { events: 'event', against: 'against', statuses: 'status', attributions: 'attribution',
  precisions: 'precision', provinces: 'province', districts: 'district', deaths: 'killed_basis' };

/** @param {number[]|Uint32Array} part @returns {number} */
const sumOf = (part) => /** @type {number[]} */ (part).reduce((sum, n) => sum + n, 0);

/** The events with their counts. */
export class EventTable extends Events {
  /** @type {{key: string, counts: Uint32Array[]}|undefined} */
  tallied;
  /** @type {{key: string, counts: Uint32Array}|undefined} */
  spanned;
  /** @type {Map<string, number>} */
  sizes = new Map();
  /** @type {Map<string, {version: number, counts: Uint32Array}>} by column and spared filter: at most one for each field */
  celled = new Map();

  /**
   * For each cell, whether it is switched on.
   * @param {Layers} layers
   * @returns {Uint8Array}
   */
  switchedOn(layers) {
    /** @param {number} g @param {number} status */
    const key = (g, status) => layerKey(this.model.groups[g].key, 'incident', this.model.statuses[status].key);
    return Uint8Array.from(this.cells, ({ groups, status }) => (groups.some((g) => layers.isLayerOn(key(g, status))) ? 1 : 0));
  }

  /**
   * Every event counted once: by where it is shown, or by the first reason why it is not.
   * @param {Uint8Array} on
   * @returns {{total: number, shown: number, drawn: number, stands: Record<string, number>, out: Record<string, number>}}
   */
  ledger(on) {
    const stands = Object.fromEntries(EVENT_STANDS.map((key) => [key, 0]));
    const out = Object.fromEntries(REASONS.map((key) => [key, 0]));
    this.table.forEach((n, at) => {
      if (!n) return;
      const reason = Math.floor(at / WIDTH) % MANY;
      if (!on[Math.floor(at / WIDTH / MANY)]) out.layer += n;
      else if (reason) out[REASONS[reason]] += n;
      else stands[EVENT_STANDS[at % WIDTH]] += n;
    });
    const shown = sumOf(Object.values(stands));
    return { total: this.count, shown, drawn: stands.point + stands.area, stands, out };
  }

  /** Number of shown events about the whole country, by cell. @param {Uint8Array} on */
  aboutCountry(on) {
    const at = EVENT_STANDS.indexOf('country');
    return Uint32Array.from(this.cells, (_, c) => (on[c] ? this.table[c * MANY * WIDTH + at] : 0));
  }

  /** Number of events of a layer that pass all filters. @param {number} g @param {number} status */
  keptIn(g, status) {
    const span = MANY * WIDTH;
    return this.cells.reduce((sum, cell, c) => (cell.status !== status || !cell.groups.includes(g) ? sum
      : sum + sumOf(this.table.subarray(c * span, c * span + WIDTH))), 0);
  }

  /** Number of events of a layer. @param {number} g @param {number} status */
  totalIn(g, status) {
    return this.cells.reduce((sum, cell) => (cell.status === status && cell.groups.includes(g) ? sum + cell.total : sum), 0);
  }

  /**
   * Number of events of a group, or of some of its layers; an event in two layers is counted once.
   * @param {number} g
   * @param {(cell: EventCell) => boolean} [isIn]
   */
  totalOf(g, isIn = () => true) {
    return this.cells.reduce((sum, cell) => (cell.groups.includes(g) && isIn(cell) ? sum + cell.total : sum), 0);
  }

  /**
   * How many events each choice of a field would leave, with all other filters unchanged.
   * @param {Question} q the current filters
   * @param {string} name of the field
   * @param {any[]} choices each as the only value of the field
   * @param {Uint8Array} on
   */
  choices(q, name, choices, on) {
    const column = COLUMNS[name];
    const isFree = (name === 'statuses' && q.statuses === null) || (name === 'kinds' && q.kinds === null);
    const counts = isFree ? this.keptByStatus(on) : this.countBy(column || 'status', EVENT_BITS[REASON_OF[name]], this.sameReason(q, name), on);
    const all = sumOf(counts);
    /** @param {any} choice */
    const fits = (choice) => counts.reduce((sum, n, code) => (n && this.isChoice(name, choice, code) ? sum + n : sum), 0);
    return choices.map((choice) => {
      if (choice === null) return all;
      if (name === 'grade' || name === 'credibility') return isAskedGraded(Object.assign({}, q, { [name]: choice })) ? 0 : all;
      if (name === 'kinds') return choice.includes('incident') ? all : 0;
      if (name === 'reviews') return choice.includes('unreviewed') ? all : 0;
      return column ? fits(choice) : 0;
    });
  }

  /** How many events have each value of a field, whatever is filtered. @param {string} name @param {string[]} values @returns {number[]} */
  totalsOf(name, values) {
    const ofAll = { kinds: 'incident', reviews: 'unreviewed' }[name];
    if (ofAll) return values.map((value) => (value === ofAll ? this.count : 0));
    const counts = new Array(this.sizeOf(COLUMNS[name])).fill(0);
    const codes = this.col[COLUMNS[name]];
    for (let i = 0; i < this.count; i += 1) counts[codes[i]] += 1;
    return values.map((value) => sumOf(counts.filter((n, code) => n > 0 && this.isChoice(name, [value], code))));
  }

  /**
   * The other field that gives the same reason: province and district are filtered together.
   * @param {Question} q
   * @param {string} name
   */
  sameReason(q, name) {
    const other = { provinces: 'district', districts: 'province' }[name] || '';
    const wanted = other === 'district' ? among(q.districts, this.lists.district)
      : other && q.provinces && Uint8Array.from([0, ...(among(q.provinces, this.model.provinceList.map((_, i) => i)) || [])]);
    const codes = this.col[other];
    return wanted ? (/** @type {number} */ i) => wanted[codes[i]] : null;
  }

  /**
   * @param {string} column
   * @param {number} spared
   * @param {((i: number) => unknown)|null} isAlso
   * @param {Uint8Array} on
   */
  countBy(column, spared, isAlso, on) {
    const size = this.sizeOf(column);
    const counts = new Array(size).fill(0);
    this.inCells(column, spared, isAlso).forEach((n, at) => { if (n && on[Math.floor(at / size)]) counts[at % size] += n; });
    return counts;
  }

  /**
   * The same by cell and code, which does not change when layers are switched.
   * @param {string} column
   * @param {number} spared
   * @param {((i: number) => unknown)|null} isAlso
   * @returns {Uint32Array}
   */
  inCells(column, spared, isAlso) {
    const key = [column, spared].join();
    const last = this.celled.get(key);
    if (last && last.version === this.version && !isAlso) return last.counts;
    const { fails, cellOf } = this;
    const codes = this.col[column];
    const others = ~spared;
    const size = this.sizeOf(column);
    const counts = new Uint32Array(this.cells.length * size);
    for (let i = 0; i < this.count; i += 1) {
      if ((fails[i] & others) === 0 && (!isAlso || isAlso(i))) counts[cellOf[i] * size + codes[i]] += 1;
    }
    if (!isAlso) this.celled.set(key, { version: this.version, counts });
    return counts;
  }

  /** Number of events of each status that pass all filters, from what is counted already. @param {Uint8Array} on @returns {number[]} */
  keptByStatus(on) {
    const span = MANY * WIDTH;
    const counts = new Array(this.model.statuses.length).fill(0);
    this.cells.forEach(({ status }, c) => { if (on[c]) counts[status] += sumOf(this.table.subarray(c * span, c * span + WIDTH)); });
    return counts;
  }

  /** One more than the highest code of a column, which is looked for once. @param {string} column */
  sizeOf(column) {
    const codes = this.col[column];
    let size = this.sizes.get(column);
    if (size === undefined) {
      let most = 0;
      for (let i = 0; i < this.count; i += 1) if (codes[i] > most) most = codes[i];
      size = most + 1;
      this.sizes.set(column, size);
    }
    return size;
  }

  /** @param {string} name @param {any} choice @param {number} code */
  isChoice(name, choice, code) {
    const { model, lists } = this;
    if (name === 'deaths') return (choice === 'stated') === !['not_stated', ''].includes(lists.killed_basis[code]);
    /** @type {Record<string, string|null>} */
    const words = { events: lists.event[code], statuses: (model.statuses[code] || {}).key, attributions: lists.attribution[code],
      precisions: (model.precisions[code] || {}).key, provinces: code ? (model.provinceList[code - 1] || {}).code : null, districts: lists.district[code] };
    return name === 'against' ? lists.against[code].some((key) => choice.includes(key)) : choice.includes(words[name]);
  }

  /**
   * Number of shown events by province: those located only to the province or district or, with
   * province totals, all of them.
   * @param {boolean} isTally
   * @param {Uint8Array} on
   * @returns {Uint32Array[]} by position of the province
   */
  byProvince(isTally, on) {
    return this.inProvinces(isTally).map((counts) => counts.map((n, cell) => (on[cell] ? n : 0)));
  }

  /**
   * Whether events shown in this way count on the plate of their province: those located only to the province, or all of them with province totals.
   * @param {number} stand
   * @param {boolean} isTally
   */
  isOnPlate(stand, isTally) {
    return (isTally ? stand < 2 : stand === 1);
  }

  /** Number of events by province and cell, which does not change when layers are switched. @param {boolean} isTally */
  inProvinces(isTally) {
    const key = [isTally, this.version].join();
    if (this.tallied && this.tallied.key === key) return this.tallied.counts;
    const { spotOf, standOfSpot, fails, cellOf } = this;
    const counts = this.model.provinceList.map(() => new Uint32Array(this.cells.length));
    // 0 if the events of a spot are not counted; provinces begin at 1.
    const place = /** @type {Uint8Array} */ (this.spots.province).map((province, spot) => (this.isOnPlate(standOfSpot[spot], isTally) ? province : 0));
    for (let i = 0; i < this.count; i += 1) {
      const province = place[spotOf[i]];
      if (province && fails[i] === 0) counts[province - 1][cellOf[i]] += 1;
    }
    this.tallied = { key, counts };
    return counts;
  }

  /** Number of events in each interval that pass all filters except the period. @param {Uint8Array} on */
  bySpan(on) {
    const key = [this.restVersion, on.join('')].join();
    if (this.spanned && this.spanned.key === key) return this.spanned.counts;
    const counts = new Uint32Array(this.spans.length);
    const others = ~EVENT_BITS.period;
    const { fails, cellOf, spanOf } = this;
    for (let i = 0; i < this.count; i += 1) if ((fails[i] & others) === 0 && on[cellOf[i]]) counts[spanOf[i]] += 1;
    this.spanned = { key, counts };
    return counts;
  }

  /**
   * The latest of the wanted events, and the number of all of them.
   * @param {(i: number) => boolean} isWanted
   * @param {number} most
   * @returns {{rows: number[], total: number}}
   */
  latest(isWanted, most) {
    const { from } = this.col;
    /** @type {number[]} */
    const rows = [];
    let total = 0;
    for (let i = 0; i < this.count; i += 1) {
      if (!isWanted(i)) continue;
      total += 1;
      if (rows.length === most && from[rows[most - 1]] >= from[i]) continue;
      let at = rows.length;
      while (at > 0 && from[rows[at - 1]] < from[i]) at -= 1;
      rows.splice(at, 0, i);
      if (rows.length > most) rows.pop();
    }
    return { rows, total };
  }
}

/**
 * @param {Model} model
 * @param {Response|null} apart the unpacked block, if it is separate from the model
 * @returns {Promise<EventTable|null>} the events of the payload, if it has any
 */
export async function readEvents(model, apart) {
  const block = model.eventTable;
  if (!block) return null;
  const bytes = await (apart || unpacked(block.data || '')).arrayBuffer();
  if (bytes.byteLength !== block.bytes) throw new Error('events: ' + bytes.byteLength + ' bytes; expected ' + block.bytes);
  return new EventTable(model, block, bytes);
}
