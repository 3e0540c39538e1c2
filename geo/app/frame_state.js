/**
 * Hands what Python wants shown to the frame that `frame_document.js` mounts.
 *
 * This script travels with every rerun, so it is short.
 *
 * @typedef {{query: string, step: number, followed: string}} Address
 */

/** @type {WeakMap<ShadowRoot, {query: string, step: number}>} the last address of each component */
const addresses = new WeakMap();

/** @param {string} query @param {boolean} isEmbedding @returns {string} one half of its parameters */
function parameters(query, isEmbedding) {
  const all = [...new URLSearchParams(query)];
  return new URLSearchParams(all.filter(([name]) => /^embed(_options)?$/.test(name) === isEmbedding)).toString();
}

/**
 * Streamlit writes the address of a new step. Any other change replaces the one that stands, so
 * that Back does not have to undo it; an address that has been seen to is not written again over
 * one that the reader has gone back to.
 *
 * @param {ShadowRoot} root @param {Address} address
 */
function replaceAddress(root, { query, step }) {
  const last = addresses.get(root);
  addresses.set(root, { query, step });
  if (last !== undefined && (last.step !== step || last.query === query)) return;
  const search = [parameters(location.search, true), query].filter(Boolean).join("&");
  if (location.search.slice(1) === search) return;
  history.replaceState(history.state, "", `${location.pathname}${search && "?"}${search}${location.hash}`);
}

/**
 * Whether Python knows of the step that the browser is at. A run that began before the reader went
 * back or forward would put its address over that of another step.
 *
 * @param {{went: string|null}} box @param {Address} address
 */
function hasFollowed(box, { followed }) {
  if (box.went !== null && parameters(box.went, false) === parameters(followed, false)) box.went = null;
  return box.went === null;
}

/**
 * @param {{data: {frame: string, revision: number|string, view: object, texts: object|null,
 *   address: Address|null, kept: object|null}, parentElement: ShadowRoot}} component
 */
export default function mountState({ data, parentElement }) {
  /** @type {HTMLElement|null} */
  const element = parentElement.host.closest(".stElementContainer");
  if (element) element.style.display = "none";
  const page = /** @type {any} */ (window);
  const boxes = (page[Symbol.for("incident-map.frames")] ??= new Map());
  const box = boxes.get(data.frame) ?? { wanted: null, follow: null, went: null };
  boxes.set(data.frame, box);
  const wanted = { revision: data.revision, view: data.view, texts: data.texts, kept: data.kept };
  box.wanted = wanted;
  box.follow?.();
  if (data.address !== null && hasFollowed(box, data.address)) replaceAddress(parentElement, data.address);
  return () => {
    if (box.wanted === wanted) box.wanted = null;
  };
}
