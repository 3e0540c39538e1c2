/*
 * The symbols. Four visual variables with one meaning each: outline (circle = incident, banner =
 * presence claim), with or without a tip (pin = the exact place); stroke (verification status);
 * colour with letter (group); size (fatalities). Map, legend, lists and cards all use them. A presence
 * claim fades with the time since it was last reported.
 */
import { svg } from '../core/dom.js';
/** @import { MapRecord, Model, SymbolSpec } from '../core/types.js' */

/** @type {Record<string, number>} height of the head in pixels by the class of fatalities (-1: not stated); steps of 3 to 5 can be distinguished side by side */
const HEADS = { '-1': 19, 0: 16, 1: 19, 2: 22, 3: 26, 4: 31 };
/** Height of the head in pixels where size has no meaning: its letter is still legible. */
const CHIP = 16;
/** Half the width, half the height and the notch of a banner, relative to its size, as in snapshot/layout/signs.py. */
const BANNER = { half: 0.66, height: 0.44, notch: 0.24 };
/** Distance from the centre of a head to its tip and half the width of a banner's tip, relative to its size, as in signs.py. */
const TIP = 0.98;
const TIP_HALF_WIDTH = 0.2;
/** Type size of the letter relative to the size of the head, and its baseline below the centre (half the height of capitals) relative to the type. */
const LETTER = { size: 0.58, baseline: 0.353 };
/** Distance between two heads side by side, relative to their width: both letters stay legible. */
const OVERLAP = { incident: 0.72, presence: 0.82 };
/** Pixels around the head for its light rim. */
const RIM = 2;
const PLAIN = { '--c': 'var(--muted)', '--on-c': 'var(--paper)' };
/** Pixels of the letter in a small head. */
const LEAST_TYPE = 13;
let clips = 0;

/** @param {number} number */
const round = (number) => Math.round(number * 100) / 100;

/**
 * The outline of the head as path data, around the centre (cx, cy).
 * @param {string} kind
 * @param {number} cx
 * @param {number} cy
 * @param {number} size
 */
function headPath(kind, cx, cy, size) {
  const r = size / 2;
  if (kind !== 'presence') {
    return 'M' + round(cx - r) + ' ' + cy + 'a' + r + ' ' + r + ' 0 1 1 ' + size + ' 0' +
      'a' + r + ' ' + r + ' 0 1 1 ' + -size + ' 0Z';
  }
  const half = round(size * BANNER.half);
  const h = round(size * BANNER.height);
  const notch = round(size * BANNER.notch);
  return 'M' + round(cx - half) + ' ' + round(cy - h) + 'h' + round(2 * half) + 'l' + -notch + ' ' + h +
    'l' + notch + ' ' + h + 'h' + round(-2 * half) + 'Z';
}

/**
 * The outline of the head with a tip below it.
 * @param {string} kind
 * @param {number} cx
 * @param {number} cy
 * @param {number} size
 */
function pinPath(kind, cx, cy, size) {
  const tip = round(cy + size * TIP);
  if (kind === 'presence') {
    const h = size * BANNER.height;
    const half = round(size * BANNER.half);
    const notch = round(size * BANNER.notch);
    const foot = round(size * TIP_HALF_WIDTH);
    return 'M' + round(cx - half) + ' ' + round(cy - h) + 'H' + round(cx + half) +
      'L' + round(cx + half - notch) + ' ' + cy + 'L' + round(cx + half) + ' ' + round(cy + h) +
      'H' + round(cx + foot) + 'L' + cx + ' ' + tip + 'L' + round(cx - foot) + ' ' + round(cy + h) +
      'H' + round(cx - half) + 'Z';
  }
  const r = size / 2;
  const angle = Math.acos(r / (tip - cy));
  const x = round(r * Math.sin(angle));
  const y = round(cy + r * Math.cos(angle));
  return 'M' + cx + ' ' + tip + 'L' + round(cx - x) + ' ' + y +
    'A' + r + ' ' + r + ' 0 1 1 ' + round(cx + x) + ' ' + y + 'Z';
}

