/*
 * The controls beside the time strip: the sentence, stepping and playing, typed dates, presets and
 * switches. They have no period of their own; they show the current one and request others.
 */
import { button, el, fill, svg } from '../core/dom.js';
import { pressed } from '../core/keys.js';
import { counted } from '../core/numbers.js';
import { Calendar } from './calendar.js';
import { DatePair } from './dates.js';
import { partsOf, startOf, toDay, toIso, unitAfter } from './scale.js';
import { binWords, dateWords, sentenceForms, sentenceText } from './words.js';
/** @import { Bounded, SentenceParts, Span } from '../core/types.js' */

/** Milliseconds after which the sentence is announced to screen readers: at once, dragging would announce every step. */
const ANNOUNCED = 700;
/** Pixels by which text may exceed its box before it counts as another line: a line has 14. */
const LINE_SLACK = 6;
/** Playing speeds in steps per second, with their labels. */
const SPEEDS = [[0.5, '½×'], [1, '1×'], [2, '2×']];

/** @typedef {Bounded & {landmarks?: string[], years: Bounded[]}} Extent first and last day of the data, and the years of the axis */

/**
 * The named periods; a landmark only if there are data before and after it.
 * @param {Extent} extent
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
    ...[90, 30, 7].map((days) => ({ key: 'days-' + days, label: 'Last ' + days + ' days of the data', span: { first: last - days + 1, last } })),
  ];
}

/** @param {string} d @param {boolean} isFilled */
const icon = (d, isFilled) => svg('svg', { width: 14, height: 14, viewBox: '0 0 14 14', 'aria-hidden': 'true' },
  svg('path', { class: isFilled ? 'im-time-glyph' : 'im-glyph', d }));
const ICONS = { back: 'M8.5 3L4.5 7L8.5 11', on: 'M5.5 3L9.5 7L5.5 11', play: 'M4 2.5V11.5L11.5 7Z', pause: 'M3.5 2.5H6V11.5H3.5ZM8 2.5H10.5V11.5H8Z' };

/**
 * @typedef {Object} ControlsAct
 * @property {(n: number) => void} step
 * @property {() => void} play
 * @property {(span: Span) => void} set
 * @property {(isCertain: boolean) => void} certain
 * @property {() => void} compare
 * @property {(span: Span) => void} setB
 * @property {() => void} swap
 * @property {() => void} yearBefore
 * @property {() => void} zoom
 */
/**
 * @typedef {Object} ControlsState
 * @property {Span} window
 * @property {Span|null} other the period that is compared with
 * @property {boolean} certain
 * @property {boolean} isPlaying
 * @property {boolean} canCompare
 * @property {boolean} isZoomed
 * @property {boolean} isStill
 * @property {SentenceParts} parts of the sentence
 */

