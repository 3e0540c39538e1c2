/*
 * The suggested records as cards. Python holds what they say; a card only asks for what is to be done.
 */
import { button, el } from '../../webmap/js/core/dom.js';
/** @import { Ask, PaneClaim, PaneItem, PaneValue, Span } from './types.js' */

/**
 * @typedef {Object} CardActs
 * @property {Ask} ask
 * @property {(spans: Span[]) => void} light
 * @property {(number: number) => void} choose
 */

/** Labels of the values of a record, in the order in which a card has them. */
const ROWS = [['by', 'Who'], ['against', 'Against'], ['where', 'Where'], ['when', 'When'], ['what', 'What']];
const STATES = { open: '', accepted: 'Draft made', rejected: 'Rejected' };

/** @param {string} label @param {() => void} act */
function removal(label, act) {
  return button({ class: 'small is-removal', title: 'Remove', 'aria-label': 'Remove ' + label, on: { click: act } }, '×');
}

/** A label that can be clicked to show the words, with what can be done to it. */
class ValueNode {
  /** @param {PaneValue} value @param {{claim?: string}} of @param {PaneItem} item @param {CardActs} act */
  constructor(value, of, item, act) {
    const isOpen = item.state === 'open';
    const ask = (/** @type {string} */ name, rest = {}) => act.ask(name, Object.assign({ item: item.number, value: value.digest }, of, rest));
    const label = button({ class: 'value' + (value.settled ? '' : ' is-open'), title: 'Show these words in the text', on: { click: () => act.light(value.spans) } }, value.label);
    const swap = ['by', 'against'].includes(value.field) && item.kind === 'Incident'
      ? button({ class: 'small', on: { click: () => ask('swap') } }, value.field === 'by' ? 'Make target' : 'Make actor') : null;
    const remove = removal(value.label, () => ask('remove'));
    const isOneOfSeveral = value.field === 'where' && item.values.filter((one) => one.field === 'where').length > 1;
    const split = isOneOfSeveral ? button({ class: 'small', on: { click: () => ask('split') } }, 'Split off') : null;
    const choices = isOpen && value.choices.length
      ? el('div', { class: 'choices' }, value.choices.map((choice, n) => button({ class: 'small', on: { click: () => ask('choose', { choice: n }) } }, choice))) : null;
    this.node = el('div', { class: 'entry' },
      el('div', { class: 'line' }, label, isOpen ? [swap, split, remove] : null),
      value.note ? el('p', { class: 'note', dir: 'auto' }, value.note) : null,
      value.question ? el('p', { class: 'question', dir: 'auto' }, value.question) : null,
      choices);
  }
}

/**
 * A claim with its figures.
 * @param {PaneClaim} claim
 * @param {PaneItem} item
 * @param {CardActs} act
 */
function claimNode(claim, item, act) {
  const isOpen = item.state === 'open';
  const label = button({ class: 'value', title: 'Show these words in the text', on: { click: () => act.light(claim.spans) } }, claim.label);
  const split = item.claims.length > 1 ? button({ class: 'small', on: { click: () => act.ask('split', { item: item.number, claim: claim.digest }) } }, 'Split off') : null;
  const remove = removal(claim.label, () => act.ask('remove', { item: item.number, claim: claim.digest }));
  return el('div', { class: 'entry' }, el('div', { class: 'line' }, label, isOpen ? [split, remove] : null),
    claim.figures.map((figure) => new ValueNode(figure, { claim: claim.digest }, item, act).node));
}

/** @param {PaneItem} item @param {CardActs} act */
function rows(item, act) {
  const found = ROWS.flatMap(([field, label]) => {
    const values = item.values.filter((value) => value.field === field);
    if (!values.length) return [];
    return [el('dt', null, label), el('dd', null, values.map((value) => new ValueNode(value, {}, item, act).node))];
  });
  const claims = item.claims.map((claim) => claimNode(claim, item, act));
  return el('dl', null, found, claims.length ? [el('dt', null, 'Claims'), el('dd', null, claims)] : null);
}

/** What else can be done with a card. @param {PaneItem} item @param {PaneItem[]} items @param {CardActs} act */
function more(item, items, act) {
  const title = /** @type {HTMLInputElement} */ (el('input', { type: 'text', id: 'title-' + item.number, value: item.title, maxlength: 300 }));
  const rename = button({ class: 'small', on: { click: () => act.ask('title', { item: item.number, title: title.value }) } }, 'Rename');
  const others = items.filter((one) => one.state === 'open' && one.number !== item.number);
  const other = /** @type {HTMLSelectElement} */ (el('select', { id: 'other-' + item.number }, others.map((one) => el('option', { value: one.number }, one.title))));
  const merge = others.length ? el('div', { class: 'line' }, el('label', { for: other.id }, 'Same event as'), other,
    button({ class: 'small', on: { click: () => act.ask('merge', { item: item.number, other: Number(other.value) }) } }, 'Merge')) : null;
  const turned = item.kind === 'Incident' ? 'Make it a presence claim' : 'Make it an incident';
  return el('details', { class: 'more' }, el('summary', null, 'Correct, merge'),
    el('div', { class: 'line' }, el('label', { for: title.id }, 'Title'), title, rename), merge,
    el('div', { class: 'line' }, button({ class: 'small', on: { click: () => act.ask('turn', { item: item.number }) } }, turned),
      button({ class: 'small', on: { click: () => act.ask('edit', { item: item.number }) } }, 'Complete it in the form')));
}

/**
 * The card of a suggested record.
 * @param {PaneItem} item
 * @param {PaneItem[]} items
 * @param {CardActs} act
 */
export function card(item, items, act) {
  const isOpen = item.state === 'open';
  const acts = isOpen
    ? [button({ class: 'act is-usual', on: { click: () => act.ask('accept', { item: item.number }) } }, 'Accept as a draft'),
      button({ class: 'act', on: { click: () => act.ask('reject', { item: item.number }) } }, 'Reject')]
    : item.state === 'rejected' ? [button({ class: 'act', on: { click: () => act.ask('reopen', { item: item.number }) } }, 'Reopen')]
      : [button({ class: 'act', on: { click: () => act.ask('open', { item: item.number }) } }, 'Edit the draft')];
  const heading = button({ class: 'heading', 'aria-expanded': 'false', on: { click: () => act.choose(item.number) } }, item.title);
  const state = [item.kind, item.apart, STATES[item.state]].filter(Boolean).join(' · ');
  return el('li', { class: 'card is-' + item.state + (item.apart ? ' is-apart' : ''), 'data-number': item.number },
    el('h3', { dir: 'auto' }, heading), el('p', { class: 'kind' }, state),
    el('div', { class: 'body' }, item.questions.map((one) => el('p', { class: 'question', dir: 'auto' }, one)), rows(item, act),
      el('div', { class: 'acts' }, acts), isOpen ? more(item, items, act) : null));
}
