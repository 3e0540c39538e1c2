/*
 * The controls beside the time strip: the sentence, stepping and playing, typed dates, presets and
 * switches. They have no period of their own; they show the current one and request others.
 */
import { button, el, fill, svg } from '../core/dom.js';
import { partsOf, startOf, toDay, toIso, typedDay, unitAfter } from './scale.js';
import { dateWords, sentenceForms, sentenceText } from './words.js';
/** @import { Bounded, SentenceParts, Span } from '../core/types.js' */

/** Milliseconds after which the sentence is announced to screen readers: at once, dragging would announce every step. */
const ANNOUNCED = 700;
/** Pixels by which text may exceed its box before it counts as another line: a line has 13. */
const LINE_SLACK = 6;
/** Playing speeds in steps per second, with their labels. */
const SPEEDS = [[0.5, '½×'], [1, '1×'], [2, '2×']];

/**
 * The named periods; a landmark only if there are data before and after it.
 * @param {Bounded & {landmarks?: string[]}} extent
 * @returns {{key: string, label: string, span: Span}[]}
 */
function presetsOf(extent) {
  const { first, last } = extent;
  const year = startOf('year', last);
  const since = (extent.landmarks || []).map((iso) => toDay(iso)).filter((day) => day !== null).filter((day) => day > first && day < last);
  return [
    { key: 'all', label: 'All dates', span: { first: null, last: null } },
    ...since.map((day) => ({ key: 'since-' + toIso(day), label: 'Since ' + dateWords(day), span: { first: day, last: null } })),
    { key: 'year', label: 'Last year in the data: ' + partsOf(last)[0], span: { first: year, last: unitAfter('year', year) - 1 } },
    { key: 'days-90', label: 'Last 90 days of the data', span: { first: last - 89, last } },
    { key: 'days-30', label: 'Last 30 days of the data', span: { first: last - 29, last } },
  ];
}

/** @param {string} d @param {boolean} isFilled */
const icon = (d, isFilled) => svg('svg', { width: 14, height: 14, viewBox: '0 0 14 14', 'aria-hidden': 'true' },
  svg('path', { class: isFilled ? 'im-time-glyph' : 'im-glyph', d }));
const ICONS = { back: 'M8.5 3L4.5 7L8.5 11', on: 'M5.5 3L9.5 7L5.5 11', play: 'M4 2.5V11.5L11.5 7Z', pause: 'M3.5 2.5H6V11.5H3.5ZM8 2.5H10.5V11.5H8Z' };

/** A text field for one end of the period, with a message for an invalid date. */
class DateField {
  /** @type {number|null} */
  day;

  /** @param {string} label @param {boolean} isEnd @param {HTMLElement} note @param {(day: number|null) => void} take */
  constructor(label, isEnd, note, take) {
    this.isEnd = isEnd;
    this.note = note;
    this.take = take;
    this.node = el('input', { class: 'im-time-date', type: 'text', size: 10, maxlength: 10, placeholder: isEnd ? 'last day' : 'first day', autocomplete: 'off',
      spellcheck: 'false', 'aria-label': label + ', year-month-day', title: 'Year-month-day, such as 2022-05-01, 2022-05 or 2022; empty: no limit', 'aria-describedby': note.id,
      on: { change: () => this.read(), keydown: (event) => this.onKey(event), input: () => this.refuse('') } });
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.key === 'Enter') this.read();
    if (event.key === 'Escape') this.show(this.day);
    if (event.key !== 'Escape' || this.node.value !== '') event.stopPropagation();
  }

  read() {
    const day = typedDay(this.node.value, this.isEnd);
    if (day === undefined) this.refuse('Not a valid date. Expected 2022-05-01, 2022-05 or 2022.');
    else if (day !== this.day || this.node.value !== (toIso(day) || '')) this.take(day);
  }

  /** @param {string} words */
  refuse(words) {
    this.node.setAttribute('aria-invalid', String(Boolean(words)));
    this.note.textContent = words;
  }

  /** @param {number|null} day */
  show(day) {
    this.day = day;
    this.node.value = toIso(day) || '';
    this.refuse('');
  }
}

/**
 * @typedef {Object} ControlsAct
 * @property {(n: number) => void} step
 * @property {() => void} play
 * @property {(span: Span) => void} set
 * @property {(isCertain: boolean) => void} certain
 * @property {() => void} compare
 * @property {() => void} zoom
 */
