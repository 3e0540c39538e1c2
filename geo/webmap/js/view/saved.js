/*
 * What the address of a saved View names that the data no longer have: it is said, and the rest of
 * the View still opens.
 */
import { hashParts } from '../core/hash.js';
/** @import { Model } from '../core/types.js' */

/** The address of a View in a link to this document. @param {string} address */
export const linkOf = (address) => '#' + (address || 'off=');

/**
 * @param {Model} model
 * @param {string} address
 * @returns {string} such as "names what the data do not have: source gone", or nothing
 */
export function misfits(model, address) {
  const parts = hashParts(address);
  const groups = model.groups.map(({ key }) => key).concat('not-named');
  const provinces = model.provinceList.map(({ code }) => code);
  /** @type {[string, string, string[]][]} */
  const known = [['group', 'groups', groups], ['target', 'against', groups.concat('civilians')], ['source', 'sources', model.sources.map(({ key }) => key)],
    ['province', 'provinces', provinces], ['province', 'province', provinces], ['district', 'districts', model.districtList.map(({ id }) => id)],
    ['record', 'chosen', [...model.byId.keys()]]];
  const found = known.flatMap(([what, name, keys]) => (parts.get(name) || []).map((key) => (name === 'groups' ? key.split('/')[0] : key))
    .filter((key) => key && !keys.includes(key)).map((key) => what + ' ' + key));
  const last = found.pop();
  if (last === undefined) return '';
  return 'names what the data do not have: ' + (found.length ? found.join(', ') + ' and ' : '') + last;
}
