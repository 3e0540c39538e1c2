/*
 * Events in words: the line that counts all of them, the numbers on the plates of the provinces,
 * and lists of the latest. A list says what the columns know and no more.
 */
(function (IM) {
  'use strict';

  const MOST = 100;
  const WORDS = { region: 'known only to several provinces' };

  const standWords = (key) => IM.STANDINGS.find((standing) => standing.key === key);

  /** "3 deaths", "2 to 5 deaths, best estimate 3", or that none is stated. */
  function deathWords(events, i) {
    const { killed_low: low, killed_best: best, killed_high: high, killed_basis: basis } = events.col;
    const isStated = !['not_stated', ''].includes(events.lists.killed_basis[basis[i]]);
    const ends = [low[i], best[i], high[i]].filter((n) => n >= 0);
    if (!isStated || !ends.length) return 'deaths not stated';
    const [from, to] = [Math.min(...ends), Math.max(...ends)];
    if (from === to) return IM.count(from, 'death');
    return from + ' to ' + to + ' deaths' + (best[i] >= 0 ? ', best estimate ' + best[i] : '');
  }

  /** Where it was, and how well that is known. */
  function placeNodes(events, i) {
    const { model, lists, col } = events;
    const name = lists.place[col.place[i]];
    const key = IM.EVENT_STANDS[events.standOf(i)];
    const province = model.provinceList[col.province[i] - 1];
    const km = lists.radius[col.uncertainty_m[i]] / 1000;
    const known = key === 'point' || key === 'area' ? model.precisions[col.precision[i]].label.toLowerCase() : WORDS[key] || standWords(key).title.toLowerCase();
    const where = key === 'point' && km ? known + ', somewhere within ' + km + ' km' : key === 'area' ? known + ' only, place not known' : known;
    return [name && IM.bdi(key === 'unknown' ? '“' + name + '”' : name), province && province.name !== name && [name && ', ', IM.bdi(province.name)],
      (name || province) && ' · ', where];
  }

  /** One event: what, who, when, where, the dead, and its texts where they came along. */
  function eventItem(events, i) {
    const { model, lists, col, block } = events;
    const { groups, status } = events.cells[events.cellOf[i]];
    const what = lists.subevent[col.subevent[i]] || lists.event[col.event[i]] || 'Type not stated';
    const when = IM.time.spanWords(events.spans[events.spanOf[i]]);
    const row = (...nodes) => IM.el('span', { class: 'im-muted' }, ...nodes);
    const told = events.told.get(i);
    const text = (name) => (block.texts ? block.texts[name][i] : told ? told[name] : '');
    return IM.el('li', { class: 'im-event' },
      IM.el('span', { class: 'im-row-symbol' }, IM.symbol(model, { groups, kind: 'incident', stroke: model.statuses[status].stroke })),
      IM.el('span', { class: 'im-item-text' }, IM.el('span', { class: 'im-item-title' }, IM.bdi(what)),
        row(IM.bdi(groups.map((g) => model.groups[g].short).join(', ')), ' · ' + model.statuses[status].short),
        row(when + ' · ' + deathWords(events, i)), row(placeNodes(events, i)),
        text('notes') && IM.el('span', { class: 'im-event-notes', dir: 'auto' }, text('notes')),
        (text('source') || text('id')) && row(text('source') && ['Source: ', IM.bdi(text('source'))], text('source') && text('id') && ' · ', IM.bdi(text('id')))));
  }

  /**
   * The body of a list of events.
   * @param {Object} list `title, text, events: () => {rows: number[], total: number}`
   * @returns {Node[]}
   */
  IM.eventList = function (events, list) {
    const { rows, total } = list.events();
    const more = total > rows.length ? 'The latest ' + rows.length + ' of ' + IM.number(total) + '. ' : '';
    const isTold = events.block.texts || rows.every((i) => events.told.has(i));
    const note = isTold ? '' : 'Notes and sources of so many events stay in the event table.';
    return [IM.el('h2', { tabindex: -1 }, IM.bdi(list.title)),
      IM.el('p', { class: 'im-muted' }, (list.text ? list.text + ' ' : '') + more + note),
      total ? IM.el('ul', { class: 'im-items im-event-items' }, rows.map((i) => eventItem(events, i))) : IM.el('p', { class: 'im-muted' }, 'None is shown.')];
  };

  /** The events of a list whose texts the document does not hold. */
  IM.untold = (events, list) => (events.block.texts || !list.events ? []
    : list.events().rows.filter((i) => !events.told.has(i)));

  /** A list of the latest events of which something is true when it is drawn. */
  IM.eventsThat = (events, key, title, isWanted, text = '') =>
    ({ key: 'events:' + key, title, text, records: [], events: () => events.latest(isWanted, MOST) });

  /** The events of plates for which the map had no room. */
  IM.eventsWithoutRoom = function (filters, plates) {
    const { table } = filters.model;
    const wanted = new Set(plates.map((plate) => plate.province + 1));
    return IM.eventsThat(table, 'no-room', 'Events without room on the map',
      (i) => wanted.has(table.col.province[i]) && table.isOnPlate(table.standOf(i), plates[0].isTally) && table.isShown(i, filters.eventsOn),
      'In ' + plates.map((plate) => plate.name).join(', ') + '. Zoom in to see how many each province has.');
  };

  /** Shown events that lie in a province, by a place or as a whole. */
  IM.eventsOfProvince = function (filters, position) {
    const { table } = filters.model;
    return IM.eventsThat(table, 'province:' + position, 'Events in ' + filters.model.provinceList[position].name, (i) =>
      table.col.province[i] === position + 1 && table.standOf(i) < 2 && table.isShown(i, filters.eventsOn));
  };

  /** How many events lie in a province, with the way to their list. */
  IM.eventsNote = function (filters, position, openList) {
    if (!filters.model.table) return null;
    const list = IM.eventsOfProvince(filters, position);
    const { total } = list.events();
    return total > 0 && IM.el('p', { class: 'im-note' }, IM.number(total) + (total === 1 ? ' event lies' : ' events lie') + ' in this province. ',
      IM.button({ class: 'im-text-button', 'data-key': 'events-here', on: { click: () => openList(list) } }, 'List'));
  };

  /**
   * Put the events of provinces on their plates: those of which no more is known, or all of a map
   * by provinces.
   * @param {Object[]} plates of the records
   */
  IM.addEventPlates = function (model, plates, counts, isTally) {
    counts.forEach((byCell, position) => {
      const total = byCell.reduce((sum, n) => sum + n, 0);
      if (!total) return;
      const { code, name, lat, lon } = model.provinceList[position];
      let plate = plates.find((one) => one.key === 'province:' + code);
      if (!plate) plates.push((plate = { key: 'province:' + code, name, province: position, area: null, isRegion: false, isTally, records: [], chips: [], at: { lat, lon } }));
      plate.events = total;
      plate.eventParts = [...byCell].map((count, c) => ({ group: model.table.cells[c].groups[0], count })).filter(({ count }) => count);
      for (const stroke of ['solid', 'dashed', 'split', 'crossed']) {
        const count = byCell.reduce((sum, n, c) => (model.statuses[model.table.cells[c].status].stroke === stroke ? sum + n : sum), 0);
        if (count) plate.chips.push({ id: 'events|' + stroke, groups: [0], plain: true, kind: 'incident', stroke, count, inferred: 0, isEvents: true });
      }
    });
  };

  /** The line under that of the records: every event once, in the same parts. */
  IM.EventLine = class {
    /** @param {Object} filters @param {Object} act `openList(list)`, `isPhone()` */
    constructor(filters, act) {
      this.filters = filters;
      this.act = act;
      this.table = filters.model.table;
      this.node = IM.el('div', { class: 'im-ledger im-ledger-events', role: 'group', 'aria-label': 'What is shown of the event table and what is not' });
    }

    /** Every event once: `[key, count, words, kind]`. */
    parts() {
      const { stands, out } = this.filters.eventLedger;
      return [
        ...IM.EVENT_STANDS.map((key) => [key, stands[key], key === 'region' ? { label: WORDS.region, short: 'region', title: 'Known only to several provinces; not drawn' } : standWords(key), key === 'point' || key === 'area' ? 'is-drawn' : 'is-beside']),
        ...IM.REASONS.map((key) => [key, out[key], IM.REASON_WORDS[key], 'is-out']),
      ];
    }

    update() {
      const { drawn, total } = this.filters.eventLedger;
      IM.keepFocus(this.node, () => IM.fill(this.node,
        IM.el('span', { class: 'im-ledger-slot' }, IM.el('strong', null, IM.number(drawn)), ' of ', IM.el('b', null, IM.number(total)),
          ' events drawn' + (this.filters.asked.compare ? ' in A' : '')),
        this.parts().filter(([, count]) => count).map((part) => this.part(...part))));
    }

    part(key, count, words, kind) {
      const open = () => this.act.openList(IM.eventsThat(this.table, 'part:' + key, 'Events: ' + words.title.toLowerCase(), this.isIn(key)));
      return IM.el('span', { class: 'im-ledger-slot ' + kind }, IM.button({ class: 'im-ledger-event', 'data-key': 'event-part:' + key, 'data-part': key,
        title: words.title, on: { click: open } }, IM.el('b', null, IM.number(count)), ' ' + (this.act.isPhone() ? words.short : words.label)));
    }

    /** Whether an event is counted in a part. */
    isIn(key) {
      const { table, filters } = this;
      const stand = IM.EVENT_STANDS.indexOf(key);
      if (stand >= 0) return (i) => table.standOf(i) === stand && table.isShown(i, filters.eventsOn);
      if (key === 'layer') return (i) => !filters.eventsOn[table.cellOf[i]];
      const bit = IM.EVENT_BITS[key];
      return (i) => filters.eventsOn[table.cellOf[i]] === 1 && (table.fails[i] & -table.fails[i]) === bit;
    }
  };
})((window.IncidentMap = window.IncidentMap || {}));
