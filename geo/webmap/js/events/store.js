/*
 * Hundreds of thousands of events, in columns of numbers instead of objects. The filters are applied
 * once to each row and the results are counted in a small table for the panels; switching a group
 * only adds up other rows of that table.
 */
import { WORLD } from '../core/numbers.js';
import { keepsSpan, toDay } from '../time/scale.js';
import { foldWords, REASONS } from '../view/keep.js';
/** @import { Columns, EventBlock, EventCell, Model, Numbers, Question, Span } from '../core/types.js' */

/** @type {Record<string, {BYTES_PER_ELEMENT: number, new (bytes: ArrayBuffer, offset: number, count: number): Numbers}>} */
const ARRAYS = { uint8: Uint8Array, int8: Int8Array, uint16: Uint16Array, int16: Int16Array, uint32: Uint32Array, int32: Int32Array };
/** The lowest int32, as NO_DAY and NO_POINT in event_columns.py. */
const NO_DAY = -(2 ** 31);
const NO_POINT = -(2 ** 31);

/** Where an event can be shown. An area is counted on the plate of its province; a region has no outline here and is listed. */
export const EVENT_STANDS = ['point', 'area', 'region', 'country', 'outside', 'unknown', 'not_stated', 'withdrawn'];
export const EVENT_BITS = Object.fromEntries(REASONS.slice(1).map((reason, i) => [reason, 1 << i]));

export class Events {
  /** @type {Uint16Array} */
  cellOf;
  /** @type {EventCell[]} */
  cells;
  /** @type {Span[]} */
  spans;
  /** @type {Uint8Array} */
  standOfSpot;
  /** @type {Float64Array} */
  x;
  /** @type {Float64Array} */
  y;
  /** @type {Uint32Array} */
  table;

  /**
   * @param {Model} model
   * @param {EventBlock} block from `event_block` in event_columns.py
   * @param {ArrayBuffer} bytes the unpacked block
   */
  constructor(model, block, bytes) {
    this.model = model;
    this.block = block;
    this.count = block.count;
    this.lists = block.lists;
    this.col = Events.columns(block, bytes);
    /** What events in the same place share, by the number of the spot; `col` has the same for each event. */
    this.spots = Events.columns(block.spots, bytes);
    this.spotOf = this.col.spot;
    this.spanOf = this.col.span;
    this.findCells();
    this.findSpans(Events.columns(block.spans, bytes));
    this.spread(this.spots, this.spotOf);
    this.findStands();
    this.project();
    /** For each event, a bit for each filter that it fails, layers excepted. */
    this.fails = new Uint16Array(this.count);
    this.asked = { rest: '', period: '' };
    /** @type {Map<number, {id: string, notes: string, source: string}>} texts from the host */
    this.told = new Map();
    /** Increased with every change of what passes; `restVersion` not with changes of the period. */
    this.version = 0;
    this.restVersion = 0;
  }

  /**
   * @param {Columns} parts
   * @param {ArrayBuffer} bytes
   * @returns {Record<string, Numbers>} the columns of the block, or of its spots or spans
   */
  static columns({ count, columns }, bytes) {
    return Object.fromEntries(columns.map(([name, dtype, offset]) => {
      const Kind = ARRAYS[dtype];
      if (!Kind || offset + count * Kind.BYTES_PER_ELEMENT > bytes.byteLength) throw new Error('events: column ' + name + ' is cut off');
      return [name, new Kind(bytes, offset, count)];
    }));
  }

  /** Find the cells, which layers switch: a combination of groups, and a status. */
  findCells() {
    const { combo, status } = this.col;
    const many = this.model.statuses.length;
    const numbers = new Int32Array(this.block.combos.length * many).fill(-1);
    this.cellOf = new Uint16Array(this.count);
    this.cells = [];
    for (let i = 0; i < this.count; i += 1) {
      const key = combo[i] * many + status[i];
      if (numbers[key] < 0) {
        numbers[key] = this.cells.length;
        this.cells.push({ groups: this.block.combos[combo[i]], status: status[i], total: 0 });
      }
      this.cellOf[i] = numbers[key];
      this.cells[numbers[key]].total += 1;
    }
  }

  /**
   * Make shared columns available for each event; each is expanded on first use.
   * @param {Record<string, Numbers>} columns
   * @param {ArrayLike<number>} numbers
   */
  spread(columns, numbers) {
    for (const [name, values] of Object.entries(columns)) {
      Object.defineProperty(this.col, name, { configurable: true, get: () => {
        const value = Events.each(values, numbers);
        Object.defineProperty(this.col, name, { value });
        return value;
      } });
    }
  }

