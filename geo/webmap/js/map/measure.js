/*
 * Measuring: points set one after the other give a distance, a closed ring an area and what is in it.
 * Nothing of it is part of a view. While it is on, a click on the map sets a point and opens nothing.
 */
import { button, el, fill, keepFocus } from '../core/dom.js';
import { pressed } from '../core/keys.js';
import { areaInside, areaWords, lengthAlong, lengthWords } from './geodesic.js';
import { anchor, circle, layerGroup, svgRenderer } from './leaflet.js';
import { Outline } from './outline.js';
/** @import * as Leaflet from 'leaflet' */
/** @import { Geometry, LeafletMap } from '../core/types.js' */
/** @import { Point } from './geodesic.js' */

const PANE = 'im-measure';
/** Above marks and badges, which stand at 620 at most. */
const HEIGHT = 640;
/** Pixels from the first point within which a click closes the ring. */
const CLOSE = 12;
/** Pixels within which a second click is the other half of a double click. */
const SAME = 5;

export class Measure {
  /**
   * @param {LeafletMap} map
   * @param {{ring: (points: Point[]) => void, turned: (isOn: boolean) => void}} act `ring` is called with the corners of a ring once it is closed,
   *     `turned` when measuring begins or ends
   */
  constructor(map, act) {
    this.map = map;
    this.act = act;
    this.isOn = false;
    this.isEnded = false;
    this.isClosed = false;
    /** @type {Point[]} */
    this.points = [];
    /** @type {Point|null} where the next point would be */
    this.next = null;
    this.text = el('span', { class: 'im-measure-text', 'aria-live': 'polite' });
    this.tools = el('span', { class: 'im-measure-tools' });
    this.node = el('div', { class: 'im-measure', role: 'group', 'aria-label': 'Measuring', hidden: true }, this.text, this.tools);
    this.cross = el('div', { class: 'im-crosshair', hidden: true, 'aria-hidden': 'true' });
    /** @type {Leaflet.LayerGroup|null} once something was measured */
    this.layer = null;
    const stop = (/** @type {Event} */ event) => event.stopPropagation();
    const node = map.getContainer();
    // Before the map and what stands on it hear of a click.
    for (const [name, go] of /** @type {[string, (event: any) => void][]} */ ([
      ['click', (event) => this.onClick(event)], ['dblclick', () => this.end()],
      ['mousemove', (event) => this.onMove(event)]])) {
      node.addEventListener(name, (event) => {
        // A button that is pressed by a key has a click without a pointer, and does what it says.
        if (!this.isOn || (name === 'click' && /** @type {MouseEvent} */ (event).detail === 0)) return;
        if (name !== 'mousemove') stop(event);
        go(event);
      }, { capture: true });
    }
  }

  toggle() {
    if (this.isOn) this.leave();
    else this.start();
  }

  start() {
    Object.assign(this, { isOn: true, isEnded: false, isClosed: false, points: [], next: null });
    this.map.getContainer().classList.add('is-measuring');
    this.act.turned(true);
    this.draw();
  }

  leave() {
    this.isOn = false;
    this.points = [];
    this.map.getContainer().classList.remove('is-measuring');
    this.act.turned(false);
    this.draw();
  }

  /** @param {MouseEvent} event */
  onClick(event) {
    if (this.map.dragging.moved()) return;
    const { lat, lng } = this.map.mouseEventToLatLng(event);
    this.add({ lat, lon: lng });
  }

  /** @param {MouseEvent} event */
  onMove(event) {
    if (this.isEnded || !this.points.length) return;
    const { lat, lng } = this.map.mouseEventToLatLng(event);
    this.next = { lat, lon: lng };
    this.draw();
  }

  /** Pixels between two points of the map. @param {Point} a @param {Point} b */
  pixels(a, b) {
    return this.map.latLngToContainerPoint([a.lat, a.lon]).distanceTo(this.map.latLngToContainerPoint([b.lat, b.lon]));
  }

  /** @param {Point} point */
  add(point) {
    if (this.isEnded) this.start();
    const { points } = this;
    if (points.length && this.pixels(points[points.length - 1], point) < SAME) return;
    if (points.length > 2 && this.pixels(points[0], point) < CLOSE) {
      this.close();
      return;
    }
    points.push(point);
    this.next = null;
    this.draw();
  }

