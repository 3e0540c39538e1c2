/* For test_finding_ones_way.py: pixels of the window and points of the first map. */

const first = () => {
  const [map] = /** @type {any} */ (window).leaflets;
  return { map, box: map.getContainer().getBoundingClientRect() };
};

export const at = (/** @type {[number, number]} */ [x, y]) => {
  const { map, box } = first();
  const { lat, lng } = map.containerPointToLatLng([x - box.left, y - box.top]);
  return [lat, lng];
};

export const spot = (/** @type {[number, number]} */ [lat, lon]) => {
  const { map, box } = first();
  const { x, y } = map.latLngToContainerPoint([lat, lon]);
  return [x + box.left, y + box.top];
};

export const hearCopies = () => {
  /** @type {string[]} */
  const heard = [];
  document.addEventListener('copy', () => heard.push(String(getSelection())));
  return heard;
};

export const isMarkSeen = () => {
  const { box } = first();
  return [...document.querySelectorAll('.im-mark, .im-stack')].some((node) => {
    const { left, top } = node.getBoundingClientRect();
    return left > box.left && left < box.right && top > box.top && top < box.bottom;
  });
};
