/*
 * Two periods side by side: a bar for each, by group and on a common scale, and the difference in
 * words. A record that may be in both is counted in both, which the text states.
 */
import { el, fill } from '../core/dom.js';
import { counted } from '../core/numbers.js';
import { groupStyle } from '../map/symbols.js';
import { comparison, spanShort, spanWords } from './words.js';
/** @import { MapRecord, Model, Span } from '../core/types.js' */

/**
 * How many records each group has, every record under its first group.
 * @param {MapRecord[]} records
 * @returns {Map<number, number>}
 */
function byGroup(records) {
  const counts = new Map();
  for (const record of records) counts.set(record.groups[0] || 0, (counts.get(record.groups[0] || 0) || 0) + 1);
  return new Map([...counts].sort((a, b) => a[0] - b[0]));
}

/** @typedef {{span: Span, records: MapRecord[]}} Compared one of two periods */
/** @typedef {ReturnType<TimeCompare['row']>} Row */

export class TimeCompare {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    this.rows = ['A', 'B'].map((name) => this.row(name));
    this.words = el('p', { class: 'im-time-difference' });
    this.node = el('div', { class: 'im-time-compare', role: 'group', 'aria-label': 'Two periods compared', hidden: true },
      el('div', { class: 'im-time-rows' }, this.rows.map((row) => row.node), this.words));
  }

  /** @param {string} name */
  row(name) {
    const when = el('span', { class: 'im-time-when' });
    const bar = el('span', { class: 'im-time-share', 'aria-hidden': 'true' });
    const count = el('b');
    const node = el('div', { class: 'im-time-row is-' + name.toLowerCase(), 'data-window': name }, el('span', { class: 'im-time-tag' }, name), when, bar, count);
    return { name, node, when, bar, count };
  }

  /**
   * @param {Compared|null} a
   * @param {Compared|null} b the same; `null` if there is no comparison
   */
  update(a, b) {
    this.node.hidden = !b;
    if (!a || !b) return;
    const most = Math.max(a.records.length, b.records.length, 1);
    [a, b].forEach((side, i) => this.updateRow(this.rows[i], side, most));
    const inA = new Set(a.records);
    const both = b.records.filter((record) => inA.has(record)).length;
    this.words.textContent = comparison(a.records.length, b.records.length, both);
  }

  /** @param {Row} row @param {Compared} side @param {number} most */
  updateRow(row, side, most) {
    const groups = [...byGroup(side.records)];
    const words = groups.map(([g, n]) => this.model.groups[g].short + ' ' + n).join(', ');
    row.when.textContent = spanShort(side.span);
    row.count.textContent = String(side.records.length);
    row.node.title = row.name + ': ' + counted(side.records.length, 'record') + ' ' + spanWords(side.span) + (words ? ' (' + words + ')' : '');
    row.node.setAttribute('aria-label', row.node.title);
    row.node.setAttribute('role', 'img');
    fill(row.bar, groups.map(([g, n]) => {
      const part = el('i', { style: groupStyle(g) });
      part.style.width = n / most * 100 + '%';
      return part;
    }));
  }
}
