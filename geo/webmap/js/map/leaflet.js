/*
 * Leaflet, which the page loads before this script. No other module names its global or touches a
 * member that Leaflet keeps to itself (those that begin with an underscore): what the map needs of
 * its inside is here, under a name for what it does, to be looked at with every new version of it.
 */
/** @import * as Leaflet from 'leaflet' */
/** @import { LeafletMap } from '../core/types.js' */

// Where a module is tried in Node.js there is none, and what has nothing to draw with is still read.
const L = /** @type {typeof import('leaflet')} */ (/** @type {any} */ (globalThis).L || { Layer: Object, Path: Object });

/**
 * What is used of the inside of a map.
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

/** A layer that a module draws by itself: `onAdd` and `onRemove` say how. */
export const Layer = L.Layer;

/** A path that writes its own data: `dataOf` says what it is while the map stands as it does. */
export class WrittenPath extends L.Path {
  /** @param {Leaflet.PathOptions} options its renderer draws SVG */
  constructor(options) {
    super(options);
    L.setOptions(this, options);
  }

  /** Path data, or `null` where it stays as it is. @param {LeafletMap} map @returns {string|null} */
  dataOf(map) {
    return map ? 'M0 0' : null;
  }

  /** Leaflet asks for this with a new zoom; there is nothing to prepare. */
  _project() {}

  /** Leaflet asks for this with every move. */
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

/** Layers that come and go together. @param {LeafletMap} map */
export const layerGroup = (map) => L.layerGroup().addTo(map);

/** What draws the paths of a pane. @param {Leaflet.RendererOptions} options */
export const svgRenderer = (options) => L.svg(options);

/** @param {Leaflet.LatLngExpression} at @param {Leaflet.CircleMarkerOptions} options with a radius in pixels */
export const circle = (at, options) => L.circleMarker(at, options);

/**
 * An element held at a position of the map.
 * @param {HTMLElement} node
 * @param {Leaflet.LatLngExpression} at
 * @param {string} pane
 */
export function anchor(node, at, pane) {
  const icon = L.divIcon({ html: node, className: 'im-anchor', iconSize: [0, 0] });
  return L.marker(at, { icon, pane, interactive: false, keyboard: false });
}

/** A scale, which on a Mercator map is that of one latitude: of the middle. @param {LeafletMap} map */
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

/** What is clicked in an element is no click on the map under it. @param {HTMLElement} node */
export const keepClicks = (node) => L.DomEvent.disableClickPropagation(node);

/** An event of a layer that the map under it does not hear of. @param {Leaflet.LeafletMouseEvent} event */
export const stopHere = (event) => L.DomEvent.stopPropagation(event);

/** Nor does its wheel zoom the map. @param {HTMLElement} node */
export const keepWheel = (node) => L.DomEvent.disableScrollPropagation(node);

/** Where an element stands in its pane, in pixels. @param {HTMLElement} node */
export const positionOf = (node) => L.DomUtil.getPosition(node);

/** @param {HTMLElement} node @param {Leaflet.Point} at pixels of its pane */
export const putAt = (node, at) => L.DomUtil.setPosition(node, at);

/** Whether the map looks anywhere yet. @param {LeafletMap} map */
export const isLaid = (map) => Boolean(inside(map)._loaded);

/** Whether an animated zoom is under way. @param {LeafletMap} map */
export const isZooming = (map) => Boolean(inside(map)._animatingZoom);

/** Zoom at once from now on, and fade and glide no more. @param {LeafletMap} map */
export function stopMotion(map) {
  inside(map)._zoomAnimated = false;
  Object.assign(map.options, { zoomAnimation: false, fadeAnimation: false, inertia: false });
}

/** End an animated zoom where it is bound for, if there is one. @param {LeafletMap} map */
export const endZoom = (map) => inside(map)._onZoomTransitionEnd();

/** Let a pan or a flight end where it is; `map.stop()` would move to a whole step of the zoom as well. @param {LeafletMap} map */
export const halt = (map) => inside(map)._stop();

/** Begin an animated zoom, whatever the options of the map say. @param {LeafletMap} map @param {Leaflet.ZoomAnimEvent} event of the map that leads */
export const zoomAlong = (map, event) => inside(map)._moveStart(true)._animateZoom(event.center, event.zoom, true, event.noUpdate);

/** Be at a place in the middle of a pinch: what is drawn is stretched until it ends. @param {LeafletMap} map @param {Leaflet.LatLng} center @param {number} zoom */
export const pinchTo = (map, center, zoom) => inside(map)._move(center, zoom, { pinch: true, round: false });

/** Shift the map in this frame, without `moveend`; `map.panBy` fires it with each step. @param {LeafletMap} map @param {Leaflet.Point} by pixels */
export function shiftBy(map, by) {
  inside(map)._rawPanBy(by);
  map.fire('move');
}

/**
 * Leaflet begins an animated zoom a frame after it was asked for, and ends it where it was bound for,
 * whatever was asked since (Leaflet's issues 1289 and 2915): hear of both, and decide whether it begins.
 * @param {LeafletMap} map
 * @param {{asked: (center: Leaflet.LatLng, zoom: number) => void, mayBegin: (center: Leaflet.LatLng) => boolean, leftOut: (end: () => void) => void}} act
 *     `leftOut` is given what tells the map that it has come to rest, for Leaflet has said that it moves
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
 * Let only some presses begin a drag.
 * @param {LeafletMap} map
 * @param {(event: any) => boolean} mayDrag asked of each press, Leaflet's event of it
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

/** The corner of a rim around what is seen, in pixels of the layers. @param {LeafletMap} map @param {Leaflet.Point} rim */
export const cornerBeyond = (map, rim) => map.containerPointToLayerPoint(L.point(0, 0).subtract(rim)).round();

/** Put an element at a point of its pane, larger or smaller. @param {HTMLElement} node @param {Leaflet.Point} at @param {number} scale */
export const putScaled = (node, at, scale) => L.DomUtil.setTransform(node, at, scale);

/**
 * Where a position is among the layers once the map has another middle and zoom.
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
