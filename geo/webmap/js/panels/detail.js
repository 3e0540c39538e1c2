/*
 * The detail panel: what is not on the map, a province, a list, or one record. It stands beside
 * the map and never over what it explains.
 */
import { bdi, button, el, fill, keepFocus } from '../core/dom.js';
import { counted, grouped } from '../core/numbers.js';
import { recordsOfProvince } from '../core/payload.js';
import { eventList, eventsNote } from '../events/list.js';
import { chipOf, symbolWords } from '../map/symbols.js';
import { cardOf, sourceList } from './card.js';
import { presenceMatrix } from './matrix.js';
/** @import { Ask, Child, List, MapRecord, Model, Province, Reason } from '../core/types.js' */
/** @import { Filters } from '../view/filters.js' */

/** @type {Record<string, string>} */
const LOCAL = { prs: 'Dari', fa: 'Dari', ps: 'Pashto', uz: 'Uzbek', tk: 'Turkmen' };
/** Rows of a list that stand there at once. */
const MOST_ROWS = 100;
const RTL = new Set(['prs', 'fa', 'ps', 'ur', 'ar']);

/**
 * @typedef {Object} DetailView what it shows
 * @property {MapRecord|null} record
 * @property {number|null} province
 * @property {List|null} list
 * @property {string} side
 * @property {MapRecord[]} siblings the list in which "next" and "previous" move
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
 * @property {Ask} ask
 * @property {boolean} canFilter
 * @property {(position: number) => void} zoomTo
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
    /** Keys of the long lists of which all rows stand there. */
    this.whole = new Set();
    /** Keys of the folds that stand open. */
    this.openFolds = new Set();
    /** @type {WeakMap<MapRecord, HTMLElement>} the row of a record never changes, and a list may have thousands */
    this.rows = new WeakMap();
  }

  /** @param {DetailView} view */
  update(view) {
    const what = view.record ? 'record:' + view.record.id
      : view.list ? 'list:' + view.list.key : view.province !== null ? 'province:' + view.province : view.side;
    const held = document.activeElement;
    const hadFocus = this.node.contains(held);
    // What was used to come here may be gone by now, as the foot of a phone under a sheet.
    const isLeft = what !== this.last && held !== null && held !== document.body && !held.checkVisibility();
    if (what !== this.last) this.whole.clear();
    keepFocus(this.node, () => {
      fill(this.bar, this.barOf(view));
      fill(this.body, this.bodyOf(view));
    });
    if (isLeft || (hadFocus && !this.node.contains(document.activeElement))) this.body.querySelector('h2')?.focus({ preventScroll: true });
    this.bar.hidden = what === view.side;
    if (this.last && what !== this.last) this.body.scrollTop = 0;
    this.last = what;
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
        reason: this.filters.leftOut(record),
        onProvince: (position) => this.act.openProvince(position),
        onShow: () => this.act.showRecord(record),
      });
    }
    if (view.list) return this.listOf(view.list);
    if (view.province !== null) return this.provinceOf(view.province);
    return view.side === 'presence' ? this.presence() : this.beside();
  }

  /** One record as a row: symbol, title, one line of what it is. @param {MapRecord} record @param {Node} [tool] */
  item(record, tool) {
    const status = this.model.statuses[record.status];
    const groups = record.groups.map((g) => this.model.groups[g].short).join(', ');
    return el('li', { class: tool ? 'im-item-line' : null }, button({
      class: 'im-item', 'data-key': 'item:' + record.id, 'data-record': record.id,
      'aria-label': record.title + '. ' + symbolWords(this.model, record) + '. ' + record.dateText,
      on: { click: () => this.act.choose(record.id) },
    }, el('span', { class: 'im-row-symbol' }, chipOf(this.model, record)),
    el('span', { class: 'im-item-text' }, el('span', { class: 'im-item-title' }, bdi(record.title)),
      el('span', { class: 'im-muted' }, bdi(groups), ' · ' + status.short + ' · ', bdi(record.dateText)))), tool);
  }

  /**
   * Records as rows; of a long list the first, and the others when they are asked for.
   * @param {MapRecord[]} records
   * @param {string} key names the list among those that stand here at once
   * @param {(record: MapRecord) => Node} [toolOf] what else stands in a row
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

  /** @param {List} list */
  listOf(list) {
    if (list.events && this.model.table) return eventList(this.model.table, list);
    if (list.out) return this.outOf(list, list.out);
    if (list.parts) return this.partsOf(list, list.parts());
    const records = recordsOfList(this.filters, list);
    return [el('h2', { tabindex: -1 }, bdi(list.title)), list.text && el('p', { class: 'im-muted' }, list.text),
      records.length ? this.items(records, 'list') : el('p', { class: 'im-muted' }, 'None of these is shown.')];
  }

  /** A list in parts: an empty one is said as well. @param {List} list @param {ReturnType<NonNullable<List['parts']>>} parts */
  partsOf(list, { blocks, note }) {
    return [el('h2', { tabindex: -1 }, list.title), list.text && el('p', { class: 'im-intro' }, list.text),
      blocks.map(({ title, records }) => el('section', { class: 'im-block' }, el('h3', null, title + ' (' + records.length + ')'), this.items(records, title))),
      note && el('p', { class: 'im-note' }, note)];
  }

  /**
   * What one reason keeps out; the reason can be lifted here, for a layer record by record.
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

  /** What has no mark on the map, by reason; the map's own words stand above it. */
  beside() {
    const shown = this.filters.shown();
    const blocks = this.model.standings.filter((one) => !one.mapped).map(({ key, title }) => this.block(title,
      shown.filter((record) => record.standing === key)));
    const total = shown.filter((record) => !record.isMapped).length;
    return [this.sides('beside', total),
    el('p', { class: 'im-intro' }, besideText(total, shown.length)),
    blocks, this.sources(shown), this.index()];
  }

  /**
   * What can be unfolded, and stays so.
   * @param {string} key
   * @param {Child} title
   * @param {...Child} content
   */
  fold(key, title, ...content) {
    /** @param {any} parts */
    const keep = ({ target }) => this.openFolds[target.open ? 'add' : 'delete'](key);
    return el('details', { class: 'im-fold', 'data-fold': key, open: this.openFolds.has(key), on: { toggle: keep } }, el('summary', null, title), ...content);
  }

  /** The sources of what is shown; whatever is switched off takes its own along. @param {MapRecord[]} shown */
  sources(shown) {
    const { count, node } = sourceList(this.model, shown);
    return this.fold('sources', ['Sources of the records shown ', el('span', { class: 'im-tally' }, count)], node);
  }

  /**
   * The two things that can stand beside the map: what has no mark on it, and who is said to be where.
   * @param {string} side
   * @param {number} total
   */
  sides(side, total) {
    if (!this.model.records.some((record) => record.kind === 'presence')) {
      return el('div', { class: 'im-section-head' }, el('h2', { tabindex: -1 }, this.model.notMapped), el('span', { class: 'im-tally' }, total));
    }
    /** @param {string} key @param {Child} label */
    const tab = (key, label) => button({ class: 'im-side', 'data-key': 'side:' + key, 'data-side': key, 'aria-pressed': side === key,
      on: { click: () => this.act.openSide(key) } }, label);
    return [el('h2', { class: 'im-hidden', tabindex: -1 }, side === 'presence' ? 'Presence' : this.model.notMapped),
      el('div', { class: 'im-sides', role: 'group', 'aria-label': this.model.notMapped },
        tab('beside', [this.model.notMapped, el('span', { class: 'im-tally' }, total)]), tab('presence', 'Presence'))];
  }

  presence() {
    const shown = this.filters.shown();
    return [this.sides('presence', shown.filter((record) => !record.isMapped).length),
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

  /** @param {Province} province */
  onlyHere(province) {
    const isOnly = this.filters.asked.provinces.includes(province.code);
    return button({ class: 'im-button im-only-here', 'data-key': 'only-here', 'aria-pressed': isOnly,
      on: { click: () => this.act.ask((filters) => filters.take({ provinces: isOnly ? [] : [province.code] })) } },
    isOnly ? 'Clear the province filter' : 'Filter to this province');
  }

  /** @param {number} position */
  provinceOf(position) {
    const province = this.model.provinceList[position];
    const found = recordsOfProvince(this.model, position, (record) => this.filters.isShown(record));
    const names = province.local.map(([lang, text]) => el('span', { class: 'im-local' },
      el('bdi', { lang, dir: RTL.has(lang) ? 'rtl' : 'auto' }, text),
      el('small', { class: 'im-muted' }, LOCAL[lang] || lang)));
    return [el('h2', { tabindex: -1 }, bdi(province.name)), el('div', { class: 'im-locals' }, names), this.act.canFilter && this.zoomTo(position), this.act.canFilter && this.onlyHere(province),
      this.block('Placed here', found.there), this.block('In a region that contains this province', found.region),
      eventsNote(this.filters, position, (list) => this.act.openList(list)),
      !found.there.length && !found.region.length && el('p', { class: 'im-intro' },
        'No record shown names this province. Source coverage is uneven; no record does not mean no activity.'),
      found.country.length > 0 && el('p', { class: 'im-note' },
        counted(found.country.length, 'more record') + (found.country.length === 1 ? ' speaks' : ' speak') + ' about the whole country. ',
        button({ class: 'im-text-button', 'data-key': 'country', on: { click: () => this.act.openList(
          { key: 'country', title: this.model.standings.find((one) => one.key === 'country')?.title ?? '', text: '', records: found.country }) } }, 'List'))];
  }
}

/** The records of a list that are shown now. @param {Filters} filters @param {List} list */
export const recordsOfList = (filters, list) => (list.find ? list.find() : (list.records || []).filter((record) => filters.isShown(record)));

/** @param {number} total @param {number} shown */
function besideText(total, shown) {
  if (total) return 'These records give no location that could be mapped without saying more than the source does. They are counted like all others.';
  return shown ? 'All records shown are mapped.' : 'Nothing is shown.';
}
