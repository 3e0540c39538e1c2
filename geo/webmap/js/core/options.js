/*
 * The options of a frame: what an embedding page sets in the address besides the view. They apply
 * as long as the document stays loaded.
 */
import { hashParts } from './hash.js';

/** A web origin as in `event.origin`, or an empty string if the text is not one. @param {string} text */
function originOf(text) {
  try {
    const { origin, protocol } = new URL(text);
    return text === origin && (protocol === 'https:' || protocol === 'http:') ? origin : '';
  } catch {
    return '';
  }
}

/**
 * @typedef {Object} FrameOptions
 * @property {'none'|null} panel
 * @property {'none'|null} time
 * @property {'page'|'map'|null} wheel
 * @property {'table'|null} layout
 * @property {'place'|null} pick whether a click tells the page where it is, and opens nothing
 * @property {'card'|null} edit whether cards have a button that asks the page for the form of their record
 * @property {boolean} isByGroups
 * @property {string|null} origin the only origin to exchange messages with; `null` for any; empty for none, because the given one is not valid
 */

/**
 * @param {string} hash
 * @returns {FrameOptions}
 */
export function optionsFromHash(hash) {
  const parts = hashParts(hash);
  const wheel = (parts.get('wheel') || []).join();
  /** @param {string} name */
  const isNone = (name) => (parts.get(name)?.join() === 'none' ? 'none' : null);
  const origin = parts.get('origin');
  const layout = parts.get('layout')?.join() === 'table' ? 'table' : null;
  const pick = parts.get('pick')?.join() === 'place' ? 'place' : null;
  const edit = parts.get('edit')?.join() === 'card' ? 'card' : null;
  return { layout, pick, edit, panel: isNone('panel'), time: isNone('time'), isByGroups: parts.has('groups'), wheel: wheel === 'page' || wheel === 'map' ? wheel : null,
    origin: origin ? originOf(origin.join()) : null };
}

/** @param {FrameOptions} options @returns {string} */
export function optionsToHash(options) {
  const names = /** @type {const} */ (['layout', 'pick', 'edit', 'panel', 'time', 'wheel', 'origin']);
  return names.filter((name) => options[name]).map((name) => name + '=' + options[name]).join('&');
}
