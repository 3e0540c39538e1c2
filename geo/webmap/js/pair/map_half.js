/*
 * A map with its heading: its period and the number of its records. The heading stays on one line,
 * so that the two maps always have the same size.
 */
import { button, el } from '../core/dom.js';
import { counted } from '../core/numbers.js';
import { spanShort, spanWords } from '../time/words.js';
/** @import { MapRecord, Span } from '../core/types.js' */

const KEYS = 'arrow keys move it, plus and minus zoom';

export class MapHalf {
  /**
   * @param {string} name `A` or `B`
   * @param {HTMLElement} mapNode
   * @param {{listAll: () => void, listBeside: () => void, end?: () => void}} act `end()` is given if the comparison can be ended from here
   */
  constructor(name, mapNode, act) {
    this.name = name;
    this.mapNode = mapNode;
    this.when = el('span', { class: 'im-half-when' });
    this.all = this.opener('all', act.listAll);
    this.beside = this.opener('beside', act.listBeside);
    this.head = el('header', { class: 'im-half-head', hidden: true },
      el('h2', { class: 'im-half-title' }, el('span', { class: 'im-half-tag' }, name), this.when),
      this.all, this.beside, el('span', { class: 'im-grow' }),
      act.end && button({ class: 'im-tool im-half-end', 'aria-label': 'Back to one map', title: 'Back to one map', on: { click: act.end } }, '×'));
    this.node = el('section', { class: 'im-half', 'data-map': name }, this.head, mapNode);
    this.speakOf(null);
  }

  /** @param {string} key @param {() => void} go */
  opener(key, go) {
    return button({ class: 'im-text-button', 'data-half': key, on: { click: go } });
  }

  /** @param {Span|null} span the period that it shows; `null` for the only map */
  speakOf(span) {
    this.head.hidden = !span;
    const name = span ? 'Map, period ' + this.name : 'Map';
    Object.assign(this.mapNode, { role: 'group', ariaLabel: name + ': ' + KEYS });
    if (span) this.node.setAttribute('aria-label', 'Period ' + this.name);
    else this.node.removeAttribute('aria-label');
  }

  /** @param {Span} span @param {MapRecord[]} records */
  update(span, records) {
    this.speakOf(span);
    const beside = records.filter((record) => !record.isMapped).length;
    this.when.textContent = spanShort(span);
    this.when.title = spanWords(span);
    this.all.setAttribute('aria-label', 'Period ' + this.name + ', ' + spanWords(span) + ': ' + counted(records.length, 'record'));
    this.beside.setAttribute('aria-label', 'Period ' + this.name + ': ' + beside + ' not mapped');
    this.beside.title = beside + ' not mapped';
    this.beside.hidden = beside === 0;
    const all = counted(records.length, 'record');
    const forms = [[all, beside + ' not mapped'], [records.length, beside + ' not mapped'], [records.length, beside + ' not mapped', true], [records.length, '+' + beside, true]];
    for (const [count, other, isTight] of forms) {
      this.all.textContent = String(count);
      this.beside.textContent = String(other);
      this.head.classList.toggle('is-tight', Boolean(isTight));
      if (this.head.scrollWidth <= this.head.clientWidth && this.when.scrollWidth <= this.when.clientWidth) return;
    }
  }
}
