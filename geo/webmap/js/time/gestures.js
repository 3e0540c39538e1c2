/*
 * Mouse, pen and touch on the time strip. Dragging a handle resizes a window, dragging its body moves
 * it, dragging elsewhere draws a new one; a click only chooses a record, so that nothing is set by
 * accident. Two fingers, or the wheel with Ctrl or Cmd, zoom the axis.
 */
import { scaleOf } from '../core/dom.js';
import { unitFor } from './scale.js';
import { sweptWindow } from './window.js';
/** @import { Side, Span } from '../core/types.js' */
/** @import { TimeStrip } from './strip.js' */
/** @import { TimeWindow } from './window.js' */

/** @type {Record<string, number>} pixels that a pointer must move before it drags: the less steady, the more */
const SLACK = { mouse: 3, pen: 5, touch: 7 };
/** The same for other pointers. */
const OTHER_SLACK = 4;
/** Least pixels of a calendar unit to which dragging snaps: finer units could not be chosen. */
const SNAP = 4;
/** Least distance in pixels between two fingers, so that a pinch never divides by almost 0. */
const LEAST_PINCH = 12;
/** Pixels of a line when a wheel reports lines, and the logarithmic zoom per pixel of wheel: 100 pixels zoom by half. */
const WHEEL_LINE = 16;
const WHEEL_ZOOM = 0.004;

/**
 * @typedef {Object} Drag
 * @property {'resize'|'move'|'sweep'} kind
 * @property {TimeWindow} window
 * @property {Side} [side]
 * @property {number} x start in pixels
 * @property {number} y
 * @property {number} id of the pointer
 * @property {number} slack pixels that it must move before it drags
 * @property {boolean} isMoving
 * @property {boolean} isTap
 * @property {Span|null} before
 */

/** @typedef {{apart: number, low: number, high: number, middle: number}} Pinch two fingers, and the axis at the start */

export class TimeGestures {
  /** @type {DOMRect} */
  rect;
  /** @type {number} */
  larger;
  /** @type {Drag|null} */
  drag;
  /** @type {Pinch|null|undefined} */
  pinch;

  /** @param {TimeStrip} strip */
  constructor(strip) {
    this.strip = strip;
    /** @type {Map<number, number>} the x position of each finger */
    this.fingers = new Map();
    this.drag = null;
    const plot = strip.plotNode;
    /** @param {string} name @param {(event: any) => void} act @param {AddEventListenerOptions} [options] */
    const on = (name, act, options) => plot.addEventListener(name, act, options);
    on('pointerdown', (event) => this.down(event));
    on('pointermove', (event) => this.move(event));
    on('pointerup', (event) => this.up(event, true));
    on('pointercancel', (event) => this.up(event, false));
    on('pointerleave', () => { if (!this.drag) strip.hover(null); });
    on('dblclick', () => strip.reset());
    on('wheel', (event) => this.wheel(event), { passive: false });
  }

  /** Where the plot is, and how much larger than laid out. */
  measure() {
    const { plotNode } = this.strip;
    this.rect = plotNode.getBoundingClientRect();
    this.larger = scaleOf(plotNode, this.rect);
  }

  /** @param {any} event */
  at(event) {
    return [(event.clientX - this.rect.left) / this.larger, (event.clientY - this.rect.top) / this.larger];
  }

  /** What a drag from this position would do. @param {any} event @param {number} x @returns {Pick<Drag, 'kind'|'window'|'side'>} */
  meaning(event, x) {
    const { a, b } = this.strip;
    const handle = event.target.closest('[data-side]');
    /** @param {string} name */
    const named = (name) => (name === 'B' ? b : a);
    if (handle) return { kind: 'resize', window: named(handle.dataset.window), side: handle.dataset.side };
    const over = [a, b].find((window) => !window.isAll && window.isOver(x));
    return over ? { kind: 'move', window: over } : { kind: 'sweep', window: a };
  }

