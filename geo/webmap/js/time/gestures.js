/*
 * Mouse, pen and fingers on the time strip. Dragging a handle resizes, dragging a body moves,
 * dragging elsewhere draws a new window; a click only ever chooses a record, so that nothing is
 * set by accident. Two fingers, or the wheel with Ctrl or Cmd, zoom the axis.
 */
import { unitFor } from './scale.js';
import { sweptWindow } from './window.js';

/** Pixels that a pointer moves before it drags. */
const SLACK = { mouse: 3, pen: 5, touch: 7 };

export class TimeGestures {
  /** @param {Object} strip */
  constructor(strip) {
    this.strip = strip;
    /** @type {Map<number, number>} where each finger is */
    this.fingers = new Map();
    this.drag = null;
    const plot = strip.plotNode;
    const on = (name, act, options) => plot.addEventListener(name, act, options);
    on('pointerdown', (event) => this.down(event));
    on('pointermove', (event) => this.move(event));
    on('pointerup', (event) => this.up(event, true));
    on('pointercancel', (event) => this.up(event, false));
    on('pointerleave', () => { if (!this.drag) strip.hover(null); });
    on('dblclick', () => strip.reset());
    on('wheel', (event) => this.wheel(event), { passive: false });
  }

  at(event) {
    return [event.clientX - this.rect.left, event.clientY - this.rect.top];
  }

  /** What a drag that begins here would do. */
  meaning(event, x) {
    const { a, b } = this.strip;
    const handle = event.target.closest('[data-side]');
    const named = (name) => (name === 'B' ? b : a);
    if (handle) return { kind: 'resize', window: named(handle.dataset.window), side: handle.dataset.side };
    const over = [a, b].find((window) => !window.isAll && window.isOver(x));
    return over ? { kind: 'move', window: over } : { kind: 'sweep', window: a };
  }

  down(event) {
    if (event.button !== 0) return;
    this.rect = this.strip.plotNode.getBoundingClientRect();
    const [x, y] = this.at(event);
    this.fingers.set(event.pointerId, x);
    this.strip.stop();
    if (this.fingers.size === 2) {
      this.beginPinch();
      return;
    }
    this.drag = Object.assign(this.meaning(event, x), { x, y, id: event.pointerId, slack: SLACK[event.pointerType] || 4, isMoving: false, isTap: true });
    this.drag.before = this.drag.window.span;
    if (this.drag.kind !== 'sweep') this.drag.window.hold(this.strip.scale);
  }

  beginPinch() {
    if (this.drag) this.drag.isTap = false;
    const [p, q] = [...this.fingers.values()];
    this.pinch = { apart: Math.max(12, Math.abs(p - q)), low: this.strip.scale.low, high: this.strip.scale.high, middle: (p + q) / 2 };
  }

  move(event) {
    if (this.fingers.has(event.pointerId)) this.fingers.set(event.pointerId, this.at(event)[0]);
    if (this.pinch) {
      this.pinched();
      return;
    }
    if (!this.drag) {
      if (event.pointerType === 'mouse') this.strip.hoverAt(event);
      return;
    }
    if (event.pointerId === this.drag.id) this.dragTo(this.at(event)[0], event);
  }

  dragTo(x, event) {
    const drag = this.drag;
    if (!drag.isMoving && Math.abs(x - drag.x) < drag.slack) return;
    if (!drag.isMoving) {
      drag.isMoving = true;
      this.strip.plotNode.setPointerCapture(drag.id);
      this.strip.plotNode.classList.add('is-dragging');
      this.strip.hover(null);
    }
    const { scale } = this.strip;
    const unit = event.altKey ? 'day' : unitFor(scale.pxPerDay, 4, ['day', 'month', 'quarter', 'year']);
    const spans = {
      resize: () => drag.window.resized(drag.side, scale, drag.window.grip[drag.side] + x - drag.x, unit),
      move: () => drag.window.moved(scale, x - drag.x, unit, this.strip.extent),
      sweep: () => sweptWindow(scale, drag.x, x, unit),
    };
    this.strip.ask(drag.window, spans[drag.kind]());
  }

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

  /** Give up a drag that is under way. @returns {boolean} */
  cancel() {
    const drag = this.drag;
    if (!drag || !drag.isMoving) return false;
    this.drag = null;
    this.strip.plotNode.classList.remove('is-dragging');
    this.strip.ask(drag.window, drag.before);
    return true;
  }

  pinched() {
    const [p, q] = [...this.fingers.values()];
    const { scale } = this.strip;
    const { apart, low, high, middle } = this.pinch;
    const length = (high - low) * apart / Math.max(12, Math.abs(p - q));
    const held = low + middle / scale.width * (high - low);
    const at = held - (p + q) / 2 / scale.width * length;
    scale.look(at, at + length);
    this.strip.later('axis');
  }

  wheel(event) {
    const { scale } = this.strip;
    if (!scale) return;
    const step = event.deltaMode === 1 ? 16 : 1;
    const rect = this.strip.plotNode.getBoundingClientRect();
    if (event.ctrlKey || event.metaKey) scale.zoom(Math.exp(-event.deltaY * step * 0.004), event.clientX - rect.left);
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
