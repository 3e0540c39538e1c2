/*
 * The layer of source coverage in the legend: its switch, what its signs mean, and the sentence that it
 * must not be taken without. It is off at first.
 */
import { bdi, button, el, fill, svg } from '../core/dom.js';
import { counted } from '../core/numbers.js';
import { coverageSteps, sourcesByProvince } from '../view/coverage.js';
/** @import { Ask, Child, Model } from '../core/types.js' */
/** @import { Filters } from '../view/filters.js' */
/** @import { Days } from '../view/coverage.js' */

/** The sign of a step: hatched, tinted or plain. @param {number} step */
function coverageSign(step) {
  const d = 'M1 1H29V21H1Z';
  return svg('svg', { class: 'im-key-drawing', width: 30, height: 22, viewBox: '0 0 30 22', 'aria-hidden': 'true' },
    svg('path', { class: 'im-key-land', d }), svg('path', { class: 'im-cover', 'data-cover': step, d }), svg('path', { class: 'im-key-edge', d }));
}

/**
 * The rows of the legend for a period: how many provinces each step has, and their names.
 * @param {Model} model
 * @param {Days} days
 * @param {string} mode `precise` or `provinces`, which has tints of its own
 * @returns {Child[]}
 */
export function coverageRows(model, days, mode) {
  const steps = coverageSteps(model, sourcesByProvince(model, days));
  return model.coverage.steps.map(({ label }, step) => {
    const names = model.provincesByName.filter((at) => steps[at] === step).map((at) => model.provinceList[at].name);
    if (mode === 'provinces' && step > 0) return null;
    return el('li', { title: names.join(', ') || null }, el('span', { class: 'im-row-symbol' }, coverageSign(step)),
      el('span', null, label), el('span', { class: 'im-tally' }, names.length, el('span', { class: 'im-hidden' }, ' ' + (names.length === 1 ? 'province' : 'provinces'))));
  });
}

/** What the signs do not mean. @param {Model} model @param {string} mode */
export const coverageNote = (model, mode) => model.coverage.note + (mode === 'provinces' ? ' The tints of other provinces count records.' : '');

/** Where no source speaks of a province, a sentence that says so. @param {Model} model @param {Days} days @param {number} position */
export function silenceOf(model, days, position) {
  if (!model.coverage.steps.length) return '';
  const sources = sourcesByProvince(model, days)[position];
  return sources ? counted(sources, 'source') + ' of the dossier may report on it in this period.' : model.coverage.note;
}

export class CoverageKey {
  /** @param {Filters} filters @param {{ask: Ask}} act */
  constructor(filters, act) {
    this.filters = filters;
    this.toggle = button({ class: 'im-check', role: 'checkbox', 'data-key': 'coverage',
      on: { click: () => act.ask((asked) => asked.take({ coverage: !asked.asked.coverage })) } }, 'Source coverage');
    this.scope = el('span', { class: 'im-muted' });
    this.rows = el('ul', null);
    this.note = el('p', { class: 'im-muted' });
    this.node = el('section', { class: 'im-coverage im-key', 'aria-label': 'Source coverage' }, el('div', { class: 'im-coverage-head' }, this.toggle, this.scope), this.rows, this.note);
  }

  update() {
    const { model, asked } = this.filters;
    const isPossible = model.coverage.steps.length > 0;
    const isOn = asked.coverage && isPossible;
    this.toggle.disabled = !isPossible;
    this.toggle.setAttribute('aria-checked', String(isOn));
    this.scope.textContent = isOn && asked.compare ? 'in A' : '';
    fill(this.rows, isOn && coverageRows(model, asked, asked.mode));
    fill(this.note, (isOn || !isPossible) && coverageNote(model, isPossible ? asked.mode : 'precise'));
  }
}

/** The section as it is printed, if the layer is on. @param {Filters} filters */
export function printedCoverage({ model, asked }) {
  if (!asked.coverage || !model.coverage.steps.length) return null;
  return el('section', null, el('h3', null, 'Source coverage', bdi(asked.compare ? ' in A' : '')), el('ul', null, coverageRows(model, asked, asked.mode)),
    el('p', { class: 'im-muted' }, coverageNote(model, asked.mode)));
}
