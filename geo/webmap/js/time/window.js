/*
 * A window on the time strip: a body and two handles, and the effect of dragging them. The strip has
 * two of them while two periods are compared.
 */
import { el } from '../core/dom.js';
import { monthsIn, nearestStart, startOf, unitAfter } from './scale.js';
import { dateWords } from './words.js';
/** @import { Bounded, Side, Span, Unit } from '../core/types.js' */
/** @import { Scale } from './scale.js' */

/** @type {Side[]} */
const SIDES = ['first', 'last'];

/** @type {Span} */
const ALL = { first: null, last: null };

/** @typedef {{start: number, handles: {window: TimeWindow, side: Side, x: number}[]}} Handles side by side, in pixels */

export class TimeWindow {
  /** @type {{first: number, last: number, isIn: Record<Side, boolean>}} */
  edges;
  /** @type {{first: number, last: number, span: Span}} */
  grip;

  /**
   * @param {string} name `A` for the period, `B` for the comparison period
   * @param {string} label its name in words
   * @param {(event: KeyboardEvent, window: TimeWindow, side: Side) => void} onKey
   */
  constructor(name, label, onKey) {
    this.name = name;
    this.label = label;
    /** @type {Span|null} `null` if there is no window */
    this.span = null;
    this.body = el('div', { class: 'im-time-window is-' + name.toLowerCase(), 'data-window': name }, el('span', { class: 'im-time-letter', 'aria-hidden': 'true' }, name));
    this.handles = Object.fromEntries(SIDES.map((side) => [side, el('div', {
      class: 'im-time-handle is-' + side + ' is-' + name.toLowerCase(), 'data-window': name, 'data-side': side,
      role: 'slider', tabindex: '0', 'aria-label': label + (side === 'first' ? ', first day' : ', last day'), 'aria-orientation': 'horizontal',
      on: { keydown: (event) => onKey(event, this, side) },
    })]));
    this.nodes = [this.body, this.handles.first, this.handles.last];
  }

  get isAll() {
    return !this.span || (this.span.first === null && this.span.last === null);
  }

  get isBounded() {
    return this.span !== null && this.span.first !== null && this.span.last !== null;
  }

  /** Its first and last day; for open ends, those of the data. @param {Bounded} extent */
  bounded(extent) {
    const { first, last } = this.span || ALL;
    return { first: first === null ? Math.min(extent.first, last === null ? Infinity : last) : first,
      last: last === null ? Math.max(extent.last, first === null ? -Infinity : first) : last };
  }

  /** Position body and handles, as far as they are in view. @param {Scale} scale @param {Bounded} extent */
  place(scale, extent) {
    this.nodes.forEach((node) => { node.hidden = !this.span; });
    if (!this.span) return;
    const [from, to] = scale.across(this.span);
    const x0 = Math.min(scale.width, Math.max(0, from));
    const x1 = Math.min(scale.width, Math.max(0, to));
    this.edges = { first: x0, last: x1, isIn: { first: from >= -1 && from <= scale.width + 1, last: to >= -1 && to <= scale.width + 1 } };
    this.body.style.transform = 'translateX(' + x0 + 'px)';
    this.body.style.width = x1 - x0 + 'px';
    this.body.classList.toggle('is-all', this.isAll);
    for (const side of SIDES) this.describe(side, extent);
  }

  /**
   * Position a handle at its edge, or `aside` pixels from it to avoid another handle.
   * @param {Side} side
   * @param {number} aside
   */
  putHandle(side, aside) {
    const node = this.handles[side];
    node.style.transform = 'translateX(' + (this.edges[side] + aside) + 'px)';
    node.style.setProperty('--aside', aside + 'px');
  }

  /** @param {Side} side @param {Bounded} extent */
  describe(side, extent) {
    const node = this.handles[side];
    const day = (this.span || ALL)[side];
    const limit = side === 'first' ? 'no first day: ' : 'no last day: ';
    node.classList.toggle('is-off', !this.edges.isIn[side]);
    node.classList.toggle('is-open', day === null);
    const others = this.bounded(extent);
    node.setAttribute('aria-valuemin', String(side === 'first' ? Math.min(extent.first, others.first) : others.first));
    node.setAttribute('aria-valuemax', String(side === 'first' ? others.last : Math.max(extent.last, others.last)));
    node.setAttribute('aria-valuenow', String(others[side]));
    node.setAttribute('aria-valuetext', day === null
      ? limit + 'the records ' + (side === 'first' ? 'begin on ' : 'end on ') + dateWords(extent[side]) : dateWords(day));
  }

