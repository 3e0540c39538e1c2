/*
 * The base map below the records: relief, water, district lines, places and their names. It is
 * context and says nothing about incidents.
 */
import { el } from '../core/dom.js';
import { WORLD } from '../core/numbers.js';
import { between, drawDistricts, drawRelief, drawSigns, drawWater, signOf } from './base_drawing.js';
import { Held } from './base_held.js';
import { Labels } from './base_labels.js';
import { drawAreas, drawPictures, drawWays, picturesOf } from './base_own.js';
/** @import { BaseFrame, BaseLabel, BaseMap, Box, Language, LeafletMap, ReliefBlock } from '../core/types.js' */

/** z-index of each pane: relief and lines above the land and below the hatches, signs above the outlines, names below those of the provinces. */
const PANES = { relief: 406, lines: 407, signs: 430, 'base-names': 580 };
/** The part of the base map whose switch controls each kind of name; others are places. */
const PART = /** @type {Record<string, string>} */ ({ river: 'water', lake: 'water', district: 'boundaries' });
/** The lowest rank of a town that is a provincial capital. */
const CAPITALS = 3;
/** Most pixels of a canvas per CSS pixel: more than two are not visible. */
const MOST_RATIO = 2;

/** @type {WeakMap<ReliefBlock, Map<string, Promise<HTMLCanvasElement>>>} relief images by theme, shared by the two maps of a page */
const pictures = new WeakMap();

/** Colour (red, green, blue) of the shadows on a light map and of the lit slopes on a dark one. */
const INK = { light: [61, 54, 44], dark: [236, 226, 208] };

/**
 * The image as one colour with varying opacity: a blend mode would have to be recomputed with every
 * move of the map.
 * @param {HTMLImageElement} image greyscale: darker than level ground in shade, lighter where it is lit
 * @param {number} flat the grey of level ground
 * @param {'light'|'dark'} theme
 */
function inked(image, flat, theme) {
  const canvas = el('canvas', { width: image.naturalWidth, height: image.naturalHeight });
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }));
  pen.drawImage(image, 0, 0);
  const picture = pen.getImageData(0, 0, canvas.width, canvas.height);
  const { data } = picture;
  const [red, green, blue] = INK[theme];
  for (let i = 0; i < data.length; i += 4) {
    data[i + 3] = theme === 'light' ? flat - data[i] : data[i] - flat;
    data[i] = red;
    data[i + 1] = green;
    data[i + 2] = blue;
  }
  pen.putImageData(picture, 0, 0);
  return canvas;
}

/** @param {ReliefBlock} relief @param {'light'|'dark'} theme @returns {Promise<HTMLCanvasElement>} */
function pictureOf(relief, theme) {
  const known = pictures.get(relief) || new Map();
  pictures.set(relief, known);
  if (!known.has(theme)) {
    const image = new Image();
    image.src = 'data:image/webp;base64,' + relief.picture;
    known.set(theme, image.decode().then(() => inked(image, relief.flat, theme)));
  }
  return known.get(theme);
}

export class BaseLayers {
  /** @param {LeafletMap} map @param {BaseMap} base */
  constructor(map, base) {
    this.map = map;
    this.base = base;
    /** @type {string[]} */
    this.off = [];
    /** @type {HTMLCanvasElement|null} */
    this.picture = null;
    /** @type {(HTMLCanvasElement|null)[]} of the reader's own base map */
    this.pictures = [];
    this.theme = '';
    this.credit = el('div', { class: 'im-own-credit', hidden: !base.own }, base.own?.credit);
    map.getContainer().append(this.credit);
    for (const [name, z] of Object.entries(PANES)) map.createPane('im-' + name).style.zIndex = String(z);
    this.sheets = [
      this.sheet('relief', (pen, frame) => this.drawRelief(pen, frame)),
      this.sheet('lines', (pen, frame) => this.drawLines(pen, frame)),
      this.sheet('signs', (pen, frame) => { if (!this.off.includes('places')) drawSigns(pen, base, frame, this.colour); }),
    ];
    this.labels = new Labels(map, base, 'im-base-names');
    this.colour = (/** @type {string} */ name) => getComputedStyle(map.getContainer()).getPropertyValue(name).trim();
    map.on('resize', () => this.renew());
  }

