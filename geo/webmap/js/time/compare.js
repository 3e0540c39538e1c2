/*
 * Two periods side by side: a bar for each, by group and on one scale, and the difference in
 * words. A record that may lie in both is counted in both, and that is said.
 */
(function (IM) {
  'use strict';

  const T = IM.time;

  /** How many records each group has, every record under its first group. @returns {Map<number, number>} */
  function byGroup(records) {
    const counts = new Map();
    for (const record of records) counts.set(record.groups[0] || 0, (counts.get(record.groups[0] || 0) || 0) + 1);
    return new Map([...counts].sort((a, b) => a[0] - b[0]));
  }

  class TimeCompare {
    /** @param {Object} model */
    constructor(model) {
      this.model = model;
      this.rows = ['A', 'B'].map((name) => this.row(name));
      this.words = IM.el('p', { class: 'im-time-difference' });
      this.node = IM.el('div', { class: 'im-time-compare', role: 'group', 'aria-label': 'Two periods compared', hidden: true },
        this.rows.map((row) => row.node), this.words);
    }

    row(name) {
      const when = IM.el('span', { class: 'im-time-when' });
      const bar = IM.el('span', { class: 'im-time-share', 'aria-hidden': 'true' });
      const count = IM.el('b');
      const node = IM.el('div', { class: 'im-time-row is-' + name.toLowerCase(), 'data-window': name }, IM.el('span', { class: 'im-time-tag' }, name), when, bar, count);
      return { name, node, when, bar, count };
    }

    /**
     * @param {Object|null} a `span: Span, records: Object[]`
     * @param {Object|null} b the same; `null`: nothing is compared
     */
    update(a, b) {
      this.node.hidden = !b;
      if (!b) return;
      const most = Math.max(a.records.length, b.records.length, 1);
      [a, b].forEach((side, i) => this.updateRow(this.rows[i], side, most));
      const inA = new Set(a.records);
      const both = b.records.filter((record) => inA.has(record)).length;
      this.words.textContent = T.comparison(a.records.length, b.records.length, both);
    }

    updateRow(row, side, most) {
      const groups = [...byGroup(side.records)];
      const words = groups.map(([g, n]) => this.model.groups[g].short + ' ' + n).join(', ');
      row.when.textContent = T.spanShort(side.span);
      row.count.textContent = String(side.records.length);
      row.node.title = row.name + ': ' + IM.count(side.records.length, 'record') + ' ' + T.spanWords(side.span) + (words ? ' (' + words + ')' : '');
      row.node.setAttribute('aria-label', row.node.title);
      row.node.setAttribute('role', 'img');
      IM.fill(row.bar, groups.map(([g, n]) => {
        const part = IM.el('i', { style: IM.groupStyle(g) });
        part.style.width = n / most * 100 + '%';
        return part;
      }));
    }
  }

  IM.TimeCompare = TimeCompare;
})((window.IncidentMap = window.IncidentMap || {}));
