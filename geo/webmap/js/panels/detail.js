/*
 * The detail panel: the records shown, those not mapped, a province, a list, or one record. It is
 * beside the map and never covers what it explains.
 */
import { bdi, button, el, fill, keepFocus } from '../core/dom.js';
import { pressed } from '../core/keys.js';
import { grouped } from '../core/numbers.js';
import { recordsOfProvince } from '../core/payload.js';
import { eventList, eventsNote } from '../events/list.js';
import { silenceOf } from './coverage_key.js';
import { markOf, markWords, signOf } from '../map/change_signs.js';
import { chipOf, symbolWords } from '../map/symbols.js';
import { cardOf, sourceList } from './card.js';
import { presenceMatrix } from './matrix.js';
import { RecordsList } from './records_list.js';
import { SinceField } from './since.js';
/** @import { Ask, Child, List, MapRecord, Model, Province, Reason } from '../core/types.js' */
/** @import { Filters } from '../view/filters.js' */

/** @type {Record<string, string>} */
const LOCAL = { prs: 'Dari', fa: 'Dari', ps: 'Pashto', uz: 'Uzbek', tk: 'Turkmen' };
/** Most rows of a list that are shown at first: more would take noticeable time to build. */
const MOST_ROWS = 100;
const RTL = new Set(['prs', 'fa', 'ps', 'ur', 'ar']);

/**
 * @typedef {Object} DetailView the content of the panel
 * @property {MapRecord|null} record
 * @property {number|null} province
 * @property {List|null} list
 * @property {string} side
 * @property {MapRecord[]} siblings the list through which "next" and "previous" step
 */
/**
 * @typedef {Object} DetailAct
 * @property {(id: string) => void} choose
 * @property {(position: number) => void} openProvince
 * @property {(list: List) => void} openList
 * @property {(side: string) => void} openSide
 * @property {() => void} back
 * @property {() => void} close
 * @property {() => void} redraw
 * @property {() => void} showAll
 * @property {(record: MapRecord) => void} showRecord
 * @property {(record: MapRecord|null) => void} point the row of a record is under the pointer or has the focus
 * @property {Ask} ask
 * @property {boolean} canFilter
 * @property {(position: number) => void} zoomTo
 * @property {(since: string) => void} askSince have the host compare with an earlier version
 * @property {(box: HTMLElement, record: MapRecord) => void} shareRecord offer the link to a record
 * @property {(record: MapRecord) => void} [onEdit] open the form of a record, beside the map
 * @property {(record: MapRecord, claim: number) => void} [onPassage] show the words of a claim, beside the map
 * @property {(record: MapRecord) => void} [onMap] show a record on the map, beside a table
 */

export class Detail {
  /**
   * @param {Model} model
   * @param {Filters} filters
   * @param {DetailAct} act
   */
  constructor(model, filters, act) {
    this.model = model;
    this.filters = filters;
    this.act = act;
    this.bar = el('div', { class: 'im-detail-bar' });
    this.body = el('div', { class: 'im-detail-body' });
    this.node = el('div', { class: 'im-detail-inner' }, this.bar, this.body);
    this.last = '';
    /** Keys of the long lists that are shown in full. */
    this.whole = new Set();
    /** Keys of the expanded sections. */
    this.openFolds = new Set();
    /** @type {WeakMap<MapRecord, HTMLElement>} the row of each record, which never changes; a list may have thousands */
    this.rows = new WeakMap();
    this.sidesNode = el('div', null);
    this.foldsNode = el('div', { class: 'im-folds' });
    this.list = new RecordsList(model, filters, { ask: act.ask, redraw: () => act.redraw(), items: (records, key) => this.items(records, key) },
      this.since = new SinceField(model, { redraw: () => this.redrawMarks(), ask: (since) => act.askSince(since) }));
    this.body.addEventListener('keydown', (event) => this.onKey(event));
  }

  /** Redraw after the marks of changed records have become others. */
  redrawMarks() {
    this.rows = new WeakMap();
    this.act.redraw();
  }

