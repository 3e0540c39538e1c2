/*
 * Marks at a point: pins, dots with the halo of their town, discs drawn to scale. Symbols that would
 * overlap are arranged on a ring, each with a line to its true position.
 */
import { button, el, svg } from '../core/dom.js';
import { counted, WORLD } from '../core/numbers.js';
import { drawnAs } from '../core/payload.js';
import { segmentBar } from './badges.js';
import { cornerSign, countedMarks, markWords } from './change_signs.js';
import { groupStyle, symbolBox, symbolOf, symbolWords } from './symbols.js';
/** @import { Box, Crowd, CrowdState, MapRecord, Mark, Model, PlacedPlace, Project, Spot } from '../core/types.js' */

/** Least radius in pixels of a halo, so that it is visible around the head of a symbol (radius 8). */
const LEAST_HALO = 9;
/** Length of the equator in metres (WGS 84). */
const EQUATOR_M = 40075016.686;

/**
 * The length in pixels of a distance on the ground at a latitude and zoom.
 * @param {number} metres
 * @param {number} lat
 * @param {number} zoom
 */
export function pixelsOf(metres, lat, zoom) {
  const metresPerPixel = (EQUATOR_M * Math.cos((lat * Math.PI) / 180)) / (WORLD * Math.pow(2, zoom));
  return metres / metresPerPixel;
}

/**
 * @param {MapRecord} record
 * @param {PlacedPlace} place
 * @param {'pin'|'dot'|'disc'} drawn
 * @param {Project} project
 * @param {number} zoom
 */
function markOf(record, place, drawn, project, zoom) {
  const at = project(place.lat, place.lon);
  const radius = pixelsOf(place.radiusM || 0, place.lat, zoom);
  const spec = { groups: record.groups, kind: record.kind, stroke: record.stroke, deaths: record.deaths.size, pin: drawn === 'pin', age: record.age };
  const disc = drawn === 'disc' ? Math.max(radius, LEAST_HALO) : 0;
  return {
    key: record.id + '@' + place.lat + ',' + place.lon, record, place, drawn, spec,
    box: symbolBox(spec), x: at.x, y: at.y - disc, trueX: at.x, trueY: at.y, radius,
  };
}

/**
 * The marks of the shown records at one zoom.
 * @param {Model} model
 * @param {MapRecord[]} records
 * @param {Project} project
 * @param {number} zoom
 * @returns {Mark[]}
 */
export function marksOf(model, records, project, zoom) {
  /** @type {Mark[]} */
  const marks = [];
  const seen = new Set();
  for (const record of records) {
    for (const place of record.places) {
      const drawn = drawnAs(model, place);
      if (drawn !== 'pin' && drawn !== 'dot' && drawn !== 'disc') continue;
      const mark = markOf(record, /** @type {PlacedPlace} */ (place), drawn, project, zoom);
      if (!seen.has(mark.key)) marks.push(mark);
      seen.add(mark.key);
    }
  }
  return marks;
}

/** Most symbols on a ring, and most pixels between their positions; otherwise a stack with a count is clearer. */
const RING = 6;
const SPREAD = 64;
/** Pixels within which marks are grouped from the start: their heads (16 to 31) would overlap. */
const NEAR = 22;
/** Width and height in pixels of a stack with a count of up to four digits. */
const STACK = { w: 32, h: 26 };

/**
 * Marks drawn together: alone, on a ring, or as a stack with a count if a ring would be too large.
 * @param {Mark[]} marks
 * @param {{isStack?: boolean, isUpright?: boolean}} [shape] `isStack`: with a count; `isUpright`: two symbols one above the other
 */
function crowdOf(marks, shape) {
  const x = marks.reduce((sum, mark) => sum + mark.x, 0) / marks.length;
  const y = marks.reduce((sum, mark) => sum + mark.y, 0) / marks.length;
  const spread = Math.max(...marks.map((mark) => Math.hypot(mark.x - x, mark.y - y)));
  const isStack = marks.length > 1 && (Boolean(shape && shape.isStack) || marks.length > RING || spread * 2 > SPREAD);
  const crowd = { marks, x, y, radius: 0, isStack, isUpright: Boolean(shape && shape.isUpright) };
  if (marks.length > 1 && !isStack) {
    const around = marks.reduce((sum, mark) => sum + mark.box.width + 1, 0);
    const widest = Math.max(...marks.map((mark) => mark.box.width));
    crowd.radius = Math.max(around / (2 * Math.PI), widest / 2 + 5);
  }
  return Object.assign(crowd, { space: crowdBox(crowd) });
}

