/*
 * The labels of the axis as buttons: each makes the period the year, month or day that it names.
 * One of them is a stop of the Tab key; arrows go on from there.
 */
import { button, el, fill, keepFocus } from '../core/dom.js';
import { pressed } from '../core/keys.js';
import { startOf, unitAfter } from './scale.js';
import { binWords } from './words.js';
/** @import { AxisLabel, Bounded, Span, Tick, Unit } from '../core/types.js' */

/**
 * The period that a label names; in an axis of months, January is labelled with its year.
 * @param {Unit} unit
 * @param {Tick} tick
 * @returns {Bounded & {unit: Unit}}
 */
export function namedBy(unit, tick) {
  const named = unit === 'month' && !tick.isFirst && startOf('year', tick.day) === tick.day ? 'year' : unit;
  const first = startOf(named, tick.day);
  return { unit: named, first, last: unitAfter(named, first) - 1 };
}

/** A period as far as it has to reach to hold another one too. @param {Span} span @param {Bounded} more @returns {Span} */
export function extended(span, { first, last }) {
  if (span.first === null && span.last === null) return { first, last };
  return { first: span.first === null ? null : Math.min(span.first, first), last: span.last === null ? null : Math.max(span.last, last) };
}

export class AxisButtons {
  /** @param {() => Span} window the period @param {(span: Span) => void} ask */
  constructor(window, ask) {
    this.window = window;
    this.ask = ask;
    /** @type {{node: HTMLElement, unit: Unit, first: number, last: number}[]} */
    this.all = [];
    this.node = el('div', { class: 'im-time-units', role: 'group', 'aria-label': 'Years and months: set the period', on: { keydown: (event) => this.onKey(event) } });
  }

  /** @param {AxisLabel[]} labels */
  draw(labels) {
    this.all = labels.map(({ unit, tick, x, width }) => {
      const span = namedBy(unit, tick);
      const node = button({ class: 'im-time-unit', 'data-key': 'unit:' + span.unit + span.first, on: { click: (event) => this.use(span, event.shiftKey) } });
      Object.assign(node.style, { left: x + 'px', width: width + 'px' });
      return { node, ...span };
    }).sort((p, q) => p.first - q.first);
    keepFocus(this.node, () => fill(this.node, this.all.map(({ node }) => node)));
    this.update();
  }

  /** @param {Bounded} span */
  isPeriod({ first, last }) {
    const window = this.window();
    return window.first === first && window.last === last;
  }

  /** @param {Bounded} span @param {boolean} isMore */
  use({ first, last }, isMore) {
    const window = this.window();
    if (isMore) this.ask(extended(window, { first, last }));
    else this.ask(this.isPeriod({ first, last }) ? { first: null, last: null } : { first, last });
  }

  /** What a click does follows from the period. */
  update() {
    const held = this.all.find(({ node }) => node === document.activeElement) || this.all.find((one) => this.isPeriod(one)) || this.all[0];
    for (const one of this.all) {
      const name = binWords(one.unit, one.first);
      const isOn = this.isPeriod(one);
      one.node.setAttribute('aria-pressed', String(isOn));
      one.node.tabIndex = one === held ? 0 : -1;
      one.node.ariaLabel = name + ': ' + (isOn ? 'back to all dates' : 'show only this ' + one.unit);
      one.node.title = (isOn ? 'Click: all dates' : 'Click: only ' + name) + '. Shift-click: extend the period to ' + name + '.';
    }
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const by = pressed(event, 'unit');
    const at = this.all.findIndex(({ node }) => node === event.target);
    if (pressed(event, 'extend') && event.shiftKey) this.use(this.all[at], true);
    else if (by) {
      this.all[Math.min(this.all.length - 1, Math.max(0, at + by))].node.focus();
      this.update();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