  /** @param {DetailView} view */
  update(view) {
    const what = view.record ? 'record:' + view.record.id
      : view.list ? 'list:' + view.list.key : view.province !== null ? 'province:' + view.province : view.side;
    const held = document.activeElement;
    const hadFocus = this.node.contains(held);
    // The element used to get here may now be hidden, like the foot on a phone under a panel.
    const isLeft = what !== this.last && held !== null && held !== document.body && !held.checkVisibility();
    if (what !== this.last) this.whole.clear();
    keepFocus(this.node, () => {
      fill(this.bar, this.barOf(view));
      // The list updates itself, so that whoever types in it is not interrupted.
      if (what === 'records' && this.last === what) this.recordsShown();
      else fill(this.body, this.bodyOf(view));
    });
    if (isLeft || (hadFocus && !this.node.contains(document.activeElement))) this.body.querySelector('h2')?.focus({ preventScroll: true });
    this.bar.hidden = what === view.side;
    if (this.last && what !== this.last) this.body.scrollTop = 0;
    if (!view.record && this.last.startsWith('record:')) this.backTo(this.last.slice('record:'.length), hadFocus);
    this.last = what;
  }

  /** The row of a record that was left, in view again. @param {string} id @param {boolean} hadFocus */
  backTo(id, hadFocus) {
    const row = this.rowOf(id);
    if (!row) return;
    row.scrollIntoView({ block: 'nearest' });
    if (hadFocus) row.focus({ preventScroll: true });
  }

  /** @param {string} id @returns {HTMLElement|null} */
  rowOf(id) {
    return this.body.querySelector('.im-item[data-record="' + CSS.escape(id) + '"]');
  }

  /** Mark the rows of records that are pointed at on the map. @param {MapRecord[]} records */
  markRows(records) {
    this.body.querySelectorAll('.im-item.is-pointed').forEach((row) => row.classList.remove('is-pointed'));
    const rows = records.map(({ id }) => this.rowOf(id)).filter((row) => row !== null);
    rows.forEach((row) => row.classList.add('is-pointed'));
    rows[0]?.scrollIntoView({ block: 'nearest' });
  }

