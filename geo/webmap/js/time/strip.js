/*
 * The time strip: the records that pass all filters except the period, over time, and the period as a
 * window on them. It requests periods and shows the current one, at most once per frame and without
 * reading back from the page; drawing, gestures and controls are separate modules.
 */
import { bdi, el, fill } from '../core/dom.js';
import { pressed } from '../core/keys.js';
import { counted, grouped, shortNumber } from '../core/numbers.js';
import { AxisButtons } from './axis.js';
import { TimeCompare } from './compare.js';
import { TimeControls } from './controls.js';
import { datesOfEvents, EventBars } from './event_bars.js';
import { TimeGestures } from './gestures.js';
import { TimePlayer, TimeRest } from './player.js';
import { TimePlot } from './plot.js';
import { extentOf, isExact, placedAt, Scale, shifted, spanOf, startOf, stepped, stretchesOf, toDay, toIso, unitAfter, unitFor, windowKeeps, yearBefore, yearsOf } from './scale.js';
import { placeHandles, TimeWindow } from './window.js';
import { binWords, recordWords, sentence } from './words.js';
/** @import { Bounded, Dated, Hit, MapRecord, Model, Side, Span, StripRoom } from '../core/types.js' */
/** @import { ControlsAct } from './controls.js' */

/** Width in pixels below which the strip has the layout of a phone. */
const NARROW = 560;
/** Width in pixels from which all controls are in one line; the style sheet has the same number. */
const WIDE = 1400;
/** Pixels of each layout: total height, labels of the axis, least height of the columns, space at the left and right, and a cut gap (with its label). */
const ROOMS = {
  desk: { height: 67, axis: 17, columns: 24, gutter: 92, right: 14, gap: 108 },
  phone: { height: 42, axis: 17, columns: 12, gutter: 82, right: 12, gap: 34 },
};
/** Width in pixels of a handle if several would overlap. */
const HANDLE = 22;
const ALL = { first: null, last: null };
const HELP = 'Left and right arrows move the period by its own length, with Shift by twice; Home and End to the first and last records; ' +
  'up and down arrows go through the records, Enter chooses; plus and minus zoom the axis. Double click: all dates.';
let strips = 0;

/** @param {Span|null} p @param {Span|null} q */
const same = (p, q) => p === q || Boolean(p && q && p.first === q.first && p.last === q.last);
/** @param {Span} span */
const isoOf = (span) => ({ from: toIso(span.first), to: toIso(span.last) });

/**
 * @typedef {Object} StripView
 * @property {MapRecord[]} records that pass all filters except the period
 * @property {MapRecord[]} shown that pass all filters
 * @property {{from: string|null, to: string|null, certain: boolean}} period
 * @property {[string, string]|{from: string, to: string}|null} compare
 * @property {string|null} chosen
 * @property {Uint32Array} [events] by interval
 */

export class TimeStrip {
  /** @type {Bounded} */
  extent;
  /** @type {TimePlot} */
  plot;
  /** @type {TimeWindow} */
  a;
  /** @type {TimeWindow} */
  b;
  /** @type {TimePlayer} */
  player;
  /** @type {TimeControls} */
  controls;
  /** @type {AxisButtons} */
  units;
  /** @type {Bounded[]} */
  years;
  /** @type {TimeCompare} */
  compare;
  /** @type {HTMLElement} */
  tip;
  /** @type {HTMLElement} */
  spoken;
  /** @type {{lanes: HTMLElement, events: HTMLElement, bins: HTMLElement}} */
  isOn;
  /** @type {TimeRest} */
  rest;
  /** @type {HTMLElement} */
  gutter;
  /** @type {HTMLElement} */
  plotNode;
  /** @type {HTMLElement} */
  body;
  /** @type {TimeGestures} */
  gestures;
  /** @type {Scale} */
  scale;
  /** @type {StripRoom} */
  room;
  /** @type {boolean|undefined} */
  isDrawn;
  /** @type {boolean|undefined} */
  isWide;
  /** @type {number|undefined} */
  frame;
  /** @type {MapRecord|undefined} */
  cursor;
  /** @type {Hit|null|undefined} */
  hovered;
  /** @type {{records: MapRecord[], shown: MapRecord[], kept: Set<MapRecord>, certain: boolean, chosen: MapRecord|null, events?: Uint32Array}} */
  state;
  /** @type {Set<string>} */
  waiting;

