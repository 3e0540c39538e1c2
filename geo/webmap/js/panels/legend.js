/*
 * The legend: the meaning of the symbols on the map, and only of those. On screen, what can be
 * filtered by is a row that switches it (legend_switches.js).
 */
import { el, svg } from '../core/dom.js';
import { counted } from '../core/numbers.js';
import { drawnAs } from '../core/payload.js';
import { countMarks, signOf } from '../map/change_signs.js';
import { symbolOf } from '../map/symbols.js';
import { provincesOf, tallies } from '../map/tally.js';
import { dayWords } from '../view/filter_fields.js';
/** @import { Child, Drawn, MapRecord, Model, ShadeStep, SymbolSpec } from '../core/types.js' */

/** An icon for a kind of place. @param {Drawn} drawn */
export function placeKind(drawn) {
  /** @param {...Child} children */
  const view = (...children) => svg('svg', { class: 'im-key-drawing', width: 30, height: 22, viewBox: '0 0 30 22', 'aria-hidden': 'true' }, ...children);
  if (drawn === 'pin') {
    return view(svg('path', { class: 'im-key-solid', d: 'M15 21L10.6 12.2A5.6 5.6 0 1 1 19.4 12.2Z' }));
  }
  if (drawn === 'dot') {
    return view(svg('circle', { class: 'im-key-halo', cx: 15, cy: 11, r: 10 }), svg('circle', { class: 'im-key-solid', cx: 15, cy: 11, r: 4.5 }));
  }
  if (drawn === 'disc') {
    return view(svg('circle', { class: 'im-key-disc', cx: 15, cy: 12, r: 9 }), svg('circle', { class: 'im-key-solid', cx: 15, cy: 4, r: 3.4 }));
  }
  if (drawn === 'area') {
    return view(svg('path', { class: 'im-key-area', d: 'M3 5L12 2L26 4L28 14L18 20L6 18Z' }),
      svg('path', { class: 'im-key-rim', d: 'M3 5L12 2L26 4L28 14L18 20L6 18Z' }));
  }
  return drawn === 'none' ? view() : view(svg('path', { class: 'im-key-region', d: 'M3 5L12 2L26 4L28 14L18 20L6 18Z' }));
}

/** A sign of a state of review: a tick, a ring, a broken ring or a struck one. @param {string} state */
export function reviewSign(state) {
  const isTick = state === 'approved';
  return svg('svg', { class: 'im-key-drawing', width: 30, height: 22, viewBox: '0 0 30 22', 'aria-hidden': 'true' },
    !isTick && svg('circle', { class: 'im-key-review', cx: 15, cy: 11, r: 6, 'stroke-dasharray': state === 'draft' ? '3 2.3' : null }),
    isTick && svg('path', { class: 'im-key-review', d: 'M9 11.5L13.5 16L21 6' }),
    state === 'withdrawn' && svg('path', { class: 'im-key-review', d: 'M8 18L22 4' }));
}

/** @param {SVGElement} drawing @param {string} label @param {number} n @param {string} [definition] */
function keyRow(drawing, label, n, definition) {
  return el('li', { title: definition || null }, el('span', { class: 'im-row-symbol' }, drawing),
    el('span', null, label), el('span', { class: 'im-tally' }, n));
}

/** @param {string} title @param {(Child|undefined)[]} rows @param {Child} [note] */
function keyBlock(title, rows, note) {
  if (!rows.some(Boolean)) return null;
  return el('section', null, el('h3', null, title), el('ul', null, rows.map((row) => row || null)),
    note && el('p', { class: 'im-muted' }, note));
}

/** A symbol without the colour of a group. @param {Model} model @param {Partial<SymbolSpec>} spec */
export const plain = (model, spec) => symbolOf(model, Object.assign({ groups: [0], plain: true, kind: 'incident', stroke: 'solid' }, spec));

/** @param {Model} model @param {MapRecord[]} shown */
function statusKey(model, shown) {
  return keyBlock(model.fields.statuses, model.statuses.map((status, s) => {
    const n = shown.filter((record) => record.status === s).length;
    return n && keyRow(plain(model, { stroke: status.stroke }), status.label, n, status.definition);
  }));
}

/** @param {Model} model @param {MapRecord[]} shown */
function kindKey(model, shown) {
  return keyBlock(model.fields.kinds, model.kinds.map((kind) => {
    const n = shown.filter((record) => record.kind === kind.key).length;
    return n && keyRow(plain(model, { kind: kind.key }), kind.label, n);
  }));
}

