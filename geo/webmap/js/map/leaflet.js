/*
 * Leaflet, which the page loads before this script: no other module touches its global.
 */

export const L = /** @type {typeof import('leaflet')} */ (/** @type {any} */ (globalThis).L);