  /**
   * @param {Model} model
   * @param {{onPeriod: (period: {from: string|null, to: string|null, certain: boolean}) => void,
   *     onCompare: (period: {from: string|null, to: string|null}|null) => void, onChoose: (id: string) => void}} act
   */
  constructor(model, act) {
    this.model = model;
    this.act = act;
    this.id = 'im-time-strip-' + (strips += 1);
    /** @type {Dated[]} */
    const dated = model.table ? [...model.records, ...datesOfEvents(model.table)] : model.records;
    const extent = extentOf(dated);
    if (extent) this.extent = extent;
    this.stretches = stretchesOf(dated);
    this.state = { records: [], shown: [], kept: new Set(), certain: false, chosen: null };
    this.waiting = new Set();
    this.node = el('section', { class: 'im-time', 'aria-label': 'Time', hidden: !this.extent });
    if (this.extent) this.build();
  }

  build() {
    this.plot = new TimePlot(this.model);
    this.a = new TimeWindow('A', 'Period', (event, window, side) => this.onHandleKey(event, window, side));
    this.b = new TimeWindow('B', 'Compared period', (event, window, side) => this.onHandleKey(event, window, side));
    this.a.span = ALL;
    this.player = new TimePlayer(() => this.step(1, this.a), () => this.redrawControls());
    this.years = yearsOf(this.stretches);
    this.controls = new TimeControls(Object.assign({ landmarks: this.model.landmarks, years: this.years }, this.extent), this.actions(), this.id);
    this.units = new AxisButtons(() => this.a.span || ALL, (span) => { this.stop(); this.ask(this.a, span); });
    this.compare = new TimeCompare(this.model);
    this.tip = el('div', { class: 'im-time-tip', hidden: true });
    this.spoken = el('p', { class: 'im-time-live', role: 'status' });
    this.isOn = { lanes: el('span', { class: 'im-time-side is-lanes' }), events: el('span', { class: 'im-time-side is-events' }), bins: el('span', { class: 'im-time-side is-bins' }) };
    this.rest = new TimeRest(this.model, (record) => this.act.onChoose(record.id));
    this.gutter = el('div', { class: 'im-time-gutter' }, this.isOn.lanes, this.rest.node, this.model.table && this.isOn.events, this.isOn.bins);
    const help = this.id + '-help';
    this.plotNode = el('div', { class: 'im-time-plot', tabindex: '0', role: 'group', 'aria-label': 'Period and records over time', 'aria-describedby': help,
      on: { keydown: (event) => this.onKey(event), blur: () => this.hover(null) } },
      this.b.nodes[0], this.a.nodes[0], this.plot.node, this.units.node, this.b.nodes.slice(1), this.a.nodes.slice(1));
    this.body = el('div', { class: 'im-time-body' }, this.gutter, this.plotNode, this.compare.node);
    this.node.append(this.controls.head, this.body, this.tip, this.spoken, el('p', { class: 'im-time-live', id: help }, HELP));
    this.countYears();
    this.gestures = new TimeGestures(this);
    new ResizeObserver(() => this.resized()).observe(this.plotNode);
    new ResizeObserver(() => this.narrow()).observe(this.node);
  }

  /** @returns {ControlsAct} */
  actions() {
    return {
      step: (n) => { this.stop(); this.step(n, this.a); },
      play: () => this.player.toggle(this.controls.speed),
      set: (span) => { this.stop(); this.ask(this.a, span); },
      certain: (is) => { this.state.certain = is; this.later('period'); },
      compare: () => this.toggleCompare(),
      setB: (span) => this.ask(this.b, span),
      swap: () => this.swap(),
      yearBefore: () => this.ask(this.b, yearBefore(this.a.bounded(this.extent))),
      zoom: () => this.toggleZoom(),
    };
  }

  /**
   * @param {StripView} view
   */
  update(view) {
    if (!this.extent) return;
    const records = view.records;
    const isCountedOther = Boolean(view.period.certain) !== this.state.certain;
    const isOther = view.events !== this.state.events || records.length !== this.state.records.length || records.some((record, i) => record !== this.state.records[i]);
    const chosen = typeof view.chosen === 'string' ? this.model.byId.get(view.chosen) || null : view.chosen || null;
    this.state = { records, shown: view.shown, kept: new Set(view.shown), certain: Boolean(view.period.certain), chosen, events: view.events };
    this.take(this.a, { first: toDay(view.period.from), last: toDay(view.period.to) });
    this.take(this.b, view.compare ? spanOfPair(view.compare) : null);
    if (isOther || isCountedOther) this.countYears();
    if (isOther) this.draw();
    else this.show();
  }