  /** @param {any} event */
  down(event) {
    if (event.button !== 0) return;
    this.measure();
    const [x, y] = this.at(event);
    this.fingers.set(event.pointerId, x);
    this.strip.stop();
    if (this.fingers.size === 2) {
      this.beginPinch();
      return;
    }
    const meaning = this.meaning(event, x);
    this.drag = { ...meaning, x, y, id: event.pointerId, slack: SLACK[event.pointerType] || OTHER_SLACK, isMoving: false, isTap: true, before: meaning.window.span };
    if (meaning.kind !== 'sweep') meaning.window.hold(this.strip.scale);
  }

  beginPinch() {
    if (this.drag) this.drag.isTap = false;
    const [p, q] = [...this.fingers.values()];
    this.pinch = { apart: Math.max(LEAST_PINCH, Math.abs(p - q)), low: this.strip.scale.low, high: this.strip.scale.high, middle: (p + q) / 2 };
  }

  /** @param {any} event */
  move(event) {
    if (this.fingers.has(event.pointerId)) this.fingers.set(event.pointerId, this.at(event)[0]);
    if (this.pinch) {
      this.pinched(this.pinch);
      return;
    }
    if (!this.drag) {
      if (event.pointerType === 'mouse') this.strip.hoverAt(event);
      return;
    }
    if (event.pointerId === this.drag.id) this.dragTo(this.drag, this.at(event)[0], event);
  }

  /** @param {Drag} drag @param {number} x @param {any} event */
  dragTo(drag, x, event) {
    if (!drag.isMoving && Math.abs(x - drag.x) < drag.slack) return;
    if (!drag.isMoving) {
      drag.isMoving = true;
      this.strip.plotNode.setPointerCapture(drag.id);
      this.strip.plotNode.classList.add('is-dragging');
      this.strip.hover(null);
    }
    const { scale } = this.strip;
    const unit = event.altKey ? 'day' : unitFor(scale.pxPerDay, SNAP, ['day', 'month', 'quarter', 'year']);
    const side = drag.side || 'first';
    const spans = {
      resize: () => drag.window.resized(side, scale, drag.window.grip[side] + x - drag.x, unit),
      move: () => drag.window.moved(scale, x - drag.x, unit, this.strip.extent),
      sweep: () => sweptWindow(scale, drag.x, x, unit),
    };
    this.strip.ask(drag.window, spans[drag.kind]());
  }

  /** @param {any} event @param {boolean} isDone */
  up(event, isDone) {
    this.fingers.delete(event.pointerId);
    if (this.fingers.size < 2) this.pinch = null;
    const drag = this.drag;
    if (!drag || event.pointerId !== drag.id) return;
    this.drag = null;
    this.strip.plotNode.classList.remove('is-dragging');
    if (!isDone && drag.isMoving) this.strip.ask(drag.window, drag.before);
    const handle = event.target.closest('[data-side]');
    if (isDone && !drag.isMoving && drag.isTap && !handle) this.strip.click(drag.x, drag.y);
  }

  /** Cancel a drag in progress. @returns {boolean} whether there was one */
  cancel() {
    const drag = this.drag;
    if (!drag || !drag.isMoving) return false;
    this.drag = null;
    this.strip.plotNode.classList.remove('is-dragging');
    this.strip.ask(drag.window, drag.before);
    return true;
  }

  /** @param {Pinch} pinch */
  pinched({ apart, low, high, middle }) {
    const [p, q] = [...this.fingers.values()];
    const { scale } = this.strip;
    const length = (high - low) * apart / Math.max(LEAST_PINCH, Math.abs(p - q));
    const held = low + middle / scale.width * (high - low);
    const at = held - (p + q) / 2 / scale.width * length;
    scale.look(at, at + length);
    this.strip.later('axis');
  }

  /** @param {any} event */
  wheel(event) {
    const { scale } = this.strip;
    if (!scale) return;
    const step = event.deltaMode === 1 ? WHEEL_LINE : 1;
    this.measure();
    if (event.ctrlKey || event.metaKey) scale.zoom(Math.exp(-event.deltaY * step * WHEEL_ZOOM), this.at(event)[0]);
    else if (!scale.isWhole && Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      const by = event.deltaX * step / scale.pxPerDay;
      const length = scale.high - scale.low;
      const low = Math.min(scale.total - length, Math.max(0, scale.low + by));
      scale.look(low, low + length);
    } else return;
    event.preventDefault();
    this.strip.later('axis');
  }
}
