/**
 * Hands what Python wants shown to the frame that `frame_document.js` mounts.
 *
 * This script travels with every rerun, so it is short.
 *
 * @param {{data: {frame: string, revision: number|string, view: object, texts: object|null},
 *   parentElement: ShadowRoot}} component
 */
export default function mountState({ data, parentElement }) {
  /** @type {HTMLElement|null} */
  const element = parentElement.host.closest(".stElementContainer");
  if (element) element.style.display = "none";
  const page = /** @type {any} */ (window);
  const boxes = (page[Symbol.for("incident-map.frames")] ??= new Map());
  const box = boxes.get(data.frame) ?? { wanted: null, follow: null };
  boxes.set(data.frame, box);
  const wanted = { revision: data.revision, view: data.view, texts: data.texts };
  box.wanted = wanted;
  box.follow?.();
  return () => {
    if (box.wanted === wanted) box.wanted = null;
  };
}
