/*
 * The viewport of the map: the whole country, or where the user has moved. Only the latter is part of
 * the view; moves by the document itself are not.
 */
import { addScale, endZoom, stopMotion, watchZooms } from './leaflet.js';
/** @import * as Leaflet from 'leaflet' */
/** @import { LeafletMap, Viewport } from '../core/types.js' */
/** @import { MapView } from './map_view.js' */

/** @param {number} number @param {number} places */
const round = (number, places) => Number(number.toFixed(places));

/**
 * Options of every map of the document. Zoom moves in quarters, so that the country fills the window;
 * a key moves half a level; 90 pixels of wheel are a level (Leaflet: 60), because levels are finer;
 * dragging beyond the bounds is slowed down but not stopped. Even the way to the smallest province is
 * animated (Leaflet: up to 4 levels).
 */
const OPTIONS = { zoomSnap: 0.25, zoomDelta: 0.5, wheelPxPerZoomLevel: 90, maxBoundsViscosity: 0.8, zoomAnimationThreshold: 8 };
/** Closest zoom, with pixels of about 38 m at the equator: any closer, a point would look more precise than any source. */
const MAX_ZOOM = 12;
/** Lowest zoom for any country: 1,000 km are about 250 pixels, which fits on a phone. */
const MIN_ZOOM = 5;
/** Zoom levels of a press of a zoom button. */
const BUTTON_STEP = 0.75;
/** Pixels kept free to the left and right, and above and below, of the whole country. */
const AROUND = /** @type {[number, number]} */ ([10, 14]);
export const FULL_RESET = { animate: false, reset: true };

/** @typedef {{viewport: Viewport|null, center: Leaflet.LatLng, zoom: number}} Look a position to which the map can return */

export class Camera {
  /**
   * @param {LeafletMap} map Leaflet map
   * @param {Leaflet.LatLngBounds} bounds of the whole country
   * @param {{view: () => MapView|undefined, moved: () => void}} act `view()` returns the MapView, once there is one; `moved()` is called when the map has come to rest
   */
  constructor(map, bounds, act) {
    this.map = map;
    this.bounds = bounds;
    this.act = act;
    /** @type {Viewport|null} `null` for the whole country */
    this.viewport = null;
    this.isQuiet = false;
    /** @type {{center: Leaflet.LatLng, zoom: number}|null} an animated zoom that starts with the next frame */
    this.asked = null;
  }

  /** Set up the map of a complete document: without Leaflet's controls, and without motion if the user prefers less. */
  setUp() {
    const { map } = this;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) stopMotion(map);
    if (map.zoomControl) map.zoomControl.remove();
    if (map.attributionControl) map.attributionControl.remove();
    Object.assign(map.options, OPTIONS);
    addScale(map);
    map.setMaxBounds();
    map.setMaxZoom(MAX_ZOOM);
    // Before anything is drawn, because each further move would redraw all outlines.
    this.fit();
    map.on('moveend', () => this.onMoved());
    this.watchZooms();
  }

  /** Track animated zooms that have not started yet, so that `finish` can end them. */
  watchZooms() {
    watchZooms(this.map, {
      asked: (center, zoom) => { this.asked = { center, zoom }; },
      mayBegin: (center) => {
        if (this.asked?.center !== center) return false;
        this.asked = null;
        return true;
      },
      leftOut: (end) => this.quietly(end),
    });
  }

  /** Jump to the end of an animated zoom, so that the next move starts there and is not undone. */
  finish() {
    const { map, asked } = this;
    this.asked = null;
    this.quietly(() => {
      if (asked) map.setView(asked.center, asked.zoom, FULL_RESET);
      endZoom(map);
    });
  }

  /** The options of a second map that behaves like this one. */
  optionsOfTwin() {
    const { zoomAnimation, fadeAnimation, inertia } = this.map.options;
    return Object.assign({ zoomAnimation, fadeAnimation, inertia, zoomControl: false, attributionControl: false, maxZoom: MAX_ZOOM }, OPTIONS);
  }

  onMoved() {
    if (this.isQuiet) return;
    const at = this.map.getCenter();
    // Four decimals of a degree are about 10 m, less than a pixel at the closest zoom.
    this.viewport = { lat: round(at.lat, 4), lon: round(at.lng, 4), zoom: round(this.map.getZoom(), 2) };
    this.act.moved();
  }

  /** Move the map without recording it as a move by the user. @param {() => void} act */
  quietly(act) {
    this.isQuiet = true;
    act();
    this.isQuiet = false;
  }

  /**
   * Change the size or the centre, and redraw: panels now cover another part of the map, which plates avoid.
   * @param {() => void} act
   */
  resettled(act) {
    const zoom = this.map.getZoom();
    this.quietly(act);
    // A change of zoom redraws by itself.
    if (this.map.getZoom() === zoom) this.act.view()?.draw();
  }

  /** @param {number} by */
  zoom(by) {
    this.finish();
    this.map.setZoom(this.map.getZoom() + by * BUTTON_STEP);
  }

  /** Fit the whole country, as large as possible, and set the bounds from what is then visible, which they must include. */
  fit() {
    const { map } = this;
    map.setMaxBounds();
    map.invalidateSize({ animate: false, pan: false });
    map.setMinZoom(0);
    this.fitWhole(this.bounds, AROUND);
    map.setMaxBounds(map.getBounds().extend(this.bounds).pad(0.5));
    // One quarter step out from the whole country.
    map.setMinZoom(Math.min(MIN_ZOOM, Math.floor(map.getZoom() / OPTIONS.zoomSnap) * OPTIONS.zoomSnap - OPTIONS.zoomSnap));
  }

  /** Fit bounds, as large as possible. @param {Leaflet.LatLngBounds} bounds @param {[number, number]} padding pixels */
  fitWhole(bounds, padding) {
    this.exactly(() => this.map.fitBounds(bounds, Object.assign({ padding }, FULL_RESET)));
  }

  /** Move without rounding the zoom to a step. @param {() => void} act */
  exactly(act) {
    this.map.options.zoomSnap = 0;
    act();
    this.map.options.zoomSnap = OPTIONS.zoomSnap;
  }

  fitAll() {
    this.finish();
    this.resettled(() => this.fit());
    this.viewport = null;
    this.act.moved();
  }

  /** @param {Viewport|null} viewport as in a view */
  look(viewport) {
    this.finish();
    if (viewport) this.map.setView([viewport.lat, viewport.lon], viewport.zoom, { animate: false });
    else this.fitAll();
  }

  /**
   * Adapt to a new size of the container, keeping the centre. Returns whether the size has changed.
   * @param {boolean} [isLent] whether a panel covers part of it temporarily, which is no reason to zoom out
   */
  resized(isLent) {
    const size = this.map.getSize();
    const node = this.map.getContainer();
    if (!this.act.view() || (size.x === node.clientWidth && size.y === node.clientHeight)) return false;
    this.resettled(() => this.map.invalidateSize({ animate: false, pan: true }));
    if (!this.viewport && !isLent) this.fitAll();
    return true;
  }

  /** @returns {Look} */
  place() {
    return { viewport: this.viewport, center: this.map.getCenter(), zoom: this.map.getZoom() };
  }

  /** @param {Look} place */
  bringBack(place) {
    this.finish();
    this.viewport = place.viewport;
    if (!this.resized() && !place.viewport) this.fitAll();
    if (place.viewport) this.quietly(() => this.exactly(() => this.map.setView(place.center, place.zoom, FULL_RESET)));
  }
}
