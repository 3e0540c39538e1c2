/* For test_badges_in_view.py. */

export const badgesSeen = () => {
  const map = window.leaflets[0];
  const room = map.getContainer().getBoundingClientRect();
  const box = (/** @type {HTMLElement} */ node) => {
    const { left, top, right, bottom } = node.getBoundingClientRect();
    return [left - room.left, top - room.top, right - room.left, bottom - room.top];
  };
  const all = (/** @type {string} */ css) => [...document.querySelectorAll(css)];
  const origin = map.getPixelBounds().min;
  return {
    zoom: map.getZoom(), origin: [origin.x, origin.y], room: [0, 0, room.width, room.height],
    taken: all('.im-mark, .im-stack, .im-controls, .im-modes, .im-find, .im-overview, .leaflet-control-scale').map(box),
    badges: all('.im-plate:not(.im-stack)').map((node) => ({
      key: node.dataset.key, box: box(node), says: node.innerText, title: node.title,
      kind: (/im-plate-(\w+)/.exec(node.className) || [])[1],
      line: [...node.parentElement.querySelectorAll('.im-leader-line')].map((line) => {
        const at = line.closest('.im-badge').getBoundingClientRect();
        return line.getAttribute('d').match(/-?[\d.]+/g).map(Number)
          .map((/** @type {number} */ n, /** @type {number} */ i) =>
            n + (i % 2 ? at.top - room.top : at.left - room.left));
      })[0] || null,
    })),
  };
};

/** Moves the map by so many of its own widths and heights. */
export const panBy = (/** @type {[number, number]} */ by) => {
  const map = window.leaflets[0];
  const { x, y } = map.getSize();
  map.panBy([by[0] * x, by[1] * y], { animate: false });
};

/**
 * What is seen in each of some views, one look after the other: a look that is asked for by itself is painted
 * as well.
 *
 * @param {[number, number, number, number, number][]} views latitude, longitude, zoom, then as `panBy`
 */
export const badgesSeenAt = (views) => views.map(([lat, lon, zoom, x, y]) => {
  window.leaflets[0].setView([lat, lon], zoom, { animate: false });
  panBy([x, y]);
  return badgesSeen();
});
