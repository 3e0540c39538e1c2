/*
 * Presentation: the map fills the screen in larger type, the period stands on it, arrow keys go
 * through periods or saved views, and a ring follows the mouse while it is asked for.
 */
import { bdi, button, el, fill, keepFocus } from '../core/dom.js';
import { pressed } from '../core/keys.js';
import { symbolOf } from '../map/symbols.js';
import { spanShort } from '../time/words.js';
import { toDay } from '../time/scale.js';
/** @import { WholePage } from '../document.js' */

/** Where keys have a meaning of their own. */
const OWN_KEYS = 'input, select, textarea, dialog, [data-side], .im-time-units, .im-time-calendar';
const RIGHT = 2;
/** @typedef {'periods'|'views'} Steps what the arrow keys go through */
/** @type {[Steps, string][]} */
const STEPPED = [['periods', 'Periods'], ['views', 'Saved views']];

export class Presentation {
  isOn = false;
  /** @type {Steps} */
  steps = 'periods';
  /** The title of the saved view that was opened last, and its address as it was then. */
  title = '';
  address = '';

  /** @param {WholePage} page */
  constructor(page) {
    this.page = page;
    this.wasBare = false;
    this.when = el('div', { class: 'im-present-when', role: 'status', hidden: true });
    this.ring = el('div', { class: 'im-present-ring', hidden: true });
    this.choice = el('div', { class: 'im-present-steps', role: 'group', 'aria-label': 'Arrow keys go through (V)', hidden: true });
    page.shell.stage.append(this.when, this.choice);
    document.body.append(this.ring);
    document.addEventListener('fullscreenchange', () => { if (!document.fullscreenElement) this.end(); });
    document.addEventListener('keydown', (event) => this.onKey(event), true);
    document.addEventListener('keyup', (event) => { if (pressed(event, 'pointer')) this.point(false); });
    document.addEventListener('pointermove', ({ clientX, clientY }) => { this.ring.style.translate = clientX + 'px ' + clientY + 'px'; });
    document.addEventListener('pointerdown', (event) => { if (event.button === RIGHT) this.point(true); });
    document.addEventListener('pointerup', (event) => { if (event.button === RIGHT) this.point(false); });
    document.addEventListener('contextmenu', (event) => { if (this.isOn) event.preventDefault(); });
    window.addEventListener('blur', () => this.point(false));
  }

  toggle() {
    if (this.isOn) this.end();
    else this.begin();
  }

  begin() {
    const { shell } = this.page;
    this.wasBare = shell.isBare;
    shell.open(shell.isPhone() ? '' : shell.tab, false);
    this.turn(true);
    // A page around this one may refuse the screen: then it fills what it has.
    document.documentElement.requestFullscreen?.().catch(() => this.update());
  }

  end() {
    if (!this.isOn) return;
    this.point(false);
    this.turn(false);
    if (document.fullscreenElement) document.exitFullscreen();
  }

  /** @param {boolean} isOn */
  turn(isOn) {
    const { shell } = this.page;
    this.isOn = isOn;
    shell.isBare = isOn || this.wasBare;
    shell.node.classList.toggle('is-bare', shell.isBare);
    shell.node.classList.toggle('is-presenting', isOn);
    shell.presenter.setAttribute('aria-pressed', String(isOn));
    this.page.render();
  }

  /** @param {boolean} isOn */
  point(isOn) {
    this.ring.hidden = !(isOn && this.isOn);
  }

  /** @param {Steps} steps */
  stepThrough(steps) {
    this.steps = steps;
    if (steps === 'views') this.stepView(0);
    this.update();
  }

  /** Open the next saved view; by 0, that which was opened last, or the first. @param {number} by */
  stepView(by) {
    const views = this.page.saved.all();
    const at = views.findIndex(({ title }) => title === this.title);
    this.openView(at < 0 ? (by < 0 ? views.length - 1 : 0) : Math.max(0, Math.min(views.length - 1, at + by)));
  }

  /** @param {number} at */
  openView(at) {
    const view = this.page.saved.all()[at];
    if (!view) return;
    this.title = view.title;
    this.page.openAddress(view.address);
    this.address = this.page.filterAddress();
    this.update();
  }

  /** The switch between periods and saved views, where there are any. */
  updateChoice() {
    const count = this.page.saved.all().length;
    if (count === 0) this.steps = 'periods';
    this.choice.hidden = !this.isOn || count === 0;
    keepFocus(this.choice, () => fill(this.choice, STEPPED.map(([steps, label]) => button({ class: 'im-segment', 'data-key': 'steps:' + steps, 'aria-pressed': this.steps === steps,
      title: 'Arrow keys go through ' + label.toLowerCase() + ' (V)', on: { click: () => this.stepThrough(steps) } }, label))));
  }

  /** The title of the saved view on the map, as long as nothing in it has been changed. @returns {HTMLElement|null} */
  titleOf() {
    const views = this.page.saved.all();
    const at = views.findIndex(({ title }) => title === this.title);
    if (this.steps !== 'views' || at < 0 || this.page.filterAddress() !== this.address) return null;
    return el('b', { class: 'im-present-title', title: 'Saved view ' + (at + 1) + ' of ' + views.length }, bdi(this.title));
  }

  /** The period or the title of the saved view, how many records, and whose the colours are. */
  update() {
    this.updateChoice();
    const { filters, layers, model } = this.page;
    const { from, to, certain, compare } = filters.asked;
    const title = this.titleOf();
    this.when.hidden = !this.isOn || (compare !== null && title === null);
    if (this.when.hidden) return;
    const period = (certain && (from || to) ? 'certainly ' : '') + spanShort({ first: toDay(from), last: toDay(to) });
    const shown = filters.shown();
    const count = shown.length + ' of ' + model.records.length + ' records';
    const rows = layers.rows.filter((row) => shown.some((record) => record.groups.includes(row.index)));
    // Two maps have headings of their own.
    fill(this.when, title || el('b', null, period), el('span', null, [title && !compare && period, !compare && count].filter(Boolean).join(' · ')),
      !compare && el('ul', null, rows.map((row) => el('li', null, symbolOf(model, { groups: [row.index], kind: 'incident', stroke: 'solid' }), row.group.short))));
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const { time } = this.page;
    const target = event.target;
    if (!this.isOn || event.ctrlKey || event.metaKey || event.altKey || (target instanceof Element && target.closest(OWN_KEYS))) return;
    const step = pressed(event, 'slide');
    const end = pressed(event, 'slideEnds');
    if (pressed(event, 'close')) this.end();
    else if (pressed(event, 'pointer')) this.point(true);
    else if (pressed(event, 'slideSteps') && !this.choice.hidden) this.stepThrough(this.steps === 'views' ? 'periods' : 'views');
    // The keys that a remote control for slides sends are among these.
    else if (this.steps === 'views' && step) this.stepView(step);
    else if (this.steps === 'views' && end) this.openView(end < 0 ? 0 : this.page.saved.all().length - 1);
    else if (time && step) time.stepBy(step, false, time.a);
    else if (time && end) time.toEnd(end, time.a);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
