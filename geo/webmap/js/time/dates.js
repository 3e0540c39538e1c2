/*
 * The two ends of a period as text fields, each with a calendar beside it. What is no date is
 * refused, and why is said beside the fields.
 */
import { button, el, svg } from '../core/dom.js';
import { pressed } from '../core/keys.js';
import { toIso, typedDay } from './scale.js';
import { typedFault } from './words.js';
/** @import { Bounded, Side, Span } from '../core/types.js' */
/** @import { Calendar } from './calendar.js' */

/** A text field for one end of a period. */
export class DateField {
  /** @type {number|null} */
  day;

  /** @param {string} label @param {Side} side @param {DatePair} pair */
  constructor(label, side, pair) {
    this.label = label;
    this.side = side;
    this.pair = pair;
    const isEnd = side === 'last';
    this.node = el('input', { class: 'im-time-date', type: 'text', size: 10, maxlength: 10, placeholder: isEnd ? 'last day' : 'first day', autocomplete: 'off',
      spellcheck: 'false', 'aria-label': label + ', year-month-day', title: 'Year-month-day, such as 2022-05-01, 2022-05 or 2022; empty: no limit', 'aria-describedby': pair.note.id,
      on: { change: () => this.read(), keydown: (event) => this.onKey(event), input: () => this.refuse('') } });
    this.opener = button({ class: 'im-time-opener', 'aria-label': label + ': calendar', title: label + ': calendar', 'aria-haspopup': 'dialog', 'aria-expanded': 'false',
      on: { click: () => pair.calendar.toggle(this) } },
    svg('svg', { width: 14, height: 14, viewBox: '0 0 14 14', 'aria-hidden': 'true' }, svg('path', { class: 'im-glyph', d: 'M1.5 3H12.5V12.5H1.5ZM1.5 6H12.5M4.5 1V4M9.5 1V4' })));
  }

  /** Where the calendar opens when the period is open at this end. */
  usual() {
    return this.pair.extent[this.side];
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (pressed(event, 'read')) this.read();
    if (pressed(event, 'close')) this.show(this.day);
    if (!pressed(event, 'close') || this.node.value !== '') event.stopPropagation();
  }

  /** Take a text as if it had been typed. @param {string} text */
  type(text) {
    this.node.value = text;
    this.read();
  }

  read() {
    const { value } = this.node;
    const day = typedDay(value, this.side === 'last');
    if (day === undefined) this.refuse(typedFault(value));
    else if (day !== this.day || value !== (toIso(day) || '')) this.pair.take(day, this);
  }

  /** @param {string} words */
  refuse(words) {
    this.node.setAttribute('aria-invalid', String(Boolean(words)));
    this.pair.note.textContent = words;
  }

  /** @param {number|null} day */
  show(day) {
    this.day = day;
    this.node.value = toIso(day) || '';
    this.refuse('');
  }
}

export class DatePair {
  /** @type {Span} */
  span = { first: null, last: null };

  /**
   * @param {string} name of the period, or nothing where there is one
   * @param {string} id
   * @param {Bounded} extent
   * @param {Calendar} calendar
   * @param {(span: Span) => void} ask
   */
  constructor(name, id, extent, calendar, ask) {
    this.extent = extent;
    this.calendar = calendar;
    this.ask = ask;
    this.note = el('span', { class: 'im-time-note', id, role: 'alert' });
    this.first = new DateField(name + (name ? 'first' : 'First') + ' day', 'first', this);
    this.last = new DateField(name + (name ? 'last' : 'Last') + ' day', 'last', this);
    /** @param {DateField} field */
    const both = (field) => el('span', { class: 'im-time-field' }, field.node, field.opener);
    this.node = el('span', { class: 'im-time-dates' }, both(this.first), '–', both(this.last), this.note);
  }

  /** @param {number|null} day @param {DateField} field */
  take(day, field) {
    const { first, last } = Object.assign({}, this.span, { [field.side]: day });
    if (first !== null && last !== null && first > last) field.refuse('The last day is before the first.');
    else {
      this.span = { first, last };
      this.ask(this.span);
    }
  }

  /** @param {Span} span */
  show(span) {
    this.span = span;
    for (const field of [this.first, this.last]) {
      if (document.activeElement !== field.node || field.day !== span[field.side]) field.show(span[field.side]);
    }
  }
}
