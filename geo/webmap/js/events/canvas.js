/*
 * The canvas of the events: a layer over what is in view, with a rim for dragging.
 */
import { el } from '../core/dom.js';
import { Layer, positionOf, putAt } from '../map/leaflet.js';
/** @import { LeafletMap } from '../core/types.js' */

const PAD = 0.12;
export const PANE = 'im-events';

export class EventsCanvas extends Layer {
  /** @type {(isMoved: boolean) => void} */
  paint;

  /** @type {HTMLCanvasElement} */
  node;

  /** @type {LeafletMap} */
  map;

  /** Points of the canvas to a pixel. */
  ratio = 1;

  /** @param {(isMoved: boolean) => void} paint */
  constructor(paint) {
    super();
    this.paint = paint;
  }

  /** @param {LeafletMap} map */
  onAdd(map) {
    this.map = map;
    this.node = el('canvas', { class: 'im-events-canvas leaflet-zoom-hide', 'aria-hidden': 'true' });
    map.getPane(PANE)?.append(this.node);
    map.on('zoomend moveend resize', this.reset, this);
    this.reset();
    return this;
  }

  /** @param {LeafletMap} map */
  onRemove(map) {
    map.off('zoomend moveend resize', this.reset, this);
    this.node.remove();
    return this;
  }

  /** Lay the canvas over what is in view, with a rim for dragging. */
  reset() {
    const { map } = this;
    const size = map.getSize();
    const rim = size.multiplyBy(PAD).round();
    const box = size.add(rim.multiplyBy(2));
    const ratio = map.options.ink || Math.min(2, window.devicePixelRatio || 1);
    this.node.width = box.x * ratio;
    this.node.height = box.y * ratio;
    this.node.style.width = box.x + 'px';
    this.node.style.height = box.y + 'px';
    const corner = map.containerPointToLayerPoint([-rim.x, -rim.y]);
    putAt(this.node, corner);
    this.ratio = ratio;
    this.paint(true);
  }

  /** Pixels of the world at this zoom where the canvas begins. */
  origin() {
    return this.map.getPixelOrigin().add(positionOf(this.node));
  }
}