/**
 * @typedef {Object} ControlsState
 * @property {Span} window
 * @property {boolean} certain
 * @property {boolean} isPlaying
 * @property {boolean} canCompare
 * @property {boolean} isComparing
 * @property {boolean} isZoomed
 * @property {boolean} isStill
 * @property {SentenceParts} parts of the sentence
 */

export class TimeControls {
  /** @type {Span} */
  span;
  /** @type {HTMLElement} */
  moves;
  /** @type {HTMLButtonElement} */
  back;
  /** @type {HTMLButtonElement} */
  on;
  /** @type {HTMLButtonElement} */
  play;
  /** @type {HTMLElement} */
  tools;
  /** @type {HTMLElement} */
  note;
  /** @type {DateField} */
  first;
  /** @type {DateField} */
  last;
  /** @type {HTMLSelectElement} */
  preset;
  /** @type {HTMLSelectElement} */
  rate;
  /** @type {HTMLInputElement} */
  certain;
  /** @type {HTMLButtonElement} */
  compare;
  /** @type {HTMLButtonElement} */
  zoom;
  /** @type {string|undefined} */
  said;
  /** @type {SentenceParts|undefined} */
  parts;
  /** @type {number|undefined} */
  timer;

  /**
   * @param {Bounded & {landmarks?: string[]}} extent first and last day of the data
   * @param {ControlsAct} act
   * @param {string} id
   */
  constructor(extent, act, id) {
    this.act = act;
    this.extent = extent;
    this.presets = presetsOf(extent);
    this.speed = 1;
    this.sentence = el('p', { class: 'im-time-sentence' });
    this.live = el('p', { class: 'im-time-live', role: 'status' });
    this.buildMoves();
    this.buildTools(id);
    this.more = button({ class: 'im-time-button im-time-more', 'aria-expanded': 'false', 'aria-controls': id + '-tools', on: { click: () => this.open(!this.isOpen) } }, 'Dates…');
    this.head = el('div', { class: 'im-time-head' }, this.sentence, this.moves, this.more, this.tools, this.live);
    this.head.addEventListener('keydown', (event) => this.onKey(event));
    new ResizeObserver(() => this.fit()).observe(this.sentence);
    document.addEventListener('pointerdown', (event) => {
      if (this.isOpen && !this.head.contains(/** @type {Node} */ (event.target))) this.open(false);
    });
  }

  get isOpen() {
    return this.tools.classList.contains('is-open');
  }

