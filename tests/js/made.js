/* A small payload for the tests of the scripts, as `readPayload` gives it: two groups, three provinces. */
import { layerKey } from '../../geo/webmap/js/core/payload.js';
/** @import { MapRecord, Model, Place } from '../../geo/webmap/js/core/types.js' */

export const LIMITS = { entries: 1000, letters: 200, fatalities: 1000000, lat: 90, lon: 180, zoom: 20, saved: 500, title: 200, address: 10000 };

/** @param {Partial<Place>} changes @returns {Place} */
export const place = (changes) => ({ text: '', name: '', label: '', said: '', inferred: false, precision: 0, provinces: [0], district: null,
  area: null, lat: 34.5, lon: 69.2, radiusM: 50, note: '', off: null, ...changes });

/** @param {Partial<MapRecord>} changes @returns {MapRecord} */
export const record = (changes) => {
  const made = { id: 'a', kind: 'incident', groups: [0], title: '', sentence: '', dateText: '', dateUncertain: false, datePrecision: 'day',
    deaths: { size: -1 }, places: [place({})], claims: [], status: 0, approximate: false, against: [], event: null, attribution: 'claimed', review: 'unreviewed',
    sources: [0], grades: /** @type {[string, number][]} */ ([['B', 3]]), killed: [null, null, null], killedBasis: 'not_stated', search: '', origins: [], covers: [0],
    lastCited: null, age: null, facts: [], from: '2022-05-15', to: '2022-05-15', ...changes };
  const standing = changes.standing ?? 'point';
  return { layers: made.groups.map((g) => layerKey(['nrf', 'aff'][g], made.kind, 'claimed_only')), stroke: 'dashed', standing,
    isMapped: ['point', 'area', 'region'].includes(standing), ...made };
};

/** @param {MapRecord[]} records @returns {Model} */
export function model(records) {
  const group = (/** @type {string} */ key) => ({ key, name: key.toUpperCase(), short: key.toUpperCase(), letter: key[0], light: '#112233', dark: '#445566', onLight: '#ffffff', onDark: '#000000' });
  const meaning = { label: 'Claimed', definition: '' };
  return /** @type {Model} */ (/** @type {unknown} */ ({
    bounds: LIMITS, groups: [group('nrf'), group('aff')], records, table: null, fold: [['ي', 'ی']],
    kinds: [{ key: 'incident', label: 'Incidents', one: 'incident' }, { key: 'presence', label: 'Presence', one: 'presence claim' }],
    statuses: [{ key: 'claimed_only', short: 'claimed', stroke: 'dashed', ...meaning }], sources: [{ key: 'paper', title: 'Paper', publisher: '' }],
    precisions: [{ key: 'exact', drawn: 'pin', ...meaning }, { key: 'settlement', drawn: 'dot', ...meaning }, { key: 'province', drawn: 'area', ...meaning }],
    standings: ['point', 'area', 'region', 'country', 'outside', 'unknown', 'not_stated', 'withdrawn']
      .map((key, at) => ({ key, label: key, short: key, title: key, mapped: at < 3 })),
    eventTypes: [], reasons: {}, fields: {}, reliability: [], credibility: [], coverage: { steps: [], note: '' }, notMapped: 'Not mapped', wholeCountry: 'Whole country',
    events: [], attributions: [], reviews: [], districtList: [], outlineOf: new Map(), byId: new Map(records.map((one) => [one.id, one])),
    provinceList: ['A', 'B', 'C'].map((name) => ({ code: 'AF-' + name, name, local: [], lat: 34, lon: 69 })), provincesByName: [0, 1, 2], regions: [],
    provinceOf: new Map([['AF-A', 0], ['AF-B', 1], ['AF-C', 2]]),
  }));
}
