/*
 * The shell: layer panel, map, detail panel and foot. On a desktop these are three columns; on a tablet
 * the detail panel opens over the right side of the map; on a phone panels open from below and reduce
 * the map instead of covering it.
 */
import { bdi, button, el, fill, keepFocus, scaleOf, svg } from '../core/dom.js';
import { counted, grouped } from '../core/numbers.js';
import { PRINT_ROOM } from './print_sheet.js';
/** @import { Ask, Child, Mode, Model, Plate, Theme } from '../core/types.js' */
/** @import { MapHalf } from '../pair/map_half.js' */
/** @import { Filters } from '../view/filters.js' */

/** The widths at which the layout changes, as in document.css. */
const PHONE = '(max-width: 699px)';
const DESK = '(min-width: 1000px)';
/** Least width in pixels for two maps; with less, the detail panel covers them instead of reducing them. */
const LEAST = 240;

export class Shell {
  /** @type {HTMLButtonElement} switches measuring on and off */
  ruler;
  /** @type {HTMLButtonElement} begins and ends the presentation */
  presenter;

  /**
   * @param {HTMLElement} home where the shell is built
   * @param {MapHalf} half the map with its heading
   * @param {Model} model
   * @param {{panel: HTMLElement, detail: HTMLElement, foot: HTMLElement}} rooms
   * @param {{zoom: (by: number) => void, fit: () => void, measure: () => void, present: () => void, theme: (name: Theme|null) => void, resized: () => void, ask: Ask,
   *     showAll: () => void, tab: (name: string) => void}} act
   */
  constructor(home, half, model, rooms, act) {
    this.model = model;
    this.act = act;
    this.tab = '';
    this.isOpen = false;
    /** @type {boolean} whether it has no panels, so that details open over an edge of the map */
    this.isBare = false;
    this.tabs = el('nav', { class: 'im-tabs', 'aria-label': 'Panels' });
    this.empty = el('div', { class: 'im-empty', hidden: true, role: 'status' });
    this.refused = el('div', { class: 'im-refused', hidden: true, role: 'status' });
    this.modes = el('div', { class: 'im-modes', role: 'group', 'aria-label': 'Map detail' });
    this.noRoom = model.table ? el('div', { class: 'im-no-room' }) : null;
    this.themes = el('div', { class: 'im-themes', role: 'group', 'aria-label': 'Theme' });
    this.detail = el('aside', { class: 'im-detail', 'aria-label': 'Details', id: 'im-detail' }, rooms.detail);
    this.panel = el('nav', { class: 'im-panel', 'aria-label': 'Layers and legend', id: 'im-panel' },
      el('header', { class: 'im-title' }, el('h1', null, bdi(model.title))), rooms.panel, this.about());
    this.half = half;
    this.halves = el('div', { class: 'im-halves' }, half.node);
    this.stage = el('main', { class: 'im-stage', 'aria-label': 'Map' }, this.halves, this.controls(), this.modes, this.noRoom, this.empty, this.refused);
    this.node = el('div', { class: 'im-shell' }, this.panel, this.stage, this.detail, rooms.foot, this.tabs);
    home.append(this.node);
    new ResizeObserver(() => act.resized()).observe(this.stage);
  }

  isPhone() {
    return matchMedia(PHONE).matches;
  }

  /** Pixels at the right of the map covered by the detail panel. */
  covered() {
    const isSheet = !this.isPhone() && (this.isBare || !matchMedia(DESK).matches) && this.isOpen;
    return isSheet ? this.detail.offsetWidth : 0;
  }

  /** What covers a map, as boxes relative to its upper left corner. @param {HTMLElement} mapNode */
  overlays(mapNode) {
    const ground = mapNode.getBoundingClientRect();
    const larger = scaleOf(mapNode, ground);
    return [...this.node.querySelectorAll('.im-controls, .im-back-out, .im-modes, .im-find, .im-tabs, .im-no-room, .im-refused, .im-present-when, .im-present-when ul, .im-readout.is-middle, .im-overview, .leaflet-control-scale')].map((node) => node.getBoundingClientRect())
      .filter((box) => box.left < ground.right && box.right > ground.left && box.top < ground.bottom && box.bottom > ground.top)
      .map((box) => ({ x: (box.left - ground.left) / larger, y: (box.top - ground.top) / larger, w: box.width / larger, h: box.height / larger }));
  }

