/*
 * The payload: what Python computed, unpacked and cross-referenced. Every meaning (symbols,
 * sentences, counts in words, order) comes from there; nothing is interpreted here.
 */

/**
 * @typedef {Object} Group
 * @property {string} key
 * @property {string} name
 * @property {string} short
 * @property {string} letter
 * @property {string} light fill on the light theme, `#rrggbb`
 * @property {string} dark
 * @property {string} onLight ink on that fill
 * @property {string} onDark
 */
/**
 * @typedef {Object} Place
 * @property {string} text as the source says it
 * @property {string} label what it is drawn as
 * @property {number} precision index
 * @property {number[]} provinces indices
 * @property {string|null} area key of a district or region outline
 * @property {number|null} lat
 * @property {number|null} lon
 * @property {number|null} radiusM metres
 * @property {string} note
 * @property {string|null} off `country`, `outside`, `unknown`, `not_stated` or `withdrawn`: not on the map
 */
/**
 * @typedef {Object} MapRecord
 * @property {string} id
 * @property {string} kind
 * @property {number[]} groups
 * @property {number} status
 * @property {string} title
 * @property {string} sentence
 * @property {Place[]} places
 * @property {string[]} layers layer keys, one per group (added here)
 * @property {string} stroke (added here)
 * @property {string} standing where it is shown: see `standingOf` (added here)
 * @property {boolean} isMapped whether it has a mark on the map (added here)
 */
/**
 * @typedef {Object} Model
 * @property {MapRecord[]} records
 * @property {Group[]} groups
 * @property {Map<string, MapRecord>} byId
 * @property {Map<string, number>} provinceOf position of a province by its code
 */

/** The bytes of base64; browsers from before 2025 take them letter by letter. */
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
 * Where one record is shown, by its best-known place, so that every record is counted once.
 * @param {Object} model
 * @param {MapRecord} record
 * @returns {string} `point`, `area`, `region`, `country`, `outside`, `unknown` or `not_stated`
 */
function standingOf(model, record) {
  const kinds = record.places.map((place) => drawnAs(model, place));
  if (kinds.some((kind) => kind === 'pin' || kind === 'dot' || kind === 'disc')) return 'point';
  if (kinds.includes('area')) return 'area';
  if (kinds.includes('region')) return 'region';
  const place = record.places[0];
  return place && model.standings.some((one) => !one.mapped && one.key === place.off) ? place.off : 'unknown';
}

/**
 * How a place is drawn. A place that claims a drawing but brings no position is drawn as nothing.
 * @param {Object} model
 * @param {Place} place
 * @returns {string} `pin`, `dot`, `disc`, `area`, `region` or `none`
 */
export function drawnAs(model, place) {
  if (place.off) return 'none';
  const drawn = (model.precisions[place.precision] || { drawn: 'none' }).drawn;
  const isPoint = drawn === 'pin' || drawn === 'dot' || drawn === 'disc';
  if (isPoint) return Number.isFinite(place.lat) && Number.isFinite(place.lon) ? drawn : 'none';
  const hasArea = Boolean(place.area && model.outlineOf.has(place.area)) || place.provinces.length > 0;
  return hasArea ? drawn : 'none';
}

/**
 * @param {Object} raw the decoded payload
 * @returns {Model}
 */
function index(raw) {
  const model = Object.assign({}, raw);
  model.outlineOf = new Map(raw.areas.features.map((feature) => [String(feature.id), feature]));
  model.provinceOf = new Map(raw.provinceList.map((province, i) => [province.code, i]));
  model.records = raw.records.map((record) => Object.assign({}, record));
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

/** Key of a layer: group, kind and status. */
export const layerKey = (group, kind, status) => group + '/' + kind + '/' + status;

/**
 * @param {string} text the payload as it stands in the document
 * @returns {Promise<Model>}
 */
export async function readPayload(text) {
  const raw = await unpacked(text).json();
  if (raw.format !== 1) throw new Error('payload of format ' + raw.format + '; expected 1');
  return index(raw);
}

/** The records that say something of one province, by how they say it. */
export function recordsOfProvince(model, position, shown) {
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
