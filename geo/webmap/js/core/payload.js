/*
 * The payload from Python, unpacked and cross-referenced. Everything that carries meaning (symbols,
 * sentences, wording, order) comes from there; nothing is interpreted here.
 */
/** @import { Drawn, MapRecord, Model, Payload, Place, StandingKey } from './types.js' */

/** The bytes of base64 text; browsers from before 2025 decode them character by character. @param {string} text */
function bytesOf(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/**
 * @param {string} text base64 of gzipped bytes
 * @returns {Response} the bytes
 */
export const unpacked = (text) => new Response(new Blob([bytesOf(text)]).stream().pipeThrough(new DecompressionStream('gzip')));

/**
 * Where a record is shown, by its most precise place, so that every record is counted once.
 * @param {Model} model
 * @param {MapRecord} record
 * @returns {StandingKey}
 */
function standingOf(model, record) {
  const kinds = record.places.map((place) => drawnAs(model, place));
  if (kinds.some((kind) => kind === 'pin' || kind === 'dot' || kind === 'disc')) return 'point';
  if (kinds.includes('area')) return 'area';
  if (kinds.includes('region')) return 'region';
  const place = record.places[0];
  return model.standings.find((one) => !one.mapped && place && one.key === place.off)?.key ?? 'unknown';
}

/**
 * How a place is drawn; a place without the required position is not drawn.
 * @param {Model} model
 * @param {Place} place
 * @returns {Drawn}
 */
export function drawnAs(model, place) {
  if (place.off) return 'none';
  const precision = model.precisions[place.precision];
  const drawn = precision ? precision.drawn : 'none';
  const isPoint = drawn === 'pin' || drawn === 'dot' || drawn === 'disc';
  if (isPoint) return Number.isFinite(place.lat) && Number.isFinite(place.lon) ? drawn : 'none';
  const hasArea = Boolean(place.area && model.outlineOf.has(place.area)) || place.provinces.length > 0;
  return hasArea ? drawn : 'none';
}

/**
 * @param {Payload} raw the decoded payload
 * @returns {Model}
 */
function index(raw) {
  const model = /** @type {Model} */ (Object.assign({}, raw));
  model.outlineOf = new Map(raw.areas.features.map((feature) => [String(feature.id), feature]));
  model.provinceOf = new Map(raw.provinceList.map((province, i) => [province.code, i]));
  model.records = raw.records.map((record) => /** @type {MapRecord} */ (Object.assign({}, record)));
  for (const record of model.records) {
    const status = model.statuses[record.status];
    record.layers = record.groups.map((g) =>
      layerKey(model.groups[g].key, record.kind, status.key));
    record.stroke = status.stroke;
    record.standing = standingOf(model, record);
    record.isMapped = model.standings.some((one) => one.mapped && one.key === record.standing);
  }
  model.byId = new Map(model.records.map((record) => [record.id, record]));
  return model;
}

/** Key of a layer: group, kind and status. @param {string} group @param {string} kind @param {string} status */
export const layerKey = (group, kind, status) => group + '/' + kind + '/' + status;

/**
 * @param {string} text the payload in the document, base64 of gzipped JSON
 * @returns {Promise<Model>}
 */
export async function readPayload(text) {
  const raw = await unpacked(text).json();
  if (raw.format !== 1) throw new Error('payload of format ' + raw.format + '; expected 1');
  return index(raw);
}

/**
 * The records that concern a province: in it, in a region with it, or country-wide.
 * @param {Model} model
 * @param {number} position
 * @param {(record: MapRecord) => boolean} shown
 */
export function recordsOfProvince(model, position, shown) {
  /** @type {{there: MapRecord[], region: MapRecord[], country: MapRecord[]}} */
  const found = { there: [], region: [], country: [] };
  for (const record of model.records) {
    if (!shown(record)) continue;
    const touching = record.places.filter((place) => place.provinces.includes(position));
    const isThere = touching.some((place) => drawnAs(model, place) !== 'region');
    if (isThere) found.there.push(record);
    else if (touching.length) found.region.push(record);
    else if (record.places.some((place) => place.off === 'country')) found.country.push(record);
  }
  return found;
}
