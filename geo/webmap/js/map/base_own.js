/*
 * The reader's own base map: pictures under everything, areas under the water, and roads, railways
 * and other lines over it. Pale, as all of the base map is.
 */
import { el } from '../core/dom.js';
import { boxOfFrame, meets, planeX, planeY } from './base_block.js';
import { traceAll } from './base_drawing.js';
/** @import { BaseFrame, BaseMap, OwnMap, OwnTile } from '../core/types.js' */
/** @import { Colour } from './base_drawing.js' */

/** Share of a picture that is left of it over the land: names and marks stay in front of it. */
const PALE = 0.55;
/** Dash and gap of a railway in pixels, and of a path. */
const RAIL = [6, 3];
const PATH = [3, 2];
/** The last rank of roads that have a dash. */
const PATHS = 6;

/** @type {WeakMap<OwnTile, Map<string, Promise<HTMLCanvasElement>>>} pictures by theme; two maps of a page share them */
const pictures = new WeakMap();

/**
 * A picture without most of its colour; on a dark map what is light becomes dark.
 * @param {HTMLImageElement} image
 * @param {'light'|'dark'} theme
 */
function quiet(image, theme) {
  const canvas = el('canvas', { width: image.naturalWidth, height: image.naturalHeight });
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }));
  pen.drawImage(image, 0, 0);
  const picture = pen.getImageData(0, 0, canvas.width, canvas.height);
  const { data } = picture;
  for (let i = 0; i < data.length; i += 4) {
    const grey = 0.299 * data[i] + 0.587 * data[i + 1] + 0.114 * data[i + 2];
    const turn = theme === 'dark' ? 255 - 2 * grey : 0;
    for (let channel = i; channel < i + 3; channel += 1) data[channel] = (data[channel] + grey) / 2 + turn;
  }
  pen.putImageData(picture, 0, 0);
  return canvas;
}

/** @param {OwnTile} tile @param {'light'|'dark'} theme */
function pictureOf(tile, theme) {
  const known = pictures.get(tile) || new Map();
  pictures.set(tile, known);
  if (!known.has(theme)) {
    const image = new Image();
    image.src = 'data:' + tile.type + ';base64,' + tile.data;
    // A picture that the browser cannot read is left out, and the rest of the map stands.
    known.set(theme, image.decode().then(() => quiet(image, theme), () => null));
  }
  return /** @type {Promise<HTMLCanvasElement|null>} */ (known.get(theme));
}

/** All pictures of the file, for a theme. @param {OwnMap} own @param {'light'|'dark'} theme */
export const picturesOf = (own, theme) => Promise.all(own.tiles.map((tile) => pictureOf(tile, theme)));

/** @param {CanvasRenderingContext2D} pen @param {OwnMap} own @param {(HTMLCanvasElement|null)[]} drawn @param {BaseFrame} frame */
export function drawPictures(pen, own, drawn, frame) {
  const seen = boxOfFrame(frame);
  const { scale } = frame;
  pen.globalAlpha = PALE;
  own.tiles.forEach(({ box: [south, west, north, east] }, i) => {
    const picture = drawn[i];
    const box = { left: planeX(west), right: planeX(east), top: planeY(north), bottom: planeY(south) };
    if (!picture || !meets(box, seen)) return;
    // Whole pixels, so that no line stands between two pictures.
    const [left, right] = [box.left, box.right].map((x) => Math.round(x * scale - frame.left));
    const [top, bottom] = [box.top, box.bottom].map((y) => Math.round(y * scale - frame.top));
    pen.drawImage(picture, left, top, right - left, bottom - top);
  });
  pen.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} pen @param {OwnMap} own @param {BaseFrame} frame @param {Colour} colour */
export function drawAreas(pen, own, frame, colour) {
  for (const { kind, lines } of own.shapes) {
    if (!['built', 'water', 'area'].includes(kind)) continue;
    pen.fillStyle = colour(kind === 'water' ? '--lake' : '--own-built');
    traceAll(pen, lines, frame);
    pen.fill();
  }
}

/** @param {CanvasRenderingContext2D} pen @param {BaseMap} base @param {OwnMap} own @param {BaseFrame} frame @param {Colour} colour */
export function drawWays(pen, { scales }, own, frame, colour) {
  pen.lineJoin = 'round';
  pen.lineCap = 'round';
  // The largest roads come last: they lie over the others.
  for (const { kind, rank, lines } of own.shapes.toReversed()) {
    const isRoad = kind === 'road';
    const from = isRoad ? scales.ownRoads[rank - 1] : scales.ownLines;
    if (!['road', 'rail', 'stream', 'line'].includes(kind) || frame.zoom < from) continue;
    pen.strokeStyle = colour(kind === 'stream' ? '--water' : kind === 'rail' ? '--own-rail' : '--own-road');
    // A road that has just come in is thin; closer, it widens to twice that.
    pen.lineWidth = (isRoad ? scales.ownRoadWidths[rank - 1] : 0.8) * Math.min(2, 0.8 + 0.2 * (frame.zoom - from));
    pen.setLineDash(kind === 'rail' ? RAIL : isRoad && rank === PATHS ? PATH : []);
    traceAll(pen, lines, frame);
    pen.stroke();
  }
  pen.setLineDash([]);
}
