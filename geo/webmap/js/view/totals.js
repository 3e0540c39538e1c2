/*
 * The fatalities of the incidents shown, in one line: ranges, and never a sum with unknowns as
 * zero. The same rules stand in geo/view/totals.py, which says what each figure is.
 */
import { counted, grouped } from '../core/numbers.js';
/** @import { MapRecord } from '../core/types.js' */

/** What a record needs for it. @typedef {Pick<MapRecord, 'kind'|'killed'|'killedBasis'>} Counted */

/** @param {(number|null)[]} figures */
const sum = (figures) => figures.reduce((/** @type {number} */ total, n) => total + (n ?? 0), 0);

/** The sum of all, where all are known. @param {(number|null)[]} figures */
const whole = (figures) => (figures.length && figures.every((n) => n !== null) ? sum(figures) : null);

/**
 * @param {Counted[]} records incidents that state a number
 * @param {boolean} hasBest
 * @returns {{incidents: number, deadly: number, low: number, best: number|null, high: number|null}}
 */
function tollOf(records, hasBest) {
  /** @param {number} at */
  const column = (at) => records.map(({ killed }) => killed[at]);
  return {
    incidents: records.length,
    deadly: records.filter(({ killed: [low, best] }) => (low ?? best ?? 0) >= 1).length,
    low: sum(column(0)),
    best: hasBest ? whole(column(1)) : null,
    high: whole(column(2)),
  };
}

/** @param {ReturnType<typeof tollOf>} toll */
function rangeText({ low, best, high }) {
  const words = high === null ? 'at least ' + grouped(low) : low === high ? grouped(low) : grouped(low) + ' to ' + grouped(high);
  const isNew = best !== null && !(low === best && best === high);
  return isNew ? words + ' (best figure ' + grouped(best) + ')' : words;
}

/**
 * @param {Counted[]} records what is shown; presence claims have no fatalities
 * @returns {{figures: string[], deadly: string}} both empty where there is no incident
 */
export function fatalitiesOf(records) {
  const incidents = records.filter(({ kind }) => kind === 'incident');
  /** @param {...string} bases */
  const of = (...bases) => incidents.filter(({ killedBasis }) => bases.includes(killedBasis));
  const reported = tollOf(of('independent', 'un'), true);
  const claimed = tollOf(of('claimed_by_party'), false);
  const silent = of('not_stated').length;
  const deadly = reported.deadly + claimed.deadly;
  const figures = [[reported, 'reported by third parties'], [claimed, 'claimed by parties only']].flatMap(([toll, whose]) => {
    const one = /** @type {ReturnType<typeof tollOf>} */ (toll);
    return one.incidents ? [rangeText(one) + ' as ' + whose + ', in ' + counted(one.incidents, 'incident')] : [];
  });
  if (silent) figures.push(counted(silent, 'incident') + (silent === 1 ? ' does' : ' do') + ' not state a number');
  return { figures, deadly: deadly ? counted(deadly, 'incident') + ' with at least one fatality' : '' };
}

/** All of it in one line, as the program says it. @param {Counted[]} records */
export function fatalitiesText(records) {
  const { figures, deadly } = fatalitiesOf(records);
  const parts = deadly ? figures.concat([deadly]) : figures;
  return parts.length ? 'Fatalities: ' + parts.join(' · ') : '';
}
