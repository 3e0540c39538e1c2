/*
 * The drawing of the time strip. Below is a histogram: a column counts the records that are certainly
 * in its bin, solid if the day is known and hatched if not. Above it are lanes: a record dated to a
 * longer interval is a hatched bar over the whole interval. Records outside the period are pale. This
 * module only computes positions in pixels; wording and gestures are elsewhere.
 */
import { fill, svg } from '../core/dom.js';
import { groupStyle } from '../map/symbols.js';
import { binned, isExact, lanesOf, spanOf, startOf, ticksOf, unitFor } from './scale.js';
import { lengthWords, tickWords } from './words.js';
/** @import { AxisLabel, Bin, Box, Hit, LaneItem, MapRecord, Model, StripRoom, Tick, Unit } from '../core/types.js' */
/** @import { EventBars } from './event_bars.js' */
/** @import { Scale } from './scale.js' */

/** @type {[fill: string, isIn: boolean][]} */
const LOOKS = [['solid', true], ['hatch', true], ['solid', false], ['hatch', false]];
/** Least width in pixels of a bar in a lane, so that it can be seen and clicked. */
const LEAST_BAR = 5;
/** Pixels within which a click or the pointer finds a bar or a column. */
const REACH = 5;
/** Least pixels of a bin: a column with a gap beside it. */
const LEAST_BIN = 8;
/** Least and greatest pixels of the height of a lane, and between two bars of a lane. */
const LANE = { least: 3, most: 6, apart: 2 };
/** Greatest height in pixels of a record in a column, so that few records do not look like many. */
const MOST_PER_RECORD = 8;
/** Widths in pixels of a cut gap from which it has a label of two lines ("19 years without records") or a short one ("19 y"). */
const CUT_LABEL = { whole: 96, short: 28 };
/** Approximate width of a letter in a label, and height of a line, in pixels. */
const LETTER = 7;
const LINE = 15;
let plots = 0;

/** @param {number} number */
const r = (number) => Math.round(number * 10) / 10;
/** @param {number} x @param {number} y @param {number} w @param {number} h */
const box = (x, y, w, h) => 'M' + r(x) + ' ' + r(y) + 'h' + r(w) + 'v' + r(h) + 'h' + r(-w) + 'z';

/** The ends at which the bar of a record fades, because they are open or approximate. @param {MapRecord} record */
function softEnds(record) {
  const { first, last } = spanOf(record);
  if (record.approximate || (first === null && last === null)) return 'both';
  return first === null ? 'first' : last === null ? 'last' : null;
}

/** @typedef {{look: number, record: MapRecord, d: string[]}} Columned all columns of a group and style */

