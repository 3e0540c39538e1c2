/*
 * The possible positions of the name of a place, and whether they are occupied.
 */
import { grouped } from '../core/numbers.js';
import { textWidth } from './badges.js';
import { signOf } from './base_drawing.js';
/** @import { BaseLabel, Box, Language, Spot } from '../core/types.js' */

/** @typedef {{box: Box, boxes: Box[]}} LabelPosition `box`: that of the text before rotation; `boxes`: what it covers */
/** @typedef {{text: string, font: string, spacing: number, width: number, height: number}} Lettering */

/** Weight and size in pixels of the name of a town, by its rank. */
const TOWN = ['700 15px ', '600 14px ', '500 13px ', '500 13px ', '400 13px ', '400 13px '];
/** @type {Record<string, string>} the same for other names */
const FONTS = { district: '400 13px ', river: 'italic 400 13px ', lake: 'italic 400 13px ' };
/** Pixels between the letters of the name of a district, which distinguish it from a town. */
const SPACING = 0.7;
/** Pixels between a sign and its name. */
const GAP = 3;
/** Pixels by which the name of an area may be moved down from its centre: up to three lines, nearest first. */
const SHIFTS = [0, 15, -15, 30, -30, 45, -45];

/** The name in a language, or in English if it has none. @param {BaseLabel} label @param {Language} language */
export const nameOf = ({ names }, language) => names[language] || names.en;

/**
 * The text, font and size of a name.
 * @param {BaseLabel} label
 * @param {Language} language
 * @param {string} family the font family
 * @returns {Lettering}
 */
export function letteringOf(label, language, family) {
  const { kind, rank, size } = label;
  const name = nameOf(label, language);
  const isCapitals = kind === 'district' && name === label.names.en;
  const height = (kind === 'pass' || kind === 'peak') && size ? ' ' + grouped(size) + '\u00a0m' : '';
  const text = (isCapitals ? name.toUpperCase() : name) + height;
  const font = (kind === 'town' ? TOWN[rank - 1] : FONTS[kind] || '400 13px ') + family;
  const spacing = isCapitals ? SPACING : 0;
  return { text, font, spacing, width: textWidth(text, font) + spacing * text.length + 2, height: Number(/(\d+)px/.exec(font)?.[1]) + 3 };
}

/** The boxes covered by a text rotated around its centre. @param {Spot} middle @param {Lettering} lettering @param {number} angle degrees anticlockwise */
function turned({ x, y }, { width, height }, angle) {
  const pieces = Math.max(1, Math.ceil(width / height));
  const radians = (-angle * Math.PI) / 180;
  const step = width / pieces;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  // The box around each piece as it is turned: of a slanting text no corner is left out.
  const [w, h] = [step * Math.abs(cos) + height * Math.abs(sin), step * Math.abs(sin) + height * Math.abs(cos)];
  return Array.from({ length: pieces }, (_, i) => {
    const along = (i + 0.5) * step - width / 2;
    return { x: x + cos * along - w / 2, y: y + sin * along - h / 2, w, h };
  });
}

/**
 * The possible positions of a name, best first. A river has its name beside it or on it, with shifts in
 * line heights; an area has it at its centre, shifted by shares of the width; a point has it to the
 * right, left, above, below, diagonally, and then shifted by shares of the width.
 * @param {BaseLabel} label
 * @param {Lettering} lettering
 * @param {Spot} at its position in world pixels at this zoom
 * @returns {LabelPosition[]}
 */
export function positionsOf(label, lettering, { x, y }) {
  const { width: w, height: h } = lettering;
  /** @param {number} left @param {number} top @returns {LabelPosition} */
  const level = (left, top) => ({ box: { x: left, y: top, w, h }, boxes: [{ x: left, y: top, w, h }] });
  if (label.kind === 'river') {
    const radians = (label.angle * Math.PI) / 180;
    return [0.75, -0.75, 0, 1.5, -1.5].map((lines) => {
      const middle = { x: x - Math.sin(radians) * lines * h, y: y - Math.cos(radians) * lines * h };
      return { box: { x: middle.x - w / 2, y: middle.y - h / 2, w, h }, boxes: turned(middle, lettering, label.angle) };
    });
  }
  if (label.kind === 'district' || label.kind === 'lake') {
    return SHIFTS.flatMap((down) => [0, 0.4, -0.4].map((along) => level(x - w / 2 + along * w, y - h / 2 + down)));
  }
  const gap = signOf(label) + GAP;
  const near = gap * 0.75;
  return [level(x + gap, y - h / 2), level(x - gap - w, y - h / 2), level(x - w / 2, y - gap - h), level(x - w / 2, y + gap),
    level(x + near, y - near - h + 2), level(x + near, y + near - 2), level(x - near - w, y - near - h + 2), level(x - near - w, y + near - 2),
    ...[0.3, 0.7].flatMap((along) => [level(x - along * w, y - gap - h), level(x - along * w, y + gap)]),
    ...[0.5, 0.15, 0.85].flatMap((along) => [level(x - along * w, y - gap - h - 4), level(x - along * w, y + gap + 4)])];
}

/** Side in pixels of a cell of the lookup grid: a name covers a few cells, and a cell holds a few names. */
const CELL = 64;

/** A collection of boxes with a fast test for overlap. */
export class Boxes {
  constructor() {
    /** @type {Map<string, Box[]>} */
    this.cells = new Map();
  }

  /** @param {Box} box @returns {string[]} */
  keysOf({ x, y, w, h }) {
    const keys = [];
    for (let column = Math.floor(x / CELL); column <= Math.floor((x + w) / CELL); column += 1) {
      for (let line = Math.floor(y / CELL); line <= Math.floor((y + h) / CELL); line += 1) keys.push(column + ',' + line);
    }
    return keys;
  }

  /** @param {Box} box */
  add(box) {
    for (const key of this.keysOf(box)) {
      const held = this.cells.get(key);
      if (held) held.push(box);
      else this.cells.set(key, [box]);
    }
  }

  /** @param {Box[]} boxes */
  meetsAny(boxes) {
    return boxes.some((box) => this.keysOf(box).some((key) => (this.cells.get(key) || []).some((other) =>
      box.x < other.x + other.w && other.x < box.x + box.w && box.y < other.y + other.h && other.y < box.y + box.h)));
  }
}
