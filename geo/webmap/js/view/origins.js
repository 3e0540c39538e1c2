/*
 * How many known origins records have: what shares a mark is one origin, directly or through others.
 * The same rules are in geo/counts/origin_counts.py and geo/dossier/lineage.py.
 */
import { counted, grouped } from '../core/numbers.js';
/** @import { MapRecord } from '../core/types.js' */

/** @typedef {{records: number, origins: number, unknown: number}} OriginCount `unknown`: records without any known lineage */

/**
 * @param {Pick<MapRecord, 'origins'>[]} records
 * @returns {OriginCount}
 */
export function originsOf(records) {
  /** @type {Map<number, number>} for each mark another one of the same origin, or itself */
  const parent = new Map();
  /** @param {number} mark @returns {number} */
  const rootOf = (mark) => {
    let at = mark;
    for (let next = parent.get(at) ?? at; next !== at; next = parent.get(at) ?? at) at = next;
    return at;
  };
  for (const marks of records.flatMap(({ origins }) => origins)) {
    const root = rootOf(marks[0]);
    marks.forEach((mark) => parent.set(rootOf(mark), root));
  }
  const roots = new Set([...parent.keys()].map(rootOf));
  return { records: records.length, origins: roots.size, unknown: records.filter(({ origins }) => !origins.length).length };
}

/** The counts in words, as the program says them. @param {OriginCount} count */
export function originsText({ records, origins, unknown }) {
  const said = counted(records, 'record');
  if (records === unknown) return said + (records ? ' of unknown lineage' : '');
  return said + ' from ' + counted(origins, 'known origin') + (unknown ? ', ' + grouped(unknown) + ' of unknown lineage' : '');
}

/** What stands below the number of origins: how many records add none. @param {OriginCount} count */
export const lineageNote = ({ unknown }) => (unknown ? grouped(unknown) + ' of unknown lineage' : '');
