/*
 * The document in print. Before the browser prints, the map is redrawn in a box that fits A4 and
 * Letter in portrait and landscape, in the light theme; title, filters and record count are above it,
 * legend, card and credits below it. Afterwards the screen is restored.
 */
import { bdi, el } from '../core/dom.js';
import { grouped } from '../core/numbers.js';
import { printedCoverage } from './coverage_key.js';
import { legendOf } from './legend.js';
import { dayWords, periodWords } from '../view/filter_fields.js';
/** @import * as Leaflet from 'leaflet' */
/** @import { Child, PartWords } from '../core/types.js' */
/** @import { WholePage } from '../document.js' */
/** @import { Look } from '../map/camera.js' */

/** CSS pixels of the map in print: within the margins of print.css, A4 portrait is 703 wide and Letter landscape 725 high. */
const WIDTH = 690;
const HEIGHT = 550;
/** CSS pixels of two maps, one above the other with headings: they fill a Letter page in portrait below the title. */
const TWO_HIGH = 820;
/** Pixels of a canvas per CSS pixel in print: about 290 per inch. */
const INK = 3;
/**
 * CSS pixels of the pages of a frame, which a browser prints as one piece and cuts at the end of each page: what begins
 * at a multiple of `next` is on a new page of A4 and of Letter, and what ends before `most` is not cut on either.
 */
const PAGES = { upright: { next: 1038, most: 955 }, lying: { next: 738, most: 696 } };
/** CSS pixels of the margins of a map, and of one of two maps with its heading. */
const RIM = 18;
const HALF = 425;
/** Width in CSS pixels of a landscape page, and of the space beside a map on it. */
const WIDE = 1020;
const NARROW = 300;
/** CSS pixels between the credits and what is above them, with a margin below. */
const CREDITS_GAP = 14;
/** Milliseconds at rest after which the host is told the height in print: measuring it during a move would be slow. */
const REST = 400;
/** Milliseconds until a frame has its size on screen again: some frames of drawing. */
const SETTLING = 120;

/**
 * The record count in words: "27 of 28 records drawn: 12 at a place, 3 country-wide. Not shown: 4 switched off."
 * @param {number} drawn
 * @param {number} total
 * @param {string} what
 * @param {[number, PartWords][]} inside
 * @param {[number, PartWords][]} out
 */
function ledgerWords(drawn, total, what, inside, out) {
  /** @param {[number, PartWords][]} parts */
  const list = (parts) => parts.filter(([count]) => count).map(([count, words]) => grouped(count) + ' ' + words.label).join(', ');
  const kept = list(inside);
  const left = list(out);
  return grouped(drawn) + ' of ' + grouped(total) + ' ' + what + ' drawn' + (kept ? ': ' + kept : '') + '.' + (left ? ' Not shown: ' + left + '.' : '');
}

/** @typedef {{place: Look, seen: Leaflet.LatLngBounds, minZoom: number, maxBounds: Leaflet.LatLngBoundsExpression|undefined}} Seen the current viewport and its limits */

export class PrintSheet {
  /** @type {HTMLElement} */
  head;
  /** @type {HTMLElement} */
  legend;
  /** @type {HTMLElement} */
  credits;

  /** @param {WholePage} page the running document */
  constructor(page) {
    this.page = page;
    /** @type {Seen|null} what is restored after printing */
    this.before = null;
    window.addEventListener('beforeprint', () => this.begin());
    window.addEventListener('afterprint', () => this.end());
    // For tools that change the medium without print events.
    matchMedia('print').addEventListener('change', ({ matches }) => (matches ? this.begin() : this.end()));
    this.timer = 0;
    /** @type {Seen|null} the viewport when last at rest: a frame may get its size in print before the print event */
    this.rest = null;
    page.map.on('moveend', () => this.update());
    page.shell.node.classList.toggle('is-framed', window.parent !== window);
  }

