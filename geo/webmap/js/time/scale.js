/*
 * Computations with time, without the page: days, calendar units, the axis with its cut gaps, bins
 * and lanes. A day is an integer (days since 1 January 1970), and every interval includes both of its
 * ends; `null` means an open end. A record not known to the day is never given one: it is in a bin only
 * if its whole interval is, and otherwise gets a lane over the whole interval.
 */
/** @import { Bin, Bounded, Dated, LaneItem, MapRecord, Span, Tick, Unit } from '../core/types.js' */

/** Milliseconds per day. */
const MS = 86400000;

/** @type {[Unit, number][]} calendar units, finest first, each with its least number of days */
const UNITS = [['day', 1], ['week', 7], ['month', 28], ['quarter', 90], ['year', 365]];

/** A gap is cut out of the axis if it is longer than this number of days (more than a year) and this share of the whole. */
const CUT_DAYS = 400;
const CUT_SHARE = 1 / 8;

/** Least length of the axis in days when zoomed in: days are then wide enough to be chosen. */
const LEAST_VIEW = 14;

/** @param {string|null} iso @returns {number|null} `null` if it is not a valid date */
export function toDay(iso) {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso || '');
  if (!found) return null;
  const day = Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3])) / MS;
  return toIso(day) === iso ? day : null;
}

/**
 * @template {number|null} Day
 * @param {Day} day
 * @returns {Day extends null ? null : string}
 */
export function toIso(day) {
  return /** @type {any} */ (day === null ? null : new Date(day * MS).toISOString().slice(0, 10));
}

