/* For test_coordinates_shown.py. */

export const coordinatesText = (/** @type {any} */ place) => {
  const model = {precisions: [{drawn: place.drawn}]};
  const whole = Object.assign({precision: 0, provinces: [], off: null}, place);
  const node = IncidentMapModules['map/coordinates.js'].coordinatesOf(model, whole);
  return node && node.firstChild.textContent;
};
