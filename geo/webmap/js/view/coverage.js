/*
 * How many sources speak of each province in a period, whatever the filters keep: the question is what
 * the data have. The same rule is in geo/counts/coverage.py.
 */
/** @import { Model } from '../core/types.js' */

/** @typedef {{from: string|null, to: string|null}} Days of a period, both included; `null`: no limit */

/**
 * The number of sources that speak of each province, or may.
 * @param {Pick<Model, 'records'|'provinceList'>} model
 * @param {Days} days
 * @returns {number[]} by the position of the province
 */
export function sourcesByProvince(model, { from, to }) {
  /** @type {Set<number>[]} */
  const found = model.provinceList.map(() => new Set());
  for (const record of model.records) {
    if ((from && record.to && record.to < from) || (to && record.from && record.from > to)) continue;
    for (const province of record.covers) record.sources.forEach((source) => found[province].add(source));
  }
  return found.map((sources) => sources.size);
}

/**
 * The step of each number of sources.
 * @param {Pick<Model, 'coverage'>} model
 * @param {number[]} numbers
 */
export const coverageSteps = (model, numbers) =>
  numbers.map((number) => model.coverage.steps.findIndex(({ first, last }) => number >= first && (last === null || number <= last)));