  /** A canvas over the visible map. @param {string} pane @param {(pen: CanvasRenderingContext2D, frame: BaseFrame) => void} draw */
  sheet(pane, draw) {
    const canvas = el('canvas', { 'aria-hidden': 'true' });
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    return new Held(this.map, canvas, 'im-' + pane, (frame) => {
      const ratio = Math.min(MOST_RATIO, window.devicePixelRatio || 1);
      Object.assign(canvas, { width: Math.round(frame.width * ratio), height: Math.round(frame.height * ratio) });
      Object.assign(canvas.style, { width: frame.width + 'px', height: frame.height + 'px' });
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      draw(pen, frame);
    });
  }

  /** @param {CanvasRenderingContext2D} pen @param {BaseFrame} frame */
  drawRelief(pen, frame) {
    const { relief, scales } = this.base;
    if (this.base.own && !this.off.includes('own')) drawPictures(pen, this.base.own, this.pictures, frame);
    const strength = between(scales.relief, frame.zoom);
    if (!relief || !this.picture || strength <= 0 || this.off.includes('relief')) return;
    pen.globalAlpha = strength;
    drawRelief(pen, this.picture, relief, frame);
  }

  /** @param {CanvasRenderingContext2D} pen @param {BaseFrame} frame */
  drawLines(pen, frame) {
    const own = this.off.includes('own') ? null : this.base.own;
    if (own) drawAreas(pen, own, frame, this.colour);
    if (!this.off.includes('water')) drawWater(pen, this.base, frame, this.colour);
    if (own) drawWays(pen, this.base, own, frame, this.colour);
    if (!this.off.includes('boundaries')) drawDistricts(pen, this.base, frame, this.colour);
  }

  /**
   * Set which parts are shown, the language and the theme.
   * @param {{off: string[], language: Language, theme: 'light'|'dark'}} asked
   */
  update({ off, language, theme }) {
    const isSame = off.join() === this.off.join() && theme === this.theme;
    this.off = off;
    this.credit.hidden = !this.base.own || off.includes('own');
    this.labels.ask(language, off.join(), (/** @type {BaseLabel} */ { kind }) => !off.includes(PART[kind] || 'places'));
    if (theme !== this.theme) this.load(theme);
    if (!isSame) this.renew();
  }

  /** @param {'light'|'dark'} theme */
  load(theme) {
    this.theme = theme;
    this.picture = null;
    this.pictures = [];
    const { own, relief } = this.base;
    if (own?.tiles.length) {
      picturesOf(own, theme).then((found) => {
        if (theme !== this.theme) return;
        this.pictures = found;
        this.sheets[0].renew();
      });
    }
    if (!relief) return;
    pictureOf(relief, theme).then((picture) => {
      if (theme !== this.theme) return;
      this.picture = picture;
      this.sheets[0].renew();
    });
  }

  /** The boxes of the signs of capitals at a zoom, which names of provinces avoid. @param {number} zoom @returns {Box[]} */
  signs(zoom) {
    if (this.off.includes('places')) return [];
    const scale = WORLD * 2 ** zoom;
    return this.base.labels.filter(({ kind, rank, from }) => kind === 'town' && rank <= CAPITALS && from <= zoom).map((label) => {
      const half = signOf(label) + 1;
      return { x: label.x * scale - half, y: label.y * scale - half, w: 2 * half, h: 2 * half };
    });
  }

  renew() {
    this.sheets.forEach((sheet) => sheet.renew());
  }

  /** @param {Box[]} over what covers it, in world pixels at this zoom @param {boolean} isAnew whether the marks have changed */
  arrange(over, isAnew) {
    this.sheets.forEach((sheet) => sheet.settle());
    this.labels.arrange(over, isAnew);
  }
}