/**
 * The age of the presence claims on the map, as of the day of the document.
 * @param {Model} model
 * @param {MapRecord[]} shown
 */
function ageKey(model, shown) {
  const rows = model.ages.map(({ key, label }) => {
    const n = shown.filter((record) => record.age === key).length;
    return n && keyRow(plain(model, { kind: 'presence', age: key }), label, n);
  });
  return keyBlock('Presence last reported', rows, model.asOf && 'Age as of ' + dayWords(model.asOf) + '.');
}

/** @param {Model} model @param {MapRecord[]} shown @param {(drawn: Drawn) => boolean} isWanted */
function placeKey(model, shown, isWanted) {
  const used = new Map();
  for (const record of shown) {
    for (const place of record.places) {
      if (!isWanted(drawnAs(model, place))) continue;
      used.set(place.precision, (used.get(place.precision) || new Set()).add(record));
    }
  }
  return keyBlock(model.fields.precisions, model.precisions.map((precision, p) =>
    used.has(p) && keyRow(placeKind(precision.drawn), precision.label, used.get(p).size, precision.definition)));
}

/** What changed since an earlier version, of what is shown. @param {Model} model @param {MapRecord[]} shown */
function changeKey(model, shown) {
  return model.marks && keyBlock(model.marks.since, countMarks(model, shown).map(([mark, n]) => keyRow(signOf(mark), mark[0].toUpperCase() + mark.slice(1), n)));
}

/** @param {Model} model @param {MapRecord[]} shown */
function deathKey(model, shown) {
  const incidents = shown.filter((record) => record.kind !== 'presence' && record.standing === 'point');
  const sizes = [...new Set(incidents.map((record) => record.deaths.size))].sort((a, b) => a - b);
  if (!sizes.length) return null;
  const names = model.deathSizes || ['none', 'fewest', '', '', 'most'];
  return el('section', null, el('h3', null, 'Fatalities'),
    el('div', { class: 'im-sizes' }, sizes.map((size) => el('span', null,
      plain(model, { deaths: size }), el('small', null, size < 0 ? 'not stated' : names[size] || '')))));
}

/** @param {Model} model @param {MapRecord[]} shown */
function shadeKey(model, shown) {
  const counts = tallies(model, shown).map((records) => records.length);
  const most = Math.max(0, ...counts);
  const steps = model.shadeSteps.filter((step) => step.first <= most);
  if (!steps.length) return null;
  /** @param {ShadeStep} step */
  const words = (step) => (step.first === step.last ? String(step.first) : step.first + '+');
  /** @param {ShadeStep} parts */
  const range = ({ first, last }) => (last === null ? first + ' records or more' : first === last ? counted(last, 'record') : first + ' to ' + last + ' records');
  return el('section', null, el('h3', null, 'Records in a province'),
    el('div', { class: 'im-shade-key' }, el('span', null, el('i', { class: 'im-shade-0' }), el('small', null, '0')),
      steps.map((step) => el('span', { title: range(step) }, el('i', { class: 'im-shade-' + step.shade }), el('small', null, words(step))))),
    el('p', { class: 'im-muted' }, 'Unshaded: named by no record. Absence of reports is not evidence of absence.'),
    el('ul', null, model.tallies.map(({ stroke, label, statuses }) => {
      const n = shown.filter((record) => statuses.includes(model.statuses[record.status].key) && provincesOf(model, record).length).length;
      return (n > 0 || stroke !== 'split') && keyRow(plain(model, { stroke }), label, n);
    })));
}

/**
 * The whole legend, as it is printed.
 * @param {Model} model
 * @param {MapRecord[]} shown records
 * @param {string} mode `precise` or `provinces`
 * @returns {Child[]}
 */
export function legendOf(model, shown, mode) {
  if (!shown.length) return [];
  if (mode === 'provinces') {
    return [changeKey(model, shown), shadeKey(model, shown), kindKey(model, shown), ageKey(model, shown), placeKey(model, shown, (drawn) => drawn === 'region')];
  }
  return [changeKey(model, shown), statusKey(model, shown), kindKey(model, shown), ageKey(model, shown),
    placeKey(model, shown, (drawn) => drawn !== 'none'), deathKey(model, shown)];
}

/**
 * What of the legend no row switches.
 * @param {Model} model
 * @param {MapRecord[]} shown records
 * @param {string} mode `precise` or `provinces`
 * @returns {Child[]}
 */
export function unswitchedKey(model, shown, mode) {
  if (!shown.length) return [];
  return [changeKey(model, shown), mode === 'provinces' ? shadeKey(model, shown) : deathKey(model, shown), ageKey(model, shown)];
}
