/*
 * Where a record can stand: on the map, or beside it.
 */
/** @import { Standing, StandingKey } from './types.js' */

/** @type {Standing[]} the places a record can stand, in the order of the ledger */
export const STANDINGS = [
  { key: 'point', short: 'place', label: 'at a place', title: 'Drawn at a place' },
  { key: 'area', short: 'area', label: 'as a province or district', title: 'Known only to the province or district' },
  { key: 'region', short: 'region', label: 'as a region', title: 'Known only to a region' },
  { key: 'country', short: 'country-wide', label: 'country-wide', title: 'Country-wide' },
  { key: 'outside', short: 'outside', label: 'outside the country', title: 'Outside the country' },
  { key: 'unknown', short: 'not found', label: 'with a place not found', title: 'Place not found' },
  { key: 'not_stated', short: 'no place', label: 'with no place stated', title: 'No place stated' },
  { key: 'withdrawn', short: 'withdrawn', label: 'withdrawn', title: 'Withdrawn' },
];

/** @type {StandingKey[]} standings that have no mark on the map */
export const BESIDE = ['country', 'outside', 'unknown', 'not_stated', 'withdrawn'];
