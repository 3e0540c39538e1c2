/*
 * The card of a record: the sentence, who claims and who disputes it side by side, the facts, how its
 * places are drawn and why, and the numbered sources.
 */
import { bdi, button, el, linkTo } from '../core/dom.js';
import { counted } from '../core/numbers.js';
import { drawnAs } from '../core/payload.js';
import { copied, coordinatesOf } from '../map/coordinates.js';
import { chipOf } from '../map/symbols.js';
import { cardText, sidesOf } from './card_text.js';
/** @import { Child, Claim, MapRecord, Model, Place, Reason, Source } from '../core/types.js' */

/**
 * @typedef {Object} CardAct
 * @property {Reason|null|undefined} reason why no map shows the record
 * @property {(position: number) => void} onProvince
 * @property {() => void} onShow
 * @property {Child} change how it changed
 * @property {(box: HTMLElement) => void} shareRecord
 * @property {() => void} [onMap] beside a table
 * @property {() => void} [onEdit] where it can be edited
 * @property {(claim: number) => void} [onPassage] where the words of a claim are shown
 */

/** @param {unknown} text @returns {text is string} */
const present = (text) => typeof text === 'string' && text.trim() !== '';

/** @param {string} title @param {...Child} children */
function section(title, ...children) {
  return el('section', { class: 'im-card-section' }, el('h3', null, title), ...children);
}

/** @param {MapRecord} record */
function facts(record) {
  if (!record.facts.length) return null;
  return el('dl', { class: 'im-facts' }, record.facts.map(([label, value]) =>
    [el('dt', null, label), el('dd', null, bdi(value))]));
}

/** @param {Model} model @param {Place} one @param {Place|undefined} next @param {CardAct} act */
function place(model, one, next, act) {
  const isDrawn = drawnAs(model, one) !== 'none';
  /** @param {number} position @param {string} text */
  const to = (position, text) => button({
    class: 'im-inline', 'data-key': 'to:' + model.provinceList[position].code, on: { click: () => act.onProvince(position) },
  }, bdi(text));
  const isOne = isDrawn && one.provinces.length === 1;
  const isRun = next && next.precision === one.precision && !present(one.note);
  return el('li', { class: isRun ? 'is-run' : null },
    el('div', { class: 'im-place' },
      present(one.text) ? el('span', null, '“', bdi(one.text), '”') : el('span', { class: 'im-muted' }, 'not named'),
      el('span', { class: 'im-arrow', 'aria-label': isDrawn ? 'drawn as' : 'not mapped' }, isDrawn ? '→' : '·'),
      isOne ? to(one.provinces[0], one.label) : bdi(one.label)),
    isDrawn && !isOne && el('div', { class: 'im-place-provinces' }, one.provinces.map((position) => to(position, model.provinceList[position].name))),
    !isRun && el('div', { class: 'im-muted' }, model.precisions[one.precision].definition),
    coordinatesOf(model, one),
    present(one.note) && el('p', { class: 'im-note' }, one.note));
}

/** @param {Claim} one @param {number} number @param {(() => void)|undefined} onPassage */
function claim(one, number, onPassage) {
  const isWithdrawn = one.stance === 'withdrawn';
  return el('li', { class: 'im-claim is-' + (isWithdrawn ? 'withdrawn' : one.stance === 'contests' ? 'contests' : 'asserts') },
    el('div', { class: 'im-claim-who' }, el('b', null, bdi(one.who)),
      el('a', { class: 'im-ref', href: '#im-source-' + number, 'aria-label': 'source ' + number, on: { click: toSource } }, number)),
    present(one.role) && el('div', { class: 'im-muted' }, one.role),
    isWithdrawn && el('div', { class: 'im-withdrawn' }, 'denial withdrawn'),
    present(one.text) && el(isWithdrawn ? 's' : 'p', { class: 'im-claim-text' }, one.text),
    present(one.figures) && el('div', { class: 'im-figures' }, one.figures),
    el('div', { class: 'im-muted' }, [one.date, one.credibility, one.passages && !onPassage ? 'passage on file' : ''].filter(present).join(' · ')),
    one.passages > 0 && onPassage && button({ class: 'im-text-button', on: { click: onPassage } }, 'Show passage'));
}

/** Scroll to a source without changing the address, which a sandboxed frame must not. @param {any} event */
function toSource(event) {
  event.preventDefault();
  const target = document.getElementById(event.currentTarget.getAttribute('href').slice(1));
  if (!target) return;
  target.scrollIntoView({ block: 'nearest' });
  target.focus({ preventScroll: true });
}

