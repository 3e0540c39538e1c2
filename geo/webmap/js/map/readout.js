/*
 * The position of the pointer: the name of the place and its coordinates, at the foot of the map.
 * Without a pointer, as on a touch screen, it is the centre of the map.
 */
import { button, el } from '../core/dom.js';
import { pressed } from '../core/keys.js';
import { copied, coordinatesIn, FORMATS } from './coordinates.js';
import { distance } from './geodesic.js';
/** @import * as Leaflet from 'leaflet' */
/** @import { LeafletMap } from '../core/types.js' */
/** @import { Point } from './geodesic.js' */

/** Milliseconds for which the confirmation of copying is shown: time to read it. */
const STAYS = 2500;

export class Readout {
  /**
   * @param {(point: Point) => string} nameOf returns the name of the place at a point
   * @param {() => boolean} isMoved whether the user has moved the map; the centre of the whole country is of no interest
   */
  constructor(nameOf, isMoved) {
    this.nameOf = nameOf;
    this.isMoved = isMoved;
    this.format = 0;
    this.isMiddle = matchMedia('(hover: none)').matches;
    this.name = el('span', { class: 'im-readout-name', dir: 'auto' });
    this.figures = el('span', { class: 'im-readout-figures' });
    this.said = el('span', { class: 'im-muted', role: 'status' });
    this.timer = 0;
    this.copy = button({ class: 'im-readout-copy', 'data-key': 'readout', 'aria-keyshortcuts': 'C', on: { click: () => this.copyNow() } }, this.figures);
    this.next = button({ class: 'im-text-button', 'data-key': 'readout-format', on: { click: () => this.turn() } });
    this.node = el('div', { class: this.isMiddle ? 'im-readout is-middle' : 'im-readout', role: 'group', 'aria-label': this.isMiddle ? 'Middle of the map' : 'Position of the pointer', hidden: true },
      this.name, this.copy, this.said, this.next);
    /** @type {{map: LeafletMap, point: Point}|null} */
    this.at = null;
    this.turn(0);
  }

  /** @param {LeafletMap} map a map whose positions are shown */
  attach(map) {
    if (this.isMiddle) {
      const tell = () => this.tell(map, map.getCenter());
      map.on('move moveend', tell);
      return;
    }
    map.on('mousemove', (event) => this.tell(map, event.latlng));
    map.on('zoomend', () => this.say());
  }

  /** The pointer has left the map and its panels. */
  leave() {
    if (this.isMiddle) return;
    this.at = null;
    this.say();
  }

  /** @param {LeafletMap} map @param {Leaflet.LatLng} parts */
  tell(map, { lat, lng }) {
    this.at = { map, point: { lat, lon: lng } };
    this.say();
  }

  say() {
    this.node.hidden = !this.at || (this.isMiddle && !this.isMoved());
    if (!this.at) return;
    const name = this.nameOf(this.at.point);
    this.name.textContent = this.isMiddle && name ? 'Middle: ' + name : name;
    this.figures.textContent = this.text(this.at);
    this.copy.title = 'Copy (C)';
  }

  /** The coordinates, no more precise than a pixel of the map. @param {{map: LeafletMap, point: Point}} at */
  text({ map, point }) {
    const at = map.project([point.lat, point.lon]);
    const beside = map.unproject([at.x + 1, at.y]);
    return coordinatesIn(FORMATS[this.format], point, distance(point, { lat: beside.lat, lon: beside.lng }));
  }

  /** Change to the next format of coordinates, or to a given one. @param {number} [format] */
  turn(format) {
    this.format = format ?? (this.format + 1) % FORMATS.length;
    const name = FORMATS[this.format];
    this.next.textContent = name;
    this.next.setAttribute('aria-label', 'Coordinates in ' + name + ': change to ' + FORMATS[(this.format + 1) % FORMATS.length]);
    this.say();
  }

  copyNow() {
    if (!this.at) return;
    copied(this.figures, this.said);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.said.replaceChildren(), STAYS);
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether the key was handled */
  onKey(event) {
    if (!pressed(event, 'copy') || !this.at) return false;
    this.copyNow();
    return true;
  }
}
