/*
 * Two Leaflet maps of the same size that show the same viewport: when one is moved, the other follows
 * in the same frame, for drags, keys, wheel, pinch and animated zooms.
 */
import { FULL_RESET } from './camera.js';
import { endZoom, halt, isZooming, pinchTo, shiftBy, zoomAlong } from './leaflet.js';
/** @import { LeafletMap } from '../core/types.js' */

export class MapLink {
  /**
   * @param {LeafletMap} a Leaflet map, whose zoom limits apply to both
   * @param {LeafletMap} b Leaflet map
   */
  constructor(a, b) {
    this.a = a;
    this.b = b;
    this.isOn = false;
    this.isFollowing = false;
    /** @type {Set<LeafletMap>} maps that have followed and are not yet at rest */
    this.led = new Set();
    for (const [from, to] of [[a, b], [b, a]]) {
      from.on('movestart', () => this.lead(() => halt(to)));
      from.on('move', (event) => this.lead(() => this.follow(from, to, event)));
      from.on('zoomanim', (event) => this.lead(() => zoomAlong(to, event)));
      from.on('moveend', () => this.lead(() => this.rest(from, to)));
    }
  }

  /** Pass a move on without passing it back. @param {() => void} act */
  lead(act) {
    if (!this.isOn || this.isFollowing) return;
    this.isFollowing = true;
    act();
    this.isFollowing = false;
  }

  /** @param {LeafletMap} from @param {LeafletMap} to @param {any} [event] */
  follow(from, to, event) {
    // Both start and end their zooms together.
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

  /** Copy the viewport at once, without rounding the zoom to a step. @param {LeafletMap} from @param {LeafletMap} to */
  bring(from, to) {
    const { zoomSnap } = to.options;
    to.options.zoomSnap = 0;
    to.setView(from.getCenter(), from.getZoom(), FULL_RESET);
    to.options.zoomSnap = zoomSnap;
  }

  /** Give the second map the viewport of the first, and link them from now on. */
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
