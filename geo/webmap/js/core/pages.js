/*
 * Which pages the document speaks with. A page that shows it in a frame can ask for any search and read
 * the counts, so a saved map answers its own origin, and those that were written into it.
 */

/**
 * The origins of these pages, or `null` for any. Opened as a file it has no origin, and no page of the web
 * can frame it; within a page's own text (`srcdoc`, `data:`, `blob:`), that page has the data already.
 * @param {string[]} origins those written into the document
 * @param {{protocol: string, origin: string}} place
 * @returns {string[]|null}
 */
export function pagesOf(origins, { protocol, origin }) {
  if (origins.includes('*') || (protocol !== 'https:' && protocol !== 'http:')) return null;
  return [origin, ...origins];
}

/**
 * Of the pages, those that may be above, narrowed by the one that the address names.
 * @param {string[]|null} pages
 * @param {string|null} named `null` none, and empty one that is no origin
 * @param {string|undefined} above the page above, where the browser says it
 * @returns {string[]} targets for `postMessage`
 */
export function targetsOf(pages, named, above) {
  if (named === '') return [];
  if (pages === null) return [named ?? '*'];
  const known = named === null ? pages : pages.filter((page) => page === named);
  return above ? known.filter((page) => page === above) : known;
}
