/* For browsing.py. */

export const nothingComes = () => /** @type {Promise<void>} */ (new Promise((rests, fails) => {
  const lacking = '[data-testid=stSkeleton], [data-testid=stAppSkeleton]';
  const begun = performance.now();
  let last = begun;
  const watch = new MutationObserver(() => { last = performance.now(); });
  watch.observe(document, { subtree: true, childList: true, characterData: true });
  const look = () => {
    const now = performance.now();
    if (document.querySelector(lacking)) last = now;
    if (now - last > 500) { watch.disconnect(); rests(); }
    else if (now - begun > 60000) fails(new Error('this page never comes to rest'));
    else setTimeout(look, 50);
  };
  look();
}));

export const liesStill = async () => {
  const frame = () => new Promise(requestAnimationFrame);
  // What is asked for now begins to move with the next frame.
  do {
    await frame();
    await frame();
  } while (document.querySelector('.leaflet-zoom-anim, .leaflet-pan-anim'));
};
