/*
 * An element that covers the visible map and a margin around it. It moves and scales with the map
 * during a gesture, and is redrawn when the map is at rest elsewhere.
 */
import { WORLD } from '../core/numbers.js';
import { cornerBeyond, futurePoint, putScaled } from './leaflet.js';
/** @import * as Leaflet from 'leaflet' */
/** @import { BaseFrame, LeafletMap } from '../core/types.js' */

/** Margin on each side as a share of the map's size: a short move shows no empty edge. */
const RIM = 0.25;

export class Held {
  /**
   * @param {LeafletMap} map
   * @param {HTMLElement} node
   * @param {string} pane
   * @param {(frame: BaseFrame) => void} lay draws the element, once it has its position and size
   */
  constructor(map, node, pane, lay) {
    this.map = map;
    this.node = node;
    this.lay = lay;
    /** @type {BaseFrame|null} the frame for which it was drawn */
    this.frame = null;
    /** @type {Leaflet.LatLng} its upper left corner */
    this.corner = map.getCenter();
    node.classList.add('im-base-sheet', 'leaflet-zoom-animated');
    map.getPane(pane)?.append(node);
    map.on('zoomanim', (event) => this.follow(event.center, event.zoom));
    map.on('zoom', () => this.follow(map.getCenter(), map.getZoom()));
    map.on('move', () => this.settle());
  }

  /** Redraw if something new has come into view. */
  settle() {
    if (!this.holds()) this.renew();
  }

  /** Whether it was drawn for this zoom and covers the visible map. */
  holds() {
    const { frame, map } = this;
    if (!frame || frame.zoom !== map.getZoom()) return false;
    const { min, max } = map.getPixelBounds();
    return Boolean(min && max && frame.left <= min.x && frame.top <= min.y &&
      frame.left + frame.width >= max.x && frame.top + frame.height >= max.y);
  }

  renew() {
    const { map } = this;
    const size = map.getSize();
    if (!size.x || !size.y) return;
    const rim = size.multiplyBy(RIM).round();
    const at = cornerBeyond(map, rim);
    const { x: left, y: top } = map.getPixelOrigin().add(at);
    const zoom = map.getZoom();
    this.corner = map.layerPointToLatLng(at);
    this.frame = { zoom, scale: WORLD * 2 ** zoom, left, top, width: size.x + 2 * rim.x, height: size.y + 2 * rim.y };
    putScaled(this.node, at, 1);
    this.lay(this.frame);
  }

  /**
   * Move the element along while the map moves to another zoom.
   * @param {Leaflet.LatLng} center
   * @param {number} zoom
   */
  follow(center, zoom) {
    const { map, frame } = this;
    if (frame) putScaled(this.node, futurePoint(map, this.corner, center, zoom), map.getZoomScale(zoom, frame.zoom));
  }
}
