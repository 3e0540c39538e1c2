/*
 * The parts of the end of an address, before anybody knows what they mean.
 */

/** A value, or nothing where it holds an escape that means nothing. @param {string} text */
function decoded(text) {
  try {
    return text.split(',').map(decodeURIComponent);
  } catch {
    return null;
  }
}

/**
 * The parts of an address end, each with its values; the last of a name counts.
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
