/*
 * The names on the base map. A name keeps its position at a zoom while the map is moved; names under
 * marks are hidden until they are free again.
 */
import { el } from '../core/dom.js';
import { boxOfFrame, meets } from './base_block.js';
import { signOf } from './base_drawing.js';
import { Held } from './base_held.js';
import { Boxes, letteringOf, positionsOf } from './base_label_boxes.js';
/** @import { BaseFrame, BaseLabel, BaseMap, Box, Language, LeafletMap } from '../core/types.js' */
/** @import { Lettering, LabelPosition } from './base_label_boxes.js' */

/** Kinds and ranks in the order in which their names are placed. */
const ORDER = ['town1', 'town2', 'town3', 'crossing1', 'river1', 'lake1', 'town4', 'pass1', 'district1', 'town5', 'peak1', 'town6',
  'airfield1', 'airfield2', 'airfield3'];
/** Pixels around the frame in which names are placed too, so that its edge does not affect the order: a long name. */
const AROUND = 160;

/** @typedef {{lettering: Lettering, position: LabelPosition, node: HTMLElement}} Name a placed name */

/** @param {BaseLabel} label */
const rankOf = ({ kind, rank }) => {
  const at = ORDER.indexOf(kind + (kind === 'town' || kind === 'airfield' ? rank : 1));
  return at < 0 ? ORDER.length : at;
};

export class Labels {
  /** @param {LeafletMap} map @param {BaseMap} base @param {string} pane */
  constructor(map, base, pane) {
    this.map = map;
    this.base = base;
    this.labels = base.labels.toSorted((a, b) => rankOf(a) - rankOf(b) || a.from - b.from || b.size - a.size);
    this.node = el('div', { class: 'im-base-names', 'aria-hidden': 'true' });
    /** @type {Map<BaseLabel, Name>} */
    this.names = new Map();
    /** @type {{zoom: number, language: Language, kinds: string}} for which they have been placed */
    this.made = { zoom: -1, language: 'en', kinds: '' };
    /** @type {(label: BaseLabel) => boolean} */
    this.isWanted = () => true;
    /** @type {Box[]} */
    this.over = [];
    /** @type {BaseFrame|null} */
    this.laidOut = null;
    this.held = new Held(map, this.node, pane, (frame) => this.lay(frame));
    this.family = getComputedStyle(map.getContainer()).fontFamily;
  }

  /**
   * Place the names in view.
   * @param {Box[]} over what covers the base map, in world pixels at this zoom
   * @param {boolean} isAnew whether the marks have changed, so that names below them may move
   */
  arrange(over, isAnew) {
    const { held } = this;
    const isSame = this.made.zoom === this.map.getZoom() && held.frame === this.laidOut;
    this.over = over;
    if (this.made.zoom !== this.map.getZoom()) this.forget();
    this.made.zoom = this.map.getZoom();
    if (isAnew) this.leaveCovered();
    if (!held.frame || !held.holds()) held.renew();
    else if (isAnew || !isSame) this.lay(held.frame);
    else this.cover(boxesOf(over));
  }

  /**
   * Set which names are wanted, and in which language.
   * @param {Language} language
   * @param {string} kinds
   * @param {(label: BaseLabel) => boolean} isWanted
   */
  ask(language, kinds, isWanted) {
    if (language === this.made.language && kinds === this.made.kinds) return;
    Object.assign(this.made, { language, kinds });
    this.isWanted = isWanted;
    this.forget();
    this.laidOut = null;
  }

  forget() {
    this.names.clear();
    this.node.replaceChildren();
  }

  /** Remove names that are covered, so that they can be placed elsewhere. */
  leaveCovered() {
    const over = boxesOf(this.over);
    for (const [label, name] of this.names) {
      if (!over.meetsAny(name.position.boxes)) continue;
      name.node.remove();
      this.names.delete(label);
    }
  }

  /** @param {BaseFrame} frame */
  lay(frame) {
    // The marks of this zoom have no positions yet; `arrange` will follow with them.
    if (frame.zoom !== this.made.zoom) return;
    const over = boxesOf(this.over);
    this.laidOut = frame;
    this.place(frame, over);
    for (const name of this.names.values()) this.draw(name, frame);
    this.cover(over);
  }

  /** @param {BaseFrame} frame @param {Boxes} over */
  place(frame, over) {
    const wide = { ...frame, left: frame.left - AROUND, top: frame.top - AROUND, width: frame.width + 2 * AROUND, height: frame.height + 2 * AROUND };
    const seen = boxOfFrame(wide);
    const near = this.labels.filter((label) => label.from <= frame.zoom && this.isWanted(label) &&
      meets({ left: label.x, right: label.x, top: label.y, bottom: label.y }, seen));
    const taken = new Boxes();
    for (const label of near) {
      const half = signOf(label) + 1;
      if (half > 1) taken.add({ x: label.x * frame.scale - half, y: label.y * frame.scale - half, w: 2 * half, h: 2 * half });
    }
    for (const { position } of this.names.values()) position.boxes.forEach((box) => taken.add(box));
    for (const label of near) {
      if (this.names.has(label)) continue;
      const lettering = letteringOf(label, this.made.language, this.family);
      const at = { x: label.x * frame.scale, y: label.y * frame.scale };
      const position = positionsOf(label, lettering, at).find(({ boxes }) => !taken.meetsAny(boxes) && !over.meetsAny(boxes));
      if (!position) continue;
      position.boxes.forEach((box) => taken.add(box));
      this.names.set(label, { lettering, position, node: this.nodeOf(label, lettering) });
    }
  }

  /** @param {BaseLabel} label @param {Lettering} lettering */
  nodeOf(label, { text, font, spacing }) {
    const turn = label.angle ? 'rotate(' + -label.angle + 'deg)' : 'none';
    const node = el('span', { class: 'im-base-name im-base-' + label.kind, 'data-rank': label.rank, dir: 'auto',
      style: { font, 'letter-spacing': spacing + 'px', transform: turn } }, text);
    this.node.append(node);
    return node;
  }

  /** Hide the names that are covered, or cut off by the edge of the map. @param {Boxes} over */
  cover(over) {
    const { min, max } = this.map.getPixelBounds();
    if (!min || !max) return;
    const isSeen = (/** @type {Box} */ { x, y, w, h }) => x + w > min.x && y + h > min.y && x < max.x && y < max.y;
    const isWhole = (/** @type {Box} */ { x, y, w, h }) => x >= min.x && y >= min.y && x + w <= max.x && y + h <= max.y;
    for (const { node, position: { boxes } } of this.names.values()) {
      const isCut = boxes.some(isSeen) && !boxes.every(isWhole);
      if (!node.hidden) node.classList.toggle('is-covered', isCut || over.meetsAny(boxes));
    }
  }

  /** @param {Name} name @param {BaseFrame} frame */
  draw({ position, node }, frame) {
    const { x, y, w, h } = position.box;
    const left = x - frame.left;
    const top = y - frame.top;
    node.hidden = left + w < 0 || top + h < 0 || left > frame.width || top > frame.height;
    if (node.hidden) return;
    node.style.left = left.toFixed(1) + 'px';
    node.style.top = top.toFixed(1) + 'px';
    node.style.width = w.toFixed(1) + 'px';
    node.style.height = h + 'px';
    node.style.lineHeight = h + 'px';
  }
}

/** @param {Box[]} list */
function boxesOf(list) {
  const boxes = new Boxes();
  list.forEach((box) => boxes.add(box));
  return boxes;
}
