/*
 * The filters below the groups, collapsed to a line of active filters. Each field is a line that
 * expands to its choices, each with the number of records it would leave. Elements are updated in
 * place, so that focus and typing are kept.
 */
import { bdi, button, chevron, el, fill } from '../core/dom.js';
import { grouped } from '../core/numbers.js';
import { Chips } from './chips.js';
import { SWITCHED } from './filter_fields.js';
/** @import { Ask, Choice, Field } from '../core/types.js' */
/** @import { Filters } from './filters.js' */

/** What is chosen elsewhere: words in the search, and the rows of the legend. */
const ELSEWHERE = ['text', ...SWITCHED];

/** Number of choices above which a list scrolls. */
const LONG = 9;
/** Largest number of fatalities that can be entered, as MAX_VIEW_DEATHS in limits.py. */
const MOST_FATALITIES = 1000000;
let names = 0;

/**
 * A choice: a native checkbox or radio button, its label, and the number of records it would leave.
 * @param {string} type
 * @param {string} name
 * @param {Choice} choice
 * @param {(value: any) => void} onChange
 */
function choiceRow(type, name, choice, onChange) {
  const tally = el('span', { class: 'im-tally' });
  const input = el('input', { type, name, 'data-value': String(choice.value), on: { change: () => onChange(choice.value) } });
  const node = el('label', { class: 'im-choice', title: choice.title || null }, input,
    el('span', { class: 'im-choice-name' }, bdi(choice.label)), tally);
  return { choice, node, input, tally };
}

class FieldNode {
  /** @type {HTMLInputElement|undefined} */
  number;

  /** @param {FilterPanel} panel @param {Field} field */
  constructor(panel, field) {
    this.panel = panel;
    this.field = field;
    this.isOpen = false;
    const group = 'im-field-' + (names += 1);
    /** @type {ReturnType<typeof choiceRow>[]|null} built when first expanded, because there are hundreds of districts */
    this.rows = null;
    this.value = el('span', { class: 'im-field-value' });
    this.toggle = button({ class: 'im-field-toggle', id: group, 'aria-expanded': 'false', 'aria-controls': group + '-choices',
      on: { click: () => this.fold(!this.isOpen) } }, el('span', { class: 'im-field-label' }, field.label), this.value, chevron());
    this.list = el('div', { class: 'im-choices' + (field.choices.length > LONG ? ' is-long' : ''), id: group + '-choices', hidden: true,
      role: field.isMany ? 'group' : 'radiogroup', 'aria-labelledby': group });
    this.node = el('li', { class: 'im-field', 'data-field': field.name }, this.toggle, this.list);
  }

  build() {
    const { choices, isMany, name } = this.field;
    const rows = choices.map((choice) => choiceRow(isMany ? 'checkbox' : 'radio', this.toggle.id, choice, (value) => this.choose(value)));
    this.rows = rows;
    fill(this.list, name === 'provinces' && this.regionRow(), rows.map((row) => row.node), name === 'deaths' && this.leastRow());
  }

  /** The regions above the provinces: choosing one chooses its provinces. */
  regionRow() {
    const { provinceList, regions } = this.panel.filters.model;
    if (!regions.length) return null;
    const select = el('select', { class: 'im-region', 'aria-label': 'All provinces of a region', on: { change: () => {
      const provinces = regions[Number(select.value)].provinces.map((at) => provinceList[at].code);
      select.value = '';
      this.panel.act.ask((filters) => filters.take({ provinces }));
    } } }, el('option', { value: '' }, 'All of a region…'), regions.map(({ name }, i) => el('option', { value: i }, name)));
    return select;
  }

  /** The field "At least" among the choices for fatalities. */
  leastRow() {
    const number = el('input', { type: 'number', min: 0, max: MOST_FATALITIES, step: 1, class: 'im-number', 'aria-label': 'Minimum number of fatalities',
      on: { input: () => this.choose(number.value === '' ? null : Math.min(MOST_FATALITIES, Math.max(0, Math.floor(Number(number.value) || 0)))) } });
    this.number = number;
    return el('div', { class: 'im-choice' }, el('span', { class: 'im-choice-name' }, 'At least'), number);
  }

