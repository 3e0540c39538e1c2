/*
 * Where the map looks: the whole country, or what the reader has moved to. Only the latter is part
 * of the view; what the document moves by itself is no wish of the reader.
 */
import { addScale, endZoom, stopMotion, watchZooms } from './leaflet.js';
/** @import * as Leaflet from 'leaflet' */
/** @import { LeafletMap, Viewport } from '../core/types.js' */
/** @import { MapView } from './map_view.js' */

/** @param {number} number @param {number} places */
const round = (number, places) => Number(number.toFixed(places));

/** What every map of the document has in common. */
const OPTIONS = { zoomSnap: 0.25, zoomDelta: 0.5, wheelPxPerZoomLevel: 90, maxBoundsViscosity: 0.8 };
const MAX_ZOOM = 12;
export const FULL_RESET = { animate: false, reset: true };

/** @typedef {{viewport: Viewport|null, center: Leaflet.LatLng, zoom: number}} Look to which the map can be brought back */

export class Camera {
  /**
   * @param {LeafletMap} map Leaflet map
   * @param {Leaflet.LatLngBounds} bounds of the whole country, Leaflet's
   * @param {{view: () => MapView|undefined, moved: () => void}} act `view()`, the MapView, once there is one; `moved()`, called once the map has come to rest
   */
  constructor(map, bounds, act) {
    this.map = map;
    this.bounds = bounds;
    this.act = act;
    /** @type {Viewport|null} `null`: the whole country */
    this.viewport = null;
    this.isQuiet = false;
    /** @type {{center: Leaflet.LatLng, zoom: number}|null} an animated zoom that begins with the next frame */
    this.asked = null;
  }

  /** Take over a map of our own: calm where less motion is asked for, without Leaflet's controls. */
  setUp() {
    const { map } = this;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) stopMotion(map);
    if (map.zoomControl) map.zoomControl.remove();
    if (map.attributionControl) map.attributionControl.remove();
    Object.assign(map.options, OPTIONS);
    addScale(map);
    map.setMaxBounds();
    map.setMaxZoom(MAX_ZOOM);
    // Before anything is drawn: each further move would lay all outlines out anew.
    this.fit();
    map.on('moveend', () => this.onMoved());
    this.watchZooms();
  }

  /** Know of the animated zooms that are still to begin, so that `finish` can end them. */
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

  /** Be at once where an animated zoom is bound for, so that the next move starts there and nothing undoes it. */
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
    this.viewport = { lat: round(at.lat, 4), lon: round(at.lng, 4), zoom: round(this.map.getZoom(), 2) };
    this.act.moved();
  }

  /** Move the map without taking it for a wish of the reader. @param {() => void} act */
  quietly(act) {
    this.isQuiet = true;
    act();
    this.isQuiet = false;
  }

  /**
   * Another size or middle: what stands over the map stands over another part of it, and plates keep clear of that.
   * @param {() => void} act
   */
  resettled(act) {
    const zoom = this.map.getZoom();
    this.quietly(act);
    // Another zoom lays them out by itself.
    if (this.map.getZoom() === zoom) this.act.view()?.draw();
  }

  /** @param {number} by */
  zoom(by) {
    this.finish();
    this.map.setZoom(this.map.getZoom() + by * 0.75);
  }

  /** The whole country, as large as it goes. The bounds are set anew from what is then seen, for they must never be smaller. */
  fit() {
    const { map } = this;
    map.setMaxBounds();
    map.invalidateSize({ animate: false, pan: false });
    map.setMinZoom(0);
    this.fitWhole(this.bounds, [10, 14]);
    map.setMaxBounds(map.getBounds().extend(this.bounds).pad(0.5));
    map.setMinZoom(Math.min(5, Math.floor(map.getZoom() * 4) / 4 - 0.25));
  }

  /** As large as it goes. @param {Leaflet.LatLngBounds} bounds @param {[number, number]} padding */
  fitWhole(bounds, padding) {
    this.exactly(() => this.map.fitBounds(bounds, Object.assign({ padding }, FULL_RESET)));
  }

  /** Move to a zoom between the steps as well. @param {() => void} act */
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
   * The room of the map has another size: what was in its middle stays there. Gives back whether it has.
   * @param {boolean} [isLent] a sheet has taken some of it for a while: no reason to zoom out
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
