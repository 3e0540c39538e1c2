/*
 * The row "Base map" of the layer panel: a switch for each part, and the language of names.
 */
import { button, el, fill, keepFocus } from '../core/dom.js';
/** @import { Ask, BaseFacts, Language } from '../core/types.js' */
/** @import { Filters } from '../view/filters.js' */

/** @type {Record<string, string>} */
const PARTS = { relief: 'Relief', water: 'Water', places: 'Places', boundaries: 'District boundaries', own: 'Your own base map' };
/** @type {Record<Language, string>} */
const LANGUAGES = { en: 'English', prs: 'Dari', ps: 'Pashto' };

export class BasePanel {
  /** @param {BaseFacts} facts @param {Filters} filters @param {{ask: Ask}} act */
  constructor(facts, filters, act) {
    this.facts = facts;
    this.filters = filters;
    this.act = act;
    this.parts = el('div', { class: 'im-base-parts', role: 'group', 'aria-label': 'Parts of the base map' });
    this.languages = el('div', { class: 'im-base-languages', role: 'group', 'aria-label': 'Language of names' });
    this.node = el('details', { class: 'im-fold im-base' }, el('summary', null, 'Base map'), this.parts, this.languages,
      el('p', { class: 'im-muted' }, 'The base map is context. It says nothing about incidents. ' + facts.notes.join(' ')));
  }

  update() {
    const { base_off: off, language } = this.filters.asked;
    keepFocus(this.node, () => {
      fill(this.parts, this.facts.parts.map((part) => button({ class: 'im-base-part', role: 'checkbox', 'data-key': 'base:' + part, 'aria-checked': !off.includes(part),
        on: { click: () => this.act.ask((filters) => filters.take({ base_off: this.toggled(part) })) } }, PARTS[part])));
      fill(this.languages, this.facts.languages.length > 1 && this.facts.languages.map((one) => button({ class: 'im-segment', 'data-key': 'language:' + one,
        'aria-pressed': language === one, on: { click: () => this.act.ask((filters) => filters.take({ language: one })) } }, LANGUAGES[one])));
    });
  }

  /** The parts that are off after switching one of them. @param {string} part */
  toggled(part) {
    const { base_off: off } = this.filters.asked;
    return (off.includes(part) ? off.filter((other) => other !== part) : [...off, part]).sort();
  }
}