  /** Up and down go from row to row. @param {KeyboardEvent} event */
  onKey(event) {
    const by = pressed(event, 'row');
    if (!by || !(event.target instanceof Element) || !event.target.matches('.im-item')) return;
    /** @type {NodeListOf<HTMLElement>} */
    const rows = this.body.querySelectorAll('.im-item');
    const next = rows[[...rows].indexOf(/** @type {HTMLElement} */ (event.target)) + by];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  /** @param {DetailView} view */
  barOf(view) {
    if (!view.record && !view.list && view.province === null) return [];
    /** @param {string} key @param {string} label @param {string} glyph @param {() => void} go @param {boolean} [isOff] */
    const tool = (key, label, glyph, go, isOff) => button(
      { class: 'im-tool', 'data-key': key, 'aria-label': label, title: label, disabled: Boolean(isOff), on: { click: go } }, glyph);
    const back = button({ class: 'im-text-button im-back', 'data-key': 'back', on: { click: () => this.act.back() } }, '‹ Back');
    if (!view.record) return [back, el('span', { class: 'im-grow' }), tool('close', 'Close (Esc)', '×', () => this.act.close())];
    const at = view.siblings.indexOf(view.record);
    /** @param {number} by */
    const step = (by) => () => this.act.choose(view.siblings[at + by].id);
    return [back, el('span', { class: 'im-grow' }),
      at >= 0 && el('span', { class: 'im-tally' }, (at + 1) + ' of ' + view.siblings.length),
      tool('previous', 'Previous record', '↑', step(-1), at <= 0),
      tool('next', 'Next record', '↓', step(1), at < 0 || at >= view.siblings.length - 1),
      tool('close', 'Close (Esc)', '×', () => this.act.close())];
  }

  /** @param {DetailView} view */
  bodyOf(view) {
    const { record } = view;
    if (record) {
      return cardOf(this.model, record, {
        change: this.changeOf(record),
        reason: this.filters.leftOut(record),
        onProvince: (position) => this.act.openProvince(position),
        onShow: () => this.act.showRecord(record),
        shareRecord: (box) => this.act.shareRecord(box, record),
        onEdit: this.act.onEdit && (() => this.act.onEdit?.(record)),
        onPassage: this.act.onPassage && ((claim) => this.act.onPassage?.(record, claim)),
        onMap: this.act.onMap && (() => this.act.onMap?.(record)),
      });
    }
    if (view.list) return this.listOf(view.list);
    if (view.province !== null) return this.provinceOf(view.province);
    if (view.side === 'records') return [this.sidesNode, this.recordsShown(), this.foldsNode];
    return view.side === 'presence' ? this.presence() : this.beside();
  }

  /** A record as a row: symbol, title, and a line with groups, status and date. @param {MapRecord} record @param {Node} [tool] */
  item(record, tool) {
    const status = this.model.statuses[record.status];
    const groups = record.groups.map((g) => this.model.groups[g].short).join(', ');
    return el('li', { class: tool ? 'im-item-line' : null }, button({
      class: 'im-item', 'data-key': 'item:' + record.id, 'data-record': record.id,
      'aria-label': record.title + '. ' + symbolWords(this.model, record) + '. ' + record.dateText + (markOf(this.model, record) ? '. ' + markWords(this.model, record) : ''),
      on: { click: () => this.act.choose(record.id), mouseenter: () => this.act.point(record), focus: () => this.act.point(record),
        mouseleave: () => this.act.point(null), blur: () => this.act.point(null) },
    }, el('span', { class: 'im-row-symbol' }, chipOf(this.model, record)),
    el('span', { class: 'im-item-text' }, el('span', { class: 'im-item-title' }, bdi(record.title)),
      el('span', { class: 'im-muted' }, this.changeOf(record, ' · '), bdi(groups), ' · ' + status.short + ' · ', bdi(record.dateText)))), tool);
  }

  /** How a record changed, as a sign and a word. @param {MapRecord} record @param {string} [after] */
  changeOf(record, after = '') {
    const mark = markOf(this.model, record);
    return mark && el('span', { class: 'im-change' }, signOf(mark), ' ' + markWords(this.model, record) + after);
  }

  /**
   * Records as rows; of a long list only the first rows, until the user asks for all.
   * @param {MapRecord[]} records
   * @param {string} key identifies the list in the panel
   * @param {(record: MapRecord) => Node} [toolOf] returns a further element of a row
   */
  items(records, key, toolOf) {
    /** @param {MapRecord} record */
    const rowOf = (record) => {
      if (toolOf) return this.item(record, toolOf(record));
      if (!this.rows.has(record)) this.rows.set(record, this.item(record));
      return this.rows.get(record);
    };
    const isWhole = records.length <= MOST_ROWS || this.whole.has(key);
    const all = () => {
      this.whole.add(key);
      this.act.redraw();
      /** @type {NodeListOf<HTMLElement>} */
      const rows = this.body.querySelectorAll('.im-item');
      const next = [...rows].find((node) => node.dataset.record === records[MOST_ROWS].id);
      if (next) next.focus({ preventScroll: true });
    };
    return [el('ul', { class: 'im-items' }, (isWhole ? records : records.slice(0, MOST_ROWS)).map(rowOf)),
      !isWhole && button({ class: 'im-text-button im-all-rows', 'data-key': 'all:' + key, on: { click: all } },
        'List the other ' + grouped(records.length - MOST_ROWS))];
  }

  /** @param {string} title @param {MapRecord[]} records */
  block(title, records) {
    if (!records.length) return null;
    return el('section', { class: 'im-block' },
      el('h3', null, title, el('span', { class: 'im-tally' }, records.length)), this.items(records, title));
  }

  /** A section with its count, even of nothing. @param {string} title @param {MapRecord[]} records */
  part(title, records) {
    return this.block(title, records) || el('section', { class: 'im-block' }, el('h3', null, title, el('span', { class: 'im-tally' }, 0)));
  }

  /** @param {List} list */
  listOf(list) {
    if (list.events && this.model.table) return eventList(this.model.table, list);
    if (list.out) return this.outOf(list, list.out);
    if (list.parts) return this.partsOf(list, list.parts());
    const records = recordsOfList(this.filters, list);
    return [el('h2', { tabindex: -1 }, bdi(list.title)), list.text && el('p', { class: 'im-muted' }, list.text),
      records.length ? this.items(records, 'list') : el('p', { class: 'im-muted' }, 'None of these is shown.')];
  }

  /** A list in parts, including empty parts. @param {List} list @param {ReturnType<NonNullable<List['parts']>>} parts */
  partsOf(list, { blocks, note }) {
    return [el('h2', { tabindex: -1 }, list.title), list.text && el('p', { class: 'im-intro' }, list.text),
      blocks.map(({ title, records }) => el('section', { class: 'im-block' }, el('h3', null, title + ' (' + records.length + ')'), this.items(records, title))),
      note && el('p', { class: 'im-note' }, note)];
  }

  /**
   * The records excluded for one reason, with buttons to clear it; for layers, record by record.
   * @param {List} list
   * @param {Reason} reason
   */
  outOf(list, reason) {
    const records = list.find ? list.find() : [];
    const isLayer = reason === 'layer';
    const lift = () => this.act.ask((filters) => filters.lift(reason));
    /** @param {MapRecord} record */
    const show = (record) => (isLayer ? () => this.act.showRecord(record) : lift);
    /** @param {MapRecord} record */
    const tool = (record) => button({ class: 'im-text-button', 'data-key': 'show:' + record.id, 'aria-label': 'Show ' + record.title,
      title: isLayer ? 'Switches its layers on' : 'Clears this filter', on: { click: show(record) } }, 'Show');
    const asked = this.filters.wordsFor(reason);
    return [el('h2', { tabindex: -1 }, list.title),
      records.length > 0 && el('p', { class: 'im-note' }, isLayer ? 'Their groups or layers are switched off. ' : ['Filter: “', bdi(asked), '”. '],
        button({ class: 'im-text-button', 'data-key': 'lift', on: { click: isLayer ? this.act.showAll : lift } }, isLayer ? 'Show all' : 'Clear this filter')),
      records.length ? this.items(records, 'out', tool)
        : el('p', { class: 'im-muted' }, 'No record is excluded for this reason.')];
  }

  /** The records that are not mapped, by reason, below an introduction. */
  beside() {
    const shown = this.filters.shown();
    const blocks = this.model.standings.filter((one) => !one.mapped).map(({ key, title }) => this.block(title,
      shown.filter((record) => record.standing === key)));
    const total = shown.filter((record) => !record.isMapped).length;
    return [this.sides('beside'),
    el('p', { class: 'im-intro' }, besideText(total, shown.length)),
    blocks, this.folds(shown)];
  }

  /**
   * A section that can be expanded, and stays expanded.
   * @param {string} key
   * @param {Child} title
   * @param {...Child} content
   */
  fold(key, title, ...content) {
    /** @param {any} parts */
    const keep = ({ target }) => this.openFolds[target.open ? 'add' : 'delete'](key);
    return el('details', { class: 'im-fold', 'data-fold': key, open: this.openFolds.has(key), on: { toggle: keep } }, el('summary', null, title), ...content);
  }

  /** The sources of the shown records. @param {MapRecord[]} shown */
  sources(shown) {
    const { count, node } = sourceList(this.model, shown);
    return this.fold('sources', ['Sources of the records shown ', el('span', { class: 'im-tally' }, count)], node);
  }

  /**
   * The switch between the default contents: the records shown, those not mapped, and the presence matrix.
   * @param {string} side
   */
  sides(side) {
    const shown = this.filters.shown();
    /** @type {[string, string, number|null][]} */
    const tabs = [['records', 'Records', shown.length], ['beside', this.model.notMapped, shown.filter((record) => !record.isMapped).length]];
    if (this.model.records.some((record) => record.kind === 'presence')) tabs.push(['presence', 'Presence', null]);
    return [el('h2', { class: 'im-hidden', tabindex: -1 }, tabs.find(([key]) => key === side)?.[1]),
      el('div', { class: 'im-sides', role: 'group', 'aria-label': 'Lists' }, tabs.map(([key, label, count]) => button({
        class: 'im-side', 'data-key': 'side:' + key, 'data-side': key, 'aria-pressed': side === key, on: { click: () => this.act.openSide(key) } },
      label, count !== null && el('span', { class: 'im-tally' }, grouped(count)))))];
  }

  recordsShown() {
    fill(this.sidesNode, this.sides('records'));
    this.list.update();
    fill(this.foldsNode, this.folds(this.filters.shown()));
    return this.list.node;
  }

  /** @param {MapRecord[]} shown */
  folds(shown) {
    return [this.sources(shown), this.index()];
  }

  presence() {
    return [this.sides('presence'),
      presenceMatrix(this.model, { shown: () => this.filters.shown(), openList: (list) => this.act.openList(list) })];
  }

  /** All provinces by name, for the keyboard and for small screens. */
  index() {
    const { provinceList, provincesByName } = this.model;
    const counts = new Array(provinceList.length).fill(0);
    this.filters.shown().forEach((record) => new Set(record.places.flatMap((place) => place.provinces)).forEach((i) => { counts[i] += 1; }));
    return this.fold('provinces', 'Provinces by name',
      el('ul', { class: 'im-index' }, provincesByName.map((i) => {
        const province = provinceList[i];
        const n = counts[i];
        return el('li', null, button({ class: 'im-inline', 'data-key': 'go:' + province.code, on: { click: () => this.act.openProvince(i) } },
          province.name), n > 0 && el('span', { class: 'im-tally' }, n));
      })));
  }

  /** @param {number} position */
  zoomTo(position) {
    return button({ class: 'im-button im-only-here', 'data-key': 'zoom-to', on: { click: () => this.act.zoomTo(position) } }, 'Zoom to this province');
  }

  /** @param {Province} province @param {number} position */
  onlyHere(province, position) {
    const isOnly = this.filters.asked.provinces.includes(province.code);
    return button({ class: 'im-button im-only-here', 'data-key': 'only-here', 'aria-pressed': isOnly,
      on: { click: () => {
        this.act.ask((filters) => filters.take({ provinces: isOnly ? [] : [province.code] }));
        if (!isOnly) this.act.zoomTo(position);
      } } },
    isOnly ? 'Clear the province filter' : 'Filter to this province');
  }

  /** How many sources speak of a province, while that is shown. @param {number} position */
  coverageOf(position) {
    const { asked } = this.filters;
    const said = asked.coverage && silenceOf(this.model, asked, position);
    return said && el('p', { class: 'im-muted', 'data-key': 'silence' }, said);
  }

  /** @param {number} position */
  provinceOf(position) {
    const province = this.model.provinceList[position];
    const found = recordsOfProvince(this.model, position, (record) => this.filters.isShown(record));
    const names = province.local.map(([lang, text]) => el('span', { class: 'im-local' },
      el('bdi', { lang, dir: RTL.has(lang) ? 'rtl' : 'auto' }, text),
      el('small', { class: 'im-muted' }, LOCAL[lang] || lang)));
    return [el('h2', { tabindex: -1 }, bdi(province.name)), el('div', { class: 'im-locals' }, names), this.act.canFilter && this.zoomTo(position), this.act.canFilter && this.onlyHere(province, position),
      this.part('Placed here', found.there), this.part('In a region that contains this province', found.region),
      this.part('About the whole country', found.country), eventsNote(this.filters, position, (list) => this.act.openList(list)),
      !found.there.length && !found.region.length && el('p', { class: 'im-intro' },
        'No record shown names this province. Source coverage is uneven; no record does not mean no activity.'), this.coverageOf(position)];
  }
}

/** The records of a list that are shown now. @param {Filters} filters @param {List} list */
export const recordsOfList = (filters, list) => (list.find ? list.find() : (list.records || []).filter((record) => filters.isShown(record)));

/** @param {number} total @param {number} shown */
function besideText(total, shown) {
  if (total) return 'These records give no location that could be mapped without saying more than the source does. They are counted like all others.';
  return shown ? 'All records shown are mapped.' : 'Nothing is shown.';
}
