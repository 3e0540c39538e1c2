/*
 * The fields of a form. Each has its label, what to enter, what is wrong with it, how it was read and
 * what it may mean; all are tied to it for a screen reader.
 */
import { button, el, fill } from '../../webmap/js/core/dom.js';
/** @import { FieldAnswer, FormField, FormValue, FormValues } from './types.js' */

/**
 * @typedef {Object} FieldActs
 * @property {(name: string, value: FormValue, isWhole: boolean) => void} set `isWhole`: nobody is in the middle of a word
 * @property {(texts: Record<string, string>, from: FieldNode) => void} choose enter the texts of a choice, by their places
 * @property {() => void} passed somebody has left the field
 */

/** Fields in which a word follows a word. */
const LONG = ['text', 'lines'];
/** Lines of a field for a sentence, and of one for several lines. */
const ROWS = 3;

let made = 0;

/** A field that is not a list of forms. */
export class FieldNode {
  /** @param {FormField} field @param {string} place @param {FormValue} value @param {FieldActs} act */
  constructor(field, place, value, act) {
    this.field = field;
    this.place = place;
    this.act = act;
    this.id = 'field-' + (made += 1);
    /** Whether somebody has been in it: only then is it said that it lacks a value. */
    this.isPassed = false;
    /** @type {FieldAnswer} */
    this.answer = {};
    this.said = el('p', { class: 'said', id: this.id + '-said' });
    this.fault = el('p', { class: 'fault', id: this.id + '-fault' });
    this.choices = el('div', { class: 'choices', role: 'group', 'aria-label': 'What it may mean' });
    const hint = field.hint ? el('p', { class: 'hint', id: this.id + '-hint' }, field.hint) : null;
    this.input = field.kind === 'several' ? this.checkboxes(/** @type {string[]} */ (value)) : this.inputOf(/** @type {string} */ (value));
    const label = field.kind === 'several' ? null : el('label', { for: this.id }, field.label);
    this.node = el('div', { class: 'field kind-' + field.kind, 'data-place': place }, label, this.input, this.about = el('div', { class: 'about' }, hint, this.fault, this.said), this.choices);
    this.node.addEventListener('focusout', () => this.pass());
    this.describe();
  }

  /** @param {string} value */
  inputOf(value) {
    const { field, id } = this;
    const props = { id, on: { input: () => this.enter(false), change: () => this.enter(true) } };
    if (field.kind === 'choice' || field.kind === 'digit') return this.selectOf(value, props);
    if (LONG.includes(field.kind)) {
      const area = el('textarea', Object.assign({ rows: ROWS, dir: 'auto' }, props));
      area.value = value;
      return area;
    }
    const list = field.kind === 'suggest' && field.options ? el('datalist', { id: id + '-list' }, field.options.map(([, label]) => el('option', { value: label }))) : null;
    const input = el('input', Object.assign({ type: 'text', dir: 'auto', autocomplete: 'off', list: list && id + '-list', inputmode: field.kind === 'number' ? 'numeric' : null }, props));
    input.value = value;
    if (!list) return input;
    return el('div', { class: 'line' }, input, list);
  }

  /** @param {string} value @param {Object} props */
  selectOf(value, props) {
    const options = /** @type {[string, string][]} */ (this.field.options || []);
    const known = options.some(([one]) => one === value);
    const select = el('select', props, el('option', { value: '' }, 'Choose…'), options.map(([one, label]) => el('option', { value: one }, label)),
      value && !known ? el('option', { value }, value) : null);
    select.value = value;
    return select;
  }

  /** @param {string[]} values */
  checkboxes(values) {
    const { field, id } = this;
    return el('fieldset', { id, class: 'several' }, el('legend', null, field.label), (field.options || []).map(([value, label]) => el('label', null,
      el('input', { type: 'checkbox', value, checked: values.includes(value), on: { change: () => this.enter(true) } }), el('span', { dir: 'auto' }, label))));
  }

  /** The element that a person types or chooses in. */
  get control() {
    return /** @type {HTMLInputElement} */ (this.input.matches('.line') ? this.input.querySelector('input') : this.input);
  }

  /** @returns {FormValue} */
  get value() {
    if (this.field.kind !== 'several') return this.control.value;
    return [.../** @type {NodeListOf<HTMLInputElement>} */ (this.input.querySelectorAll('input:checked'))].map((one) => one.value);
  }

  /** @param {boolean} isWhole */
  enter(isWhole) {
    this.act.set(this.field.name, this.value, isWhole);
  }

  pass() {
    this.isPassed = true;
    this.show(this.answer);
    this.act.passed();
  }

  /** @param {string} text */
  put(text) {
    this.control.value = text;
    this.enter(true);
  }

  /** @param {FieldAnswer} answer */
  show(answer) {
    this.answer = answer;
    const fault = (answer.missing && !this.isPassed ? '' : answer.fault) || '';
    if (this.fault.textContent !== fault) this.fault.textContent = fault;
    if (this.said.textContent !== (answer.said || '')) this.said.textContent = answer.said || '';
    const choices = answer.choices || [];
    const key = JSON.stringify(choices);
    if (this.choices.dataset.key !== key) {
      this.choices.dataset.key = key;
      fill(this.choices, choices.map(([label, texts]) => button({ class: 'choice', on: { click: () => this.act.choose(texts, this) } }, label)));
    }
    this.choices.hidden = !choices.length;
    // What is said of it takes the place of the hint, so that the fields below stay where they are.
    this.about.classList.toggle('is-answered', Boolean(fault || answer.said));
    if (fault) this.control.setAttribute('aria-invalid', 'true');
    else this.control.removeAttribute('aria-invalid');
    this.describe();
  }

  describe() {
    const parts = [this.field.hint && this.id + '-hint', this.fault.textContent && this.fault.id, this.said.textContent && this.said.id].filter(Boolean);
    if (parts.length) this.control.setAttribute('aria-describedby', parts.join(' '));
    else this.control.removeAttribute('aria-describedby');
  }
}

/** Whether a field is asked for beside the values of the others. @param {FormField} field @param {FormValues} values */
export const isAsked = (field, values) =>
  (!field.when || values[field.when[0]] === field.when[1]) && !(field.unless && values[field.unless]);

/** A form with nothing in it. @param {FormField[]} fields @returns {FormValues} */
export const emptyForm = (fields) => Object.fromEntries(fields.map(({ kind, name }) => [name, kind === 'list' || kind === 'several' ? [] : '']));
