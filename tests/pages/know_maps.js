/* For a page to begin with: Leaflet's maps, in the order in which they are made. */
{
  window.leaflets = [];
  /** @type {any} */
  let made;
  Object.defineProperty(window, 'L', {
    get: () => made,
    set(value) {
      made = value;
      made.Map.addInitHook(/** @this {any} */ function () { window.leaflets.push(this); });
    },
  });
}