  /** @param {boolean} isOpen */
  open(isOpen) {
    this.tools.classList.toggle('is-open', isOpen);
    this.more.setAttribute('aria-expanded', String(isOpen));
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.key !== 'Escape' || !this.isOpen) return;
    event.stopPropagation();
    this.open(false);
    this.more.focus();
  }

  buildMoves() {
    /** @param {'back'|'on'|'play'} name @param {string} label @param {() => void} go */
    const move = (name, label, go) => button({ class: 'im-time-button im-time-' + name, 'aria-label': label, title: label, on: { click: go } }, icon(ICONS[name], name === 'play'));
    this.back = move('back', 'Previous period of the same length', () => this.act.step(-1));
    this.on = move('on', 'Next period of the same length', () => this.act.step(1));
    this.play = move('play', '', () => this.act.play());
    this.moves = el('div', { class: 'im-time-moves', role: 'group', 'aria-label': 'Move the period' }, this.back, this.play, this.on);
  }

  /** @param {string} id */
  buildTools(id) {
    this.note = el('span', { class: 'im-time-note', id: id + '-note', role: 'alert' });
    this.first = new DateField('First day', false, this.note, (day) => this.takeDates(day, this.span.last, this.first));
    this.last = new DateField('Last day', true, this.note, (day) => this.takeDates(this.span.first, day, this.last));
    this.preset = el('select', { class: 'im-time-select im-time-preset', 'aria-label': 'Period by name', on: { change: () => this.pick() } },
      this.presets.map((one) => el('option', { value: one.key }, one.label)), el('option', { value: 'own', hidden: true }, 'Custom range'));
    this.rate = el('select', { class: 'im-time-select', 'aria-label': 'Speed: steps per second', title: 'Speed: steps of the period’s length per second',
      on: { change: () => { this.speed = Number(this.rate.value); } } },
      SPEEDS.map(([value, label]) => el('option', { value, selected: value === 1 }, label)));
    this.certain = el('input', { type: 'checkbox', on: { change: () => this.act.certain(this.certain.checked) } });
    const only = 'Certain dates only: the whole interval is inside the period and not dated “about”';
    this.compare = button({ class: 'im-time-button im-time-word', on: { click: () => this.act.compare() } }, 'compare');
    this.zoom = button({ class: 'im-time-button im-time-word', on: { click: () => this.act.zoom() } }, 'zoom');
    this.tools = el('div', { class: 'im-time-tools', id: id + '-tools', role: 'group', 'aria-label': 'Period' },
      el('span', { class: 'im-time-dates' }, this.first.node, '–', this.last.node), this.preset, this.rate,
      el('label', { class: 'im-time-check', title: only }, this.certain, el('span', null, 'Certain dates only')), this.compare, this.zoom, this.note);
  }

  /** @param {number|null} first @param {number|null} last @param {DateField} field */
  takeDates(first, last, field) {
    if (first !== null && last !== null && first > last) field.refuse('The last day is before the first.');
    else {
      this.span = { first, last };
      this.act.set(this.span);
    }
  }

  pick() {
    const found = this.presets.find((one) => one.key === this.preset.value);
    if (found) this.act.set(found.span);
  }

  /**
   * @param {ControlsState} state
   */
  update(state) {
    const { window, parts } = state;
    this.span = window;
    if (document.activeElement !== this.first.node || this.first.day !== window.first) this.first.show(window.first);
    if (document.activeElement !== this.last.node || this.last.day !== window.last) this.last.show(window.last);
    const preset = this.presets.find((one) => one.span.first === window.first && one.span.last === window.last);
    this.preset.value = preset ? preset.key : 'own';
    this.certain.checked = state.certain;
    this.compare.disabled = !state.canCompare;
    this.compare.textContent = state.isComparing ? 'End comparison' : 'compare…';
    this.compare.title = state.canCompare ? 'Compare with a second period (default: the previous one of the same length)' : 'Choose a period first';
    this.zoom.textContent = state.isZoomed ? 'Whole axis' : 'Fit to period';
    this.zoom.title = state.isZoomed ? 'Show the whole axis (key −)' : 'Fit the axis to the period (key +, or Ctrl + scroll)';
    this.updatePlay(state);
    this.say(parts);
  }

  /** @param {ControlsState} state */
  updatePlay(state) {
    const label = state.isPlaying ? 'Pause' : 'Play: move the period on by its own length, ' + this.speed + (this.speed === 1 ? ' step' : ' steps') + ' per second';
    if (this.play.getAttribute('aria-label') !== label) {
      this.play.setAttribute('aria-label', label);
      this.play.title = label;
      fill(this.play, icon(state.isPlaying ? ICONS.pause : ICONS.play, true));
    }
    this.play.hidden = state.isStill;
    this.rate.hidden = state.isStill;
  }

  /** Show the sentence at once, and announce it to screen readers when it no longer changes. @param {SentenceParts} parts */
  say(parts) {
    const text = sentenceText(parts);
    if (text === this.said) return;
    const isFirst = this.said === undefined;
    this.said = text;
    this.parts = parts;
    this.sentence.title = text;
    this.fit();
    clearTimeout(this.timer);
    if (!isFirst) this.timer = setTimeout(() => { this.live.textContent = text; }, ANNOUNCED);
  }

  /** Use the longest form of the sentence that fits on two lines. */
  fit() {
    const { sentence, parts } = this;
    if (!parts) return;
    const numbers = [el('b', null, parts.count), el('span', null, parts.of.replace(/ record.*/, ''))];
    for (const [records, ...words] of sentenceForms(parts)) {
      fill(sentence, numbers, records, words.filter(Boolean).map((text) => el('span', null, '\u00a0· ' + text)));
      // Firefox includes the overhang of letters beyond their line, a pixel or two.
      if (sentence.scrollHeight - sentence.clientHeight < LINE_SLACK && sentence.scrollWidth <= sentence.clientWidth) return;
    }
  }
}
