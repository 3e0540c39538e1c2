/*
 * Badges: records located only to a province, district or region, counted on a small plate with the
 * name of the area. A plate is never a mark at a point; if it does not fit inside its area, it is
 * placed beside it with a thin line.
 */
import { el } from '../core/dom.js';
import { shortNumber } from '../core/numbers.js';
import { drawnAs } from '../core/payload.js';
import { symbolBox, symbolOf } from './symbols.js';
/** @import { Chip, Fonts, MapRecord, Model, Part, Place, Plate, Shape, Target } from '../core/types.js' */
/** @import { Ground } from './basemap.js' */

/**
 * The plates of a place: one for each of its provinces, or one for its own outline.
 * @param {Model} model
 * @param {Ground} ground
 * @param {Place} place
 * @returns {Target[]}
 */
function targetsOf(model, ground, place) {
  const drawn = drawnAs(model, place);
  if (drawn !== 'area' && drawn !== 'region') return [];
  if (place.area && model.outlineOf.has(place.area)) {
    const key = 'area:' + place.area;
    return [{ key, name: place.label, province: null, area: place.area, home: place.provinces, isRegion: drawn === 'region',
      at: ground.shapeOf(place.area).label }];
  }
  return place.provinces.map((position) => {
    const province = model.provinceList[position];
    return { key: 'province:' + province.code, name: province.name, province: position, area: null,
      isRegion: false, at: { lat: province.lat, lon: province.lon } };
  });
}

/** @param {Plate} plate @param {MapRecord} record @param {Place} place */
function addTo(plate, record, place) {
  if (plate.records.includes(record)) return;
  plate.records.push(record);
  const id = [record.groups.join('+'), record.kind, record.stroke, record.age || ''].join('|');
  let chip = plate.chips.find((known) => known.id === id);
  if (!chip) {
    chip = { id, groups: record.groups, kind: record.kind, stroke: record.stroke, age: record.age, count: 0, inferred: 0 };
    plate.chips.push(chip);
  }
  chip.count += 1;
  if (place.inferred) chip.inferred += 1;
}

const STROKES = ['solid', 'dashed', 'split', 'crossed'];

/** Chips by group, then incidents before presence claims, then by stroke. @param {Model} model @param {Plate} plate */
function sortChips(model, plate) {
  const kinds = model.kinds.map((kind) => kind.key);
  /** @param {Chip} chip */
  // More than ten kinds or strokes do not exist, so that each part of the sum decides before the next.
  const rank = (chip) => chip.groups[0] * 100 + (chip.groups.length - 1) * 50 +
    kinds.indexOf(chip.kind) * 10 + STROKES.indexOf(chip.stroke);
  plate.chips.sort((a, b) => rank(a) - rank(b));
}

/**
 * The plates of the shown records, in the order in which their areas first occur.
 * @param {Model} model
 * @param {Ground} ground
 * @param {MapRecord[]} records
 * @returns {Plate[]}
 */
export function platesOf(model, ground, records) {
  /** @type {Map<string, Plate>} */
  const plates = new Map();
  for (const record of records) {
    for (const place of record.places) {
      for (const target of targetsOf(model, ground, place)) {
        if (!plates.has(target.key)) plates.set(target.key, Object.assign({ records: [], chips: [] }, target));
        addTo(/** @type {Plate} */ (plates.get(target.key)), record, place);
      }
    }
  }
  plates.forEach((plate) => sortChips(model, plate));
  return [...plates.values()];
}

/**
 * The plate of the records about the whole country, if any. Like one with two provinces, a record
 * that also names a place is on the plate of each.
 * @param {Model} model
 * @param {MapRecord[]} records
 * @returns {Plate}
 */
export function countryPlate(model, records) {
  const [south, west, north, east] = model.extent;
  /** @type {Plate} */
  const plate = { key: 'country', name: model.wholeCountry, province: null, area: null, isRegion: false, isCountry: true, records: [], chips: [],
    at: { lat: (south + north) / 2, lon: (west + east) / 2 } };
  for (const record of records) {
    const place = record.places.find(({ off }) => off === 'country');
    if (place) addTo(plate, record, place);
  }
  sortChips(model, plate);
  return plate;
}

