/*
 * Numbers as text, and one that several modules share.
 */

/** Pixels of the world at zoom 0: one tile of web Mercator. */
export const WORLD = 256;

/** "1,234". Creating a formatter of the browser takes as long as laying out a map of records. @param {number} n */
export const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

/** "999", "1.2k", "340k", "1.2M": rounded down, never up. @param {number} n */
export function shortNumber(n) {
  /** @param {number} by */
  const tenths = (by) => (Math.floor(n / (by / 10)) / 10).toFixed(1).replace('.0', '');
  if (n < 1000) return String(n);
  if (n < 10000) return tenths(1000) + 'k';
  return n < 1000000 ? Math.floor(n / 1000) + 'k' : tenths(1000000) + 'M';
}

/** "1 record", "1,234 records". @param {number} n @param {string} one @param {string} [many] */
export function counted(n, one, many) {
  return grouped(n) + ' ' + (n === 1 ? one : many || one + 's');
}
