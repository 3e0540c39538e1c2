/* For test_for_every_reader.py. */

export const unfoldAll = () => {
  const all = (/** @type {string} */ css) => [...document.querySelectorAll(css)];
  all('[aria-expanded="false"]:not(.im-tab, .im-time-more)').forEach((node) => node.click());
  all('details').forEach((node) => { node.open = true; });
};

export const moving = () => document.getAnimations().flatMap((one) => {
  /** @type {any} */
  const effect = one.effect;
  const isMoving = one.playState === 'running' && effect.getComputedTiming().duration > 10;
  return isMoving ? [effect.target.outerHTML.slice(0, 160)] : [];
});

export const lasting = () => [...document.querySelectorAll('*')].filter((node) => {
  const style = getComputedStyle(node);
  return [style.transitionDuration, style.animationDuration].some((all) =>
    all.split(',').some((one) => parseFloat(one) > 0.01));
}).map((node) => node.outerHTML.slice(0, 160));

export const placed = () => ['.leaflet-map-pane', '.im-mark'].map((css) => {
  const node = document.querySelector(css);
  return node && JSON.stringify(node.getBoundingClientRect());
});
