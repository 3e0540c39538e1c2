/*
 * Leaflet, which the page loads before this script: no other module touches its global.
 */

export const L = globalThis.L;