export class TimeControls {
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
  /** @type {DatePair} */
  dates;
  /** @type {DatePair} */
  otherDates;
  /** @type {HTMLElement} the period that is compared with */
  other;
  /** @type {HTMLSelectElement} */
  preset;
  /** @type {HTMLOptionElement[]} */
  years;
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
   * @param {Extent} extent
   * @param {ControlsAct} act
   * @param {string} id
   */
  constructor(extent, act, id) {
    this.act = act;
    this.extent = extent;
    this.presets = presetsOf(extent);
    this.calendar = new Calendar();
    this.speed = 1;
    this.sentence = el('p', { class: 'im-time-sentence' });
    this.whole = el('p', { class: 'im-time-whole', id: id + '-whole', hidden: true });
    this.reader = button({ class: 'im-time-button im-time-reader', 'aria-label': 'Whole sentence', title: 'Whole sentence', 'aria-expanded': 'false', 'aria-controls': id + '-whole', hidden: true,
      on: { click: () => this.read(Boolean(this.whole.hidden)) } }, '…');
    this.live = el('p', { class: 'im-time-live', role: 'status' });
    this.buildMoves();
    this.buildTools(id);
    this.more = button({ class: 'im-time-button im-time-more', 'aria-expanded': 'false', 'aria-controls': id + '-tools', on: { click: () => this.open(!this.isOpen) } }, 'Dates…');
    this.head = el('div', { class: 'im-time-head' }, this.sentence, this.reader, this.moves, this.more, this.tools, this.calendar.node, this.whole, this.live);
    this.head.addEventListener('keydown', (event) => this.onKey(event));
    new ResizeObserver(() => this.fit()).observe(this.sentence);
    document.addEventListener('pointerdown', (event) => {
      if (!(event.target instanceof Node) || this.head.contains(event.target)) return;
      if (this.isOpen) this.open(false);
      this.read(false);
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

  /** Show or hide all words of the sentence. @param {boolean} isOn */
  read(isOn) {
    this.whole.hidden = !isOn;
    this.reader.setAttribute('aria-expanded', String(isOn));
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (!pressed(event, 'close') || (!this.isOpen && this.whole.hidden)) return;
    event.stopPropagation();
    this.read(false);
    if (!this.isOpen) return;
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
    this.dates = new DatePair('', id + '-note', this.extent, this.calendar, (span) => this.act.set(span));
    this.years = this.extent.years.map(({ first }) => el('option', { value: 'year-' + partsOf(first)[0] }));
    this.preset = el('select', { class: 'im-time-select im-time-preset', 'aria-label': 'Period by name', on: { change: () => this.pick() } },
      this.presets.map((one) => el('option', { value: one.key }, one.label)), el('optgroup', { label: 'Years' }, this.years), el('option', { value: 'own', hidden: true }, 'Custom range'));
    this.presets = this.presets.concat(this.extent.years.map((span) => ({ key: 'year-' + partsOf(span.first)[0], label: '', span })));
    this.rate = el('select', { class: 'im-time-select', 'aria-label': 'Speed: steps per second', title: 'Speed: steps of the period’s length per second',
      on: { change: () => { this.speed = Number(this.rate.value); } } },
      SPEEDS.map(([value, label]) => el('option', { value, selected: value === 1 }, label)));
    this.certain = el('input', { type: 'checkbox', on: { change: () => this.act.certain(this.certain.checked) } });
    const only = 'Certain dates only: the whole interval is inside the period and not dated “about”';
    this.buildOther(id);
    this.compare = button({ class: 'im-time-button im-time-word', on: { click: () => this.act.compare() } }, 'compare');
    this.zoom = button({ class: 'im-time-button im-time-word', on: { click: () => this.act.zoom() } }, 'zoom');
    this.tools = el('div', { class: 'im-time-tools', id: id + '-tools', role: 'group', 'aria-label': 'Period' },
      this.dates.node, this.preset, this.rate,
      el('label', { class: 'im-time-check', title: only }, this.certain, el('span', null, 'Certain dates only')), this.compare, this.zoom);
  }

  /** Period B: its dates, and two ways to set them. @param {string} id */
  buildOther(id) {
    this.otherDates = new DatePair('Period B, ', id + '-note-b', this.extent, this.calendar, (span) => this.act.setB(span));
    /** @param {string} words @param {string} title @param {() => void} go */
    const word = (words, title, go) => button({ class: 'im-time-button im-time-word', title, on: { click: go } }, words);
    this.other = el('div', { class: 'im-time-other', role: 'group', 'aria-label': 'Period B' }, el('b', { 'aria-hidden': 'true' }, 'B'), this.otherDates.node,
      word('Swap A and B', 'Period A becomes B and B becomes A', () => this.act.swap()),
      word('Year before A', 'Period B becomes the same period as A, a year before', () => this.act.yearBefore()));
  }

  pick() {
    const found = this.presets.find((one) => one.key === this.preset.value);
    if (found) this.act.set(found.span);
  }

  /**
   * @param {ControlsState} state
   */
  update(state) {
    const { window, other, parts } = state;
    this.dates.show(window);
    if (other) this.otherDates.show(other);
    const preset = this.presets.find((one) => one.span.first === window.first && one.span.last === window.last);
    this.preset.value = preset ? preset.key : 'own';
    this.certain.checked = state.certain;
    this.compare.disabled = !state.canCompare;
    this.compare.textContent = other ? 'End comparison' : 'compare…';
    this.compare.title = state.canCompare ? 'Compare with a second period (default: the previous one of the same length)' : 'Choose a period first';
    this.zoom.textContent = state.isZoomed ? 'Whole axis' : 'Fit to period';
    this.zoom.title = state.isZoomed ? 'Show the whole axis (key −)' : 'Fit the axis to the period (key +, or Ctrl + scroll)';
    this.updatePlay(state);
    this.say(parts);
  }

  /**
   * Each year with what its choice would show; a record without a first or a last day may lie in many.
   * @param {{all: number, open: number}[]} counts
   */
  countYears(counts) {
    this.years.forEach((node, i) => {
      const { all, open } = counts[i];
      node.textContent = binWords('year', this.extent.years[i].first) + ': ' + counted(all, 'record') + (open ? ', ' + open + ' of them open-ended' : '');
    });
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
    this.whole.textContent = text;
    this.fit();
    clearTimeout(this.timer);
    if (!isFirst) this.timer = setTimeout(() => { this.live.textContent = text; }, ANNOUNCED);
  }

  /** Use the longest form of the sentence that fits on two lines; if it is shortened, a button opens all of it. */
  fit() {
    const { reader, parts } = this;
    if (!parts) return;
    const forms = sentenceForms(parts);
    reader.hidden = true;
    if (this.fits(parts, forms[0])) this.read(false);
    else {
      reader.hidden = false;
      forms.slice(1).find((form) => this.fits(parts, form));
    }
  }

  /** @param {SentenceParts} parts @param {string[]} form */
  fits(parts, [records, ...words]) {
    const { sentence } = this;
    fill(sentence, el('span', null, el('b', null, parts.count), el('span', null, parts.of.replace(/ record.*/, '')), records, words.filter(Boolean).map((text) => el('span', null, '\u00a0· ' + text))));
    // Firefox includes the overhang of letters beyond their line, a pixel or two.
    return sentence.scrollHeight - sentence.clientHeight < LINE_SLACK && sentence.scrollWidth <= sentence.clientWidth;
  }
}
