/*
 * The parts of the hash of an address, not yet interpreted.
 */

/**
 * The hash to open with: that of the address, or else the one that a page or a saved file wrote into
 * the document itself, where there is no address to hold it.
 */
export const openingHash = () => location.hash || '#' + (document.documentElement.dataset.opens ?? '');

/** The decoded values, or `null` if an escape sequence is invalid. @param {string} text */
function decoded(text) {
  try {
    return text.split(',').map(decodeURIComponent);
  } catch {
    return null;
  }
}

/**
 * The parts of a hash, each with its values; if a name is repeated, the last one counts.
 * @param {string} hash
 * @returns {Map<string, string[]>}
 */
export function hashParts(hash) {
  const parts = new Map();
  for (const text of hash.replace(/^#/, '').split('&')) {
    const cut = text.indexOf('=');
    const values = cut > 0 ? decoded(text.slice(cut + 1)) : null;
    if (values) parts.set(text.slice(0, cut), values);
  }
  return parts;
}
