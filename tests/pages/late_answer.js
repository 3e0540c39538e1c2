/*
 * For test_back_and_forward.py: once `window.isHeld` is set, what waits for a quarter of a second runs at the
 * moment when the address has changed and the document has not heard of it yet.
 */
const page = /** @type {any} */ (window);
const wait = window.setTimeout.bind(window);
/** @type {(() => void)|null} */
let late = null;

page.setTimeout = (/** @type {() => void} */ act, /** @type {number} */ after) => {
  if (!page.isHeld || after !== 250) return wait(act, after);
  late = act;
  return 0;
};

// It comes before the event that the document listens to.
window.addEventListener('popstate', () => {
  late?.();
  late = null;
});
