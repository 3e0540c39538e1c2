/*
 * Province totals: every record in a province counts for the whole province, and nothing is drawn at
 * a point. Each province has two numbers that are never added up: records claimed by a party only,
 * and records reported by third parties. Regions keep their outlines.
 */
import { drawnAs } from '../core/payload.js';
import { platesOf } from './badges.js';
/** @import { MapRecord, Model, Plate } from '../core/types.js' */
/** @import { Ground } from './basemap.js' */

/**
 * Positions of the provinces of a record: by a point, a district or the whole province.
 * @param {Model} model
 * @param {MapRecord} record
 */
export function provincesOf(model, record) {
  const found = new Set();
  for (const place of record.places) {
    const drawn = drawnAs(model, place);
    if (drawn === 'none' || (drawn === 'region' && place.area && model.outlineOf.has(place.area))) continue;
    place.provinces.forEach((position) => found.add(position));
  }
  return [...found];
}

/** The records of each province. @param {Model} model @param {MapRecord[]} records */
export function tallies(model, records) {
  /** @type {MapRecord[][]} */
  const found = model.provinceList.map(() => []);
  for (const record of records) provincesOf(model, record).forEach((position) => found[position].push(record));
  return found;
}

/**
 * The shade of each province for these records; 0 for none.
 * @param {Model} model
 * @param {MapRecord[]} records
 */
export function shadesOf(model, records) {
  return tallies(model, records).map(({ length }) => {
    const step = model.shadeSteps.find(({ first, last }) => length >= first && (last === null || length <= last));
    return step ? step.shade : 0;
  });
}

/** @param {Model} model @param {MapRecord[]} records */
function chipsOf(model, records) {
  const counted = model.tallies.map(({ stroke, statuses }) => ({
    groups: [0], plain: true, kind: 'incident', stroke, inferred: 0,
    count: records.filter((record) => statuses.includes(model.statuses[record.status].key)).length,
  }));
  return counted.filter((chip) => chip.stroke !== 'split' || chip.count > 0);
}

/**
 * The plates for province totals: two numbers for each province with records, and the plates of the
 * regions as in full detail.
 * @param {Model} model
 * @param {Ground} ground
 * @param {MapRecord[]} records
 * @returns {Plate[]}
 */
export function tallyPlates(model, ground, records) {
  /** @type {Plate[]} */
  const plates = [];
  tallies(model, records).forEach((those, position) => {
    if (!those.length) return;
    const province = model.provinceList[position];
    plates.push({ key: 'province:' + province.code, name: province.name, province: position, area: null, isRegion: false,
      isTally: true, records: those, chips: chipsOf(model, those), at: { lat: province.lat, lon: province.lon } });
  });
  return plates.concat(platesOf(model, ground, records).filter((plate) => plate.isRegion));
}
