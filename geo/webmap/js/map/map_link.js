/*
 * Two Leaflet maps of one size that look at the same place: whichever of them is moved leads, and
 * the other follows in the same frame, through drags, keys, wheel, pinch and animated zooms.
 */
import { FULL_RESET } from './camera.js';
import { endZoom, halt, isZooming, pinchTo, shiftBy, zoomAlong } from './leaflet.js';
/** @import { LeafletMap } from '../core/types.js' */

export class MapLink {
  /**
   * @param {LeafletMap} a Leaflet map, whose limits of zoom hold for both
   * @param {LeafletMap} b Leaflet map
   */
  constructor(a, b) {
    this.a = a;
    this.b = b;
    this.isOn = false;
    this.isFollowing = false;
    /** @type {Set<LeafletMap>} maps that have followed and not yet come to rest */
    this.led = new Set();
    for (const [from, to] of [[a, b], [b, a]]) {
      from.on('movestart', () => this.lead(() => halt(to)));
      from.on('move', (event) => this.lead(() => this.follow(from, to, event)));
      from.on('zoomanim', (event) => this.lead(() => zoomAlong(to, event)));
      from.on('moveend', () => this.lead(() => this.rest(from, to)));
    }
  }

  /** What one map does to the other is not handed back. @param {() => void} act */
  lead(act) {
    if (!this.isOn || this.isFollowing) return;
    this.isFollowing = true;
    act();
    this.isFollowing = false;
  }

  /** @param {LeafletMap} from @param {LeafletMap} to @param {any} [event] */
  follow(from, to, event) {
    // They set out together and end together.
    if (isZooming(to)) endZoom(to);
    const zoom = from.getZoom();
    if (event && event.pinch) {
      pinchTo(to, from.getCenter(), zoom);
      this.led.add(to);
    } else if (to.getZoom() !== zoom) this.bring(from, to);
    else {
      const by = from.project(from.getCenter(), zoom).subtract(to.project(to.getCenter(), zoom)).round();
      if (!by.x && !by.y) return;
      shiftBy(to, by);
      this.led.add(to);
    }
  }

  /** @param {LeafletMap} from @param {LeafletMap} to */
  rest(from, to) {
    this.follow(from, to);
    if (this.led.delete(to)) to.fire('moveend');
  }

  /** The same place at once, at a zoom between the steps as well. @param {LeafletMap} from @param {LeafletMap} to */
  bring(from, to) {
    const { zoomSnap } = to.options;
    to.options.zoomSnap = 0;
    to.setView(from.getCenter(), from.getZoom(), FULL_RESET);
    to.options.zoomSnap = zoomSnap;
  }

  /** Let the second map look where the first one does, and keep them together from now on. */
  tie() {
    const { minZoom, maxZoom } = this.a.options;
    Object.assign(this.b.options, { minZoom, maxZoom });
    this.bring(this.a, this.b);
    this.isOn = true;
  }

  untie() {
    this.isOn = false;
    this.led.clear();
  }
}