/** @param {number} day @returns {number[]} year, month from 0, day of the month */
export function partsOf(day) {
  const date = new Date(day * MS);
  return [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
}

/** @param {number} year @param {number} month */
const firstOfMonth = (year, month) => Date.UTC(year, month, 1) / MS;

/** First day of the week (Monday), month, quarter or year of a day. @param {Unit} unit @param {number} day */
export function startOf(unit, day) {
  if (unit === 'day') return day;
  if (unit === 'week') return day - ((((day + 3) % 7) + 7) % 7);
  const [year, month] = partsOf(day);
  if (unit === 'month') return firstOfMonth(year, month);
  return firstOfMonth(year, unit === 'quarter' ? month - (month % 3) : 0);
}

/**
 * First day of the unit `steps` units after the one that begins at `start`.
 * @param {Unit} unit
 * @param {number} start
 * @param {number} [steps]
 */
export function unitAfter(unit, start, steps = 1) {
  if (unit === 'day') return start + steps;
  if (unit === 'week') return start + 7 * steps;
  const [year, month] = partsOf(start);
  return firstOfMonth(year, month + steps * { month: 1, quarter: 3, year: 12 }[unit]);
}

/** The start of a unit nearest to a day. @param {Unit} unit @param {number} day */
export function nearestStart(unit, day) {
  const low = startOf(unit, day);
  const high = unitAfter(unit, low);
  return day - low <= high - day ? low : high;
}

/**
 * The finest unit that is at least `least` pixels wide.
 * @param {number} pxPerDay
 * @param {number} least
 * @param {Unit[]} [names]
 */
export function unitFor(pxPerDay, least, names) {
  const fit = UNITS.find(([name, days]) => (!names || names.includes(name)) && days * pxPerDay >= least);
  return fit ? fit[0] : 'year';
}

/** @type {WeakMap<Dated, Span>} */
const spans = new WeakMap();

/** @param {Dated} record @returns {Span} */
export function spanOf(record) {
  const known = spans.get(record);
  if (known) return known;
  const span = { first: toDay(record.from), last: toDay(record.to) };
  spans.set(record, span);
  return span;
}

/** Whether the day of a record is known: a single day, not "about". @param {MapRecord} record */
export function isExact(record) {
  return record.datePrecision === 'day' && !record.approximate && record.from !== null && record.from === record.to;
}

/** @param {Span} span @param {Span} window */
export function spansOverlap(span, window) {
  const startsAfter = window.last !== null && span.first !== null && span.first > window.last;
  const endsBefore = window.first !== null && span.last !== null && span.last < window.first;
  return !startsAfter && !endsBefore;
}

/** @param {Span} span @param {Span} window */
function lies(span, window) {
  const fromIn = window.first === null || (span.first !== null && span.first >= window.first);
  return fromIn && (window.last === null || (span.last !== null && span.last <= window.last));
}

/**
 * Whether an interval passes a window; with `certain`, only if none of its days is outside.
 * @param {Span} span
 * @param {Span} window
 * @param {boolean} certain
 */
export function keepsSpan(span, window, certain) {
  if (window.first === null && window.last === null) return true;
  return certain ? lies(span, window) : spansOverlap(span, window);
}

/** Whether a record passes a window. @param {Dated} record @param {Span} window @param {boolean} certain */
export function windowKeeps(record, window, certain) {
  if (window.first === null && window.last === null) return true;
  return !(certain && record.approximate) && keepsSpan(spanOf(record), window, certain);
}

/** First and last day of all records. @param {Dated[]} records @returns {Bounded|null} */
export function extentOf(records) {
  let first = Infinity;
  let last = -Infinity;
  for (const record of records) {
    for (const day of [spanOf(record).first, spanOf(record).last]) {
      if (day === null) continue;
      first = Math.min(first, day);
      last = Math.max(last, day);
    }
  }
  return first <= last ? { first, last } : null;
}

/**
 * The stretches of the axis: whole quarters with records, without the long gaps between them.
 * @param {Dated[]} records
 * @returns {Bounded[]}
 */
export function stretchesOf(records) {
  const all = extentOf(records);
  if (!all) return [];
  const least = Math.max(CUT_DAYS, (all.last - all.first) * CUT_SHARE);
  /** @type {Bounded[]} an open interval counts as its known end */
  const bounded = records.map(spanOf).flatMap(({ first, last }) => {
    const [from, to] = [first ?? last, last ?? first];
    return from === null || to === null ? [] : [{ first: from, last: to }];
  });
  const known = bounded
    .map((span) => ({ first: startOf('quarter', span.first), last: unitAfter('quarter', startOf('quarter', span.last)) - 1 }))
    .sort((a, b) => a.first - b.first || a.last - b.last);
  const found = [known[0]];
  for (const span of known) {
    const end = found[found.length - 1];
    if (span.first - end.last > least) found.push(span);
    else end.last = Math.max(end.last, span.last);
  }
  return found;
}

/**
 * Conversion between days and pixels, linear between the cut gaps. A gap has a fixed width and no
 * days that could be chosen.
 */
export class Scale {
  /**
   * @param {Bounded[]} stretches at least one
   * @param {number} width
   * @param {number} gapWidth pixels of a cut gap when the whole axis is visible
   */
  constructor(stretches, width, gapWidth) {
    const days = stretches.reduce((sum, one) => sum + one.last + 1 - one.first, 0);
    const gaps = stretches.length - 1;
    const gap = Math.min(gapWidth, width / (3 * Math.max(1, gaps)));
    this.stretches = stretches;
    this.width = width;
    this.gap = gaps ? gap * days / Math.max(1, width - gaps * gap) : 0;
    /** @type {[day: number, place: number][]} ends of the stretches: day and position on the axis */
    this.knots = [];
    let at = 0;
    for (const one of stretches) {
      this.knots.push([one.first, at], [one.last + 1, at + one.last + 1 - one.first]);
      at += one.last + 1 - one.first + this.gap;
    }
    this.total = at - this.gap;
    this.low = 0;
    this.high = this.total;
  }

  get pxPerDay() {
    return this.width / (this.high - this.low);
  }

  get isWhole() {
    return this.low <= 0 && this.high >= this.total;
  }

  /** @param {number} day */
  place(day) {
    const knots = this.knots;
    const end = knots[knots.length - 1];
    if (day <= knots[0][0]) return day - knots[0][0];
    if (day >= end[0]) return end[1] + day - end[0];
    const i = knots.findIndex((knot) => knot[0] > day);
    const [a, b] = [knots[i - 1], knots[i]];
    return a[1] + (day - a[0]) / (b[0] - a[0]) * (b[1] - a[1]);
  }

  /** The pixel at which a day begins. @param {number} day */
  x(day) {
    return (this.place(day) - this.low) * this.pxPerDay;
  }

  /** The nearest boundary between two days; in a cut gap, its nearer side. @param {number} x */
  edgeAt(x) {
    return Math.round(this.exactAt(x));
  }

  /** The day at a pixel. @param {number} x */
  dayAt(x) {
    return Math.floor(this.exactAt(x));
  }

  /** @param {number} x */
  exactAt(x) {
    const at = Math.min(this.total, Math.max(0, this.low + x / this.pxPerDay));
    const found = this.knots.findIndex((knot) => knot[1] >= at);
    const i = found < 0 ? this.knots.length - 1 : Math.max(1, found);
    const [a, b] = [this.knots[i - 1], this.knots[i]];
    if (i % 2 === 0) return at - a[1] < b[1] - at ? a[0] : b[0];
    return a[0] + at - a[1];
  }

  /** First and last pixel of an interval; open ends extend to the ends of the axis. @param {Span} span */
  across(span) {
    const end = this.knots[this.knots.length - 1][0];
    return [span.first === null ? this.x(this.knots[0][0]) : this.x(span.first), span.last === null ? this.x(end) : this.x(span.last + 1)];
  }

  /** Show another part of the axis. @param {number} low @param {number} high */
  look(low, high) {
    const length = Math.min(this.total, Math.max(Math.min(LEAST_VIEW, this.total), high - low));
    const middle = (low + high) / 2;
    this.low = Math.min(this.total - length, Math.max(0, middle - length / 2));
    this.high = this.low + length;
  }

  /**
   * Zoom in (`factor` above 1) or out, keeping the day at `x` in place.
   * @param {number} factor
   * @param {number} x
   */
  zoom(factor, x) {
    const length = Math.min(this.total, Math.max(LEAST_VIEW, (this.high - this.low) / factor));
    const at = this.low + x / this.pxPerDay;
    const low = at - x / this.width * length;
    this.look(low, low + length);
  }

  /** The cut gaps, with their sides in pixels and the number of omitted days. */
  cuts() {
    return this.stretches.slice(1).map((one, i) => {
      const before = this.stretches[i].last + 1;
      return { x0: this.x(before), x1: this.x(one.first), days: one.first - before };
    });
  }
}

/** @type {[Unit, number][]} distances between ticks, shortest first: units of the calendar and round numbers of years */
const STEPS = [['day', 1], ['week', 1], ['month', 1], ['month', 3], ['year', 1], ['year', 2], ['year', 5], ['year', 10], ['year', 25]];
/** @type {Record<string, number>} approximate days of a unit */
const STEP_DAYS = { day: 1, week: 7, month: 30, year: 365 };

/**
 * Days with a label, at least `least` pixels apart if the calendar allows.
 * @param {Scale} scale
 * @param {number} least
 * @returns {{unit: Unit, days: Tick[]}} `isFirst` marks the first in its stretch
 */
export function ticksOf(scale, least) {
  const [unit, step] = STEPS.find(([name, n]) => STEP_DAYS[name] * n * scale.pxPerDay >= least) || STEPS[STEPS.length - 1];
  /** @type {Tick[]} */
  const days = [];
  for (const one of scale.stretches) {
    let isFirst = true;
    const low = Math.max(one.first, scale.x(one.first) < 0 ? scale.dayAt(0) + 1 : one.first);
    const high = Math.min(one.last, scale.dayAt(scale.width));
    if (scale.x(one.first) > scale.width || low > high) continue;
    /** @param {number} day */
    const add = (day) => {
      days.push({ day, isFirst });
      isFirst = false;
    };
    if (startOf(unit, low) !== low || (unit === 'year' && step > 1)) add(low);
    for (let day = startOf(unit, low); day <= high; day = unitAfter(unit, day)) {
      const [year, month] = partsOf(day);
      const isOn = unit === 'year' ? year % step === 0 : unit !== 'month' || month % step === 0;
      if (day >= low && isOn && !(days.length && days[days.length - 1].day === day)) add(day);
    }
  }
  return { unit, days };
}

/**
 * The bins of a unit, and the records that are not in a single bin.
 * @param {MapRecord[]} records
 * @param {Unit} unit
 * @returns {{bins: Bin[], longer: MapRecord[]}}
 */
export function binned(records, unit) {
  /** @type {Map<number, Bin>} */
  const bins = new Map();
  const longer = [];
  for (const record of records) {
    const { first, last } = spanOf(record);
    const start = first === null || last === null || record.approximate ? null : startOf(unit, first);
    if (start === null || last === null || startOf(unit, last) !== start) {
      longer.push(record);
      continue;
    }
    const bin = bins.get(start) || { start, end: unitAfter(unit, start), records: [] };
    bins.set(start, bin);
    bin.records.push(record);
  }
  return { bins: [...bins.values()].sort((a, b) => a.start - b.start), longer };
}

/**
 * Order of lanes: the most precise dates first, then by date and id.
 * @param {LaneItem} a
 * @param {LaneItem} b
 */
function byLength(a, b) {
  const [p, q] = [spanOf(a.record), spanOf(b.record)];
  /** @param {Span} span */
  const long = (span) => (span.first === null || span.last === null ? Infinity : span.last - span.first);
  const [l, m] = [long(p), long(q)];
  if (l !== m) return l - m;
  return (p.first || 0) - (q.first || 0) || (p.last || 0) - (q.last || 0) || (a.record.id < b.record.id ? -1 : 1);
}

/** The position in a sorted lane of the first item that ends after `x`. @param {LaneItem[]} lane @param {number} x */
function seat(lane, x) {
  let low = 0;
  let high = lane.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lane[middle].x1 <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Lanes for bars that must not touch; the same for the same bars in any order.
 * @param {LaneItem[]} items
 * @param {number} most greatest number of lanes
 * @param {number} apart pixels between two bars of a lane
 * @returns {{lanes: LaneItem[][], hidden: LaneItem[]}} lane 0 has the most precise dates
 */
export function lanesOf(items, most, apart) {
  /** @type {LaneItem[][]} */
  const lanes = [];
  /** @type {LaneItem[]} */
  const hidden = [];
  for (const item of [...items].sort(byLength)) {
    let isPlaced = false;
    for (let i = 0; i < most && !isPlaced; i += 1) {
      if (!lanes[i]) lanes[i] = [];
      const at = seat(lanes[i], item.x0 - apart);
      isPlaced = at === lanes[i].length || lanes[i][at].x0 >= item.x1 + apart;
      if (isPlaced) lanes[i].splice(at, 0, item);
    }
    if (!isPlaced) hidden.push(item);
  }
  return { lanes, hidden };
}

/** Number of whole calendar months in a window, or 0 if it does not begin and end with a month. @param {Bounded} window */
export function monthsIn(window) {
  if (startOf('month', window.first) !== window.first || startOf('month', window.last + 1) !== window.last + 1) return 0;
  const [a, b] = [partsOf(window.first), partsOf(window.last + 1)];
  return (b[0] - a[0]) * 12 + b[1] - a[1];
}

/**
 * A bounded window moved by its own length; whole months remain whole months.
 * @param {Bounded} window
 * @param {number} steps
 */
export function shifted(window, steps) {
  const months = monthsIn(window);
  if (months) {
    return { first: unitAfter('month', window.first, months * steps), last: unitAfter('month', window.last + 1, months * steps) - 1 };
  }
  const days = (window.last + 1 - window.first) * steps;
  return { first: window.first + days, last: window.last + days };
}

/**
 * The same days a year before; the end of February stays the end of February.
 * @param {Bounded} window
 */
export function yearBefore(window) {
  const end = window.last + 1;
  return { first: sameDay(window.first), last: startOf('month', end) === end ? unitAfter('month', end, -12) - 1 : sameDay(window.last) };
}

/** The day of the year before, or the last one of its month. @param {number} day */
function sameDay(day) {
  const month = startOf('month', day);
  const start = unitAfter('month', month, -12);
  return Math.min(start + day - month, unitAfter('month', start) - 1);
}

/** The years that the stretches of an axis touch, each with all of its days. @param {Bounded[]} stretches @returns {Bounded[]} */
export function yearsOf(stretches) {
  const found = new Map();
  for (const { first, last } of stretches) {
    for (let day = startOf('year', first); day <= last; day = unitAfter('year', day)) found.set(day, { first: day, last: unitAfter('year', day) - 1 });
  }
  return [...found.values()];
}

/**
 * The next window of the same length that overlaps a stretch of the axis; cut gaps are skipped.
 * @param {Bounded} window
 * @param {number} steps
 * @param {Bounded[]} stretches
 * @returns {Bounded|null} `null` at the end
 */
export function stepped(window, steps, stretches) {
  const low = stretches[0].first;
  const high = stretches[stretches.length - 1].last;
  for (let next = shifted(window, steps), n = steps; spansOverlap(next, { first: low, last: high }); n += Math.sign(steps), next = shifted(window, n)) {
    if (stretches.some((one) => spansOverlap(next, one))) return next;
  }
  return null;
}

/**
 * The window of the same length at the beginning (`-1`) or the end (`1`) of the data.
 * @param {number} side
 * @param {Bounded} window
 * @param {Bounded} extent
 */
export function placedAt(side, window, extent) {
  const months = monthsIn(window);
  const days = window.last - window.first;
  if (months) {
    const first = side < 0 ? startOf('month', extent.first) : unitAfter('month', startOf('month', extent.last), 1 - months);
    return { first, last: unitAfter('month', first, months) - 1 };
  }
  return side < 0 ? { first: extent.first, last: extent.first + days } : { first: extent.last - days, last: extent.last };
}

/**
 * The first or last day of a typed day, month or year. Empty means open.
 * @param {string} text
 * @param {boolean} isEnd
 * @returns {number|null|undefined} `undefined` if it is not a valid date
 */
export function typedDay(text, isEnd) {
  const found = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/.exec(text.trim());
  if (text.trim() === '') return null;
  if (!found) return undefined;
  /** @param {string|undefined} part @param {string} otherwise */
  const two = (part, otherwise) => (part || otherwise).padStart(2, '0');
  const start = toDay(found[1] + '-' + two(found[2], '1') + '-' + two(found[3], '1'));
  if (start === null) return undefined;
  if (!isEnd || found[3]) return start;
  return unitAfter(found[2] ? 'month' : 'year', start) - 1;
}
