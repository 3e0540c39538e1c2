/*
 * Leaflet, which the page loads before this script. No other module uses its global or its private
 * members (those that begin with an underscore): the ones that the map needs are wrapped here, under
 * descriptive names, to be checked with every new version of Leaflet.
 */
/** @import * as Leaflet from 'leaflet' */
/** @import { LeafletMap } from '../core/types.js' */

// In tests under Node.js there is no Leaflet, but modules must still load.
const L = /** @type {typeof import('leaflet')} */ (/** @type {any} */ (globalThis).L || { Layer: Object, Path: Object });

/**
 * The private members of a map that are used.
 * @typedef {Object} Inside
 * @property {boolean} [_loaded]
 * @property {boolean} _zoomAnimated
 * @property {boolean} [_animatingZoom]
 * @property {(center: Leaflet.LatLng, zoom: number, how?: object) => boolean|undefined} _tryAnimatedZoom
 * @property {(center: Leaflet.LatLng, zoom: number, begins?: boolean, noUpdate?: boolean) => void} _animateZoom
 * @property {() => void} _onZoomTransitionEnd
 * @property {(isZoomed: boolean) => Inside} _moveStart
 * @property {(isZoomed: boolean) => Inside} _moveEnd
 * @property {(center: Leaflet.LatLng, zoom: number, event?: object) => Inside} _move
 * @property {(by: Leaflet.Point) => void} _rawPanBy
 * @property {() => Inside} _stop
 */

/** @param {LeafletMap} map @returns {Inside} */
const inside = (map) => /** @type {any} */ (map);

/** Base class of layers drawn by a module, in `onAdd` and `onRemove`. */
export const Layer = L.Layer;

/** Base class of paths that compute their own data, in `dataOf`. */
export class WrittenPath extends L.Path {
  /** @param {Leaflet.PathOptions} options with an SVG renderer */
  constructor(options) {
    super(options);
    L.setOptions(this, options);
  }

  /** Path data, or `null` if they are unchanged. @param {LeafletMap} map @returns {string|null} */
  dataOf(map) {
    return map ? 'M0 0' : null;
  }

  /** Called by Leaflet with a new zoom; there is nothing to prepare. */
  _project() {}

  /** Called by Leaflet with every move. */
  _update() {
    const data = this.dataOf(/** @type {LeafletMap} */ (this._map));
    if (data !== null) this.getElement()?.setAttribute('d', data);
  }
}

/** @param {HTMLElement} node @param {Leaflet.MapOptions} options */
export const makeMap = (node, options) => /** @type {LeafletMap} */ (L.map(node, options));

/** @param {...[number, number]} corners latitude and longitude */
export const boundsOf = (...corners) => L.latLngBounds(corners);

/** The box around points in pixels. @param {Leaflet.Point[]} points */
export const boxAround = (points) => L.bounds(points);

/** A group of layers on a map. @param {LeafletMap} map */
export const layerGroup = (map) => L.layerGroup().addTo(map);

/** A renderer for the paths of a pane. @param {Leaflet.RendererOptions} options */
export const svgRenderer = (options) => L.svg(options);

/** @param {Leaflet.LatLngExpression} at @param {Leaflet.CircleMarkerOptions} options with a radius in pixels */
export const circle = (at, options) => L.circleMarker(at, options);

/**
 * An element anchored at a position of the map.
 * @param {HTMLElement} node
 * @param {Leaflet.LatLngExpression} at
 * @param {string} pane
 */
export function anchor(node, at, pane) {
  const icon = L.divIcon({ html: node, className: 'im-anchor', iconSize: [0, 0] });
  return L.marker(at, { icon, pane, interactive: false, keyboard: false });
}

/** Add a scale bar of at most 110 pixels, about a quarter of a phone; on a Mercator map it is right at the latitude of the middle. @param {LeafletMap} map */
export function addScale(map) {
  const node = L.control.scale({ metric: true, imperial: false, maxWidth: 110 }).addTo(map).getContainer();
  if (node) node.title = 'Scale in the middle of the map';
}

/** Put an element into a corner of the map. @param {LeafletMap} map @param {HTMLElement} node @param {Leaflet.ControlPosition} position */
export function addControl(map, node, position) {
  const control = new L.Control({ position });
  control.onAdd = () => node;
  control.addTo(map);
}

/** Keep clicks in an element from reaching the map below it. @param {HTMLElement} node */
export const keepClicks = (node) => L.DomEvent.disableClickPropagation(node);

/** Keep an event of a layer from reaching the map below it. @param {Leaflet.LeafletMouseEvent} event */
export const stopHere = (event) => L.DomEvent.stopPropagation(event);

/** Keep the wheel in an element from zooming the map. @param {HTMLElement} node */
export const keepWheel = (node) => L.DomEvent.disableScrollPropagation(node);

