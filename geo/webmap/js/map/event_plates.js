/*
 * The events of an event table on the plates of their provinces.
 */
/** @import { Model, Plate, Stroke } from '../core/types.js' */
/** @import { EventTable } from '../events/sums.js' */

/** @type {Stroke[]} */
const STROKES = ['solid', 'dashed', 'split', 'crossed'];

/** Count events on a plate. @param {Model} model @param {Plate} plate @param {Uint32Array} byCell their number by cell @param {number} total */
function count(model, plate, byCell, total) {
  const { cells } = /** @type {EventTable} */ (model.table);
  plate.events = total;
  plate.eventParts = [...byCell].map((n, c) => ({ group: cells[c].groups[0], count: n })).filter((part) => part.count);
  for (const stroke of STROKES) {
    const sum = byCell.reduce((so, n, c) => (model.statuses[cells[c].status].stroke === stroke ? so + n : so), 0);
    if (sum) plate.chips.push({ id: 'events|' + stroke, groups: [0], plain: true, kind: 'incident', stroke, count: sum, inferred: 0, isEvents: true });
  }
}

/** @param {Uint32Array} byCell */
const totalOf = (byCell) => byCell.reduce((sum, n) => sum + n, 0);

/**
 * Add events to the plates of their provinces: those located only to the province, or all of them
 * with province totals.
 * @param {Model} model
 * @param {Plate[]} plates of the records
 * @param {Uint32Array[]} counts
 * @param {boolean} isTally
 */
export function addEventPlates(model, plates, counts, isTally) {
  counts.forEach((byCell, position) => {
    const total = totalOf(byCell);
    if (!total) return;
    const { code, name, lat, lon } = model.provinceList[position];
    let plate = plates.find((one) => one.key === 'province:' + code);
    if (!plate) plates.push((plate = { key: 'province:' + code, name, province: position, area: null, isRegion: false, isTally, records: [], chips: [], at: { lat, lon } }));
    count(model, plate, byCell, total);
  });
}

/** Add the events about the whole country to its plate. @param {Model} model @param {Plate} plate @param {Uint32Array} byCell */
export function addCountryEvents(model, plate, byCell) {
  const total = totalOf(byCell);
  if (total) count(model, plate, byCell, total);
}
