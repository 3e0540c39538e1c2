/* For the tests of the base map. */

/** @param {[number, number, number]} at latitude, longitude, zoom */
export const look = (at) => { window.leaflets[0].setView([at[0], at[1]], at[2], { animate: false }); };

/** @param {[number, number]} by pixels */
export const panBy = (by) => { window.leaflets[0].panBy(by, { animate: false }); };

/**
 * What stands on the map, from its upper left corner: the corners of each text of the base map, and
 * the boxes of what is over it.
 */
export const standing = () => {
  const room = document.querySelector('.leaflet-container').getBoundingClientRect();
  const corners = (/** @type {HTMLElement} */ node) => {
    const { left, top, width, height } = node.getBoundingClientRect();
    const angle = Number((/rotate\((-?[\d.]+)deg\)/.exec(node.style.transform) || [0, 0])[1]) * Math.PI / 180;
    const [x, y] = [left + width / 2 - room.left, top + height / 2 - room.top];
    const [w, h] = [node.offsetWidth / 2, node.offsetHeight / 2];
    return [[-w, -h], [w, -h], [w, h], [-w, h]].map(([dx, dy]) =>
      [x + dx * Math.cos(angle) - dy * Math.sin(angle), y + dx * Math.sin(angle) + dy * Math.cos(angle)]);
  };
  const isSeen = (/** @type {number[][]} */ points) => points.some(([x, y]) => x > 0 && y > 0 && x < room.width && y < room.height);
  const all = (/** @type {string} */ css) => [...document.querySelectorAll(css)].map((node) =>
    ({ text: node.innerText || node.getAttribute('aria-label') || '', at: corners(node) })).filter(({ at }) => isSeen(at));
  return { size: [room.width, room.height], names: all('.im-base-name:not([hidden], .is-covered)'),
    over: all('.im-plate, .im-name, .im-mark') };
};

/**
 * What stands on the map in each of some views, one look after the other.
 *
 * @param {[number, number, number][]} views latitude, longitude, zoom
 */
export const standingAt = (views) => views.map((at) => { look(at); return standing(); });

/** Texts of the base map that are shown. */
export const shown = () => [...document.querySelectorAll('.im-base-name:not([hidden], .is-covered)')].map((node) => node.textContent);

/**
 * The texts that are shown at each of some places, one look after the other: a look that is asked for by
 * itself is painted as well.
 *
 * @param {[number, number, number][]} places latitude, longitude, zoom
 */
export const shownAt = (places) => places.map((at) => { look(at); return shown(); });

/** Whether the canvases of the base map hold anything, in the order of their panes. */
export const painted = () => ['relief', 'lines', 'signs'].map((name) => {
  const canvas = document.querySelector('.leaflet-im-' + name + '-pane canvas');
  if (!canvas) return false;
  const { width, height } = canvas;
  return canvas.getContext('2d').getImageData(0, 0, width, height).data.some((/** @type {number} */ value) => value > 0);
});

/** How many pixels of a canvas of the base map hold anything. @param {string} name its pane */
export const pixelsOf = (name) => {
  const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector('.leaflet-im-' + name + '-pane canvas'));
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i] > 0) count += 1;
  return count;
};