/** Height in pixels of a line of text on a plate, in type of 13 pixels. */
const NAME = 17;
/** Height in pixels of a row of symbols, as set in document.css. */
const ROW = 20;
/** Pixels between the edge of a plate and its content. */
const PAD = 4;
/** Widest name in pixels, on a phone and elsewhere; longer ones end in an ellipsis. */
const MOST_NAME = { phone: 160, wide: 260 };
/** Width in pixels to which the name of a region is cut in the tightest shape; its title has the whole name. */
const CUT_NAME = 98;
/** Pixels by which the heading of a plate on a close map may be longer than a name. */
const SOMEWHERE = 84;
/** @type {CanvasRenderingContext2D|null} created with the first text, because in tests there may be no page */
let pen = null;

/** @type {Map<string, Map<string, number>>} widths of texts by font: names and numbers are measured again and again */
const widths = new Map();

/** Width of a text in pixels, rounded up. @param {string} text @param {string} font */
export function textWidth(text, font) {
  const known = widths.get(font) || new Map();
  if (!known.size) widths.set(font, known);
  if (!known.has(text)) {
    pen = pen || /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
    pen.font = font;
    known.set(text, Math.ceil(pen.measureText(text).width));
  }
  return /** @type {number} */ (known.get(text));
}

/** @param {Plate} plate */
const headingOf = (plate) => plate.heading ?? plate.name;

/** The number of records and events, as text. @param {Plate} plate */
export const plateTotal = (plate) => shortNumber(plate.records.length + (plate.events || 0));

/** @param {Chip} chip */
const chipLabel = (chip) => (chip.isEvents ? shortNumber(chip.count) : String(chip.count)) + (chip.count && chip.inferred === chip.count ? '?' : '');

/** @param {Chip} chip @param {string} font */
function chipWidth(chip, font) {
  // Pixels between symbol and number, and before the next chip.
  return symbolBox(chip).width + textWidth(chipLabel(chip), font) + 5;
}

/** @param {Chip[]} row @param {string} font */
const rowWidth = (row, font) => row.reduce((sum, chip) => sum + chipWidth(chip, font), 0);

/** Chips in rows of at most `columns`. @param {Plate} plate @param {number} columns */
function rowsOf(plate, columns) {
  /** @type {Chip[][]} */
  const rows = [];
  for (let i = 0; i < plate.chips.length; i += columns) rows.push(plate.chips.slice(i, i + columns));
  return rows;
}

/**
 * The possible shapes of a plate, most detailed first. Each has its size in pixels and a cost, in the
 * units of placing.js, that grows with what the shape leaves out: about 4 for each further row, 40
 * without symbols, 75 to 105 without the name. On a phone (`scarcity` 1) the order is partly
 * reversed, because there small plates leave room for others. `nameWidth` is given if the name is
 * placed beside the plate.
 * @param {Plate} plate
 * @param {Fonts} fonts `name: string, number: string`
 * @param {number} scarcity 0 on a wide map, 1 on a phone
 * @returns {Shape[]}
 */