  /** What each year of the data would show, and how much of that has no first or no last day. */
  countYears() {
    const { records, certain } = this.state;
    this.controls.countYears(this.years.map((year) => {
      const kept = records.filter((record) => windowKeeps(record, year, certain));
      return { all: kept.length, open: kept.filter((record) => spanOf(record).first === null || spanOf(record).last === null).length };
    }));
  }

  /**
   * Apply a period from outside; one that differs from the requested period stops playing.
   * @param {TimeWindow} window
   * @param {Span|null} span
   */
  take(window, span) {
    if (same(window.span, span)) return;
    if (window === this.a && !this.waiting.has('period')) this.stop();
    if (!this.waiting.has(window === this.a ? 'period' : 'compare')) window.span = span;
  }

  narrow() {
    this.node.classList.toggle('is-narrow', this.node.clientWidth < NARROW);
    this.isWide = this.node.clientWidth >= WIDE;
    this.placeOther();
  }

  /** The fields of period B: beside its bar where there is room, else with those of the period. */
  placeOther() {
    const { other, tools } = this.controls;
    const room = this.isWide ? this.compare.node : tools;
    if (!this.b.span) other.remove();
    else if (other.parentElement !== room) room.append(other);
  }

  /** Use the actual width on the page from the start, so that the strip is not drawn twice. */
  settle() {
    if (!this.extent) return;
    this.narrow();
    if (this.plotNode.clientWidth) this.measure(this.plotNode.clientWidth);
  }

  resized() {
    const width = this.plotNode.clientWidth;
    if (!width || (this.scale && this.scale.width === width && this.isDrawn)) return;
    this.measure(width);
    this.draw();
  }

  /** @param {number} width */
  measure(width) {
    this.room = ROOMS[this.node.clientWidth < NARROW ? 'phone' : 'desk'];
    const before = this.scale;
    this.scale = new Scale(this.stretches, width, this.room.gap);
    if (before && !before.isWhole) this.scale.look(before.low / before.total * this.scale.total, before.high / before.total * this.scale.total);
  }

  /** Redraw everything after a change of records, axis or width. */
  draw() {
    if (!this.scale) return;
    this.isDrawn = true;
    const { events } = this.state;
    this.plot.draw(this.scale, this.room, this.state.records, events && this.model.table ? new EventBars(this.model.table, events) : null);
    const unit = this.plot.unit;
    this.isOn.bins.textContent = this.room === ROOMS.phone ? unit : 'per ' + unit;
    this.isOn.bins.title = 'Columns count the records in one ' + unit + '; hatched: the day is not known';
    this.isOn.lanes.textContent = this.plot.lanes.length ? 'longer' : '';
    this.isOn.lanes.title = 'Hatched bars: dated to an interval; the event was at some time in it, or lasted through it';
    this.units.draw(this.plot.labelled);
    this.rest.update(this.plot.hidden);
    this.sayLonger();
    this.isOn.lanes.hidden = this.room === ROOMS.phone && this.plot.hidden.length > 0;
    this.show();
  }

  /** Show the number of events dated to longer intervals than a column. */
  sayLonger() {
    const longer = this.plot.events ? this.plot.events.longer : 0;
    this.isOn.events.textContent = longer ? shortNumber(longer) + ' more' : '';
    this.isOn.events.title = grouped(longer) + ' events are dated to more than one ' + this.plot.unit + ' and are in no column';
  }

  /** Update what depends on the period: windows, pale records and wording. */
  show() {
    if (!this.scale) return;
    if (this.plot.events) Object.assign(this.plot.events, { window: this.a.span, certain: this.state.certain });
    this.plot.mark(this.state.kept, this.state.chosen);
    this.placeWindows();
    this.units.update();
    const [a, b] = this.sides();
    this.compare.update(a, b);
    this.placeOther();
    this.redrawControls();
  }

  placeWindows() {
    this.plotNode.classList.toggle('is-comparing', Boolean(this.b.span));
    this.b.place(this.scale, this.extent);
    this.a.place(this.scale, this.extent);
    placeHandles([this.a, this.b].filter((window) => window.span), HANDLE);
  }

  sides() {
    const { records, shown, certain } = this.state;
    const [a, b] = [this.a.span, this.b.span];
    if (!a || !b) return [null, null];
    return [{ span: a, records: shown }, { span: b, records: records.filter((record) => windowKeeps(record, b, certain)) }];
  }

  redrawControls() {
    const { shown, records, certain } = this.state;
    const window = this.a.span || ALL;
    this.controls.update({ window, other: this.b.span, certain, parts: sentence({ shown, records, window, certain }), isPlaying: this.player.isPlaying, isStill: this.player.isStill,
      canCompare: !this.a.isAll || Boolean(this.b.span), isZoomed: Boolean(this.scale) && !this.scale.isWhole });
  }

