/* For test_keeping.py. */

/** @type {(argument: [any, object[]]) => Promise<any>} */
export const ledgers = async ([payload, views]) => {
  const { readPayload } = IncidentMapModules['core/payload.js'];
  const { ledgerOf } = IncidentMapModules['view/keep.js'];
  if (payload) window.model = await readPayload(payload);
  return views.map((/** @type {object} */ view) => ledgerOf(window.model, view));
};
