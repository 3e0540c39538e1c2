/*
 * To a province and back: choosing one shows all of it, and a double click, Escape or a button the
 * whole country. Whoever moves the map meanwhile has gone their own way.
 */
import { button } from '../core/dom.js';
import { pressed } from '../core/keys.js';
import { boundsOf } from '../map/leaflet.js';
/** @import * as Leaflet from 'leaflet' */
/** @import { WholePage } from '../document.js' */
/** @import { MapView } from '../map/map_view.js' */

/** Pixels kept free around a province. */
const RIM = 28;
/** In place of a position: several provinces are shown. */
const SEVERAL = -1;
/** Pixels by which the middle may be off after the map has another size. */
const NEAR = 3;

export class ProvinceZoom {
  /** @param {WholePage} page */
  constructor(page) {
    this.page = page;
    /** @type {number|null} position of the province that is shown; `SEVERAL`: a region */
    this.position = null;
    /** @type {{center: Leaflet.LatLng, zoom: number}|null} `null`: on the way there */
    this.at = null;
    /** Whether the last choice was of another province than the one before. */
    this.isNew = false;
    this.node = button({ class: 'im-button im-back-out', 'data-key': 'back-out', hidden: true, on: { click: () => this.restore() } }, 'Back to the whole country');
    page.map.on('moveend', () => this.onMoved());
  }

  /** @param {number} position */
  boxOf(position) {
    return /** @type {MapView} */ (this.page.view).ground.boxOfProvince(position);
  }

  /** A double click, whose first click has chosen the province. @param {number} position */
  toggle(position) {
    if (this.position === position && !this.isNew) this.restore();
    else this.to(position);
  }

  /** @param {number} position */
  to(position) {
    this.look(position, this.boxOf(position));
  }

  /** @param {number[]} positions of the provinces of a region */
  toAll(positions) {
    const boxes = positions.map((position) => this.boxOf(position));
    this.look(SEVERAL, {
      south: Math.min(...boxes.map(({ south }) => south)), west: Math.min(...boxes.map(({ west }) => west)),
      north: Math.max(...boxes.map(({ north }) => north)), east: Math.max(...boxes.map(({ east }) => east)),
    });
  }

  /** @param {number} position @param {{south: number, west: number, north: number, east: number}} box degrees */
  look(position, { south, west, north, east }) {
    const { camera, map, shell } = this.page;
    camera.finish();
    this.isNew = this.position !== position;
    Object.assign(this, { position, at: null });
    // Before the map comes to rest: badges keep clear of it.
    this.node.hidden = false;
    map.fitBounds(boundsOf([south, west], [north, east]), { paddingTopLeft: [RIM, RIM], paddingBottomRight: [RIM + shell.covered(), RIM] });
  }

  /** Show the whole country, and no province. */
  restore() {
    this.back();
    this.page.close();
  }

  back() {
    this.leave();
    this.page.fitAll();
  }

  leave() {
    const hadFocus = this.node === document.activeElement;
    this.position = null;
    this.node.hidden = true;
    if (hadFocus) this.page.map.getContainer().focus({ preventScroll: true });
  }

  onMoved() {
    const { map } = this.page;
    if (this.position === null) return;
    const { at } = this;
    const zoom = map.getZoom();
    if (!at) this.at = { center: map.getCenter(), zoom };
    else if (at.zoom !== zoom || map.project(at.center).distanceTo(map.project(map.getCenter())) > NEAR) this.leave();
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether the key was meant for this */
  onKey(event) {
    const { chosen, list } = this.page.state;
    // What was opened there is closed first.
    if (!pressed(event, 'close') || this.position === null || chosen || list) return false;
    this.restore();
    return true;
  }
}