  /** Request a window; the page is notified in the next frame. @param {TimeWindow} moved @param {Span|null} span */
  ask(moved, span) {
    if (same(moved.span, span)) return;
    moved.span = span;
    this.later(moved === this.a ? 'period' : 'compare');
  }

  /** Schedule an update for the next frame, in which several requests are combined. @param {string} what */
  later(what) {
    this.waiting.add(what);
    if (!this.frame) this.frame = requestAnimationFrame(() => this.flush());
  }

  flush() {
    this.frame = 0;
    const due = this.waiting;
    const other = this.b.span;
    this.waiting = new Set();
    if (due.has('axis')) this.draw();
    else this.placeWindows();
    // It answers with the comparison of before.
    if (due.has('period')) this.act.onPeriod(Object.assign(isoOf(this.a.span || ALL), { certain: this.state.certain }));
    if (due.has('compare')) this.act.onCompare(other && isoOf(other));
  }

  stop() {
    this.player.pause();
  }

  /**
   * Move a window by its own length. From all dates, start with the first or last bin that has records.
   * @param {number} n
   * @param {TimeWindow} window
   */
  step(n, window) {
    if (window.isAll) return this.begin(n);
    const next = stepped(window.bounded(this.extent), n, this.stretches);
    if (!next) return false;
    this.ask(window, next);
    this.follow(next);
    return true;
  }

  /** @param {number} n */
  begin(n) {
    const unit = ['day', 'week'].includes(this.plot.unit) ? 'month' : this.plot.unit;
    const start = startOf(unit, n > 0 ? this.extent.first : this.extent.last);
    this.ask(this.a, { first: start, last: unitAfter(unit, start) - 1 });
    return true;
  }

  /** Keep a moved window in view if the axis is zoomed. @param {Bounded} span */
  follow(span) {
    const { scale } = this;
    const [x0, x1] = scale.across(span);
    if (scale.isWhole || (x0 >= 0 && x1 <= scale.width)) return;
    const middle = (scale.place(span.first) + scale.place(span.last + 1)) / 2;
    const half = Math.max(scale.high - scale.low, (scale.place(span.last + 1) - scale.place(span.first)) * 1.2) / 2;
    scale.look(middle - half, middle + half);
    this.later('axis');
  }

  reset() {
    this.stop();
    this.scale.look(0, this.scale.total);
    this.ask(this.a, ALL);
    this.later('axis');
  }

  toggleZoom() {
    const { scale } = this;
    const window = this.a.bounded(this.extent);
    const [low, high] = [scale.place(window.first), scale.place(window.last + 1)];
    if (!scale.isWhole) scale.look(0, scale.total);
    else if (this.a.isAll) scale.zoom(2, scale.width);
    else scale.look(low - (high - low) * 0.35, high + (high - low) * 0.35);
    this.later('axis');
  }

  toggleCompare() {
    if (this.b.span) {
      this.ask(this.b, null);
      return;
    }
    const window = this.a.bounded(this.extent);
    this.ask(this.b, shifted(window, -1));
  }

