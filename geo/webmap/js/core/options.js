/*
 * The options of a frame: what a page that embeds the document asks for in its address, besides
 * the view. They hold for as long as the document stays loaded.
 */
import { hashParts } from './hash.js';

/** The origin of a page, as `event.origin` gives it, or nothing for what is none. */
function originOf(text) {
  try {
    const { origin, protocol } = new URL(text);
    return text === origin && (protocol === 'https:' || protocol === 'http:') ? origin : '';
  } catch (_) {
    return '';
  }
}

/**
 * @param {string} hash
 * @returns {Object} `panel: 'none'|null, time: 'none'|null, wheel: 'page'|'map'|null, isByGroups: boolean, origin: string|null`; the
 *     last is the only page to speak with, `null` any, and empty nobody: one was named, but not as an origin
 */
export function optionsFromHash(hash) {
  const parts = hashParts(hash);
  const wheel = (parts.get('wheel') || []).join();
  const isNone = (name) => (parts.has(name) && parts.get(name).join() === 'none' ? 'none' : null);
  return { panel: isNone('panel'), time: isNone('time'), isByGroups: parts.has('groups'), wheel: ['page', 'map'].includes(wheel) ? wheel : null,
    origin: parts.has('origin') ? originOf(parts.get('origin').join()) : null };
}

/** @param {Object} options @returns {string} */
export function optionsToHash(options) {
  return ['panel', 'time', 'wheel', 'origin'].filter((name) => options[name]).map((name) => name + '=' + options[name]).join('&');
}
