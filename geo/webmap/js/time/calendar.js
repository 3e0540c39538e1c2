/*
 * A month to pick a day from, for whoever does not type; its heading picks the whole month or year.
 * Fields take 2022 and 2022-05 as well, which the date field of a browser does not.
 */
import { button, el, fill } from '../core/dom.js';
import { pressed } from '../core/keys.js';
import { startOf, toIso, unitAfter } from './scale.js';
import { binWords, dateWords } from './words.js';
/** @import { DateField } from './dates.js' */

const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];

export class Calendar {
  /** @type {DateField|null} */
  field = null;
  /** The day that the keys are at. */
  at = 0;

  constructor() {
    this.node = el('div', { class: 'im-time-calendar', role: 'dialog', hidden: true, on: { keydown: (event) => this.onKey(event) } });
    document.addEventListener('pointerdown', (event) => {
      const target = /** @type {Node} */ (event.target);
      if (this.field && !this.node.contains(target) && !this.field.opener.contains(target)) this.close();
    });
    this.node.addEventListener('focusout', (event) => {
      if (event.relatedTarget && !this.node.contains(/** @type {Node} */ (event.relatedTarget))) this.close();
    });
  }

  /** @param {DateField} field */
  toggle(field) {
    if (this.field === field) this.close(true);
    else this.open(field);
  }

  /** @param {DateField} field */
  open(field) {
    this.close();
    this.field = field;
    field.opener.setAttribute('aria-expanded', 'true');
    this.node.ariaLabel = field.label + ': calendar';
    this.node.hidden = false;
    this.go(field.day ?? field.usual());
    const room = /** @type {HTMLElement} */ (this.node.parentElement);
    const [own, box] = [field.node.getBoundingClientRect(), room.getBoundingClientRect()];
    const left = (own.left - box.left) * room.clientWidth / box.width;
    this.node.style.left = Math.max(6, Math.min(left, room.clientWidth - this.node.offsetWidth - 6)) + 'px';
  }

  /** @param {boolean} [isHeld] give the focus back */
  close(isHeld) {
    const { field } = this;
    this.field = null;
    this.node.hidden = true;
    if (!field) return;
    field.opener.setAttribute('aria-expanded', 'false');
    if (isHeld) field.opener.focus();
  }

  /** @param {number} day */
  go(day) {
    this.at = day;
    this.draw();
    /** @type {HTMLElement} */ (this.node.querySelector('[tabindex="0"]')).focus({ preventScroll: true });
  }

  /** Of another month the same day, or its last. @param {number} months */
  turned(months) {
    const start = unitAfter('month', startOf('month', this.at), months);
    return Math.min(start + this.at - startOf('month', this.at), unitAfter('month', start) - 1);
  }

  draw() {
    const start = startOf('month', this.at);
    const iso = toIso(start);
    const weekday = start - startOf('week', start);
    /** @param {string} text @param {string} label @param {number} months */
    const turn = (text, label, months) => button({ class: 'im-time-button', 'aria-label': label, title: label, on: { click: () => this.go(this.turned(months)) } }, text);
    /** @param {string} text @param {string} words */
    const whole = (text, words) => button({ class: 'im-time-button im-time-whole-unit', title: 'Take all of ' + words, 'aria-label': words + ': take all of it', on: { click: () => this.pick(text) } }, words.split(' ')[0]);
    const month = binWords('month', start);
    fill(this.node, el('div', { class: 'im-time-calendar-head' }, turn('«', 'Year before', -12), turn('‹', 'Month before', -1),
      el('span', null, whole(iso.slice(0, 7), month), whole(iso.slice(0, 4), iso.slice(0, 4))), turn('›', 'Next month', 1), turn('»', 'Next year', 12)),
    el('div', { class: 'im-time-days', role: 'group', 'aria-label': month }, DAYS.map((name) => el('span', { 'aria-hidden': 'true' }, name)),
      Array.from({ length: unitAfter('month', start) - start }, (_, i) => this.day(start + i, i ? 0 : weekday))));
  }

  /** @param {number} day @param {number} skipped days of the week before it */
  day(day, skipped) {
    const node = button({ class: 'im-time-day', tabindex: day === this.at ? 0 : -1, 'aria-label': dateWords(day), 'aria-pressed': day === this.field?.day,
      on: { click: () => this.pick(toIso(day)) } }, String(day - startOf('month', day) + 1));
    if (skipped) node.style.gridColumnStart = String(skipped + 1);
    return node;
  }

  /** @param {string} text a day, a month or a year */
  pick(text) {
    const { field } = this;
    this.close(true);
    field?.type(text);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const weekday = this.at - startOf('week', this.at);
    const edge = pressed(event, 'week');
    const by = edge ? (edge < 0 ? -weekday : 6 - weekday) : pressed(event, 'day');
    const turn = pressed(event, 'month');
    if (pressed(event, 'close')) this.close(true);
    else if (turn) this.go(this.turned(event.shiftKey ? turn * 12 : turn));
    else if (by !== undefined && event.target instanceof Element && event.target.matches('.im-time-day')) this.go(this.at + by);
    else if (!pressed(event, 'allGroups') && pressed(event, 'group') === undefined) return;
    event.preventDefault();
    event.stopPropagation();
  }
}
