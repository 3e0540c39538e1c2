/*
 * The hash of the address: the view, so that a copied link opens it again, and the options of a
 * frame (see options.js). Default values are omitted; each part that is unknown or malformed is
 * ignored.
 */
import { ALL, checkView, LAYER } from './checks.js';
import { hashParts } from './hash.js';
import { optionsToHash } from './options.js';
/** @import { Refuse } from './checks.js' */
/** @import { FrameOptions } from './options.js' */
/** @import { Limits, View } from './types.js' */
/** @import { Layers } from '../view/layers.js' */

/** Fields that are lists of strings, by their names. */
const LISTS = ['off', 'kinds', 'events', 'against', 'statuses', 'attributions', 'reviews', 'sources', 'precisions', 'provinces', 'districts', 'base_off'];
/** Fields that are single strings. */
const TEXTS = ['from', 'to', 'grade', 'text', 'chosen', 'province', 'theme'];

/** @param {string} text */
const say = (text) => encodeURIComponent(text).replace(/%2F/g, '/').replace(/%3A/g, ':');
/** @param {string} name @param {(string|number)[]} texts */
const part = (name, texts) => name + '=' + texts.map((text) => say(String(text))).join(',');

/** @param {View} view @returns {string} */
export function viewToHash(view) {
  /** @type {string[]} */
  const parts = [];
  /** @type {Record<string, any>} */
  const fields = view;
  /** @param {string} name @param {(string|number)[]} texts */
  const add = (name, texts) => parts.push(part(name, texts));
  for (const name of LISTS) if (fields[name].length) add(name, fields[name]);
  for (const name of TEXTS) if (fields[name]) add(name, [fields[name]]);
  if (view.certain) add('certain', [1]);
  if (view.drafts) add('drafts', [1]);
  if (view.credibility !== null) add('credibility', [view.credibility]);
  if (view.deaths !== null) add('deaths', [view.deaths]);
  if (view.mode !== 'precise') add('mode', [view.mode]);
  if (view.language !== 'en') add('language', [view.language]);
  if (view.counting !== 'records') add('counting', [view.counting]);
  if (view.coverage) add('coverage', [1]);
  if (view.compare) add('compare', view.compare);
  if (view.viewport) add('at', [view.viewport.lat, view.viewport.lon, view.viewport.zoom]);
  return parts.join('&');
}

/** The name and value of a field for a view, still unchecked. @param {string} name @param {string[]} values */
function read(name, values) {
  if (LISTS.includes(name) || name === 'compare') return [name, values];
  if (name === 'at') return ['viewport', { lat: Number(values[0]), lon: Number(values[1]), zoom: Number(values[2]) }];
  if (name === 'certain' || name === 'drafts' || name === 'coverage') return [name, values[0] === '1'];
  if (name === 'credibility') return [name, Number(values[0])];
  if (name === 'deaths') return [name, /^\d+$/.test(values[0]) ? Number(values[0]) : values[0]];
  return [name, values.join(',')];
}

/**
 * @param {string} hash
 * @param {Limits} bounds
 * @param {Layers} [layers] all layers, of which `groups` selects some; without them `groups` is ignored
 * @param {Refuse} [refuse] called for each field that exceeds its bound
 * @returns {Partial<View>} checked
 */
export function viewFromHash(hash, bounds, layers, refuse) {
  const parts = hashParts(hash);
  const view = checkView(Object.fromEntries([...parts].map(([name, values]) => read(name, values))), bounds, refuse);
  const groups = (parts.get('groups') || []).filter((key) => LAYER.test(key));
  if (layers && groups.length) view.off = (view.off || []).concat(offBut(layers, groups));
  return view;
}

/**
 * The layers that are off when only these groups and layers are on. A group without records
 * switches nothing on.
 * @param {Layers} layers
 * @param {string[]} keys
 * @returns {string[]}
 */
export function offBut(layers, keys) {
  const on = new Set(keys);
  return layers.rows.filter((row) => !on.has(row.key)).flatMap((row) => row.parts.map((one) => one.key).filter((key) => !on.has(key)));
}

/**
 * The hash for what is on the screen. If the address named the groups that are on, it continues
 * to do so as long as only whole groups are on or off.
 * @param {View} view
 * @param {FrameOptions} options of the frame
 * @param {Layers} layers
 * @param {boolean} isUsual whether the document opened without a hash shows everything
 * @returns {string}
 */
export function addressOf(view, options, layers, isUsual) {
  const on = view.off.includes(ALL) ? [] : layers.rows.filter((row) => !view.off.includes(row.key)).map((row) => row.key);
  const isNamed = options.isByGroups && on.length > 0 && view.off.length > 0 && on.length + view.off.length === layers.rows.length;
  const said = viewToHash(isNamed ? Object.assign({}, view, { off: [] }) : view);
  // The theme alone does not replace the initial view of the document.
  const isSilent = !isNamed && viewToHash(Object.assign({}, view, { theme: null })) === '';
  return [isNamed ? part('groups', on) : '', isSilent && !isUsual ? 'off=' : '', said, optionsToHash(options)].filter(Boolean).join('&');
}