/** @param {MapRecord} record @param {Map<number, number>} numbers @param {CardAct} act */
function claims(record, numbers, act) {
  const sides = sidesOf(record);
  const isOneSided = sides.some((side) => !side.claims.length);
  return section('Claims', el('div', { class: 'im-claims' + (isOneSided ? ' is-one-sided' : '') }, sides.map((side) => el('div', null, el('h4', null, bdi(side.title)),
    side.claims.length > 0 && el('ul', null, side.claims.map((one) => claim(one, numbers.get(one.source) ?? 0, act.onPassage && (() => act.onPassage?.(record.claims.indexOf(one))))))))));
}

/** @param {Source} one @param {number} number */
function source(one, number) {
  const head = [one.publisher, one.author, one.published].filter(present).join(' · ');
  return el('li', { id: 'im-source-' + number, class: 'im-source', tabindex: -1 },
    el('span', { class: 'im-source-number' }, number),
    el('div', null,
      el('div', { class: 'im-source-title' }, present(one.url) ? linkTo(one.url, one.title) : bdi(one.title)),
      el('div', { class: 'im-muted' }, head),
      el('div', { class: 'im-grade' }, el('b', null, one.grade), ' ', one.gradeText),
      one.relays.length > 0 && el('div', { class: 'im-muted' }, 'relays ', one.relays.join('; ')),
      present(one.note) && el('div', { class: 'im-muted' }, one.note)));
}

/**
 * The sources of some records, each with the number of records that cite it.
 * @param {Model} model
 * @param {MapRecord[]} records
 */
export function sourceList(model, records) {
  const counts = model.sources.map((_, at) => records.filter((record) => record.claims.some((one) => one.source === at)).length);
  const used = model.sources.map((one, at) => ({ one, count: counts[at] })).filter(({ count }) => count);
  /** @param {{one: Source, count: number}} parts @param {number} at */
  const row = ({ one, count }, at) => {
    const node = source(one, at + 1);
    node.dataset.source = one.key;
    node.lastElementChild?.append(el('div', { class: 'im-muted' }, counted(count, 'record') + (count === 1 ? ' shown cites it' : ' shown cite it')));
    return node;
  };
  return { count: used.length, node: el('ol', { class: 'im-sources' }, used.map(row)) };
}

/** @param {Model} model @param {MapRecord} record */
function badges(model, record) {
  const kind = model.kinds.find((k) => k.key === record.kind);
  const status = model.statuses[record.status];
  return el('div', { class: 'im-card-tags' },
    chipOf(model, record),
    el('span', null, record.groups.map((g) => model.groups[g].short).join(', ')),
    el('span', null, kind ? kind.one : record.kind),
    record.review === 'draft' && el('span', null, 'draft'),
    el('span', { title: status.definition }, status.label.toLowerCase()));
}

/**
 * @param {Model} model
 * @param {MapRecord} record
 * @param {CardAct} act
 * @returns {HTMLElement}
 */
export function cardOf(model, record, act) {
  const numbers = new Map();
  record.claims.forEach((one) => {
    if (!numbers.has(one.source)) numbers.set(one.source, numbers.size + 1);
  });
  return el('article', { class: 'im-card', 'data-record': record.id },
    badges(model, record),
    act.change,
    el('h2', { tabindex: -1 }, bdi(record.title)),
    act.reason && el('p', { class: 'im-note' }, act.reason === 'layer' ? 'Hidden: its layers are switched off. '
      : 'Hidden by a filter (' + model.reasons[act.reason].label + '). ',
      button({ class: 'im-text-button', 'data-key': 'show-it', on: { click: act.onShow } }, 'Show')),
    (act.onMap || act.onEdit) && el('div', { class: 'im-card-acts' },
      act.onMap && button({ class: 'im-button', 'data-key': 'on-map', on: { click: act.onMap } }, 'Show on the map'),
      act.onEdit && button({ class: 'im-button', 'data-key': 'edit', on: { click: act.onEdit } }, 'Edit')),
    el('p', { class: 'im-sentence' }, bdi(record.sentence)),
    claims(record, numbers, act),
    facts(record),
    section(record.places.length > 1 ? 'Places' : 'Place', el('ul', { class: 'im-places' }, record.places.map((one, i) => place(model, one, record.places[i + 1], act)))),
    section('Sources', el('ol', { class: 'im-sources' },
      [...numbers].map(([index, number]) => source(model.sources[index], number)))), copyOf(cardText(model, record, numbers), act));
}

/** Buttons that copy a text, which is there for the selection only, and the link to the card. @param {string} text @param {CardAct} act */
function copyOf(text, act) {
  const node = el('pre', { class: 'im-hidden im-card-text', 'aria-hidden': 'true' }, text);
  const copy = button({ class: 'im-text-button', 'data-key': 'copy-text', on: { click: () => copied(node, copy) } }, 'Copy as text');
  const box = el('div', { class: 'im-share', hidden: true });
  const link = button({ class: 'im-text-button', 'data-key': 'copy-link', on: { click: () => { box.hidden = false; act.shareRecord(box); } } }, 'Copy link');
  return el('div', { class: 'im-card-copy' }, copy, link, node, box);
}
