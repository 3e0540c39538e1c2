/*
 * Two helpers of the time strip: the player that moves its window, and the list of the records
 * without a lane.
 */
import { bdi, button, el, fill } from '../core/dom.js';
import { pressed } from '../core/keys.js';
import { counted } from '../core/numbers.js';
import { chipOf } from '../map/symbols.js';
import { recordWords } from './words.js';
/** @import { MapRecord, Model } from '../core/types.js' */

const STILL = '(prefers-reduced-motion: reduce)';

export class TimePlayer {
  /**
   * @param {() => boolean} step `false` at the end
   * @param {() => void} changed
   */
  constructor(step, changed) {
    this.step = step;
    this.changed = changed;
    this.isPlaying = false;
    this.speed = 1;
    this.timer = 0;
    this.still = matchMedia(STILL);
    this.still.addEventListener('change', () => {
      this.pause();
      changed();
    });
    document.addEventListener('visibilitychange', () => this.wait());
  }

  /** Whether the user prefers less motion; then only stepping by hand is available. */
  get isStill() {
    return this.still.matches;
  }

  /** @param {number} speed steps per second */
  toggle(speed) {
    if (this.isPlaying || this.isStill) {
      this.pause();
      return;
    }
    this.speed = speed;
    this.isPlaying = true;
    this.tick();
    this.changed();
  }

  tick() {
    if (!this.step()) {
      this.pause();
      return;
    }
    this.wait();
  }

  /** Schedule the next step; in a hidden tab playing pauses. */
  wait() {
    clearTimeout(this.timer);
    if (this.isPlaying && !document.hidden) this.timer = setTimeout(() => this.tick(), 1000 / this.speed);
  }

  pause() {
    clearTimeout(this.timer);
    if (!this.isPlaying) return;
    this.isPlaying = false;
    this.changed();
  }
}

export class TimeRest {
  /**
   * @param {Model} model
   * @param {(record: MapRecord) => void} choose
   */
  constructor(model, choose) {
    this.model = model;
    this.choose = choose;
    /** @type {MapRecord[]} */
    this.records = [];
    this.button = button({ class: 'im-time-rest', 'aria-expanded': 'false', on: { click: () => this.open(Boolean(this.list.hidden)) } });
    this.list = el('ul', { class: 'im-time-list', hidden: true });
    this.node = el('div', { class: 'im-time-more-lanes', on: { keydown: (event) => this.onKey(event) } }, this.button, this.list);
    document.addEventListener('pointerdown', (event) => {
      if (!this.list.hidden && !this.node.contains(/** @type {Node} */ (event.target))) this.open(false);
    });
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (!pressed(event, 'close') || this.list.hidden) return;
    event.stopPropagation();
    this.open(false);
    this.button.focus();
  }

  /** @param {MapRecord[]} records without a lane */
  update(records) {
    this.records = records;
    this.node.hidden = !records.length;
    fill(this.button, '+' + records.length, el('span', { class: 'im-time-rest-word' }, ' longer'));
    this.button.title = counted(records.length, 'more record') + ' spanning longer intervals (not shown)';
    this.button.setAttribute('aria-label', this.button.title);
    if (!records.length) this.open(false);
    else if (!this.list.hidden) this.fill();
  }

  /** @param {boolean} isOpen */
  open(isOpen) {
    this.list.hidden = !isOpen;
    this.button.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) this.fill();
  }

  fill() {
    fill(this.list, this.records.map((record) => el('li', null, button({ class: 'im-time-item', 'data-record': record.id, on: { click: () => this.pick(record) } },
      chipOf(this.model, record), el('span', null, bdi(record.title), el('span', { class: 'im-muted' }, recordWords(record)))))));
  }

  /** @param {MapRecord} record */
  pick(record) {
    this.open(false);
    this.choose(record);
  }
}
