/*
 * Relief, water, district lines and the signs of places, drawn on canvases in muted colours: only
 * the marks of records are saturated.
 */
import { boxOfFrame, meets, planeX, planeY } from './base_block.js';
/** @import { BaseFrame, BaseLabel, BaseMap, PlaneLine, ReliefBlock } from '../core/types.js' */

/** Pixels below which the next point of a line is skipped: no difference would be visible. */
const FINE = 0.7;
/** Width in pixels of the shore of a lake and of the lines of districts. */
const SHORE = 0.6;
const DISTRICT = 0.8;
/** Dash and gap in pixels of intermittent rivers, and the shorter ones of district lines. */
const DRY_DASH = [5, 3];
const DISTRICT_DASH = [4, 3];
/** Factor of the width of a river at the zoom from which it is drawn, what each further zoom adds, and the most. */
const RIVER_GROWTH = { first: 0.8, each: 0.12, most: 1.5 };
/** Half the side in pixels above which the sign of a town is a square, for capitals of provinces. */
const SQUARE = 3;

/** The value of a scale at a zoom, interpolated between its steps and constant beyond them. @param {[number, number][]} steps zoom and value @param {number} zoom */
export function between(steps, zoom) {
  const next = steps.findIndex(([at]) => at >= zoom);
  if (next === 0 || steps.length === 0) return steps[0]?.[1] ?? 0;
  if (next < 0) return steps[steps.length - 1][1];
  const [[from, low], [to, high]] = [steps[next - 1], steps[next]];
  return low + ((zoom - from) / (to - from)) * (high - low);
}

/** @param {CanvasRenderingContext2D} pen @param {PlaneLine} line @param {BaseFrame} frame */
function trace(pen, { points }, { scale, left, top }) {
  let x = points[0] * scale - left;
  let y = points[1] * scale - top;
  pen.moveTo(x, y);
  for (let i = 2; i < points.length; i += 2) {
    const nextX = points[i] * scale - left;
    const nextY = points[i + 1] * scale - top;
    if (i + 2 < points.length && Math.abs(nextX - x) < FINE && Math.abs(nextY - y) < FINE) continue;
    x = nextX;
    y = nextY;
    pen.lineTo(x, y);
  }
}

/**
 * Trace all lines that are at least partly in the frame as one path.
 * @param {CanvasRenderingContext2D} pen
 * @param {PlaneLine[]} lines
 * @param {BaseFrame} frame
 */
export function traceAll(pen, lines, frame) {
  const seen = boxOfFrame(frame);
  pen.beginPath();
  for (const line of lines) if (meets(line.box, seen)) trace(pen, line, frame);
}

/**
 * Draw the part of the relief image that is in the frame.
 * @param {CanvasRenderingContext2D} pen
 * @param {CanvasImageSource & {width: number, height: number}} picture
 * @param {ReliefBlock} relief
 * @param {BaseFrame} frame
 */
export function drawRelief(pen, picture, { box: [south, west, north, east] }, frame) {
  const [left, right, top, bottom] = [planeX(west), planeX(east), planeY(north), planeY(south)];
  const seen = boxOfFrame(frame);
  const cut = { left: Math.max(left, seen.left), right: Math.min(right, seen.right), top: Math.max(top, seen.top), bottom: Math.min(bottom, seen.bottom) };
  if (cut.right <= cut.left || cut.bottom <= cut.top) return;
  const across = picture.width / (right - left);
  const down = picture.height / (bottom - top);
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(picture, (cut.left - left) * across, (cut.top - top) * down, (cut.right - cut.left) * across, (cut.bottom - cut.top) * down,
    cut.left * frame.scale - frame.left, cut.top * frame.scale - frame.top, (cut.right - cut.left) * frame.scale, (cut.bottom - cut.top) * frame.scale);
}

/**
 * @typedef {(name: string) => string} Colour of the style sheet by its name
 */

/** @param {CanvasRenderingContext2D} pen @param {BaseMap} base @param {BaseFrame} frame @param {Colour} colour */
export function drawWater(pen, base, frame, colour) {
  const { zoom } = frame;
  const { rivers: from, riverWidths } = base.scales;
  pen.lineJoin = 'round';
  pen.lineCap = 'round';
  pen.strokeStyle = colour('--water');
  pen.fillStyle = colour('--lake');
  traceAll(pen, base.lakes.filter((lake) => lake.from <= zoom), frame);
  pen.lineWidth = SHORE;
  pen.fill();
  pen.stroke();
  for (let rank = from.length; rank >= 1; rank -= 1) {
    if (zoom < from[rank - 1]) continue;
    const { first, each, most } = RIVER_GROWTH;
    pen.lineWidth = riverWidths[rank - 1] * Math.min(most, first + each * (zoom - from[rank - 1]));
    for (const isIntermittent of [false, true]) {
      pen.setLineDash(isIntermittent ? DRY_DASH : []);
      traceAll(pen, base.rivers.filter((river) => river.rank === rank && river.isIntermittent === isIntermittent), frame);
      pen.stroke();
    }
  }
  pen.setLineDash([]);
}