export function plateShapes(plate, fonts, scarcity) {
  const most = (scarcity > 0.5 ? MOST_NAME.phone : MOST_NAME.wide) + (plate.heading ? SOMEWHERE : 0);
  const name = Math.min(most, textWidth(headingOf(plate), fonts.name)) + 2 * PAD + 2;
  /** @type {Shape[]} */
  const shapes = [];
  const nameWidth = plate.province === null ? 0 : textWidth(plate.name, fonts.name) + 2;
  // Heights and widths below add pixels for padding, border and the bar of colours.
  /** @type {Shape} */
  const small = { kind: 'small', rows: [], width: Math.max(textWidth(plateTotal(plate), fonts.number) + 14, 24), height: NAME + (plate.isTally ? 5 : 7), cost: 105 - 70 * scarcity, nameWidth };
  // A plate with only a number of events is as small as possible.
  if (!plate.records.length && !plate.isCountry) return [Object.assign(small, { cost: 0, nameWidth: 0 })];
  const seen = new Set();
  // Four chips are about as wide as a long name.
  const widest = Math.min(plate.chips.length, 4);
  for (const columns of [widest, Math.min(3, widest), Math.min(2, widest)]) {
    if (seen.has(columns)) continue;
    seen.add(columns);
    const rows = rowsOf(plate, columns);
    const inner = Math.max(...rows.map((row) => rowWidth(row, fonts.number)));
    /** @type {number} */
    const cost = 4 * (shapes.length + rows.length - 1) + 60 * scarcity;
    shapes.push({ kind: 'full', rows, width: Math.max(name, inner + 2 * PAD), height: NAME + rows.length * ROW + PAD, cost });
  }
  const total = textWidth(plateTotal(plate), fonts.number);
  if (!plate.isTally) {
    const cost = 40 + (widest > 1 ? -15 : 25) * scarcity;
    shapes.push({ kind: 'short', rows: [], width: name + total + 6, height: NAME + 9, cost });
    shapes.push({ kind: 'tall', rows: [], width: name, height: 2 * NAME + 8, cost: cost + 6 });
  }
  if (plate.isTally) {
    [...new Set([plate.chips.length, 1])].forEach((columns, more) => {
      const rows = rowsOf(plate, columns);
      shapes.push({ kind: 'bare', rows, width: Math.max(...rows.map((row) => rowWidth(row, fonts.number))) + 2 * PAD, height: rows.length * ROW + PAD, cost: 40 + 10 * more, nameWidth });
    });
    // A number inside its shaded province is clearer than a line across three other provinces.
    shapes.push(Object.assign(small, { cost: 75 - 15 * scarcity }));
  }
  // A region or the country never gets a number alone, which would be read as that of a province.
  else if (plate.isRegion || plate.isCountry) shapes.push({ kind: 'tall', rows: [], width: Math.min(name, CUT_NAME), height: 2 * NAME + 8, cost: 90 });
  else shapes.push(small);
  return shapes;
}

/** @param {Model} model @param {Chip} chip */
function chipNode(model, chip) {
  return el('span', { class: 'im-chip' }, symbolOf(model, chip), el('b', null, chipLabel(chip)));
}

/** Least share of a bar for a group, so that even one record is visible. */
const LEAST_SHARE = 0.06;

/**
 * A bar with the colours of groups in proportion to their records, in place of symbols, with a gap of half a pixel after each colour.
 * @param {Part[]} parts
 */
export function segmentBar(parts) {
  const sums = new Map();
  parts.forEach((part) => sums.set(part.group, (sums.get(part.group) || 0) + part.count));
  const total = [...sums.values()].reduce((sum, count) => sum + count, 0);
  const shares = [...sums].sort((a, b) => a[0] - b[0]).map(([g, count]) => ({ g, share: Math.max(LEAST_SHARE, count / total) }));
  const whole = shares.reduce((sum, { share }) => sum + share, 0);
  let at = 0;
  const stops = shares.map(({ g, share }) => {
    const from = at.toFixed(2) + '%';
    at += (100 * share) / whole;
    const to = at.toFixed(2) + '%';
    const end = 'calc(' + to + ' - 0.5px)';
    return 'var(--group-' + g + ') ' + from + ' ' + end + ', transparent ' + end + ' ' + to;
  });
  return el('span', { class: 'im-segments', style: { background: 'linear-gradient(90deg, ' + stops.join(', ') + ')' } });
}

/** @param {Plate} plate */
const barOf = (plate) => segmentBar(plate.chips.filter((chip) => !chip.isEvents)
  .map((chip) => ({ group: chip.groups[0], count: chip.count })).concat(plate.eventParts || []));

/** The content of a plate in its chosen shape. @param {Model} model @param {Plate} plate @param {Shape} shape */
export function plateContent(model, plate, shape) {
  const rows = () => shape.rows.map((row) => el('span', { class: 'im-plate-row' }, row.map((chip) => chipNode(model, chip))));
  if (shape.kind === 'bare') return rows();
  if (shape.kind === 'small') {
    return [el('b', { class: 'im-plate-total' }, plateTotal(plate)), plate.isTally ? null : barOf(plate)];
  }
  // A heading that is cut would lose the name at its end.
  const isCut = shape.kind === 'tall' && plate.isRegion && shape.width <= CUT_NAME;
  const title = el('span', { class: 'im-plate-name' }, isCut ? plate.name : headingOf(plate));
  if (shape.kind === 'tall') return [title, el('b', { class: 'im-plate-total' }, plateTotal(plate)), barOf(plate)];
  if (shape.kind === 'short') {
    return [el('span', { class: 'im-plate-line' }, title,
      el('b', { class: 'im-plate-total' }, plateTotal(plate))), barOf(plate)];
  }
  return [title, rows()];
}