  /** The space for two maps: the stage without the part covered by a panel, unless that leaves too little. */
  room() {
    if (this.node.classList.contains('is-printing')) return PRINT_ROOM;
    const { clientWidth: width, clientHeight: height } = this.stage;
    const covered = this.covered();
    return { width: width - covered < LEAST ? width : width - covered, height };
  }

  /** @param {{isStacked: boolean, w: number, h: number}} share from `shareRoom` */
  share({ isStacked, w, h }) {
    const sizes = { '--map-width': w, '--map-height': h, '--half-width': w, '--half-height': h + this.half.head.offsetHeight,
      '--half-inset': this.stage.clientWidth - this.room().width };
    this.halves.classList.toggle('is-stacked', isStacked);
    for (const [name, pixels] of Object.entries(sizes)) this.stage.style.setProperty(name, pixels + 'px');
  }

  controls() {
    /** @param {string} label @param {Child} glyph @param {() => void} go */
    const tool = (label, glyph, go) => button({ class: 'im-tool', 'aria-label': label, title: label, on: { click: go } }, glyph);
    const frame = svg('svg', { width: 16, height: 16, viewBox: '0 0 16 16', 'aria-hidden': 'true' },
      svg('path', { class: 'im-glyph', d: 'M2 6V2H6M10 2H14V6M14 10V14H10M6 14H2V10' }));
    const land = svg('svg', { width: 18, height: 18, viewBox: '0 0 18 18', 'aria-hidden': 'true' },
      svg('path', { class: 'im-glyph', d: 'M2 10L3 5.5L7.5 5L10 2.5L12.5 4.5L16 4L15 8L12 11.5L11 15L6 16L2.5 13.5Z' }));
    const ruler = svg('svg', { width: 18, height: 18, viewBox: '0 0 18 18', 'aria-hidden': 'true' },
      svg('path', { class: 'im-glyph', d: 'M2 12.5L12.5 2L16 5.5L5.5 16ZM5 9.5L6.7 11.2M7.5 7L9.2 8.7M10 4.5L11.7 6.2' }));
    this.ruler = tool('Measure', ruler, () => this.act.measure());
    Object.assign(this.ruler, { title: 'Measure (M)', ariaPressed: 'false' });
    this.presenter = tool('Present on the full screen', frame, () => this.act.present());
    Object.assign(this.presenter, { title: 'Present on the full screen (F)', ariaPressed: 'false' });
    this.ruler.classList.add('im-ruler');
    return el('div', { class: 'im-controls' },
      tool('Zoom in', '+', () => this.act.zoom(1)), tool('Zoom out', '−', () => this.act.zoom(-1)),
      tool('Whole country', land, () => this.act.fit()),
      this.ruler, this.presenter);
  }

  about() {
    return el('details', { class: 'im-fold im-about' }, el('summary', null, 'About this map'),
      el('p', null, this.model.disclaimer),
      el('ul', null, this.model.credits.map((text) => el('li', null, text))),
      el('p', { class: 'im-muted' }, 'Data ', bdi(this.model.dataVersion)),
      el('p', { class: 'im-muted' }, 'Keys: 1 to 9 toggle a group, 0 toggles all, / searches, Esc closes, M measures, C copies the coordinates, F presents. Click a province to zoom to it, double-click it to go back. Alt-click or double-click a group to show only that group; Shift-click to toggle a range.'),
      this.themes);
  }

  /** @param {Theme|null} theme */
  updateTheme(theme) {
    /** @type {[Theme|null, string][]} */
    const options = [[null, 'System'], ['light', 'Light'], ['dark', 'Dark']];
    keepFocus(this.themes, () => fill(this.themes, options.map(([name, label]) => button(
      { class: 'im-segment', 'data-key': 'theme:' + name, 'aria-pressed': theme === name, on: { click: () => this.act.theme(name) } }, label))));
  }

