/*
 * The events of an event table on the plates of their provinces.
 */
/** @import { Model, Plate, Stroke } from '../core/types.js' */
/** @import { EventTable } from '../events/sums.js' */

/**
 * Add events to the plates of their provinces: those located only to the province, or all of them
 * with province totals.
 * @param {Model} model
 * @param {Plate[]} plates of the records
 * @param {Uint32Array[]} counts
 * @param {boolean} isTally
 */
export function addEventPlates(model, plates, counts, isTally) {
  const { cells } = /** @type {EventTable} */ (model.table);
  /** @type {Stroke[]} */
  const strokes = ['solid', 'dashed', 'split', 'crossed'];
  counts.forEach((byCell, position) => {
    const total = byCell.reduce((sum, n) => sum + n, 0);
    if (!total) return;
    const { code, name, lat, lon } = model.provinceList[position];
    let plate = plates.find((one) => one.key === 'province:' + code);
    if (!plate) plates.push((plate = { key: 'province:' + code, name, province: position, area: null, isRegion: false, isTally, records: [], chips: [], at: { lat, lon } }));
    plate.events = total;
    plate.eventParts = [...byCell].map((count, c) => ({ group: cells[c].groups[0], count })).filter(({ count }) => count);
    for (const stroke of strokes) {
      const count = byCell.reduce((sum, n, c) => (model.statuses[cells[c].status].stroke === stroke ? sum + n : sum), 0);
      if (count) plate.chips.push({ id: 'events|' + stroke, groups: [0], plain: true, kind: 'incident', stroke, count, inferred: 0, isEvents: true });
    }
  });
}