/** @param {CanvasRenderingContext2D} pen @param {BaseMap} base @param {BaseFrame} frame @param {Colour} colour */
export function drawDistricts(pen, base, frame, colour) {
  if (frame.zoom < base.scales.districtLines) return;
  pen.strokeStyle = colour('--district');
  pen.lineWidth = DISTRICT;
  pen.lineCap = 'butt';
  pen.setLineDash(DISTRICT_DASH);
  traceAll(pen, base.districts, frame);
  pen.stroke();
  pen.setLineDash([]);
}

/** Half the side in pixels of the sign of a town, by its rank: larger places have larger signs. */
const TOWN = [4.5, 3.8, 3.4, 2.6, 2.1, 1.8];

/** Half the side in pixels of the sign of other places, which are all smaller than a mark. */
const OTHERS = { crossing: 3.4, pass: 4, peak: 4, airfield: 4 };

/** Half the side in pixels of the sign of a place; 0 if it has none. @param {BaseLabel} label */
export function signOf({ kind, rank }) {
  if (kind === 'town') return TOWN[rank - 1] ?? TOWN[TOWN.length - 1];
  return /** @type {Record<string, number>} */ (OTHERS)[kind] ?? 0;
}

/** @type {Record<string, (pen: CanvasRenderingContext2D, x: number, y: number, half: number) => void>} */
const SIGNS = {
  town: (pen, x, y, half) => {
    pen.beginPath();
    if (half > SQUARE) pen.rect(x - half, y - half, 2 * half, 2 * half);
    else pen.arc(x, y, half, 0, 2 * Math.PI);
    if (half > SQUARE) {
      pen.fill();
      pen.stroke();
    } else {
      pen.fillStyle = pen.strokeStyle;
      pen.fill();
    }
  },
  crossing: (pen, x, y, half) => {
    pen.beginPath();
    pen.moveTo(x, y - half);
    pen.lineTo(x + half, y);
    pen.lineTo(x, y + half);
    pen.lineTo(x - half, y);
    pen.closePath();
    pen.fill();
    pen.stroke();
  },
  // Two brackets back to back, the usual map symbol for a saddle between two slopes.
  pass: (pen, x, y, half) => {
    pen.beginPath();
    pen.arc(x - half, y, half * 0.8, -0.9, 0.9);
    pen.moveTo(x + half + half * 0.8 * Math.cos(Math.PI - 0.9), y + half * 0.8 * Math.sin(Math.PI - 0.9));
    pen.arc(x + half, y, half * 0.8, Math.PI - 0.9, Math.PI + 0.9);
    pen.stroke();
  },
  peak: (pen, x, y, half) => {
    pen.beginPath();
    pen.moveTo(x, y - half);
    pen.lineTo(x + half, y + half * 0.75);
    pen.lineTo(x - half, y + half * 0.75);
    pen.closePath();
    pen.fillStyle = pen.strokeStyle;
    pen.fill();
  },
  // A runway in a circle.
  airfield: (pen, x, y, half) => {
    pen.beginPath();
    pen.arc(x, y, half, 0, 2 * Math.PI);
    pen.moveTo(x - half * 0.55, y + half * 0.55);
    pen.lineTo(x + half * 0.55, y - half * 0.55);
    pen.stroke();
  },
};

/** Draw the signs of places, minor ones first. @param {CanvasRenderingContext2D} pen @param {BaseMap} base @param {BaseFrame} frame @param {Colour} colour */
export function drawSigns(pen, base, frame, colour) {
  const ink = colour('--ink');
  const muted = colour('--muted');
  const land = colour('--land');
  for (const label of signsIn(base, frame).toReversed()) {
    const { kind } = label;
    pen.lineWidth = kind === 'town' ? 1.2 : 1;
    pen.strokeStyle = kind === 'town' ? ink : muted;
    pen.fillStyle = land;
    SIGNS[kind](pen, label.x * frame.scale - frame.left, label.y * frame.scale - frame.top, signOf(label));
  }
}

/** The places in the frame with a sign at this zoom. @param {BaseMap} base @param {BaseFrame} frame */
export function signsIn(base, frame) {
  const seen = boxOfFrame(frame);
  return base.labels.filter((label) => signOf(label) > 0 && label.from <= frame.zoom &&
    meets({ left: label.x, right: label.x, top: label.y, bottom: label.y }, seen));
}

