/*
 * One field that finds places, records, groups and sources by name while it is typed, in any
 * script. A combobox with a list, after the pattern of the ARIA Authoring Practices Guide (W3C).
 */
import { bdi, el, fill } from '../core/dom.js';
import { pressed } from '../core/keys.js';
import { counted, grouped } from '../core/numbers.js';
import { find, findables, periodOf } from './finding.js';
/** @import { Bounded, Child, Model, Region } from '../core/types.js' */
/** @import { WholePage } from '../document.js' */
/** @import { Layers } from '../view/layers.js' */
/** @import { Findable } from './finding.js' */

/** @typedef {{node: HTMLElement, go: () => void}} Option */
/**
 * @typedef {Object} FinderAct
 * @property {() => Findable[]} all what can be found
 * @property {(one: Findable) => void} go
 * @property {(span: Bounded) => void} show show only a period
 * @property {() => void} leave give the focus to the map
 * @property {(text: string) => void} filter show only records that contain it
 * @property {(text: string) => number} countOf how many records that would show
 */

export class Finder {
  /** @param {Model} model @param {FinderAct} act */
  constructor(model, act) {
    this.model = model;
    this.act = act;
    /** @type {Option[]} */
    this.options = [];
    this.at = -1;
    this.input = el('input', { type: 'search', class: 'im-search im-find', role: 'combobox', placeholder: 'Search (press /)', dir: 'auto', maxlength: model.bounds.letters,
      'aria-label': 'Search places, records, groups and sources', title: 'Search places, records, groups and sources, or a period such as 2022 or 2022-05 (key /)',
      'aria-expanded': 'false', 'aria-controls': 'im-found', 'aria-autocomplete': 'list', autocomplete: 'off', spellcheck: 'false',
      on: { input: () => this.list(), focus: () => this.list(), blur: () => this.close(), keydown: (event) => this.onKey(event) } });
    // A press in the list must not take the focus from the field, which would close the list under it.
    this.found = el('div', { class: 'im-found', id: 'im-found', role: 'listbox', 'aria-label': 'Found', hidden: true,
      on: { pointerdown: (event) => event.preventDefault() } });
    this.node = el('search', { class: 'im-finder' }, this.input, this.found);
  }

  focus() {
    this.input.focus();
    this.input.select();
  }

  /** Write what was typed before the field had the focus of the page. @param {string} text */
  type(text) {
    const { selectionStart: start, selectionEnd: end, value, maxLength } = this.input;
    if (document.activeElement !== this.input || start === null || end === null || value.length - (end - start) >= maxLength) return;
    this.input.setRangeText(text, start, end, 'end');
    this.list();
  }

  close() {
    this.found.hidden = true;
    this.options = [];
    this.choose(-1);
    this.input.setAttribute('aria-expanded', 'false');
  }

  list() {
    const text = this.input.value.trim();
    this.close();
    if (!text) return;
    const period = periodOf(text);
    /** @param {string} label @param {Child[]} content */
    const block = (label, ...content) => el('div', { role: 'group', 'aria-label': label }, content);
    const dates = period && block('Period', el('div', { class: 'im-found-kind', 'aria-hidden': 'true' }, 'Period'),
      this.option([el('span', null, period.name), el('span', { class: 'im-muted' }, period.note)], () => this.act.show(period.span)));
    const blocks = find(this.model, this.act.all(), text).map(({ label, hits, more }) => block(label,
      el('div', { class: 'im-found-kind', 'aria-hidden': 'true' }, label, more > 0 && el('span', { class: 'im-tally' }, ' ' + counted(more, 'more', 'more'))),
      hits.map((one) => this.option([el('span', null, bdi(one.name)), one.note && el('span', { class: 'im-muted' }, bdi(one.note))], () => this.act.go(one)))));
    const count = this.act.countOf(text);
    fill(this.found, dates, blocks, !dates && !blocks.length && el('div', { class: 'im-found-none' }, 'No place, group or source has this name.'),
      this.option([el('span', null, 'Show only records that contain “', bdi(text), '”'), el('span', { class: 'im-muted' }, grouped(count) + ' shown')], () => this.act.filter(text)));
    this.found.hidden = false;
    this.input.setAttribute('aria-expanded', 'true');
    this.choose(0);
  }

  /** @param {Child[]} content @param {() => void} go */
  option(content, go) {
    const node = el('div', { class: 'im-option', role: 'option', id: 'im-option-' + this.options.length, 'aria-selected': 'false', on: { click: () => this.take(go) } }, content);
    this.options.push({ node, go });
    return node;
  }

  /** @param {() => void} go */
  take(go) {
    this.input.value = '';
    this.close();
    this.act.leave();
    go();
  }

  /** @param {number} at */
  choose(at) {
    this.options[this.at]?.node.setAttribute('aria-selected', 'false');
    this.at = at;
    const chosen = this.options[at];
    if (!chosen) {
      this.input.removeAttribute('aria-activedescendant');
      return;
    }
    chosen.node.setAttribute('aria-selected', 'true');
    chosen.node.scrollIntoView({ block: 'nearest' });
    this.input.setAttribute('aria-activedescendant', chosen.node.id);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const by = pressed(event, 'hit');
    const { length } = this.options;
    if (by && length) this.choose((this.at + by + length) % length);
    else if (pressed(event, 'take') && this.options[this.at]) this.take(this.options[this.at].go);
    else if (pressed(event, 'close') && this.input.value) {
      this.input.value = '';
      this.close();
    } else if (pressed(event, 'close')) this.act.leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** Show a group alone, unless it already is: asked a second time, `only` brings back the others. @param {Layers} layers @param {number|undefined} position */
function onlyGroup(layers, position) {
  const row = layers.rows.find(({ index }) => index === position);
  if (row && !layers.isSolo(row)) layers.only(row);
}

/** Show only what may be in the provinces of a region, and these on the map. @param {WholePage} page @param {Region} region */
function onlyRegion(page, { provinces }) {
  page.change(() => page.filters.take({ provinces: provinces.map((at) => page.model.provinceList[at].code) }));
  page.way?.provinceZoom.toAll(provinces);
}

/** The finder of a whole document. @param {WholePage} page @returns {Finder} */
export function finderOf(page) {
  const { model, filters, layers } = page;
  /** @type {{all: Findable[], base: unknown}|null} what can be found, with the base map once it is there */
  let known = null;
  const all = () => {
    if (!known || known.base !== model.baseMap) known = { base: model.baseMap, all: findables(model, (lat, lon) => page.view?.ground.provinceAt(lat, lon) ?? -1) };
    return known.all;
  };
  /** @param {Findable} one */
  const go = (one) => {
    if (one.record) page.choose(one.record.id);
    else if (one.province !== undefined) page.openProvince(one.province);
    else if (one.region !== undefined) onlyRegion(page, model.regions[one.region]);
    else if (one.at) page.camera.look(one.at);
    else if (one.kind === 'group') page.change(() => onlyGroup(layers, one.position));
    else page.openList({ key: 'source:' + one.position, title: one.name, text: one.note, find: () => filters.shown().filter((record) => record.sources.includes(Number(one.position))) });
  };
  return new Finder(model, { all, go,
    show: (span) => page.time?.ask(page.time.a, span),
    leave: () => page.map.getContainer().focus({ preventScroll: true }),
    countOf: (text) => filters.countsOf('text', [text])[0],
    filter: (text) => page.change(() => { filters.take({ text }); page.state.side = 'records'; }) });
}