export class TimePlot {
  /** @type {Scale} */
  scale;
  /** @type {StripRoom} */
  room;
  /** @type {EventBars|null} */
  events;
  /** @type {Unit} */
  unit;
  /** @type {Bin[]} */
  bins;
  /** @type {number} */
  highest;
  /** @type {number} */
  base;
  /** @type {LaneItem[][]} */
  lanes;
  /** @type {MapRecord[]} */
  hidden;
  /** @type {number} */
  pitch;
  /** @type {number} */
  top;
  /** @type {number} */
  perRecord;
  /** @type {Map<MapRecord, Box>} */
  pieces;
  /** @type {AxisLabel[]} where the axis is labelled */
  labelled;

  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    this.id = 'im-time-' + (plots += 1);
    /** @type {Set<string>} hatches already in the drawing */
    this.hatches = new Set();
    /** @type {Map<string, SVGElement>} one path for all columns of a group and style */
    this.columns = new Map();
    /** @type {Map<MapRecord, {nodes: SVGElement[], box: Box}>} lane bars by record */
    this.bars = new Map();
    this.defs = svg('defs', null, this.fade('first', 0.05, 1), this.fade('last', 1, 0.05), this.fade('both', 0.05, 0.05));
    this.layers = Object.fromEntries(['cuts', 'axis', 'events', 'columns', 'lanes', 'ends', 'chosen'].map((name) => [name, svg('g', { class: 'im-time-' + name })]));
    this.node = svg('svg', { class: 'im-time-drawing', 'aria-hidden': 'true', focusable: 'false' }, this.defs, Object.values(this.layers));
  }

  /** A mask that fades a bar towards an open or uncertain end. @param {string} name @param {number} start opacity @param {number} end opacity */
  fade(name, start, end) {
    const id = this.id + '-' + name;
    /** @param {number} offset @param {number} opacity */
    const stop = (offset, opacity) => svg('stop', { offset, 'stop-color': '#fff', 'stop-opacity': opacity });
    return [
      svg('linearGradient', { id: id + '-fade' }, stop(0, start), stop(0.22, 1), stop(0.78, 1), stop(1, end)),
      svg('mask', { id, maskContentUnits: 'objectBoundingBox' }, svg('rect', { width: 1, height: 1, fill: 'url(#' + id + '-fade)' })),
    ];
  }

  /** The hatch of a record: lines alternating in the colours of its groups. @param {MapRecord} record */
  hatch(record) {
    const key = record.groups.slice(0, 2).join('-');
    const id = this.id + '-hatch-' + key;
    if (!this.hatches.has(key)) {
      this.hatches.add(key);
      const groups = record.groups.slice(0, 2);
      const lines = groups.map((g, i) => svg('path', { class: 'im-time-hatch-line', d: 'M' + (1 + 3 * i) + ' 0V6', style: groupStyle(g) }));
      this.defs.append(svg('pattern', { id, width: 3 * groups.length, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
        svg('rect', { class: 'im-time-hatch-ground', width: 6, height: 6, style: groupStyle(groups[0]) }), lines));
    }
    return 'url(#' + id + ')';
  }

  /**
   * @param {Scale} scale with the width of the plot
   * @param {StripRoom} room
   * @param {MapRecord[]} records in and outside the period
   * @param {EventBars|null} events the bars of the events, if there are any
   */
  draw(scale, room, records, events) {
    this.scale = scale;
    this.room = room;
    this.events = events;
    this.unit = unitFor(scale.pxPerDay, LEAST_BIN);
    this.node.setAttribute('width', String(scale.width));
    this.node.setAttribute('height', String(room.height));
    const sorted = binned(records, this.unit);
    this.bins = sorted.bins.filter((bin) => scale.x(bin.end) > 0 && scale.x(bin.start) < scale.width);
    this.layOut(sorted.longer);
    this.drawAxis();
    this.drawLanes();
  }

  /** Compute the lanes first, because they reduce the height of the columns. @param {MapRecord[]} longer */
  layOut(longer) {
    const { scale, room } = this;
    if (this.events) this.events.sort(this.unit);
    this.highest = this.bins.reduce((most, bin) => Math.max(most, bin.records.length), this.events ? Math.max(1, this.events.most(this.bins, scale)) : 1);
    this.base = room.height - room.axis;
    // The columns keep up to three pixels a record; five pixels separate them from the lanes.
    const lanesHeight = this.base - 5 - Math.min(room.columns, 3 * this.highest);
    const items = longer.map((record) => this.item(record)).filter((one) => one.x1 > 0 && one.x0 < scale.width);
    const { lanes, hidden } = lanesOf(items, Math.floor(lanesHeight / LANE.least), LANE.apart);
    this.lanes = lanes;
    this.hidden = hidden.map((one) => one.record);
    this.pitch = lanes.length ? Math.min(LANE.most, Math.max(LANE.least, Math.floor(lanesHeight / lanes.length))) : 0;
    this.top = lanes.length * this.pitch + (lanes.length ? 5 : 3);
    this.perRecord = Math.min(MOST_PER_RECORD, (this.base - this.top) / this.highest);
  }

  /** @param {MapRecord} record */
  item(record) {
    const [x0, x1] = this.scale.across(spanOf(record));
    const wide = Math.max(LEAST_BAR, x1 - x0 - 1);
    return { record, x0, x1: x0 + wide };
  }

  drawAxis() {
    const { scale, base } = this;
    const cuts = scale.cuts().filter((cut) => cut.x1 > 0 && cut.x0 < scale.width);
    const ends = [0, ...cuts.flatMap((cut) => [cut.x0 + 4, cut.x1 - 4]), scale.width];
    const lines = [];
    for (let i = 0; i < ends.length; i += 2) lines.push('M' + r(Math.max(0, ends[i])) + ' ' + (base + 0.5) + 'H' + r(Math.min(scale.width, ends[i + 1])));
    fill(this.layers.axis, svg('path', { class: 'im-time-line', d: lines.join('') }), this.labels());
    fill(this.layers.cuts, cuts.map((cut) => this.cut(cut)));
  }

  /** The mark and label of a gap that is cut out of the axis. @param {{x0: number, x1: number, days: number}} cut */
  cut(cut) {
    const { base } = this;
    /** @param {number} x */
    const slash = (x) => 'M' + r(x - 2) + ' ' + (base + 4.5) + 'l4 -8';
    const wide = cut.x1 - cut.x0;
    const words = lengthWords(cut.days);
    const lines = wide > CUT_LABEL.whole ? [words, 'without records'] : wide > CUT_LABEL.short ? [words.replace(/ (.).*/, ' $1')] : [];
    const middle = (base - 11) / 2 + (lines.length > 1 ? 0 : 8);
    return svg('g', null,
      svg('path', { class: 'im-time-cut', d: slash(cut.x0 + 4) + slash(cut.x1 - 4) }),
      svg('path', { class: 'im-time-cut-line', d: 'M' + r(cut.x0 + 9) + ' ' + (base + 0.5) + 'H' + r(cut.x1 - 9) }),
      lines.map((text, i) => svg('text', { class: 'im-time-label', x: r((cut.x0 + cut.x1) / 2), y: r(middle + i * LINE), 'text-anchor': 'middle' }, text)));
  }

  /** Labels of the ticks, years first; those that would overlap are omitted. */
  labels() {
    const { scale, base } = this;
    const { unit, days } = ticksOf(scale, labelGap(scale));
    this.labelled = [];
    const found = [];
    /** @param {Tick} tick */
    const isMajor = (tick) => tick.isFirst || unit === 'year' || startOf(unit === 'month' ? 'year' : 'month', tick.day) === tick.day;
    for (const tick of [...days].sort((a, b) => Number(isMajor(b)) - Number(isMajor(a)) || a.day - b.day)) {
      const text = tickWords(unit, tick);
      const x = scale.x(tick.day);
      const width = text.length * LETTER + 8;
      if (x + width - 6 > scale.width || this.labelled.some((one) => x < one.x + one.width + 2 && x + width + 2 > one.x)) continue;
      this.labelled.push({ unit, tick, x, width });
      found.push(svg('path', { class: 'im-time-tick', d: 'M' + r(x + 0.5) + ' ' + base + 'v' + (isMajor(tick) ? 14 : 4) }),
        svg('text', { class: 'im-time-label' + (isMajor(tick) ? ' is-major' : ''), x: r(x + 3.5), y: base + 13 }, text));
    }
    return found;
  }

  drawLanes() {
    this.bars.clear();
    /** @type {SVGElement[]} */
    const nodes = [];
    /** @type {SVGElement[][]} */
    const ends = [];
    const high = Math.max(2, this.pitch - (this.pitch > 4 ? 2 : 1));
    this.lanes.forEach((lane, i) => lane.forEach((one) => {
      const y = this.top - 3 - (i + 1) * this.pitch + 1;
      const at = { x: Math.max(-2, one.x0), y, w: 0, h: high };
      at.w = Math.min(this.scale.width + 2, one.x1) - at.x;
      const soft = softEnds(one.record);
      const node = svg('rect', { class: 'im-time-span', 'data-record': one.record.id, x: r(at.x), y: r(y), width: r(at.w), height: high,
        fill: this.hatch(one.record), mask: soft && 'url(#' + this.id + '-' + soft + ')', style: groupStyle(one.record.groups[0] || 0) });
      const tips = this.endsOf(one.record, one, y, high).filter((tip) => tip !== null);
      this.bars.set(one.record, { nodes: [node, ...tips], box: at });
      nodes.push(node);
      ends.push(tips);
    }));
    fill(this.layers.lanes, nodes);
    fill(this.layers.ends, ends);
  }

  /**
   * The ends of a bar: a line at a known end, an arrow at an open end, neither at an approximate end.
   * @param {MapRecord} record
   * @param {LaneItem} one
   * @param {number} y
   * @param {number} high
   */
  endsOf(record, one, y, high) {
    const span = spanOf(record);
    const style = groupStyle(record.groups[0] || 0);
    const middle = r(y + high / 2);
    /** @type {[day: number|null, x: number, side: number][]} */
    const both = [[span.first, one.x0, 1], [span.last, one.x1, -1]];
    return both.map(([day, x, side]) => {
      if (x < -2 || x > this.scale.width + 2 || (day !== null && record.approximate)) return null;
      if (day !== null) return svg('path', { class: 'im-time-edge', d: 'M' + r(x + 0.5 * side) + ' ' + r(y) + 'v' + high, style });
      return svg('path', { class: 'im-time-arrow', d: 'M' + r(x + side * 5) + ' ' + (middle - 3) + 'l' + -side * 4 + ' 3l' + side * 4 + ' 3', style });
    });
  }

  /**
   * Show records in the period in full colour and others pale, and mark the chosen record.
   * @param {Set<MapRecord>} kept
   * @param {MapRecord|null} chosen
   */
  mark(kept, chosen) {
    for (const [record, bar] of this.bars) bar.nodes.forEach((node) => node.classList.toggle('is-out', !kept.has(record)));
    this.drawColumns(kept);
    this.drawChosen(chosen);
  }

  /** Stack each column: in the period below the others, known days below hatched ones, then by group. @param {Set<MapRecord>} kept */
  drawColumns(kept) {
    /** @type {Map<string, Columned>} */
    const paths = new Map();
    const gap = this.perRecord >= 5 ? 1 : 0;
    /** @param {MapRecord} record */
    const order = (record) => LOOKS.findIndex(([look, isIn]) => (look === 'solid') === isExact(record) && isIn === kept.has(record));
    // The box of each record.
    this.pieces = new Map();
    for (const bin of this.bins) {
      bin.stack = bin.records.map((record) => /** @type {[number, number, MapRecord]} */ ([order(record), record.groups[0] || 0, record]))
        .sort((a, b) => a[0] - b[0] || a[1] - b[1] || (a[2].id < b[2].id ? -1 : 1));
      const x = this.scale.x(bin.start);
      const w = Math.max(1.5, this.scale.x(bin.end) - x - 1);
      bin.stack.forEach(([look, , record], i) => {
        const at = { x: x + 0.5, y: this.base - (i + 1) * this.perRecord, w, h: Math.max(0.5, this.perRecord - gap) };
        this.pieces.set(record, at);
        const key = look + ':' + record.groups.slice(0, 2).join('-');
        const path = paths.get(key) || { look, record, d: [] };
        paths.set(key, path);
        path.d.push(box(at.x, at.y, at.w, at.h));
      });
    }
    this.showColumns(paths);
    fill(this.layers.events, this.events && this.events.draw(this));
  }

  /** @param {Map<string, Columned>} paths */
  showColumns(paths) {
    for (const [key, node] of this.columns) if (!paths.has(key)) node.setAttribute('d', '');
    for (const [key, { look, record, d }] of paths) {
      if (!this.columns.has(key)) {
        const [paint, isIn] = LOOKS[look];
        const node = svg('path', { class: 'im-time-column is-' + paint + (isIn ? '' : ' is-out'), style: groupStyle(record.groups[0] || 0),
          fill: paint === 'hatch' ? this.hatch(record) : null });
        this.columns.set(key, node);
        this.layers.columns.append(node);
      }
      this.columns.get(key)?.setAttribute('d', d.join(''));
    }
  }

  /** Frame the box of the chosen record, and draw its whole interval along the axis. @param {MapRecord|null} record */
  drawChosen(record) {
    const at = record && this.boxOf(record);
    if (!record || !this.scale) {
      fill(this.layers.chosen);
      return;
    }
    const [x0, x1] = this.scale.across(spanOf(record));
    fill(this.layers.chosen,
      at && svg('path', { class: 'im-time-frame', d: box(at.x - 1, at.y - 1, at.w + 2, Math.max(2, at.h) + 2) }),
      svg('path', { class: 'im-time-under', d: 'M' + r(Math.max(0, x0)) + ' ' + (this.base + 1) + 'H' + r(Math.min(this.scale.width, Math.max(x1, x0 + 3))) }));
  }

  /** The box of a record, or `null` if it is not in view. @param {MapRecord} record */
  boxOf(record) {
    const bar = this.bars.get(record);
    return bar ? bar.box : (this.pieces && this.pieces.get(record)) || null;
  }

  /**
   * The record at a point of the plot.
   * @param {number} x
   * @param {number} y
   * @returns {Hit|null}
   */
  hit(x, y) {
    if (y < this.top - 1) return this.hitLane(x, y);
    const bin = this.bins.find((one) => this.scale.x(one.start) <= x && this.scale.x(one.end) > x) ||
      this.bins.find((one) => Math.abs((this.scale.x(one.start) + this.scale.x(one.end)) / 2 - x) < REACH);
    if (!bin || !bin.stack || y > this.base + 2) return null;
    const i = Math.floor((this.base - y) / this.perRecord);
    if (i > bin.stack.length - 1 && (i - bin.stack.length + 1) * this.perRecord > 6) return null;
    return { record: bin.stack[Math.max(0, Math.min(bin.stack.length - 1, i))][2], bin };
  }

  /** @param {number} x @param {number} y */
  hitLane(x, y) {
    /** @type {MapRecord|null} */
    let best = null;
    let least = REACH;
    for (const [record, { box: at }] of this.bars) {
      const dx = Math.max(at.x - x, x - at.x - at.w, 0);
      const away = Math.hypot(dx, Math.abs(at.y + at.h / 2 - y));
      if (away < least) [best, least] = [record, away];
    }
    return best && { record: best, bin: null };
  }
}

/** Pixels between two labels: that of a year on a narrow strip, with more space on a wide one. @param {Scale} scale */
const labelGap = (scale) => (scale.width < 560 ? 46 : 60);
