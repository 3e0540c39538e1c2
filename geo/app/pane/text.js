/*
 * The text of a document, cut where a mention or a passage begins or ends, so that each of them can be
 * lit. Characters are counted as Python counts them: a letter outside the basic plane is one.
 */
import { el } from '../../webmap/js/core/dom.js';
/** @import { Mark, Span, WantedPane } from './types.js' */

/** A piece of the text between two cuts. */
class Piece {
  /** @param {number} start @param {number} end @param {HTMLElement} node */
  constructor(start, end, node) {
    this.start = start;
    this.end = end;
    this.node = node;
  }
}

export class TextPane {
  /** @param {{chosen: (span: Span|null) => void, touched: (at: number) => void}} on */
  constructor(on) {
    this.on = on;
    /** @type {string[]} */
    this.letters = [];
    /** @type {Piece[]} */
    this.pieces = [];
    /** @type {Set<number>} */
    this.cuts = new Set();
    /** @type {Mark[]} */
    this.marks = [];
    /** @type {Span[]} */
    this.used = [];
    /** @type {Span|null} */
    this.chosen = null;
    this.node = el('div', { class: 'text', tabindex: 0, role: 'region', 'aria-label': 'Text of the document', dir: 'auto' });
    this.node.addEventListener('click', (event) => this.touch(event));
    document.addEventListener('selectionchange', () => this.select());
  }

  /** @param {WantedPane} wanted */
  show(wanted) {
    this.letters = Array.from(wanted.text);
    this.marks = wanted.marks;
    this.cuts = new Set();
    this.chosen = null;
    this.update(wanted);
    this.node.scrollTop = 0;
  }

  /** Cut the text anew where something of the items begins or ends. @param {WantedPane} wanted */
  update(wanted) {
    this.used = wanted.used;
    this.cut([...wanted.items.flatMap((item) => item.spans), ...wanted.lit, ...wanted.used]);
    this.flag('is-used', this.used);
  }

  /** Have a cut wherever one of these begins or ends. @param {Span[]} spans */
  cut(spans) {
    if (this.cuts.size && spans.flat().every((at) => this.cuts.has(at))) return;
    this.build(spans);
    this.flag('is-used', this.used);
  }

  /** @param {Span[]} spans */
  build(spans) {
    const length = this.letters.length;
    const at = [0, length, ...this.cuts, ...this.marks.flatMap(([start, end]) => [start, end]), ...spans.flat()];
    this.letters.forEach((letter, place) => {
      if (letter === '\n') at.push(place, place + 1);
    });
    this.cuts = new Set(at.filter((place) => place >= 0 && place <= length));
    const cuts = [...this.cuts].sort((one, other) => one - other);
    const kinds = this.kindsBetween(cuts);
    const scroll = this.node.scrollTop;
    this.pieces = [];
    let paragraph = el('p', null);
    const paragraphs = [paragraph];
    for (let n = 0; n + 1 < cuts.length; n += 1) {
      const [start, end] = [cuts[n], cuts[n + 1]];
      const words = this.letters.slice(start, end).join('');
      if (words === '\n') {
        if (paragraph.childNodes.length) {
          paragraph = el('p', null);
          paragraphs.push(paragraph);
        }
        continue;
      }
      const found = kinds[n];
      const node = found.length ? el('mark', { class: found.map((kind) => 'is-' + kind).join(' ') }, words) : el('span', null, words);
      paragraph.append(node);
      this.pieces.push(new Piece(start, end, node));
    }
    this.node.replaceChildren(...paragraphs);
    this.node.scrollTop = scroll;
  }

  /**
   * The kinds of the marks that cover each piece, in the order of the cuts.
   * @param {number[]} cuts
   * @returns {string[][]}
   */
  kindsBetween(cuts) {
    /** @type {Map<number, number>} */
    const place = new Map(cuts.map((cut, n) => [cut, n]));
    /** @type {string[][]} */
    const found = cuts.map(() => []);
    for (const [start, end, kind] of this.marks) {
      for (let n = place.get(start) ?? 0; n < (place.get(end) ?? 0); n += 1) if (!found[n].includes(kind)) found[n].push(kind);
    }
    return found;
  }

