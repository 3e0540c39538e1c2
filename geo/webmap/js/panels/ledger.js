/*
 * The foot: the active filters, and the record count, in which every record is counted once. Each
 * part opens the list of its records, including those that are not shown; each counter filters to
 * the verification status that it counts.
 */
import { button, el, fill, keepFocus } from '../core/dom.js';
import { EventLine } from '../events/list.js';
import { Chips } from '../view/chips.js';
/** @import { Ask, List, PartWords, Reason, Status } from '../core/types.js' */
/** @import { Filters, Ledger } from '../view/filters.js' */

export class LedgerLine {
  /**
   * @param {Filters} filters
   * @param {{openList: (list: List) => void, ask: Ask, isPhone: () => boolean}} act `openList(list)`, `ask(change)`, `isPhone()`
   */
  constructor(filters, act) {
    this.filters = filters;
    this.act = act;
    this.chips = new Chips(filters, act);
    this.counts = el('span', { class: 'im-counters' });
    this.line = el('div', { class: 'im-ledger', 'aria-label': 'Records shown and not shown', role: 'group' });
    this.time = el('div', { class: 'im-time-room' });
    this.events = filters.model.table ? new EventLine(filters, act) : null;
    this.node = el('footer', { class: 'im-foot' }, this.time,
      el('div', { class: 'im-foot-line' }, this.chips.node, this.counts), this.line, this.events && this.events.node);
  }

  /** @param {Ledger} ledger */
  update(ledger) {
    this.chips.update();
    if (this.events) this.events.update();
    keepFocus(this.counts, () => fill(this.counts, this.counters(ledger)));
    this.isShort = this.act.isPhone();
    this.fill(ledger);
    if (this.isShort || this.line.scrollWidth <= this.line.clientWidth) return;
    this.isShort = true;
    this.fill(ledger);
  }

  /** Fill the line, with short labels if there is little space. @param {Ledger} ledger */
  fill(ledger) {
    keepFocus(this.line, () => fill(this.line, this.total(ledger), this.standings(ledger), this.reasons(ledger), this.drafts()));
  }

  /** @param {Ledger} ledger */
  total(ledger) {
    return el('span', { class: 'im-ledger-slot' }, el('span', { class: 'im-ledger-total', 'data-standing': 'total' }, el('strong', null, ledger.drawn), ' of ',
      el('b', null, ledger.total), (this.events ? ' records' : '') + ' drawn' + (this.filters.asked.compare ? ' in A' : '')));
  }

  /**
   * A part in its slot, whose edge has the separator; at the beginning of a line it is clipped.
   * @param {string} key
   * @param {PartWords} words
   * @param {number} count
   * @param {List} list
   * @param {string} kind
   */
  part(key, words, count, list, kind) {
    return el('span', { class: 'im-ledger-slot ' + kind }, button({ class: 'im-ledger-part', 'data-key': 'ledger:' + key, 'data-standing': key, title: 'List: ' + words.title,
      on: { click: () => this.act.openList(list) } }, el('b', null, count), ' ' + (this.isShort ? words.short : words.label)));
  }

  /** @param {Ledger} ledger */
  standings(ledger) {
    return ledger.parts.filter((part) => part.records.length).map(({ standing, records }) => this.part(standing.key, standing, records.length, {
      key: standing.key, title: standing.title, text: '',
      find: () => this.filters.shown().filter((record) => record.standing === standing.key),
    }, standing.mapped ? 'is-drawn' : 'is-beside'));
  }

  /** @param {Ledger} ledger */
  reasons(ledger) {
    return ledger.out.filter((one) => one.count).map(({ reason, count }) => this.part(reason === 'layer' ? 'off' : reason,
      this.filters.model.reasons[reason], count, outList(this.filters, reason), 'is-out'));
  }

  /** Drafts that the document was to show, and that cannot be read as records yet. */
  drafts() {
    const { unreadDrafts } = this.filters.model;
    return unreadDrafts > 0 && el('span', { class: 'im-ledger-slot is-out' }, el('span', { class: 'im-ledger-total', 'data-standing': 'drafts' },
      el('b', null, unreadDrafts), unreadDrafts === 1 ? ' draft' : ' drafts', this.isShort ? ' not shown' : ' cannot be shown yet'));
  }

  /** Two counts that are never added up: claimed by a party only, and verified. @param {Ledger} ledger */
  counters(ledger) {
    return ['claimed_only', 'verified'].map((key) => this.counter(ledger, key));
  }

  /** A button that filters to a verification status, and again gives all back. @param {Ledger} ledger @param {string} key */
  counter(ledger, key) {
    const { model, switches } = this.filters;
    const choices = switches.find(({ field }) => field.name === 'statuses');
    const { label } = /** @type {Status} */ (model.statuses.find((one) => one.key === key));
    const isOn = choices?.isSolo(key);
    const name = label.toLowerCase();
    const none = !isOn && !choices?.counts().get(key);
    const isAll = choices?.rows().length === 1;
    return button({ class: 'im-counter', 'data-key': 'counter:' + key, 'data-counter': key, 'aria-pressed': isOn, disabled: none || isAll,
      title: isOn ? 'Filter is on: show all again' : none ? 'Nothing is ' + name : isAll ? 'Everything is ' + name : 'Filter: only ' + name,
      on: { click: () => this.act.ask(() => choices?.only(key)) } },
    name + ' ', el('b', null, ledger.shown.filter((record) => model.statuses[record.status].key === key).length));
  }
}

/** The list of records excluded for one reason. @param {Filters} filters @param {Reason} reason */
export const outList = (filters, reason) => ({
  key: 'out:' + reason, title: filters.model.reasons[reason].title, text: '', out: reason, find: () => filters.outBy(reason),
});
