/*
 * Presentation: the map fills the screen in larger type, the period stands on it, arrow keys go
 * through periods, and a ring follows the mouse while it is asked for.
 */
import { el, fill } from '../core/dom.js';
import { pressed } from '../core/keys.js';
import { symbolOf } from '../map/symbols.js';
import { spanShort } from '../time/words.js';
import { toDay } from '../time/scale.js';
/** @import { WholePage } from '../document.js' */

/** Where keys have a meaning of their own. */
const OWN_KEYS = 'input, select, textarea, dialog, [data-side], .im-time-units, .im-time-calendar';
const RIGHT = 2;

export class Presentation {
  isOn = false;

  /** @param {WholePage} page */
  constructor(page) {
    this.page = page;
    this.wasBare = false;
    this.when = el('div', { class: 'im-present-when', role: 'status', hidden: true });
    this.ring = el('div', { class: 'im-present-ring', hidden: true });
    page.shell.stage.append(this.when);
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

  /** The period, how many records, and whose the colours are. */
  update() {
    const { filters, layers, model } = this.page;
    const { from, to, certain, compare } = filters.asked;
    this.when.hidden = !this.isOn || compare !== null;
    if (this.when.hidden) return;
    const shown = filters.shown();
    const rows = layers.rows.filter((row) => shown.some((record) => record.groups.includes(row.index)));
    fill(this.when, el('b', null, (certain && (from || to) ? 'certainly ' : '') + spanShort({ first: toDay(from), last: toDay(to) })),
      el('span', null, shown.length + ' of ' + model.records.length + ' records'),
      el('ul', null, rows.map((row) => el('li', null, symbolOf(model, { groups: [row.index], kind: 'incident', stroke: 'solid' }), row.group.short))));
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const { time } = this.page;
    const target = event.target;
    if (!this.isOn || event.ctrlKey || event.metaKey || event.altKey || (target instanceof Element && target.closest(OWN_KEYS))) return;
    if (pressed(event, 'close')) this.end();
    else if (pressed(event, 'pointer')) this.point(true);
    // The keys that a remote control for slides sends are among these.
    else if (time && pressed(event, 'slide')) time.stepBy(pressed(event, 'slide'), false, time.a);
    else if (time && pressed(event, 'slideEnds')) time.toEnd(pressed(event, 'slideEnds'), time.a);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