/** The position of an element in its pane, in pixels. @param {HTMLElement} node */
export const positionOf = (node) => L.DomUtil.getPosition(node);

/** @param {HTMLElement} node @param {Leaflet.Point} at pixels of its pane */
export const putAt = (node, at) => L.DomUtil.setPosition(node, at);

/** Whether the map has a viewport yet. @param {LeafletMap} map */
export const isLaid = (map) => Boolean(inside(map)._loaded);

/** Whether an animated zoom is under way. @param {LeafletMap} map */
export const isZooming = (map) => Boolean(inside(map)._animatingZoom);

/** Turn off the animation of zooms, fading and inertia. @param {LeafletMap} map */
export function stopMotion(map) {
  inside(map)._zoomAnimated = false;
  Object.assign(map.options, { zoomAnimation: false, fadeAnimation: false, inertia: false });
}

/** Jump to the end of an animated zoom, if there is one. @param {LeafletMap} map */
export const endZoom = (map) => inside(map)._onZoomTransitionEnd();

/** Stop a pan or a flight where it is; `map.stop()` would also move to a whole step of the zoom. @param {LeafletMap} map */
export const halt = (map) => inside(map)._stop();

/** Start an animated zoom regardless of the options of the map. @param {LeafletMap} map @param {Leaflet.ZoomAnimEvent} event of the leading map */
export const zoomAlong = (map, event) => inside(map)._moveStart(true)._animateZoom(event.center, event.zoom, true, event.noUpdate);

/** Move during a pinch, in which the drawing is only scaled. @param {LeafletMap} map @param {Leaflet.LatLng} center @param {number} zoom */
export const pinchTo = (map, center, zoom) => inside(map)._move(center, zoom, { pinch: true, round: false });

/** Shift the map at once, without `moveend`, which `map.panBy` fires with each step. @param {LeafletMap} map @param {Leaflet.Point} by pixels */
export function shiftBy(map, by) {
  inside(map)._rawPanBy(by);
  map.fire('move');
}

/**
 * Leaflet starts an animated zoom one frame after the request and completes it regardless of later
 * requests (Leaflet issues 1289 and 2915): observe both, and decide whether it starts.
 * @param {LeafletMap} map
 * @param {{asked: (center: Leaflet.LatLng, zoom: number) => void, mayBegin: (center: Leaflet.LatLng) => boolean, leftOut: (end: () => void) => void}} act
 *     `leftOut` receives a function that ends the move, because Leaflet has already announced it
 */
export function watchZooms(map, act) {
  const own = inside(map);
  const { _tryAnimatedZoom: ask, _animateZoom: begin } = own;
  const putOff = new WeakSet();
  own._tryAnimatedZoom = (center, zoom, how) => {
    const isAsked = ask.call(map, center, zoom, how);
    if (isAsked && !own._animatingZoom) {
      putOff.add(center);
      act.asked(center, zoom);
    }
    return isAsked;
  };
  own._animateZoom = (center, ...how) => {
    if (putOff.has(center) && !act.mayBegin(center)) act.leftOut(() => own._moveEnd(true));
    else begin.call(map, center, ...how);
  };
}

/**
 * Let only some presses start a drag.
 * @param {LeafletMap} map
 * @param {(event: any) => boolean} mayDrag called with Leaflet's event for each press
 */
export function dragOnly(map, mayDrag) {
  map.dragging.disable();
  map.dragging.enable();
  const drag = /** @type {any} */ (map.dragging)._draggable;
  const down = drag._onDown;
  drag.disable();
  drag._onDown = function (/** @type {any} */ event) {
    if (mayDrag(event)) down.call(this, event);
  };
  drag.enable();
}

/** The upper left corner of a margin around the visible map, in layer pixels. @param {LeafletMap} map @param {Leaflet.Point} rim */
export const cornerBeyond = (map, rim) => map.containerPointToLayerPoint(L.point(0, 0).subtract(rim)).round();

/** Put an element at a point of its pane, scaled. @param {HTMLElement} node @param {Leaflet.Point} at @param {number} scale */
export const putScaled = (node, at, scale) => L.DomUtil.setTransform(node, at, scale);

/**
 * The layer point of a position once the map has another centre and zoom.
 * @param {LeafletMap} map
 * @param {Leaflet.LatLng} position
 * @param {Leaflet.LatLng} center
 * @param {number} zoom
 */
export function futurePoint(map, position, center, zoom) {
  const pane = L.DomUtil.getPosition(map.getPanes().mapPane);
  const origin = map.project(center, zoom).subtract(map.getSize().divideBy(2)).add(pane).round();
  return map.project(position, zoom).subtract(origin);
}