  /** @param {any} value */
  choose(value) {
    const { name, isMany } = this.field;
    this.panel.act.ask((filters) => {
      if (isMany) filters.toggle(name, value);
      else filters.take({ [name]: value });
    });
  }

  /** @param {boolean} isOpen */
  fold(isOpen) {
    this.isOpen = isOpen;
    this.update();
  }

  update() {
    const { name, isMany, words } = this.field;
    /** @type {any} of the type of the field */
    const asked = this.panel.filters.asked[name];
    const isAsked = isMany ? asked.length > 0 : asked !== null;
    const said = !isAsked ? 'any' : !isMany ? words(asked) : this.panel.filters.regionWords(this.field) ?? (asked.length > 2 ? asked.length + ' chosen'
      : this.panel.filters.inOrder(this.field).map(words).join(', '));
    fill(this.value, bdi(said));
    this.node.classList.toggle('is-asked', isAsked);
    this.toggle.setAttribute('aria-expanded', String(this.isOpen));
    this.list.hidden = !this.isOpen;
    if (!this.isOpen) return;
    if (!this.rows) this.build();
    this.updateChoices(asked);
  }

  /** Update the choices; called only if they are visible, because counting takes time. @param {any} asked */
  updateChoices(asked) {
    const { filters } = this.panel;
    const { name, isMany } = this.field;
    const rows = this.rows || [];
    const counts = filters.countsOf(name, rows.map(({ choice }) => (isMany ? [choice.value] : choice.value)));
    rows.forEach((row, i) => {
      row.input.checked = isMany ? asked.includes(row.choice.value) : asked === row.choice.value;
      row.tally.textContent = grouped(counts[i]);
      row.node.classList.toggle('is-none', counts[i] === 0);
    });
    if (!this.number) return;
    const isNumber = typeof asked === 'number';
    this.number.closest('.im-choice')?.classList.toggle('is-asked', isNumber);
    if (document.activeElement !== this.number || isNumber !== (this.number.value !== '')) this.number.value = isNumber ? String(asked) : '';
  }
}

export class FilterPanel {
  /**
   * @param {Filters} filters
   * @param {{ask: Ask}} act `ask(change: (filters: Object) => void)`
   */
  constructor(filters, act) {
    this.filters = filters;
    this.act = act;
    this.isOpen = false;
    this.fields = filters.fields.filter((field) => !ELSEWHERE.includes(field.name)).map((field) => new FieldNode(this, field));
    this.certain = el('input', { type: 'checkbox', on: { change: () => act.ask((asked) => asked.take({ certain: this.certain.checked })) } });
    this.chips = new Chips(filters, act);
    this.toggle = button({ class: 'im-filters-toggle', 'aria-expanded': 'false', 'aria-controls': 'im-filter-fields',
      on: { click: () => this.fold(!this.isOpen) } }, 'Filters', chevron());
    this.body = el('div', { class: 'im-filter-body', id: 'im-filter-fields', hidden: true },
      el('ul', { class: 'im-fields' }, this.fields.map((field) => field.node)),
      el('label', { class: 'im-choice im-certain', title: 'Excludes records dated “about” or possibly outside the dates' },
        this.certain, el('span', { class: 'im-choice-name' }, 'Certain dates only')));
    this.node = el('section', { class: 'im-filters', 'aria-label': 'Filters' },
      el('h2', null, this.toggle), this.chips.node, this.body);
  }

  /** @param {boolean} isOpen */
  fold(isOpen) {
    this.isOpen = isOpen;
    this.update();
  }

  update() {
    const { asked } = this.filters;
    this.toggle.setAttribute('aria-expanded', String(this.isOpen));
    this.body.hidden = !this.isOpen;
    this.chips.update();
    this.certain.checked = asked.certain;
    if (this.isOpen) this.fields.forEach((field) => field.update());
  }
}
