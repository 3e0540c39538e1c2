/*
 * Who is said to be present where: a table of groups and provinces, in step with the filters. A
 * cell counts claims of presence and says who makes and who contests them; it is never control.
 */
(function (IM) {
  'use strict';

  const year = (day) => (day ? day.slice(0, 4) : '');
  const unique = (texts) => [...new Set(texts)];

  /** The lines of the table in which a record stands. */
  function linesOf(model, record) {
    const lines = new Set();
    for (const place of record.places) {
      const drawn = IM.drawnAs(model, place);
      if (drawn === 'region') lines.add('region');
      else if (drawn !== 'none') place.provinces.forEach((position) => lines.add(position));
      else lines.add(place.off === 'country' ? 'country' : 'none');
    }
    return lines.size ? lines : new Set(['none']);
  }

  /** Cells by line and group, of the presence claims among the records. */
  function cellsOf(model, records) {
    const cells = new Map();
    for (const record of records) {
      for (const line of linesOf(model, record)) {
        if (!cells.has(line)) cells.set(line, new Map());
        for (const g of record.groups) {
          const row = cells.get(line);
          row.set(g, (row.get(g) || []).concat([record]));
        }
      }
    }
    return cells;
  }

  /** The youngest age among claims, which is the one that counts. */
  function ageOf(model, records) {
    return model.ages.find(({ key }) => records.some((record) => record.age === key)) || null;
  }

  /** First and last day of the claims. */
  function spanOf(records) {
    const first = records.map((record) => record.from).filter(Boolean).sort()[0];
    const last = records.map((record) => record.lastCited || record.to).filter(Boolean).sort().pop();
    return { first, last };
  }

  function spanText({ first, last }) {
    const [from, to] = [year(first), year(last)];
    return !from || !to || from === to ? from || to : '’' + from.slice(2) + '–' + to.slice(2);
  }

  function speakers(records, isContest) {
    const who = unique(records.flatMap((record) => record.claims.filter((claim) => (claim.stance === 'contests') === isContest &&
      claim.stance !== 'withdrawn').map((claim) => claim.who)));
    return who.join(', ') || 'nobody in this file';
  }

  function cellWords(model, g, place, records) {
    const { first, last } = spanOf(records);
    const age = ageOf(model, records);
    const dates = first && last ? IM.dayWords(first) + ' to ' + IM.dayWords(last) : first ? 'since ' + IM.dayWords(first) : 'no dates';
    return model.groups[g].short + ', ' + place + ': ' + IM.count(records.length, 'presence claim') + ', ' + dates +
      (age ? ', ' + age.words : '') + '. Claimed by: ' + speakers(records, false) + '. Contested by: ' + speakers(records, true) + '.';
  }

  /** A cell with a contested claim looks contested. */
  const STROKES = ['split', 'solid', 'dashed', 'crossed'];

  function cell(model, g, line, records, act) {
    if (!records) return IM.el('td', null);
    const stroke = STROKES.find((one) => records.some((record) => record.stroke === one));
    const age = ageOf(model, records);
    const words = cellWords(model, g, line.name, records);
    const spec = { groups: [g], kind: 'presence', stroke, age: age && age.key };
    return IM.el('td', null, IM.button({ class: 'im-cell', 'data-key': 'cell:' + line.key + ':' + g, 'data-cell': line.key + '/' + model.groups[g].key,
      'aria-label': words, title: words, on: { click: () => act.openList(listOf(model, g, line, act)) } },
    IM.symbol(model, spec), IM.el('b', null, records.length), IM.el('small', null, spanText(spanOf(records)))));
  }

  const present = (model, records) => records.filter((record) => record.kind === 'presence');

  function listOf(model, g, line, act) {
    return { key: 'cell:' + line.key + ':' + g, title: model.groups[g].short + ': presence claims, ' + line.name, text: '',
      find: () => present(model, act.shown()).filter((record) => record.groups.includes(g) && linesOf(model, record).has(line.at)) };
  }

  function lines(model, cells) {
    const named = model.provincesByName.filter((at) => cells.has(at))
      .map((at) => ({ at, key: model.provinceList[at].code, name: model.provinceList[at].name }));
    const wide = [{ at: 'region', key: 'region', name: 'Regions' }, { at: 'country', key: 'country', name: 'Country-wide' },
      { at: 'none', key: 'none', name: 'No known place' }].filter((line) => cells.has(line.at));
    return named.concat(wide);
  }

  /**
   * The presence matrix.
   * @param {Object} model
   * @param {Object} act `shown: () => Object[], openList: (list: Object) => void`
   * @returns {Array<Node|string>}
   */
  IM.presenceMatrix = function (model, act) {
    const records = present(model, act.shown());
    if (!records.length) return [IM.el('p', { class: 'im-intro' }, 'No presence claim is shown.')];
    const cells = cellsOf(model, records);
    const groups = model.groups.map((_, g) => g).filter((g) => records.some((record) => record.groups.includes(g)));
    const head = IM.el('tr', null, IM.el('td', null), groups.map((g) => IM.el('th', { scope: 'col', title: model.groups[g].name },
      IM.symbol(model, { groups: [g], kind: 'presence', stroke: 'solid' }), IM.el('span', { class: 'im-hidden' }, model.groups[g].short))));
    const body = lines(model, cells).map((line) => IM.el('tr', { class: typeof line.at === 'number' ? null : 'is-wide' },
      IM.el('th', { scope: 'row' }, line.name), groups.map((g) => cell(model, g, line, cells.get(line.at).get(g), act))));
    return [IM.el('p', { class: 'im-intro' }, 'Who is said to be where, and for which years. A claim of presence is not control.'),
      IM.el('div', { class: 'im-matrix-room', tabindex: 0, role: 'region', 'aria-label': 'Presence claims by province and group' },
        IM.el('table', { class: 'im-matrix' }, IM.el('thead', null, head), IM.el('tbody', null, body)))];
  };
})((window.IncidentMap = window.IncidentMap || {}));