  /**
   * Update the switch for map detail, and the message if nothing is shown.
   * @param {Filters} filters
   * @param {boolean} isAllOff
   */
  updateStage(filters, isAllOff) {
    const isComparing = Boolean(filters.asked.compare);
    this.node.classList.toggle('is-comparing', isComparing);
    /** @type {[Mode, string, string][]} */
    const options = [['precise', 'Full detail', 'Full detail'], ['provinces', 'Province totals', 'Provinces']];
    keepFocus(this.modes, () => fill(this.modes, options.map(([name, label, short]) => button({
      class: 'im-segment', 'data-key': 'mode:' + name, 'data-mode': name, 'aria-pressed': filters.asked.mode === name, 'aria-label': label,
      on: { click: () => this.act.ask((asked) => asked.take({ mode: name })) } }, this.isPhone() || isComparing ? short : label))));
    const isEmpty = filters.shown().length === 0 && filters.compared().length === 0 && this.model.records.length > 0;
    if (!isEmpty && this.empty.contains(document.activeElement)) this.half.mapNode.focus({ preventScroll: true });
    this.empty.hidden = !isEmpty;
    if (!isEmpty) return;
    /** @param {string} text @param {string} label @param {() => void} go */
    const say = (text, label, go) => fill(this.empty, el('div', null, el('p', null, text), button({ class: 'im-button', on: { click: go } }, label)));
    if (isAllOff) say('All groups are off: nothing is shown.', 'Show all', this.act.showAll);
    else say('No record matches all filters.', 'Clear all filters', () => this.act.ask((asked) => asked.clear()));
  }

  /** Report the filters that were ignored because they exceed their bounds. @param {string[]} reasons */
  sayRefused(reasons) {
    this.refused.hidden = reasons.length === 0;
    fill(this.refused, reasons.length > 0 && el('div', null, el('p', null, 'Filter ignored: ', bdi(reasons.join('; ')), '.'),
      button({ class: 'im-text-button', on: { click: () => this.sayRefused([]) } }, 'Close')));
  }

  /**
   * Report the events whose plates do not fit on the map, with a button that lists them.
   * @param {Plate[]} plates
   * @param {() => void} open
   */
  sayNoRoom(plates, open) {
    const events = plates.reduce((sum, plate) => sum + (plate.events || 0), 0);
    const places = counted(plates.length, 'province');
    const { noRoom } = this;
    if (!noRoom) return;
    keepFocus(noRoom, () => fill(noRoom, plates.length > 0 && button({ class: 'im-text-button', 'data-key': 'no-room',
      title: 'Events known only to their province; zoom in to see their counts',
      on: { click: open } },
    el('b', null, grouped(events)), (events === 1 ? ' event' : ' events') + ' in ' + places + ' hidden; zoom in')));
  }

  /** @param {{count: number, label: string, hasDetail: boolean}} view */
  updateTabs(view) {
    const tabs = [['layers', 'Layers', ''], ['list', 'Records', ' (' + grouped(view.count) + ')'], ['record', view.label, '']];
    keepFocus(this.tabs, () => fill(this.tabs, tabs.map(([key, label, count]) => button({
      class: 'im-tab', 'data-key': 'tab:' + key, 'aria-expanded': this.tab === key,
      'aria-controls': key === 'layers' ? 'im-panel' : 'im-detail', disabled: key === 'record' && !view.hasDetail,
      on: { click: () => this.act.tab(this.tab === key ? '' : key) },
    }, label + count))));
  }

  /**
   * Set which panel is open on a phone, and whether the detail panel is open on a tablet.
   * @param {string} tab
   * @param {boolean} isOpen
   */
  open(tab, isOpen) {
    this.tab = tab;
    this.isOpen = isOpen;
    this.node.setAttribute('data-tab', tab);
    this.node.classList.toggle('is-open', isOpen);
  }
}
