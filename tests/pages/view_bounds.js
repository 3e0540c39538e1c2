/* For test_view_bounds.py. */

/** @type {(argument: [string, any, object]) => any} */
export const checkedView = ([how, given, bounds]) => {
  const { checkView } = IncidentMapModules['core/checks.js'];
  const { viewFromHash } = IncidentMapModules['core/address.js'];
  /** @type {any[]} */
  const said = [];
  const refuse = (/** @type {any} */ field) => said.push(field);
  return [how === 'message' ? checkView(given, bounds, refuse)
    : viewFromHash(given, bounds, undefined, refuse), said];
};
