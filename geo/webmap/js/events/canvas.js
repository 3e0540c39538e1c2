/*
 * The canvas of the events: a layer over the visible map, with a margin for dragging.
 */
import { el } from '../core/dom.js';
import { Layer, positionOf, putAt } from '../map/leaflet.js';
/** @import { LeafletMap } from '../core/types.js' */

/** Margin on each side as a share of the map's size: a short drag shows no empty edge. */
const PAD = 0.12;
/** Most pixels of the canvas per CSS pixel: more are not visible. */
const MOST_RATIO = 2;
export const PANE = 'im-events';

export class EventsCanvas extends Layer {
  /** @type {(isMoved: boolean) => void} */
  paint;

  /** @type {HTMLCanvasElement} */
  node;

  /** @type {LeafletMap} */
  map;

  /** Pixels of the canvas per CSS pixel. */
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

  /** Place the canvas over the visible map, with its margin. */
  reset() {
    const { map } = this;
    const size = map.getSize();
    const rim = size.multiplyBy(PAD).round();
    const box = size.add(rim.multiplyBy(2));
    const ratio = map.options.ink || Math.min(MOST_RATIO, window.devicePixelRatio || 1);
    this.node.width = box.x * ratio;
    this.node.height = box.y * ratio;
    this.node.style.width = box.x + 'px';
    this.node.style.height = box.y + 'px';
    const corner = map.containerPointToLayerPoint([-rim.x, -rim.y]);
    putAt(this.node, corner);
    this.ratio = ratio;
    this.paint(true);
  }

  /** The upper left corner of the canvas in world pixels at this zoom. */
  origin() {
    return this.map.getPixelOrigin().add(positionOf(this.node));
  }
}