  /** @param {number} x */
  isOver(x) {
    return Boolean(this.span) && x > this.edges.first && x < this.edges.last;
  }

  /**
   * Move one handle to a boundary between two days; at the end of the whole axis the window becomes open.
   * @param {Side} side
   * @param {Scale} scale
   * @param {number} x
   * @param {Unit} unit
   */
  resized(side, scale, x, unit) {
    const { first, last } = this.span || ALL;
    if (side === 'first') {
      if (x <= 1 && scale.low <= 0) return { first: null, last };
      const edge = nearestStart(unit, scale.edgeAt(x));
      return { first: last === null ? edge : Math.min(edge, startOf(unit, last)), last };
    }
    if (x >= scale.width - 1 && scale.high >= scale.total) return { first, last: null };
    const edge = nearestStart(unit, scale.edgeAt(x)) - 1;
    return { first, last: first === null ? edge : Math.max(edge, unitAfter(unit, startOf(unit, first)) - 1) };
  }

  /**
   * Move the whole window by pixels; whole months remain whole months, and other windows keep their length.
   * @param {Scale} scale
   * @param {number} dx
   * @param {Unit} unit
   * @param {Bounded} extent
   */
  moved(scale, dx, unit, extent) {
    if (!this.isBounded) {
      const side = this.span?.first === null ? 'last' : 'first';
      return this.resized(side, scale, this.grip[side] + dx, unit);
    }
    const held = /** @type {Bounded} */ (this.grip.span);
    const months = monthsIn(held);
    const edge = Math.min(extent.last, scale.edgeAt(this.grip.first + dx));
    const start = months ? Math.min(nearestStart('month', edge), startOf('month', extent.last)) : edge;
    const end = months ? unitAfter('month', start, months) - 1 : start + held.last - held.first;
    return end < extent.first ? this.span : { first: start, last: end };
  }

  /** Remember the window at the start of a drag. @param {Scale} scale */
  hold(scale) {
    const span = this.span || ALL;
    const [first, last] = scale.across(span);
    this.grip = { first, last, span: { ...span } };
  }
}

/**
 * Position handles so that each can be dragged: where windows touch, side by side instead of on top of
 * each other, each on the side of its own window.
 * @param {TimeWindow[]} windows
 * @param {number} wide width of a handle in pixels
 */
export function placeHandles(windows, wide) {
  const all = windows.flatMap((window) => SIDES.map((side) => ({ window, side, x: window.edges[side] })));
  if (windows.length < 2) {
    all.forEach(({ window, side }) => window.putHandle(side, 0));
    return;
  }
  /** @type {Handles[]} */
  const crowds = [];
  /** @param {Handles} crowd */
  const end = (crowd) => crowd.start + crowd.handles.length * wide;
  all.sort((p, q) => p.x - q.x || (p.side < q.side ? 1 : -1)).forEach((handle) => {
    let crowd = { start: handle.x, handles: [handle] };
    while (crowds.length && end(crowds[crowds.length - 1]) > crowd.start) crowd = joined(/** @type {Handles} */ (crowds.pop()), crowd, wide);
    crowds.push(crowd);
  });
  for (const { start, handles } of crowds) handles.forEach(({ window, side, x }, i) => window.putHandle(side, start + i * wide - x));
}

/** Two groups of handles in a row, centred on their positions. @param {Handles} p @param {Handles} q @param {number} wide */
function joined(p, q, wide) {
  const handles = p.handles.concat(q.handles);
  const start = handles.reduce((sum, { x }, i) => sum + x - i * wide, 0) / handles.length;
  return { start, handles };
}

/**
 * A new window between two pixels, in whole units.
 * @param {Scale} scale
 * @param {number} a
 * @param {number} b
 * @param {Unit} unit
 */
export function sweptWindow(scale, a, b, unit) {
  const first = startOf(unit, scale.dayAt(Math.min(a, b)));
  const last = unitAfter(unit, startOf(unit, scale.dayAt(Math.max(a, b)))) - 1;
  return { first, last };
}