  /** Report the height in print to the host, once at rest. */
  update() {
    if (window.parent === window || this.before || this.page.isPrinting) return;
    this.rest = this.rest || this.look();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.rest = this.look();
      this.page.messages?.paper(this.paper());
    }, REST);
  }

  /** The current viewport and its limits. */
  look() {
    const { camera, map } = this.page;
    return { place: camera.place(), seen: map.getBounds(), minZoom: map.getMinZoom(), maxBounds: map.options.maxBounds };
  }

  /**
   * The height in print of a frame. What would be cut at the end of a page is moved to the next.
   * @returns {{upright: number, lying: number}} CSS pixels
   */
  paper() {
    const { page } = this;
    const probe = el('div', { class: 'im-shell is-printing im-sheet-probe', 'aria-hidden': 'true' });
    page.shell.node.after(probe);
    /** @param {HTMLElement} node @param {number} width */
    const high = (node, width) => {
      probe.style.width = width + 'px';
      probe.replaceChildren(node);
      return Math.ceil(node.getBoundingClientRect().height);
    };
    const legend = { wide: high(this.legendOf(), WIDTH), narrow: high(el('div', { class: 'im-sheet-narrow' }, this.legendOf()), NARROW) };
    const rest = high(/** @type {HTMLElement} */ (page.shell.detail.cloneNode(true)), WIDTH);
    const credits = high(el('div', { class: 'im-sheet-credits' }, this.creditsOf()), WIDTH) + CREDITS_GAP;
    const [upright, lying] = [WIDTH, WIDE].map((width) => ({ head: high(this.headOf(), width), legend, rest, credits }));
    probe.remove();
    return { upright: this.lay('upright', upright), lying: this.lay('lying', lying) };
  }

  /**
   * Place the parts below each other on pages of one orientation; returns the end of the last part.
   * @param {'upright'|'lying'} way
   * @param {{head: number, legend: {wide: number, narrow: number}, rest: number, credits: number}} parts
   */
  lay(way, { head, legend, rest, credits }) {
    const { style } = this.page.shell.node;
    const { next, most } = PAGES[way];
    const isTwo = this.page.periods.isOn;
    const isBeside = way === 'lying' && !isTwo;
    let y = head;
    /** @param {string} name @param {number} height */
    const put = (name, height) => {
      const at = (y % next) + height <= most ? y : next * Math.ceil(y / next);
      style.setProperty('--' + name + '-' + way, at - y + 'px');
      y = at + height;
    };
    y += isTwo ? HALF : isBeside ? Math.max(HEIGHT + RIM, legend.narrow) : HEIGHT + RIM;
    if (isTwo) put('second', HALF);
    if (!isBeside) put('legend', legend.wide);
    put('rest', rest);
    put('credits', credits);
    return y;
  }

  begin() {
    if (this.before) return;
    const { page } = this;
    const { shell, camera, map } = page;
    camera.finish();
    clearTimeout(this.timer);
    this.before = this.rest || this.look();
    page.isPrinting = page.isOnPaper = true;
    page.paint();
    const isTwo = page.periods.isOn;
    this.head = this.headOf();
    this.legend = this.legendOf();
    this.credits = el('div', { class: 'im-sheet-credits' }, this.creditsOf());
    shell.node.prepend(this.head);
    shell.stage.after(this.legend);
    shell.node.append(this.credits);
    shell.node.style.setProperty('--sheet-width', WIDTH + 'px');
    shell.node.style.setProperty('--sheet-height', (isTwo ? TWO_HIGH : HEIGHT) + 'px');
    shell.node.classList.add('is-printing');
    map.options.ink = INK;
    if (isTwo) page.periods.layOut();
    this.fit();
  }

  /** Fit the whole country, or everything visible on screen, to the shape of the page. */
  fit() {
    const { camera, map } = this.page;
    const { before } = this;
    if (!before?.place.viewport) return camera.resettled(() => camera.fit());
    map.setMaxBounds();
    map.setMinZoom(0);
    camera.resettled(() => {
      map.invalidateSize({ animate: false, pan: false });
      camera.fitWhole(before.seen, [0, 0]);
    });
  }

  end() {
    if (!this.before) return;
    const { page, before } = this;
    const { shell, map } = page;
    this.before = null;
    [this.head, this.legend, this.credits].forEach((node) => node.remove());
    shell.node.classList.remove('is-printing');
    delete map.options.ink;
    page.isOnPaper = false;
    page.paint();
    this.comeBack(before);
    // A frame regains its former size only later, so the viewport is restored once more then.
    setTimeout(() => {
      if (this.before) return;
      this.comeBack(before);
      page.isPrinting = false;
      page.render();
    }, SETTLING);
  }

  /** @param {Seen} seen */
  comeBack({ place, minZoom, maxBounds }) {
    const { periods, camera, map } = this.page;
    map.setMaxBounds();
    if (periods.isOn) periods.layOut();
    camera.bringBack(place);
    if (!place.viewport) return;
    map.setMinZoom(minZoom);
    camera.quietly(() => camera.exactly(() => map.setMaxBounds(maxBounds)));
  }

  headOf() {
    const { filters, model } = this.page;
    const asked = filters.active().filter(({ key }) => key !== 'period' || !filters.asked.compare).map(({ label, value }) => label + ': ' + value);
    const { compare } = filters.asked;
    /** @param {...Child} content */
    const line = (...content) => el('p', null, ...content);
    return el('header', { class: 'im-sheet-head' }, el('h1', null, bdi(model.title)),
      line(compare ? 'Two periods: map A shows ' + (periodWords(filters.asked) || 'all dates') + ', map B ' + periodWords({ from: compare[0], to: compare[1] }) + '. ' : '',
        asked.length ? ['Filters: ', bdi(asked.join('; ')), '.'] : compare ? 'No other filter is active.' : 'All dates; no filter is active.',
        this.offWords(), filters.asked.mode === 'provinces' ? ' Province totals.' : '',
        this.page.camera.viewport ? ' Part of the map, as shown on screen.' : ''),
      this.ledgers().map((text) => line(text)));
  }

  /** The names of the groups and layers that are switched off. */
  offWords() {
    const { layers } = this.page;
    const names = layers.rows.flatMap((row) => {
      const state = layers.stateOf(row);
      return state === 'off' ? [row.group.short] : state === 'some' ? [row.group.short + ' (in part)'] : [];
    });
    return names.length ? [' Switched off: ', bdi(names.join(', ')), '.'] : '';
  }

  ledgers() {
    const { filters, foot } = this.page;
    const { drawn, total, parts, out } = filters.ledger();
    const where = filters.asked.compare ? 'records of map A' : 'records';
    const lines = [ledgerWords(drawn, total, where, parts.map(({ standing, records }) => /** @type {[number, PartWords]} */ ([records.length, standing])),
      out.map(({ reason, count }) => /** @type {[number, PartWords]} */ ([count, filters.model.reasons[reason]])))];
    if (foot.events) {
      const events = foot.events.parts();
      /** @param {boolean} isOut */
      const of = (isOut) => events.filter(([, , , kind]) => (kind === 'is-out') === isOut).map(([, count, words]) => /** @type {[number, PartWords]} */ ([count, words]));
      lines.push(ledgerWords(filters.eventLedger.drawn, filters.eventLedger.total, 'events', of(false), of(true)));
    }
    return lines;
  }

  legendOf() {
    const { layers, model, filters, panel } = this.page;
    const groups = layers.rows.filter((row) => layers.stateOf(row) !== 'off').map((row) => {
      const shown = row.parts.reduce((sum, part) => sum + panel.shownIn(part, row), 0);
      return el('li', null, el('span', { class: 'im-row-symbol' }, panel.symbol(row, row.parts[0].kind, 'solid')), el('span', null, bdi(row.group.short)),
        el('span', { class: 'im-tally' }, panel.tallyWords(row, shown)));
    });
    return el('div', { class: 'im-sheet-legend im-key' },
      el('section', null, el('h3', null, 'Groups'), el('ul', null, groups)),
      legendOf(model, filters.onMaps(), filters.asked.mode), printedCoverage(filters));
  }

  creditsOf() {
    const { model } = this.page;
    return [el('p', null, model.disclaimer), el('p', null, model.credits.join(' ')),
      el('p', null, 'Data ', bdi(model.dataVersion), model.asOf ? '; ages as of ' + dayWords(model.asOf) : '', '.')];
  }
}

export const PRINT_ROOM = { width: WIDTH, height: TWO_HIGH };