  /** For each event, the value at its number. @param {Numbers} values @param {ArrayLike<number>} numbers */
  static each(values, numbers) {
    const own = /** @type {Numbers} */ (new (/** @type {any} */ (values).constructor)(numbers.length));
    for (let i = 0; i < own.length; i += 1) own[i] = values[numbers[i]];
    return own;
  }

  /** Find the distinct intervals, so that a period filter is applied once to each. @param {Record<string, Numbers>} columns */
  findSpans(columns) {
    /** @param {number} day */
    const dayOf = (day) => (day === NO_DAY ? null : day);
    this.spans = Array.from(columns.from, (first, s) => ({ first: dayOf(first), last: dayOf(columns.to[s]) }));
    this.spread(columns, this.spanOf);
  }

  /** Find where the events of each spot are shown. Only exact places, towns and discs are points. */
  findStands() {
    const { off, precision, lat, lon, province } = this.spots;
    const offs = this.lists.off.map((key) => EVENT_STANDS.indexOf(key));
    const drawn = this.model.precisions.map((one) => one.drawn);
    const unknown = EVENT_STANDS.indexOf('unknown');
    /** @type {Record<string, number>} */
    const areas = { area: 1, region: 2 };
    const stand = new Uint8Array(off.length);
    for (let i = 0; i < off.length; i += 1) {
      const form = drawn[precision[i]];
      if (off[i]) stand[i] = offs[off[i]];
      else if (form === 'pin' || form === 'dot' || form === 'disc') stand[i] = lat[i] === NO_POINT || lon[i] === NO_POINT ? unknown : 0;
      else if (form === 'area') stand[i] = province[i] ? areas.area : unknown;
      else stand[i] = areas[form] || unknown;
    }
    this.standOfSpot = stand;
  }

  /** Where an event is shown: a position in EVENT_STANDS. @param {number} i */
  standOf(i) {
    return this.standOfSpot[this.spotOf[i]];
  }

