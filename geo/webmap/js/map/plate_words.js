/*
 * Plates in words: the number of records and events, and where they are.
 */
import { counted, grouped } from '../core/numbers.js';
/** @import { Kind, Model, Plate } from '../core/types.js' */

/** "2 records", "2 records and 1,200 events". @param {Plate} plate */
export const plateCount = (plate) => counted(plate.records.length, 'record') +
  (plate.events ? ' and ' + grouped(plate.events) + (plate.events === 1 ? ' event' : ' events') : '');

/** The name of its area, which no town of the same name has: "Kabul province". @param {Plate} plate */
export const areaName = ({ name, province }) => name + (province === null ? '' : ' province');

/** The label of a plate for screen readers. @param {Model} model @param {Plate} plate */
export function plateWords(model, plate) {
  if (plate.isTally) return tallyWords(model, plate);
  const parts = plate.chips.filter((chip) => !chip.isEvents).map((chip) => {
    const groups = chip.groups.map((g) => model.groups[g].short).join(' and ');
    const kind = /** @type {Kind} */ (model.kinds.find((k) => k.key === chip.kind));
    return groups + ' ' + kind.label.toLowerCase() + ' ' + chip.count;
  });
  const where = plate.isCountry ? 'about the whole country' : plate.isRegion ? 'somewhere in the region' : 'somewhere in the area';
  return plate.name + ': ' + plateCount(plate) + ', ' + where + '. ' + parts.join(', ');
}

/** The sentence in the list of a plate on where its records are. @param {Plate} plate */
export const somewhereIn = (plate) => (plate.isCountry ? 'About the whole country. A record that also names a place is counted there as well.' : plate.isRegion ? 'Somewhere in this region; the exact location is not known.' : 'Somewhere in this area; the exact location is not known.');

/** The label of a province's totals for screen readers. @param {Model} model @param {Plate} plate */
export function tallyWords(model, plate) {
  const parts = plate.chips.filter((chip) => !chip.isEvents).map((chip) => chip.count + ' ' + model.tallies.find((tally) => tally.stroke === chip.stroke)?.words);
  return plate.name + ': ' + plateCount(plate) + ' in the province. ' + parts.join(', ');
}
