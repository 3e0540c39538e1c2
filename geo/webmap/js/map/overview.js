/*
 * The country in a corner, with the part of it that is in view: where one is once the map is close.
 */
import { button, svg } from '../core/dom.js';
import { pressed } from '../core/keys.js';
import { latOf, lonOf, planeX, planeY } from './base_block.js';
import { linesOf } from './basemap.js';
/** @import { LeafletMap, Model } from '../core/types.js' */

/** Pixels of the longer side of the country. */
const SIDE = 120;
/** Pixels of a side of what is in view, at least. */
const LEAST = 6;
/** Share of the map by which an arrow key moves it. */
const STEP = 0.5;

export class Overview {
  /**
   * @param {LeafletMap} map
   * @param {Model} model
   * @param {() => void} fit show the whole country
   */
  constructor(map, model, fit) {
    this.map = map;
    this.fit = fit;
    const [south, west, north, east] = this.extent = model.extent;
    const [left, right, top, bottom] = [planeX(west), planeX(east), planeY(north), planeY(south)];
    this.scale = SIDE / Math.max(right - left, bottom - top);
    this.left = left;
    this.top = top;
    const [width, height] = [(right - left) * this.scale, (bottom - top) * this.scale];
    const d = linesOf(model.around.whole).map((line) => this.pathOf(line)).join('');
    this.frame = svg('rect', { class: 'im-overview-frame' });
    this.node = button({ class: 'im-overview', 'data-key': 'overview', 'aria-label': 'Overview: arrow keys move the map, Enter shows the whole country',
      title: 'Overview: click to move the map there', on: { click: (event) => this.click(event), keydown: (event) => this.onKey(event) } },
    this.drawing = svg('svg', { width, height, 'aria-hidden': 'true' }, svg('path', { class: 'im-overview-land', d }), this.frame));
    map.on('move resize', () => this.update());
    this.update();
  }

  /** @param {number} lat @param {number} lon */
  at(lat, lon) {
    return { x: (planeX(lon) - this.left) * this.scale, y: (planeY(lat) - this.top) * this.scale };
  }

  /** A ring as path data, in steps of half a pixel. @param {number[][]} ring */
  pathOf(ring) {
    let last = '';
    return ring.map(([lon, lat], i) => {
      const { x, y } = this.at(lat, lon);
      const point = Math.round(2 * x) / 2 + ' ' + Math.round(2 * y) / 2;
      const isNew = point !== last;
      last = point;
      return isNew ? (i ? 'L' : 'M') + point : '';
    }).join('') + 'Z';
  }

  update() {
    const bounds = this.map.getBounds();
    const [south, west, north, east] = this.extent;
    const isWhole = bounds.contains([[south, west], [north, east]]);
    if (isWhole && this.node === document.activeElement) this.map.getContainer().focus({ preventScroll: true });
    this.node.hidden = isWhole;
    const low = this.at(bounds.getNorth(), bounds.getWest());
    const high = this.at(bounds.getSouth(), bounds.getEast());
    const [width, height] = [Math.max(LEAST, high.x - low.x), Math.max(LEAST, high.y - low.y)];
    const box = { x: (low.x + high.x - width) / 2, y: (low.y + high.y - height) / 2, width, height };
    for (const [name, value] of Object.entries(box)) this.frame.setAttribute(name, value.toFixed(1));
  }

  /** @param {MouseEvent} event */
  click(event) {
    // By a key there is no place that was meant.
    if (event.detail === 0) {
      this.fit();
      return;
    }
    const { left, top } = this.drawing.getBoundingClientRect();
    const [x, y] = [(event.clientX - left) / this.scale + this.left, (event.clientY - top) / this.scale + this.top];
    this.map.setView([latOf(y), lonOf(x)], this.map.getZoom());
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const arrow = pressed(event, 'overview');
    if (!arrow) return;
    event.preventDefault();
    const { x, y } = this.map.getSize();
    this.map.panBy([arrow[0] * x * STEP, arrow[1] * y * STEP]);
  }
}
