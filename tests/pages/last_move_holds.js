/* For test_last_move_holds.py. */

/** @type {(argument: [any, number | null, any]) => Promise<any>} */
export const afterMoves = async ([first, wait, last]) => {
  const later = (/** @type {number} */ ms) => new Promise((go) => setTimeout(go, ms));
  const frame = () => new Promise(requestAnimationFrame);
  // Leaflet begins to zoom with the next frame, which a busy machine may be late to draw.
  const rest = async () => {
    do {
      await later(300);
      await frame();
      await frame();
    } while (document.querySelector('.leaflet-zoom-anim, .leaflet-pan-anim'));
  };
  const say = (/** @type {any} */ message) => window.dispatchEvent(new MessageEvent('message',
    { source: window.parent, data: { incidentMap: 1, ...message } }));
  const ask = (/** @type {any} */ what) => {
    if (typeof what === 'string') document.querySelector('[title="' + what + '"]').click();
    else say({ type: 'set-view', view: { viewport: what } });
  };
  ask('Whole country');
  ask(first);
  if (wait === null) await rest();
  else if (wait) await later(wait);
  ask(last);
  await rest();
  // Asked for, the view is written into the address at once.
  say({ type: 'ask-view' });
  const at = /at=[^&]*/.exec(location.hash);
  const maps = leaflets.filter((map) => map.getContainer().offsetWidth);
  const places = maps.map((map) => [map.getCenter().lat, map.getCenter().lng, map.getZoom()]);
  return [at && at[0], places.map((place) => place.map((number) => number.toFixed(3)).join())];
};
