/* For test_outlines_drawn.py. */

/** Each province's outline as it is drawn and as Leaflet projects its corners, in pixels. */
export const edges = (/** @type {{features: any[]}} */ provinces) =>
  provinces.features.map(({ id, geometry }) => {
    const drawn = document.querySelector('.im-province[data-province="' + id + '"]').getBBox();
    const isMany = geometry.type === 'MultiPolygon';
    const lines = isMany ? geometry.coordinates.flat(1) : geometry.coordinates;
    /** @type {[number, number][]} */
    const corners = lines.flat(1);
    const at = corners.map(([lon, lat]) => map_incidents.latLngToLayerPoint([lat, lon]));
    const [xs, ys] = [at.map((point) => point.x), at.map((point) => point.y)];
    const ends = (/** @type {number[]} */ values) => [Math.min(...values), Math.max(...values)];
    const box = [[drawn.x, drawn.x + drawn.width], [drawn.y, drawn.y + drawn.height]];
    return [id, box[0], ends(xs), box[1], ends(ys)];
  });

const paths = () =>
  [...document.querySelectorAll('path.im-province, path.im-land, path.im-hatch')];

export const written = () => paths().map((node) => node.getAttribute('d'));

/** Counts in `window.anew` the outlines that are written anew. */
export const watchOutlines = () => {
  window.anew = 0;
  const watch = new MutationObserver((changes) => { window.anew += changes.length; });
  paths().forEach((node) => watch.observe(node, { attributeFilter: ['d'] }));
};