/** @param {Box} a @param {Box} b */
function touch(a, b) {
  return a.x < b.x + b.w - 1 && b.x < a.x + a.w - 1 && a.y < b.y + b.h - 1 && b.y < a.y + a.h - 1;
}

/**
 * One step towards crowds that do not overlap: turn a pair upright, merge two, or collapse the larger ring to a stack.
 * @param {Crowd[]} crowds
 * @param {number} i
 * @param {number} j
 */
function part(crowds, i, j) {
  const [a, b] = [crowds[i], crowds[j]];
  const flat = [i, j].find((at) => crowds[at].marks.length === 2 && !crowds[at].isStack && !crowds[at].isUpright);
  if (flat !== undefined) {
    crowds[flat] = crowdOf(crowds[flat].marks, { isUpright: true });
    return;
  }
  const both = crowdOf(a.marks.concat(b.marks));
  const larger = a.marks.length >= b.marks.length ? i : j;
  if (both.isStack && crowds[larger].marks.length > 1 && !crowds[larger].isStack) {
    crowds[larger] = crowdOf(crowds[larger].marks, { isStack: true });
    return;
  }
  crowds[i] = both;
  crowds.splice(j, 1);
}

/**
 * Group marks that would overlap, until no two crowds overlap.
 * @param {Mark[]} marks
 * @returns {Crowd[]}
 */
export function crowdsOf(marks) {
  /** @type {Mark[][]} */
  const groups = [];
  for (const mark of marks) {
    const near = groups.find((group) => Math.hypot(group[0].x - mark.x, group[0].y - mark.y) < NEAR);
    if (near) near.push(mark);
    else groups.push([mark]);
  }
  const crowds = groups.map((group) => crowdOf(group));
  for (let i = 0; i < crowds.length; i += 1) {
    const j = crowds.findIndex((other, at) => at > i && touch(crowds[i].space, other.space));
    if (j < 0) continue;
    part(crowds, i, j);
    i = -1;
  }
  return crowds;
}

/**
 * The position of each symbol of a crowd, relative to its centre: upper left first, clockwise.
 * @param {Omit<Crowd, 'space'>} crowd
 */
export function seatsOf(crowd) {
  const n = crowd.marks.length;
  if (crowd.radius === 0) return crowd.marks.map(() => ({ x: 0, y: 0 }));
  const first = n === 2 ? (crowd.isUpright ? -Math.PI / 2 : Math.PI) : -Math.PI / 2 - (n % 2 === 0 ? Math.PI / n : 0);
  return crowd.marks.map((_, i) => {
    const angle = first + (i / n) * 2 * Math.PI;
    return { x: Math.cos(angle) * crowd.radius, y: Math.sin(angle) * crowd.radius };
  });
}

/** The box that a crowd covers on the map. @param {Omit<Crowd, 'space'>} crowd */
export function crowdBox(crowd) {
  if (crowd.isStack) return { x: crowd.x - STACK.w / 2, y: crowd.y - STACK.h / 2, ...STACK };
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  seatsOf(crowd).forEach((seat, i) => {
    const { width, height, cx, cy, tip } = crowd.marks[i].box;
    const isPin = crowd.marks.length === 1 && crowd.marks[i].drawn === 'pin';
    const top = seat.y - (isPin ? tip : cy);
    box.left = Math.min(box.left, seat.x - cx);
    box.right = Math.max(box.right, seat.x - cx + width);
    box.top = Math.min(box.top, top);
    box.bottom = Math.max(box.bottom, top + height);
  });
  return { x: crowd.x + box.left, y: crowd.y + box.top, w: box.right - box.left, h: box.bottom - box.top };
}

/** Lines from the symbols to their true positions, each position marked once with a cross. @param {Crowd} crowd @param {Spot[]} seats */
function spokes(crowd, seats) {
  const ends = new Map();
  const lines = crowd.marks.map((mark, i) => {
    const end = { x: mark.x - crowd.x, y: mark.y - crowd.y };
    const isMarked = [...ends.values()].some((other) => Math.hypot(other.x - end.x, other.y - end.y) < 3);
    if (!isMarked) ends.set(i, end);
    const length = Math.hypot(seats[i].x - end.x, seats[i].y - end.y) || 1;
    const share = Math.min(1, mark.box.size / 2 / length);
    const start = { x: seats[i].x + (end.x - seats[i].x) * share, y: seats[i].y + (end.y - seats[i].y) * share };
    return svg('path', { class: 'im-spoke', d: 'M' + start.x.toFixed(1) + ' ' + start.y.toFixed(1) + 'L' + end.x.toFixed(1) + ' ' + end.y.toFixed(1) });
  });
  const crosses = [...ends.values()].map((end) =>
    svg('path', { class: 'im-true', d: 'M' + (end.x - 3).toFixed(1) + ' ' + end.y.toFixed(1) + 'h6M' + end.x.toFixed(1) + ' ' + (end.y - 3).toFixed(1) + 'v6' }));
  return svg('svg', { class: 'im-spokes', width: 1, height: 1, 'aria-hidden': 'true' }, lines, crosses);
}

