/*
 * Fields that belong together, and lists of such groups: the claims of a record, its places.
 */
import { button, el } from '../../webmap/js/core/dom.js';
import { emptyForm, FieldNode, isAsked } from './fields.js';
/** @import { FormField, FormValues } from './types.js' */

/**
 * @typedef {Object} FormActs
 * @property {(isWhole: boolean) => void} changed
 * @property {() => void} reshaped a form of a list has been added or removed
 * @property {(texts: Record<string, string>, from: FieldNode) => void} choose
 * @property {(place: string) => void} entered somebody is in the part at this place
 */

/** The fields of one form: those that are rarely needed are folded away. */
export class GroupNode {
  /** @param {FormField[]} fields @param {FormValues} values @param {string} within @param {FormActs} act */
  constructor(fields, values, within, act) {
    this.values = values;
    this.act = act;
    this.within = within;
    /** @type {FieldNode[]} */
    this.fields = [];
    /** @type {ListNode[]} */
    this.lists = [];
    /** @type {Map<FormField, HTMLElement>} */
    this.nodes = new Map(fields.map((field) => [field, this.make(field)]));
    const rare = fields.filter((field) => field.more);
    this.more = rare.length ? el('details', { class: 'more', open: rare.some(({ name }) => values[name]?.length) }, el('summary', null, 'More fields'),
      el('div', { class: 'group' }, rare.map((field) => this.nodes.get(field)))) : null;
    this.node = el('div', { class: 'group', on: { focusin: () => act.entered(within) } }, fields.filter((field) => !field.more).map((field) => this.nodes.get(field)), this.more);
    this.askFor();
  }

  /** @param {FormField} field @returns {HTMLElement} */
  make(field) {
    const place = this.within + field.name;
    if (field.kind === 'list') {
      const list = new ListNode(field, this.values, place, this.act);
      this.lists.push(list);
      return list.node;
    }
    const node = new FieldNode(field, place, this.values[field.name], {
      set: (name, value, isWhole) => {
        this.values[name] = value;
        this.askFor();
        this.act.changed(isWhole);
      },
      choose: (texts, from) => this.act.choose(texts, from),
      passed: () => this.act.changed(true),
    });
    this.fields.push(node);
    return node.node;
  }

  /** Show the fields that are asked for beside what has been entered. */
  askFor() {
    for (const [field, node] of this.nodes) node.hidden = !isAsked(field, this.values);
    for (const list of this.lists) list.fillIfAsked();
  }

  /** Every field in it and below. @returns {FieldNode[]} */
  every() {
    return [...this.fields, ...this.lists.flatMap((list) => list.groups.flatMap((group) => group.every()))];
  }
}

/** Any number of forms of one kind. */
export class ListNode {
  /** @param {FormField} field @param {FormValues} values of the form that it is in @param {string} place @param {FormActs} act */
  constructor(field, values, place, act) {
    this.field = field;
    this.values = values;
    this.place = place;
    this.act = act;
    /** @type {GroupNode[]} */
    this.groups = [];
    this.items = el('div', { class: 'items' });
    this.adder = field.add ? button({ class: 'add', on: { click: () => this.add() } }, field.add) : null;
    this.node = el('div', { class: 'list', 'data-place': place }, field.label && !field.when ? el('h3', null, field.label) : null, this.items, this.adder);
    this.fillIfAsked();
    this.draw();
  }

  get forms() {
    return /** @type {FormValues[]} */ (this.values[this.field.name]);
  }

  /** A part that is asked for is there to be filled in. */
  fillIfAsked() {
    if (this.forms.length || !isAsked(this.field, this.values) || !this.isWanted()) return;
    this.forms.push(this.blank());
    this.draw();
  }

  isWanted() {
    return Boolean(this.field.when) || ['claims', 'where'].includes(this.field.name);
  }

  blank() {
    return Object.assign(emptyForm(this.field.fields || []), { origin: '' });
  }

  draw() {
    const { field, forms } = this;
    this.groups = forms.map((form, at) => new GroupNode(field.fields || [], form, this.place + '.' + at + '.', this.act));
    this.items.replaceChildren(...this.groups.map((group, at) => this.item(group, at)));
  }

  /** @param {GroupNode} group @param {number} at */
  item(group, at) {
    const { field } = this;
    const name = field.one || field.label;
    const title = field.one ? name + ' ' + (at + 1) : name;
    const remover = field.add && this.forms.length > 1 ? button({ class: 'remove', 'aria-label': 'Remove ' + title.toLowerCase(), on: { click: () => this.remove(at) } }, 'Remove') : null;
    return el('fieldset', { class: 'item' }, el('legend', null, title), remover, group.node);
  }

  add() {
    this.forms.push(this.blank());
    this.draw();
    this.act.reshaped();
    const last = this.items.lastElementChild?.querySelector('input, select, textarea');
    if (last instanceof HTMLElement) last.focus();
  }

  /** @param {number} at */
  remove(at) {
    this.forms.splice(at, 1);
    this.draw();
    this.act.reshaped();
    this.adder?.focus();
  }
}
