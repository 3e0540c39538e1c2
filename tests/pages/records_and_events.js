/* For test_records_and_events.py. */

/** Remember the layer of events as soon as it draws. */
export const watchEvents = () => {
  const { EventsLayer } = IncidentMapModules['events/layer.js'];
  const { draw } = EventsLayer.prototype;
  EventsLayer.prototype.draw = /** @this {any} */ function (/** @type {any[]} */ ...args) {
    window.dots = this;
    draw.apply(this, args);
  };
  window.leaflets[0].fire('resize');
};

/** Where events and records stand, in pixels of the window, and how many events are drawn. */
export const standing = () => {
  const { dots } = window;
  const { left, top } = document.querySelector('.im-events-canvas').getBoundingClientRect();
  const box = (/** @type {Element} */ node) => {
    const { left: x, top: y, right, bottom } = node.getBoundingClientRect();
    return [x, y, right, bottom];
  };
  const marked = (/** @type {any} */ target) => (target.row === undefined ? target.r : 5.5);
  return {
    events: dots.targets.map((/** @type {any} */ one) => [one.x + left, one.y + top, marked(one)]),
    rings: dots.targets.filter((/** @type {any} */ one) => one.count).length,
    moved: dots.targets.filter((/** @type {any} */ one) => one.from?.length).length,
    drawn: dots.targets.reduce((/** @type {number} */ sum, /** @type {any} */ one) => sum + (one.count ?? 1), 0),
    there: dots.cube.reduce((/** @type {number} */ sum, /** @type {number} */ n) => sum + n, 0),
    records: [...document.querySelectorAll('.im-mark, .im-plate')].map(box),
  };
};

/** @param {[number, number, number]} at latitude, longitude, zoom */
export const standingAt = ([lat, lon, zoom]) => {
  window.leaflets[0].setView([lat, lon], zoom, { animate: false });
  return standing();
};
