/*
 * A row that is a switch: a symbol, a name, the number shown of all, and "only". The groups, their
 * layers and the values of the legend are such rows.
 */
import { bdi, button, el, fill } from '../core/dom.js';
import { grouped, shortNumber } from '../core/numbers.js';
import { lineageNote, originsText } from '../view/origins.js';
/** @import { Child } from '../core/types.js' */
/** @import { OriginCount } from '../view/origins.js' */

/**
 * @typedef {Object} Switch what a row switches
 * @property {Record<string, string>} attributes by which the switch is known
 * @property {Child} symbol
 * @property {string} label
 * @property {string} name the label in full
 * @property {string} title
 * @property {string} unit what is counted, in the plural
 * @property {(isRange: boolean) => void} toggle `isRange`: all rows from the last switched one to this one
 * @property {() => void} only show only this, or restore what was before
 */
/**
 * @typedef {Object} SwitchState
 * @property {'on'|'off'|'some'} state
 * @property {boolean} isSolo whether it is the only one that is on
 * @property {number} shown of a row that is off: how many it would add, where that is known
 * @property {number} total
 * @property {OriginCount} [origins] known origins of what is shown, where they are counted; `shown` and `total` are then numbers of origins
 * @property {string} [why] why none is shown, although it is on
 * @property {boolean} [isFixed] whether there is nothing to choose
 */

export class SwitchRow {
  /** @param {Switch} what @param {...Child} more what follows in the line */
  constructor(what, ...more) {
    this.what = what;
    this.tally = el('span', { class: 'im-tally' });
    this.note = el('small', { class: 'im-row-note', hidden: true });
    this.toggle = button({
      class: 'im-row-toggle', role: 'checkbox', ...what.attributes,
      on: {
        click: (event) => (event.altKey ? what.only() : what.toggle(event.shiftKey)),
        dblclick: () => what.only(),
      },
    }, el('span', { class: 'im-row-symbol' }, what.symbol), el('span', { class: 'im-row-name' }, bdi(what.label), this.note), this.tally);
    this.only = button({ class: 'im-only', on: { click: () => what.only() } });
    this.line = el('div', { class: 'im-row-line' }, this.toggle, this.only, more);
    this.node = el('li', null, this.line);
  }

  /** @param {SwitchState} now */
  update({ state, isSolo, shown, total, origins, why, isFixed }) {
    const { label, name, title, unit } = this.what;
    const words = origins ? originsText(origins) : grouped(shown) + ' of ' + grouped(total) + ' ' + (total === 1 && unit === 'records' ? 'record' : unit);
    this.node.className = 'im-row is-' + state + (isSolo ? ' is-solo' : '') + (why ? ' is-none' : '');
    this.toggle.title = title + (why ? ': none shown, ' + why : '');
    this.toggle.disabled = Boolean(isFixed);
    this.toggle.setAttribute('aria-checked', state === 'some' ? 'mixed' : String(state === 'on'));
    this.toggle.setAttribute('aria-label', name + ': ' + words + (state === 'off' && shown ? ', switched off' : ' shown') + (why ? ', ' + why : ''));
    fill(this.tally, origins && !total ? '–' : [el('b', null, shortNumber(shown)), '/' + shortNumber(total)]);
    this.tally.title = unit === 'records' && !origins ? '' : words;
    this.note.textContent = origins ? lineageNote(origins) : '';
    this.note.hidden = !this.note.textContent;
    this.only.hidden = Boolean(isFixed);
    this.only.textContent = isSolo ? 'restore' : 'only';
    this.only.setAttribute('aria-label', isSolo ? 'Show all again' : 'Only ' + label);
  }
}