/**
 * The letter; on a half-filled head it is drawn twice, each half in the matching colour.
 * @param {string} text
 * @param {number} cx
 * @param {number} cy
 * @param {number} size
 */
function letterOf(text, cx, cy, size) {
  const type = Math.max(LEAST_TYPE, size * LETTER.size);
  const props = { x: cx, y: round(cy + type * LETTER.baseline), 'font-size': round(type), 'text-anchor': 'middle' };
  return (/** @type {string} */ className, /** @type {string} */ clip = '') => svg('text',
    Object.assign({ class: className, 'clip-path': clip || null }, props), text);
}

/**
 * @param {SVGElement} body
 * @param {string} path
 * @param {(className: string, clip?: string) => SVGElement} letter
 * @param {number} cx
 * @param {number} cy
 * @param {number} size
 * @param {boolean} isPale
 */
function splitHead(body, path, letter, cx, cy, size, isPale) {
  const id = 'im-clip-' + (clips += 1);
  const far = size * 1.2;
  const shift = size * 0.3;
  const line = 'M' + (cx - far - shift) + ' ' + (cy + far) + 'L' + (cx + far - shift) + ' ' + (cy - far);
  const lower = line + 'H' + (cx + 2 * far) + 'V' + (cy + far) + 'Z';
  const upper = line + 'H' + (cx - 2 * far) + 'V' + (cy + far) + 'Z';
  body.append(
    svg('defs', null,
      svg('clipPath', { id: id + 'l' }, svg('path', { d: lower })),
      svg('clipPath', { id: id + 'u' }, svg('path', { d: upper })),
      isPale && svg('clipPath', { id: id + 'h' }, svg('path', { d: path }))),
    svg('path', { class: 'im-open', d: path }),
    svg('path', { class: 'im-filled', d: path, 'clip-path': 'url(#' + id + 'l)' }),
    // If age has faded the fill, a line separates the halves.
    isPale ? svg('path', { class: 'im-line', d: line, 'clip-path': 'url(#' + id + 'h)' }) : '',
    svg('path', { class: 'im-line', d: path }),
    letter(isPale ? 'im-letter im-on-pale' : 'im-letter im-on-fill', 'url(#' + id + 'l)'),
    letter('im-letter im-on-paper', 'url(#' + id + 'u)'));
}

/**
 * One head with its letter in the colour of its group.
 * @param {Model} model
 * @param {number} g
 * @param {SymbolSpec} spec
 * @param {number} cx
 * @param {number} cy
 * @param {number} size
 */
function head(model, g, spec, cx, cy, size) {
  const group = model.groups[g];
  const path = spec.pin ? pinPath(spec.kind, cx, cy, size) : headPath(spec.kind, cx, cy, size);
  const body = svg('g', { class: spec.age ? 'im-age-' + spec.age : null, style: spec.plain ? PLAIN : groupStyle(g) });
  const letter = letterOf(spec.plain ? '' : group.letter, cx, cy, size);
  body.append(svg('path', { class: 'im-rim', d: path }));
  if (spec.stroke === 'split') {
    splitHead(body, path, letter, cx, cy, size, Boolean(spec.age && spec.age !== 'fresh'));
  } else if (spec.stroke === 'dashed') {
    body.append(svg('path', { class: 'im-open', d: path }),
      svg('path', { class: 'im-line im-dashed', d: path }), letter('im-letter im-on-paper'));
  } else if (spec.stroke === 'crossed') {
    const reach = size * 0.36;
    body.append(svg('path', { class: 'im-open', d: path }), svg('path', { class: 'im-line', d: path }),
      letter('im-letter im-on-paper'),
      svg('path', { class: 'im-line', d: 'M' + (cx - reach) + ' ' + (cy + reach) + 'L' + (cx + reach) + ' ' + (cy - reach) }));
  } else if (spec.age && spec.age !== 'fresh') {
    body.append(svg('path', { class: 'im-open', d: path }), svg('path', { class: 'im-filled', d: path }),
      svg('path', { class: 'im-line', d: path }), letter('im-letter im-on-pale'));
  } else {
    body.append(svg('path', { class: 'im-filled', d: path }), letter('im-letter im-on-fill'));
  }
  return body;
}