  undo() {
    this.points.pop();
    Object.assign(this, { isEnded: false, isClosed: false, next: null });
    this.draw();
  }

  end() {
    if (this.points.length < 2) return;
    this.isEnded = true;
    this.next = null;
    this.draw();
  }

  /** Make a ring of the points, and list what is in it. */
  close() {
    if (this.points.length < 3) return;
    this.isClosed = true;
    this.end();
    this.act.ring(this.points.slice());
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether the key was meant for this */
  onKey(event) {
    if (pressed(event, 'measure')) this.toggle();
    else if (!this.isOn) return false;
    else if (pressed(event, 'close')) this.leave();
    // A control that has the focus keeps its own keys.
    else if (event.target !== document.body && event.target !== this.map.getContainer()) return false;
    else if (pressed(event, 'finish')) this.end();
    else if (pressed(event, 'undo')) this.undo();
    else if (pressed(event, 'point')) {
      const { lat, lng } = this.map.getCenter();
      this.add({ lat, lon: lng });
    } else return false;
    event.preventDefault();
    return true;
  }

  /** What has been measured, in words. */
  words() {
    const { points, isClosed } = this;
    if (isClosed) return areaWords(areaInside(points)) + ', ' + lengthWords(lengthAlong([...points, points[0]])) + ' around';
    const line = this.next ? [...points, this.next] : points;
    return line.length < 2 ? '' : lengthWords(lengthAlong(line));
  }

  draw() {
    this.node.hidden = this.cross.hidden = !this.isOn;
    this.drawLine();
    if (!this.isOn) return;
    const isSure = this.isEnded || this.points.length > 1;
    this.text.textContent = this.isEnded ? this.words() : this.points.length
      ? 'Click to add a point; double-click or Enter ends, Escape leaves.'
      : 'Click the map to set the first point, or press Space for its middle.';
    /** @param {string} key @param {string} label @param {() => void} go */
    const tool = (key, label, go) => button({ class: 'im-text-button', 'data-key': 'measure:' + key, on: { click: go } }, label);
    keepFocus(this.tools, () => fill(this.tools,
      this.points.length > 2 && !this.isClosed && tool('close', 'Close the ring', () => this.close()),
      isSure && !this.isEnded && tool('end', 'End', () => this.end()),
      this.points.length > 0 && !this.isClosed && tool('undo', 'Undo', () => this.undo()),
      this.isClosed && tool('list', 'List what is in it', () => this.act.ring(this.points.slice())),
      tool('leave', 'Leave', () => this.leave())));
  }

  /** The line, its points and the length at its end; of a ring the area stands in the bar alone. */
  drawLine() {
    this.layer?.clearLayers();
    if (!this.isOn || !this.points.length) return;
    this.layer = this.layer ?? this.prepare();
    const line = this.next ? [...this.points, this.next] : this.points;
    const corners = line.map(({ lat, lon }) => [lon, lat]);
    const geometry = /** @type {Geometry} */ (this.isClosed ? { type: 'Polygon', coordinates: [[...corners, corners[0]]] } : { type: 'LineString', coordinates: corners });
    const options = { pane: PANE, renderer: this.renderer, interactive: false };
    if (line.length > 1) new Outline(geometry, Object.assign({ className: this.isClosed ? 'im-measured is-ring' : 'im-measured' }, options)).addTo(this.layer);
    for (const { lat, lon } of this.points) circle([lat, lon], Object.assign({ radius: 4, className: 'im-measured-point' }, options)).addTo(this.layer);
    const end = line[line.length - 1];
    const words = this.isClosed ? '' : this.words();
    if (words) anchor(el('span', { class: 'im-measured-words' }, words), [end.lat, end.lon], PANE).addTo(this.layer);
  }

  /** The pane of what is measured. @returns {Leaflet.LayerGroup} */
  prepare() {
    const pane = this.map.createPane(PANE);
    pane.style.zIndex = String(HEIGHT);
    pane.style.pointerEvents = 'none';
    this.renderer = svgRenderer({ pane: PANE, padding: 0.5 });
    return layerGroup(this.map);
  }
}