  /** Each of the two periods takes the other's days. */
  swap() {
    this.stop();
    const [a, b] = [this.a.bounded(this.extent), this.b.bounded(this.extent)];
    this.ask(this.a, b);
    this.ask(this.b, a);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.target !== this.plotNode || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = pressed(event, 'step');
    const walk = pressed(event, 'walk');
    if (pressed(event, 'close') && !this.gestures.cancel()) return;
    else if (step) this.stepBy(step, event.shiftKey, this.a);
    else if (walk) this.walk(walk);
    else if (pressed(event, 'ends')) this.toEnd(pressed(event, 'ends'), this.a);
    else if (pressed(event, 'choose') && this.cursor) this.act.onChoose(this.cursor.id);
    else if (pressed(event, 'stretch')) this.zoomBy(pressed(event, 'stretch'));
    else if (!pressed(event, 'close')) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /**
   * On a handle, left and right move the window, up and down only this end of it.
   * @param {KeyboardEvent} event
   * @param {TimeWindow} window
   * @param {Side} side
   */
  onHandleKey(event, window, side) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const step = pressed(event, 'step');
    const by = pressed(event, 'nudge');
    if (pressed(event, 'close') && !this.gestures.cancel()) return;
    else if (step) this.stepBy(step, event.shiftKey, window);
    else if (by) this.nudge(window, side, by);
    else if (pressed(event, 'ends')) this.toEnd(pressed(event, 'ends'), window);
    else if (!pressed(event, 'close')) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {number} step @param {boolean} isDouble @param {TimeWindow} window */
  stepBy(step, isDouble, window) {
    this.stop();
    this.step(isDouble ? step * 2 : step, window);
  }

  /** @param {TimeWindow} window @param {Side} side @param {number} by */
  nudge(window, side, by) {
    this.stop();
    const unit = unitFor(this.scale.pxPerDay, 4, ['day', 'month', 'quarter', 'year']);
    const { first, last } = window.bounded(this.extent);
    const limit = { first: startOf(unit, this.extent.first), last: unitAfter(unit, startOf(unit, this.extent.last)) - 1 };
    if (side === 'first') {
      const start = startOf(unit, first);
      const to = start < first && by < 0 ? unitAfter(unit, start, by + 1) : unitAfter(unit, start, by);
      this.ask(window, { first: to < limit.first ? null : Math.min(to, startOf(unit, last)), last: window.span?.last ?? null });
    } else {
      const to = unitAfter(unit, startOf(unit, last + 1), by) - 1;
      this.ask(window, { first: window.span?.first ?? null, last: to > limit.last ? null : Math.max(to, unitAfter(unit, startOf(unit, first)) - 1) });
    }
  }

  /** @param {number} side @param {TimeWindow} window */
  toEnd(side, window) {
    this.stop();
    if (window.isAll) return;
    const to = placedAt(side, window.bounded(this.extent), this.extent);
    this.ask(window, to);
    this.follow(to);
  }

  /** @param {number} factor */
  zoomBy(factor) {
    const { first, last } = this.a.edges;
    this.scale.zoom(factor, (first + last) / 2);
    this.later('axis');
  }

  /** Step through the shown records in order of their dates. @param {number} by */
  walk(by) {
    const list = [...this.state.shown].sort((p, q) => (spanOf(p).first || 0) - (spanOf(q).first || 0) || (spanOf(p).last || 0) - (spanOf(q).last || 0) || (p.id < q.id ? -1 : 1));
    if (!list.length) return;
    const from = this.cursor || this.state.chosen;
    const at = from ? list.indexOf(from) : -1;
    const i = at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, at + by));
    this.cursor = list[i];
    this.hover({ record: this.cursor, bin: null });
    this.spoken.textContent = this.cursor.title + ', ' + recordWords(this.cursor) + ', ' + (i + 1) + ' of ' + list.length + '. Enter chooses.';
  }

  /** Choose the record at a point; another click in the same column chooses its next record. @param {number} x @param {number} y */
  click(x, y) {
    const hit = this.plot.hit(x, y);
    if (!hit) return;
    let record = hit.record;
    if (hit.bin?.stack && record === this.state.chosen) {
      const stack = hit.bin.stack.map((one) => one[2]);
      record = stack[(stack.indexOf(record) + 1) % stack.length];
    }
    this.cursor = record;
    this.act.onChoose(record.id);
  }

  /** @param {any} event */
  hoverAt(event) {
    this.gestures.measure();
    const [x, y] = this.gestures.at(event);
    const hit = event.target.closest('[data-side]') ? null : this.plot.hit(x, y);
    this.plotNode.classList.toggle('is-over', Boolean(hit));
    if (!hit || !this.hovered || hit.record !== this.hovered.record) this.hover(hit);
  }

  /** @param {Hit|null} hit */
  hover(hit) {
    this.hovered = hit;
    const at = hit && this.plot.boxOf(hit.record);
    this.tip.hidden = !at;
    if (!at) return;
    const n = hit.bin ? hit.bin.records.length : 0;
    const loose = hit.bin ? hit.bin.records.filter((record) => !isExact(record)).length : 0;
    fill(this.tip, el('b', null, bdi(hit.record.title)), el('span', null, recordWords(hit.record)),
      hit.bin && n > 1 && el('span', null, binWords(this.plot.unit, hit.bin.start) + ': ' + counted(n, 'record') + (loose ? ', ' + loose + ' without a known day' : '')));
    const x = this.room.gutter + Math.min(this.scale.width, Math.max(0, at.x + Math.min(at.w, this.scale.width) / 2));
    const whole = this.room.gutter + this.scale.width + this.room.right;
    this.tip.style.setProperty('--x', x + 'px');
    this.tip.style.setProperty('--shift', -Math.round(x / whole * 100) + '%');
  }
}

/** @param {[string, string]|{from: string, to: string}} pair @returns {Span} */
function spanOfPair(pair) {
  const [from, to] = Array.isArray(pair) ? pair : [pair.from, pair.to];
  return { first: toDay(from), last: toDay(to) };
}