/**
 * An open ring at the lower right, on the edge of the head: fatalities are not stated.
 * @param {number} cx
 * @param {number} cy
 * @param {number} size
 * @param {Object<string, string>} style
 */
function openNumber(cx, cy, size, style) {
  const away = size * 0.37;
  return svg('circle', {
    class: 'im-open-number', cx: round(cx + away), cy: round(cy + away), r: 2.7, style,
  });
}

/** Custom properties that give an element the colours of a group. @param {number} g */
export function groupStyle(g) {
  return { '--c': 'var(--group-' + g + ')', '--on-c': 'var(--group-' + g + '-ink)' };
}

/**
 * The width and height of a symbol in pixels, and the position of the centre of its head and of its tip.
 * @param {SymbolSpec} spec
 */
export function symbolBox(spec) {
  const size = spec.deaths === undefined ? CHIP : HEADS[spec.deaths] || HEADS['-1'];
  const isBanner = spec.kind === 'presence';
  const wide = isBanner ? size * 2 * BANNER.half : size;
  const step = spec.groups.length > 1 ? wide * (isBanner ? OVERLAP.presence : OVERLAP.incident) : 0;
  const tail = spec.pin ? size / 2 : 0;
  return {
    size,
    width: Math.ceil(wide + step) + 2 * RIM,
    height: Math.ceil(size + tail) + 2 * RIM,
    cx: round(RIM + wide / 2),
    cy: round(RIM + size / 2),
    step,
    tip: spec.pin ? round(RIM + size / 2 + size * TIP) : round(RIM + size / 2),
  };
}

/**
 * The symbol as an SVG element, hidden from screen readers: the button around it has a label.
 * @param {Model} model
 * @param {SymbolSpec} spec
 * @returns {SVGElement}
 */
export function symbolOf(model, spec) {
  const box = symbolBox(spec);
  const drawing = svg('svg', {
    class: 'im-symbol', width: box.width, height: box.height,
    viewBox: '0 0 ' + box.width + ' ' + box.height, 'aria-hidden': 'true', focusable: 'false',
  });
  if (spec.groups.length > 1) {
    const behind = Object.assign({}, spec, { pin: false });
    drawing.append(head(model, spec.groups[1], behind, round(box.cx + box.step), box.cy, box.size));
  }
  drawing.append(head(model, spec.groups[0], spec, box.cx, box.cy, box.size));
  if (spec.deaths === -1 && spec.kind !== 'presence') {
    drawing.append(openNumber(box.cx, box.cy, box.size, spec.plain ? PLAIN : groupStyle(spec.groups[0])));
  }
  return drawing;
}

/** The symbol of a record for lists, without tip and size. @param {Model} model @param {MapRecord} record */
export function chipOf(model, record) {
  return symbolOf(model, { groups: record.groups, kind: record.kind, stroke: record.stroke, age: record.age });
}

/** "NRF, incident, claimed by a party only": a symbol in words. @param {Model} model @param {MapRecord} record */
export function symbolWords(model, record) {
  const groups = record.groups.map((g) => model.groups[g].short).join(' and ');
  const kind = model.kinds.find((k) => k.key === record.kind);
  const age = model.ages.find((one) => one.key === record.age);
  return groups + ', ' + (kind ? kind.one : record.kind) + ', ' + model.statuses[record.status].label.toLowerCase() + (age ? ', ' + age.words : '');
}

/**
 * Set the colours of the groups as custom properties; strings that are not colours are replaced.
 * @param {HTMLElement} root
 * @param {Model} model
 * @param {boolean} isDark
 */
export function paintGroups(root, model, isDark) {
  /** @param {string} text @param {string} otherwise */
  const colour = (text, otherwise) => (/^#[0-9a-f]{6}$/i.test(text) ? text : otherwise);
  model.groups.forEach((group, g) => {
    root.style.setProperty('--group-' + g, colour(isDark ? group.dark : group.light, '#7a7368'));
    root.style.setProperty('--group-' + g + '-ink',
      colour(isDark ? group.onDark : group.onLight, isDark ? '#171614' : '#ffffff'));
  });
}
