/*
 * An element that covers what is seen of the map and a rim around it. It moves and grows with the
 * map while a gesture lasts, and is laid out anew when the map has come to rest elsewhere.
 */
import { cornerBeyond, futurePoint, putScaled } from './leaflet.js';
/** @import * as Leaflet from 'leaflet' */
/** @import { BaseFrame, LeafletMap } from '../core/types.js' */

/** Share of the map's size that is kept ready beyond each of its edges, so that a short move shows no empty rim. */
const RIM = 0.25;

export class Held {
  /**
   * @param {LeafletMap} map
   * @param {HTMLElement} node
   * @param {string} pane
   * @param {(frame: BaseFrame) => void} lay fills the element, once it has its place and size
   */
  constructor(map, node, pane, lay) {
    this.map = map;
    this.node = node;
    this.lay = lay;
    /** @type {BaseFrame|null} what it was laid out for */
    this.frame = null;
    /** @type {Leaflet.LatLng} its upper left corner */
    this.corner = map.getCenter();
    node.classList.add('im-base-sheet', 'leaflet-zoom-animated');
    map.getPane(pane)?.append(node);
    map.on('zoomanim', (event) => this.follow(event.center, event.zoom));
    map.on('zoom', () => this.follow(map.getCenter(), map.getZoom()));
    map.on('move', () => this.settle());
  }

  /** Lay out what has come into view, if anything has. */
  settle() {
    if (!this.holds()) this.renew();
  }

  /** Whether it was laid out for this zoom and covers all that is seen. */
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
    this.frame = { zoom, scale: 256 * 2 ** zoom, left, top, width: size.x + 2 * rim.x, height: size.y + 2 * rim.y };
    putScaled(this.node, at, 1);
    this.lay(this.frame);
  }

  /**
   * Where the element is while the map moves to another zoom.
   * @param {Leaflet.LatLng} center
   * @param {number} zoom
   */
  follow(center, zoom) {
    const { map, frame } = this;
    if (frame) putScaled(this.node, futurePoint(map, this.corner, center, zoom), map.getZoomScale(zoom, frame.zoom));
  }
}
