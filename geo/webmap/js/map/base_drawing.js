/*
 * Relief, water, district lines and the signs of places, drawn on canvases. Everything is quiet:
 * the marks of records stay the only saturated thing on the map.
 */
import { boxOfFrame, meets, planeX, planeY } from './base_block.js';
/** @import { BaseFrame, BaseLabel, BaseMap, PlaneLine, ReliefBlock } from '../core/types.js' */

/** Pixels below which a point adds nothing to a line. */
const FINE = 0.7;

/** The value between the steps of a scale; before the first and after the last, theirs. @param {[number, number][]} steps zoom and value @param {number} zoom */
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
 * Lines in one stroke: those of which anything is in the frame.
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
 * The part of the picture of the terrain that is in the frame.
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
  pen.lineWidth = 0.6;
  pen.fill();
  pen.stroke();
  for (let rank = from.length; rank >= 1; rank -= 1) {
    if (zoom < from[rank - 1]) continue;
    // A river that has just come in is thin; closer, it widens by half.
    pen.lineWidth = riverWidths[rank - 1] * Math.min(1.5, 0.8 + 0.12 * (zoom - from[rank - 1]));
    for (const isIntermittent of [false, true]) {
      pen.setLineDash(isIntermittent ? [5, 3] : []);
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
  pen.lineWidth = 0.8;
  pen.lineCap = 'butt';
  pen.setLineDash([4, 3]);
  traceAll(pen, base.districts, frame);
  pen.stroke();
  pen.setLineDash([]);
}

/** Half of the side of a town's sign in pixels, by its rank. */
const TOWN = [4.5, 3.8, 3.4, 2.6, 2.1, 1.8];

/** Half of the side of the sign of a place in pixels; 0 for what has none. @param {BaseLabel} label */
export function signOf({ kind, rank }) {
  if (kind === 'town') return TOWN[rank - 1] ?? 1.8;
  return kind === 'crossing' ? 3.4 : ['pass', 'peak', 'airfield'].includes(kind) ? 4 : 0;
}

/** @type {Record<string, (pen: CanvasRenderingContext2D, x: number, y: number, half: number) => void>} */
const SIGNS = {
  town: (pen, x, y, half) => {
    pen.beginPath();
    if (half > 3) pen.rect(x - half, y - half, 2 * half, 2 * half);
    else pen.arc(x, y, half, 0, 7);
    if (half > 3) {
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
  // Two brackets back to back, as maps draw a saddle between two slopes.
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
  // A runway between its ends.
  airfield: (pen, x, y, half) => {
    pen.beginPath();
    pen.arc(x, y, half, 0, 7);
    pen.moveTo(x - half * 0.55, y + half * 0.55);
    pen.lineTo(x + half * 0.55, y - half * 0.55);
    pen.stroke();
  },
};

/** The signs of places, those of low rank first. @param {CanvasRenderingContext2D} pen @param {BaseMap} base @param {BaseFrame} frame @param {Colour} colour */
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

/** The places in the frame that have a sign at this zoom. @param {BaseMap} base @param {BaseFrame} frame */
export function signsIn(base, frame) {
  const seen = boxOfFrame(frame);
  return base.labels.filter((label) => signOf(label) > 0 && label.from <= frame.zoom &&
    meets({ left: label.x, right: label.x, top: label.y, bottom: label.y }, seen));
}