/** The heading of the list that a stack opens. */
export const CLOSE_TOGETHER = { title: 'Close together', text: 'Places that overlap at this zoom.' };

/**
 * A count in place of symbols that do not fit; the halos below still show the positions.
 * @param {Model} model
 * @param {Crowd} crowd
 * @param {CrowdState} state
 */
function stackButton(model, crowd, state) {
  const records = [...new Set(crowd.marks.map((mark) => mark.record))];
  const isChosen = state.chosen !== null && records.includes(state.chosen);
  return button({
    class: 'im-plate im-stack' + (isChosen ? ' is-chosen' : ''),
    'data-key': 'stack:' + crowd.marks[0].key,
    'aria-label': counted(records.length, 'record') + ' at overlapping places' + withMarks(countedMarks(model, records)) + ': open the list or zoom in',
    title: counted(records.length, 'record') + ' close together',
    on: { click: () => state.onStack(records) },
  }, el('b', { class: 'im-plate-total' }, records.length), segmentBar(records.map((record) => ({ group: record.groups[0], count: 1 }))), cornerSign(model, records));
}

/** @param {string} words */
const withMarks = (words) => (words ? ', ' + words : '');

/** @param {Model} model @param {Mark} mark @param {Spot} seat @param {boolean} isAlone @param {CrowdState} state */
function markButton(model, mark, seat, isAlone, state) {
  const spec = isAlone ? mark.spec : Object.assign({}, mark.spec, { pin: false });
  const box = symbolBox(spec);
  const up = spec.pin ? box.tip : box.cy;
  const precision = model.precisions[mark.place.precision];
  const isChosen = state.chosen === mark.record;
  return button({
    class: 'im-mark' + (isChosen ? ' is-chosen' : ''), 'data-key': mark.key, 'data-record': mark.record.id,
    'aria-label': mark.record.title + '. ' + symbolWords(model, mark.record) + withMarks(markWords(model, mark.record)) + '. ' + precision.label + ': ' + mark.place.label,
    'aria-pressed': isChosen, title: mark.record.title + withMarks(markWords(model, mark.record)),
    style: Object.assign({ left: (seat.x - box.cx).toFixed(1) + 'px', top: (seat.y - up).toFixed(1) + 'px',
      width: box.width + 'px', height: box.height + 'px' }, groupStyle(mark.record.groups[0])),
    on: { click: () => state.onRecord(mark.record) },
  }, symbolOf(model, spec), cornerSign(model, [mark.record]));
}

/**
 * A crowd as an element with its origin at the centre.
 * @param {Model} model
 * @param {Crowd} crowd
 * @param {CrowdState} state
 */
export function crowdNode(model, crowd, state) {
  const seats = seatsOf(crowd);
  const isAlone = crowd.marks.length === 1;
  const node = el('div', { class: 'im-crowd' });
  if (crowd.isStack) {
    node.append(stackButton(model, crowd, state));
    return node;
  }
  if (!isAlone) node.append(spokes(crowd, seats));
  crowd.marks.forEach((mark, i) => node.append(markButton(model, mark, seats[i], isAlone, state)));
  return node;
}

/**
 * Halos and discs: one for each place, to scale if large enough to be visible, and grey if groups share it.
 * @param {Mark[]} marks
 * @param {MapRecord|null} chosen
 * @param {(mark: Mark, radius: number, className: string) => void} draw
 */
export function eachHalo(marks, chosen, draw) {
  /** @param {Mark} mark */
  const keyOf = (mark) => [mark.place.lat, mark.place.lon, mark.drawn].join();
  const groups = new Map();
  marks.forEach((mark) => groups.set(keyOf(mark), (groups.get(keyOf(mark)) || new Set()).add(mark.record.groups[0])));
  const drawn = new Set();
  for (const mark of marks) {
    if (mark.drawn === 'pin') continue;
    const key = keyOf(mark);
    const isChosen = mark.record === chosen;
    if (drawn.has(key) && !isChosen) continue;
    drawn.add(key);
    const className = (mark.drawn === 'disc' ? 'im-disc' : 'im-halo') +
      (isChosen ? ' is-chosen' : groups.get(key).size > 1 ? ' is-shared' : '');
    draw(mark, Math.max(mark.radius, LEAST_HALO), className);
  }
}
