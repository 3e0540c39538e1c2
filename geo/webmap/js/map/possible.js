/*
 * Where a record may be, for filters and counts by a part of the map.
 */
import { drawnAs } from '../core/payload.js';
import { linesOf } from './basemap.js';
/** @import { Geometry, MapRecord, Mode, Model } from '../core/types.js' */
/** @import { Possible } from './within.js' */

/** @type {WeakMap<Geometry, number[][][]>} */
const known = new WeakMap();

/** The rings of an outline, always the same array. @param {Geometry} geometry */
export function ringsOf(geometry) {
  let rings = known.get(geometry);
  if (!rings) known.set(geometry, rings = linesOf(geometry));
  return rings;
}

/**
 * What is known about the location of each place of a record; `null` for one that is not mapped.
 * @param {Model} model
 * @param {MapRecord} record
 * @param {Mode} mode in province totals a place is drawn as its provinces
 * @returns {Possible[]}
 */
export const possibleOf = (model, record, mode) => record.places.map((place) => {
  const drawn = drawnAs(model, place);
  if (drawn === 'none') return null;
  const isArea = drawn === 'area' || drawn === 'region' || (mode === 'provinces' && place.provinces.length > 0);
  if (!isArea) return { lat: Number(place.lat), lon: Number(place.lon), radiusM: place.radiusM };
  const own = mode === 'provinces' ? undefined : model.outlineOf.get(place.area ?? '');
  const features = own ? [own] : place.provinces.map((i) => model.provinces.features[i]);
  return { areas: features.map(({ geometry }) => ringsOf(geometry)) };
});
