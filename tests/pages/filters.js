/* For test_filters.py. */

/** @type {(argument: [any, any[]]) => Promise<any>} */
export const keptBy = async ([payload, views]) => {
  const { readPayload } = IncidentMapModules['core/payload.js'];
  const { viewFromHash, viewToHash } = IncidentMapModules['core/address.js'];
  const { ledgerOf } = IncidentMapModules['view/keep.js'];
  const { Layers } = IncidentMapModules['view/layers.js'];
  const { Filters } = IncidentMapModules['view/filters.js'];
  const model = await readPayload(payload);
  return views.map((/** @type {object} */ view) => {
    const layers = new Layers(model);
    const filters = new Filters(model, layers);
    const read = viewFromHash(viewToHash(Object.assign({}, view)), model.bounds);
    layers.setOff(read.off || []);
    filters.take(read);
    filters.refresh();
    const reasons = model.records.map((/** @type {any} */ record) =>
      [record.id, filters.reasons.get(record) || '']);
    return { why: Object.fromEntries(reasons), ledger: ledgerOf(model, filters.view()) };
  });
};

/** @type {(argument: [any, object]) => Promise<any>} */
export const choiceCounts = async ([payload, view]) => {
  const { readPayload } = IncidentMapModules['core/payload.js'];
  const { countsOf } = IncidentMapModules['view/keep.js'];
  const { filterFields } = IncidentMapModules['view/filter_fields.js'];
  const model = await readPayload(payload);
  /** @type {any[]} */
  const fields = filterFields(model);
  return fields.filter((field) => field.name !== 'text').flatMap((field) => {
    const values = field.choices.map((/** @type {any} */ choice) =>
      (field.isMany ? [choice.value] : choice.value));
    const counts = countsOf(model, view, field.name, values);
    return values.map((/** @type {any} */ value, /** @type {number} */ i) => [field.name, value, counts[i]]);
  });
};

export const partsShown = () => ({
  total: Number(document.querySelector('.im-ledger-total b').textContent),
  drawn: Number(document.querySelector('.im-ledger-total strong').textContent),
  parts: Object.fromEntries([...document.querySelectorAll('.im-ledger-part')].map((node) =>
    [node.dataset.standing, Number(node.querySelector('b').textContent)])),
  pane: document.querySelector('.leaflet-map-pane').style.transform,
  size: ['clientWidth', 'clientHeight'].map((side) =>
    document.querySelector('.leaflet-container')[side]),
});
