/*
 * Events in the time strip: grey columns above those of the records. Events dated to longer intervals
 * than a column are counted beside the axis and not given a day.
 */
import { svg } from '../core/dom.js';
import { keepsSpan, startOf, toIso, unitAfter } from './scale.js';
/** @import { Bin, Span, Unit } from '../core/types.js' */
/** @import { EventTable } from '../events/sums.js' */
/** @import { TimePlot } from './plot.js' */
/** @import { Scale } from './scale.js' */

/** Days of a stretch whose first and last day represent all days in it: a quarter of a year, the unit of `stretchesOf`. */
const STRETCH = 91;

/**
 * For each stretch with events, their first and last day, in the form of records.
 * @param {EventTable} table
 */
export function datesOfEvents(table) {
  const stretches = new Map();
  for (const { first, last } of table.spans) {
    for (const day of [first, last]) {
      if (day === null) continue;
      const at = Math.floor(day / STRETCH);
      const known = stretches.get(at);
      if (!known) stretches.set(at, { low: day, high: day });
      else if (day < known.low) known.low = day;
      else if (day > known.high) known.high = day;
    }
  }
  return [...stretches.values()].map(({ low, high }) => ({ from: toIso(low), to: toIso(high) }));
}

/** @typedef {{start: number, end: number, events: number, spans: number[]}} EventBin a column; `spans`: the intervals in it */

/** The events that pass all filters except the period, over time. */
export class EventBars {
  /** @type {Map<number, EventBin>} */
  bins;
  /** @type {number} */
  longer;

  /** @param {EventTable} table @param {Uint32Array} counts number of events in each of its intervals */
  constructor(table, counts) {
    this.spans = table.spans;
    this.counts = counts;
    /** @type {Span} */
    this.window = { first: null, last: null };
    this.certain = false;
  }

  /** Sort them into bins of a unit: `start, end, events, spans`. @param {Unit} unit */
  sort(unit) {
    this.bins = new Map();
    this.longer = 0;
    this.spans.forEach((span, s) => {
      const n = this.counts[s];
      if (!n) return;
      const { first, last } = span;
      const start = first === null || last === null ? null : startOf(unit, first);
      if (start === null || (last !== null && last !== first && startOf(unit, last) !== start)) {
        this.longer += n;
        return;
      }
      const bin = this.bins.get(start) || { start, end: unitAfter(unit, start), events: 0, spans: [] };
      this.bins.set(start, bin);
      bin.events += n;
      bin.spans.push(s);
    });
  }

  /** The largest number of records and events in a visible column. @param {Bin[]} bins @param {Scale} scale */
  most(bins, scale) {
    const records = new Map(bins.map((bin) => [bin.start, bin.records.length]));
    let most = 0;
    for (const { start, end, events } of this.bins.values()) {
      if (scale.x(end) > 0 && scale.x(start) < scale.width) most = Math.max(most, events + (records.get(start) || 0));
    }
    return most;
  }

  /** @param {EventBin} bin */
  keptOf(bin) {
    return bin.spans.reduce((sum, s) => (keepsSpan(this.spans[s], this.window, this.certain) ? sum + this.counts[s] : sum), 0);
  }

  /**
   * The columns as two paths: events in the period, and above them the others.
   * @param {TimePlot} plot
   * @returns {SVGElement[]}
   */
  draw({ scale, base, perRecord, bins }) {
    const under = new Map(bins.map((bin) => [bin.start, bin.records.length]));
    const d = ['', ''];
    for (const bin of this.bins.values()) {
      const x = scale.x(bin.start);
      const w = Math.max(1, scale.x(bin.end) - x - 1);
      if (x + w < 0 || x > scale.width) continue;
      const kept = this.keptOf(bin);
      let n = under.get(bin.start) || 0;
      [kept, bin.events - kept].forEach((count, look) => {
        if (!count) return;
        const h = Math.max(1, count * perRecord);
        d[look] += 'M' + (x + 0.5).toFixed(1) + ' ' + (base - n * perRecord - h).toFixed(2) + 'h' + w.toFixed(1) + 'v' + h.toFixed(2) + 'h' + (-w).toFixed(1) + 'z';
        n += count;
      });
    }
    return d.map((path, look) => svg('path', { class: 'im-time-event' + (look ? ' is-out' : ''), d: path }));
  }
}