  /** Project each spot once, to pixels at zoom 0, which a zoom multiplies by a power of two. */
  project() {
    const { lat, lon } = this.spots;
    const { degree } = this.block;
    this.x = new Float64Array(lat.length);
    this.y = new Float64Array(lat.length);
    for (let i = 0; i < lat.length; i += 1) {
      if (this.standOfSpot[i]) continue;
      const sin = Math.sin((lat[i] / degree) * (Math.PI / 180));
      this.x[i] = ((lon[i] / degree + 180) / 360) * WORLD;
      this.y[i] = (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * WORLD;
    }
  }

  /**
   * For each value of a list, whether it is wanted; `null` if all are.
   * @param {Set<any>|null} wanted
   * @param {ArrayLike<any>} values
   */
  static among(wanted, values) {
    return wanted === null ? null : Uint8Array.from(values, (value) => (wanted.has(value) ? 1 : 0));
  }

  /**
   * Find which filters each event fails, for those filters that have changed.
   * @param {Question} q the filters, from `questionOf`
   */
  ask(q) {
    const listed = [q.kinds, q.events, q.against, q.statuses, q.attributions, q.reviews, q.sources, q.precisions, q.provinces, q.districts];
    const rest = JSON.stringify([listed.map((set) => set && [...set]), q.grade, q.credibility, q.deaths, q.words]);
    const period = JSON.stringify([q.from, q.to, q.certain]);
    const isOther = rest !== this.asked.rest;
    if (!isOther && period === this.asked.period) return;
    if (isOther) this.askRest(q);
    // This has cleared the period as well.
    if (isOther ? q.from || q.to : period !== this.asked.period) this.askPeriod(q);
    this.asked = { rest, period };
    this.version += 1;
    if (isOther) this.restVersion += 1;
    this.countAll();
  }

  /** @param {Question} q */
  askRest(q) {
    this.fails.fill(0);
    this.askWords(q);
    this.askDeaths(q);
    this.askText(q);
    this.askAll(q);
  }

  /** @param {Question} q */
  askPeriod(q) {
    const window = { first: toDay(q.from), last: toDay(q.to) };
    const out = Uint8Array.from(this.spans, (span) => (keepsSpan(span, window, q.certain) ? 0 : EVENT_BITS.period));
    const { fails, spanOf } = this;
    const others = ~EVENT_BITS.period;
    for (let i = 0; i < this.count; i += 1) fails[i] = (fails[i] & others) | out[spanOf[i]];
  }

  /** Apply the filters that depend on one column. @param {Question} q */
  askWords(q) {
    const { model, lists } = this;
    const { among } = Events;
    /** @param {unknown[]} list */
    const positions = (list) => list.map((_, i) => i);
    /** @type {[string, string, Uint8Array|null][]} */
    const tests = [
      ['event', 'event', among(q.events, lists.event)],
      ['against', 'against', q.against && Uint8Array.from(lists.against, (keys) => (keys.some((key) => q.against?.has(key)) ? 1 : 0))],
      ['status', 'status', among(q.statuses, positions(model.statuses))],
      ['attribution', 'attribution', among(q.attributions, lists.attribution)],
      ['precision', 'precision', among(q.precisions, positions(model.precisions))],
      ['place', 'province', q.provinces && Uint8Array.from([0, ...(among(q.provinces, positions(model.provinceList)) || [])])],
      ['place', 'district', among(q.districts, lists.district)],
    ];
    for (const [reason, column, passes] of tests) {
      if (!passes) continue;
      const codes = this.col[column];
      this.mark(EVENT_BITS[reason], (i) => passes[codes[i]]);
    }
  }

  /** @param {number} bit @param {(i: number) => unknown} passes */
  mark(bit, passes) {
    const { fails } = this;
    for (let i = 0; i < this.count; i += 1) if (!passes(i)) fails[i] |= bit;
  }

  /** @param {Question} q */
  askDeaths(q) {
    const { deaths } = q;
    if (deaths === null) return;
    const { killed_basis: basis } = this.col;
    const stated = this.lists.killed_basis.map((word) => word !== 'not_stated' && word !== '');
    if (deaths === 'stated') this.mark(EVENT_BITS.deaths, (i) => stated[basis[i]]);
    else if (deaths === 'not_stated') this.mark(EVENT_BITS.deaths, (i) => !stated[basis[i]]);
    else this.mark(EVENT_BITS.deaths, (i) => stated[basis[i]] && this.leastDead(i) >= deaths);
  }

  /** The lowest stated number of fatalities; -1 if none is stated. @param {number} i */
  leastDead(i) {
    const { killed_low: low, killed_best: best, killed_high: high } = this.col;
    return low[i] >= 0 ? low[i] : best[i] >= 0 ? best[i] : high[i];
  }

  /**
   * Search groups, types and places; notes are searched only by the program.
   * @param {Question} q
   */
  askText(q) {
    if (!q.words.length) return;
    const { groups } = this.model;
    const { search } = this.block;
    const names = this.block.combos.map((combo) =>
      foldWords(this.model, combo.map((g) => groups[g].short + ' ' + groups[g].name).join(' ')).join(' '));
    /** @type {[string, string[]][]} */
    const columns = [['combo', names], ['event', search.event], ['subevent', search.subevent], ['place', search.place]];
    for (const word of q.words) {
      const hits = columns.map(([name, texts]) => /** @type {const} */ ([this.col[name], Uint8Array.from(texts, (text) => (text.includes(word) ? 1 : 0))]));
      this.mark(EVENT_BITS.text, (i) => hits.some(([codes, has]) => has[codes[i]]));
    }
  }

  /**
   * Apply the filters that are the same for all events: none is a presence claim, cites a source of the dossier, is rated or reviewed.
   * @param {Question} q
   */
  askAll(q) {
    const none = (q.kinds && !q.kinds.has('incident') ? EVENT_BITS.kind : 0) | (q.sources ? EVENT_BITS.source : 0)
      | (q.reviews && !q.reviews.has('unreviewed') ? EVENT_BITS.review : 0) | (isAskedGraded(q) ? EVENT_BITS.grade : 0);
    if (!none) return;
    for (let i = 0; i < this.count; i += 1) this.fails[i] |= none;
  }

  /** Count events by cell, first failed filter and place shown, for all sums in the panels. */
  countAll() {
    const { fails, standOfSpot, spotOf, cellOf } = this;
    const reasons = REASONS.length;
    const table = new Uint32Array(this.cells.length * reasons * EVENT_STANDS.length);
    for (let i = 0; i < this.count; i += 1) {
      const low = fails[i] & -fails[i];
      const reason = low === 0 ? 0 : 32 - Math.clz32(low);
      table[(cellOf[i] * reasons + reason) * EVENT_STANDS.length + standOfSpot[spotOf[i]]] += 1;
    }
    this.table = table;
  }

  /** Whether an event is shown. @param {number} i @param {Uint8Array} on */
  isShown(i, on) {
    return this.fails[i] === 0 && on[this.cellOf[i]] === 1;
  }
}

/**
 * Whether a view filters by reliability or credibility, which events do not have.
 * @param {{grade: string|null, credibility: number|null}} parts
 */
export const isAskedGraded = ({ grade, credibility }) => (grade !== null && grade !== 'F') || (credibility !== null && credibility !== 6);
