/* For test_outlines_drawn.py: how often a map that opens is fitted and drawn. */
{
  const { Camera } = IncidentMapModules['map/camera.js'];
  const { MapView } = IncidentMapModules['map/map_view.js'];
  const { fit } = Camera.prototype;
  const { redraw } = MapView.prototype;
  window.fits = 0;
  window.draws = 0;
  Camera.prototype.fit = /** @this {any} */ function () {
    window.fits += 1;
    return fit.call(this);
  };
  MapView.prototype.redraw = /** @this {any} */ function (/** @type {any} */ state) {
    window.draws += 1;
    return redraw.call(this, state);
  };
}