  /** @param {string} name @param {Span[]} spans */
  flag(name, spans) {
    const flagged = this.pieces.filter((piece) => spans.some(([start, end]) => piece.start >= start && piece.end <= end));
    for (const piece of this.pieces) piece.node.classList.toggle(name, flagged.includes(piece));
    return flagged;
  }

  /** Light passages, and bring the first of them into view. @param {Span[]} spans @param {boolean} isMoved */
  light(spans, isMoved) {
    this.cut(spans);
    const lit = this.flag('is-lit', spans);
    if (!isMoved || !lit.length) return;
    const box = this.node.getBoundingClientRect();
    const first = lit[0].node.getBoundingClientRect();
    if (first.top < box.top + 12 || first.bottom > box.bottom - 12) this.node.scrollTop += first.top - box.top - box.height / 3;
  }

  /** What words are read as, where somebody has clicked. @param {MouseEvent} event */
  touch(event) {
    const piece = this.pieces.find(({ node }) => node === event.target);
    if (piece && !this.chosen) this.on.touched(piece.start);
  }

  /** What the marks at a character are read as. @param {number} at @returns {Mark[]} */
  marksAt(at) {
    return this.marks.filter(([start, end]) => start <= at && at < end);
  }

  select() {
    const root = /** @type {any} */ (this.node.getRootNode());
    const selection = root.getSelection ? root.getSelection() : document.getSelection();
    if (!selection || !selection.rangeCount) return undefined;
    // Typing in a field moves a selection too; only a click into the text gives up what was chosen in it.
    if (selection.isCollapsed) return this.node.contains(selection.anchorNode) ? this.choose(null) : undefined;
    const range = selection.getRangeAt(0);
    const start = this.place(range.startContainer, range.startOffset);
    const end = this.place(range.endContainer, range.endOffset);
    // What is selected in a field or elsewhere on the page is not of this text.
    if (start === null || end === null) return undefined;
    return this.choose(start < end ? [start, end] : null);
  }

  /** @param {Span|null} span */
  choose(span) {
    if (JSON.stringify(span) === JSON.stringify(this.chosen)) return;
    this.chosen = span;
    this.on.chosen(span);
  }

  /**
   * The character at a place of the page; null outside the text.
   * @param {Node} node
   * @param {number} offset
   * @returns {number|null}
   */
  place(node, offset) {
    const parent = node instanceof Text ? node.parentElement : null;
    const piece = this.pieces.find((one) => one.node === parent);
    if (piece && node instanceof Text) return piece.start + Array.from(node.data.slice(0, offset)).length;
    if (!(node instanceof Element) || !this.node.contains(node)) return null;
    const next = node.childNodes[offset] ?? null;
    const after = this.pieces.find((one) => (next ? next === one.node || next.contains(one.node) || Boolean(next.compareDocumentPosition(one.node) & Node.DOCUMENT_POSITION_FOLLOWING) : false));
    return after ? after.start : this.letters.length;
  }

  /**
   * Find words after a character, whatever the case of their letters.
   * @param {string} words
   * @param {number} after
   * @returns {Span|null}
   */
  find(words, after) {
    const wanted = Array.from(words.toLowerCase());
    if (!wanted.length) return null;
    const text = this.letters.map((letter) => letter.toLowerCase());
    const fits = (/** @type {number} */ at) => wanted.every((letter, n) => text[at + n] === letter);
    for (let n = 0; n < text.length; n += 1) {
      const at = (after + n) % text.length;
      if (fits(at)) return [at, at + wanted.length];
    }
    return null;
  }

  /** @param {Span} span */
  words(span) {
    return this.letters.slice(span[0], span[1]).join('').replace(/\s+/g, ' ').trim();
  }
}
