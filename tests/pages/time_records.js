/*
 * For test_time.py: records as far as time goes, and what the strip makes of them. Expressions of the
 * tests follow it in one function.
 */
export const T = { ...IncidentMapModules['time/scale.js'], ...IncidentMapModules['time/words.js'] };
export const { passesOne, questionOf } = IncidentMapModules['view/keep.js'];
/** @type {(text: string) => number} */
export const day = T.toDay;
/**
 * @type {(
 *   id: string, from: string | null, to: string, datePrecision: string, approximate?: boolean,
 * ) => Dated}
 */
export const made = (id, from, to, datePrecision, approximate = false) =>
  ({ id, from, to, datePrecision, approximate, groups: [0], title: id });
export const may = made('may', '2022-05-01', '2022-05-31', 'month');
export const about = made('about', '2022-05-01', '2022-05-31', 'month', true);
export const known = made('known', '2022-05-15', '2022-05-15', 'day');
export const year = made('year', '2022-01-01', '2022-12-31', 'year');
export const early = made('early', null, '2022-03-31', 'longer');
export const lone = made('lone', '2001-09-09', '2001-09-09', 'day');
/** @type {(first: string | null, last: string | null) => {[end: string]: number | null}} */
export const window = (first, last) => ({
  first: first === null ? null : day(first),
  last: last === null ? null : day(last),
});

/** @type {(records: Dated[], units: string[]) => number[][]} */
export const howBinned = (records, units) => units.map((unit) => {
  const sorted = T.binned(records, unit);
  return [sorted.bins.length, sorted.longer.length];
});

/** @type {(records: Dated[], unit: string) => any[]} */
export const columns = (records, unit) => {
  const sorted = T.binned(records, unit);
  /** @type {{start: number, end: number, records: Dated[]}[]} */
  const bins = sorted.bins;
  return [
    bins.map((bin) => [T.toIso(bin.start), T.toIso(bin.end), bin.records.map((one) => one.id)]),
    sorted.longer.map((/** @type {Dated} */ one) => one.id),
  ];
};

/**
 * Records, and periods, of which the strip and the filters do not say the same.
 *
 * @type {(records: Dated[]) => any[]}
 */
export const disagreements = (records) => records.flatMap((record) =>
  [null, '2001-09-09', '2022-01-01', '2022-05-01', '2022-05-15'].flatMap((from) =>
    [null, '2022-03-31', '2022-05-15', '2022-05-31', '2022-12-31'].flatMap((to) =>
      [true, false].filter((certain) => (from || to) &&
        passesOne(questionOf({}, { from, to, certain }), record, 'period')
        !== T.windowKeeps(record, window(from, to), certain)))));

/** @type {(records: Dated[]) => object} */
export const axisOf = (records) => {
  /** @type {{first: number, last: number}[]} */
  const stretches = T.stretchesOf(records);
  const scale = new T.Scale(stretches, 1000, 100);
  const cut = scale.cuts()[0];
  return {
    stretches: stretches.map((one) => [one.first, one.last].map(T.toIso)),
    wide: Math.round(cut.x1 - cut.x0),
    words: T.lengthWords(cut.days),
    days: [5, 45, 95].map((at) => T.toIso(scale.edgeAt(cut.x0 + at))),
    back: ['2001-09-09', '2022-02-28'].map((one) => T.toIso(scale.dayAt(scale.x(day(one)) + 0.01))),
  };
};

/**
 * The lanes of items, and of the same items the other way round.
 *
 * @type {(items: [Dated, number, number][]) => any[]}
 */
export const lanes = (items) => [items, [...items].reverse()].map((list) => {
  /** @typedef {{record: Dated}} Item */
  /** @type {{lanes: Item[][], hidden: Item[]}} */
  const got = T.lanesOf(list.map(([record, x0, x1]) => ({ record, x0, x1 })), 2, 2);
  const ids = (/** @type {Item[]} */ lane) => lane.map((one) => one.record.id);
  return [got.lanes.map(ids), ids(got.hidden)];
});

/** @type {(span: object, step: number, records: Dated[]) => string[] | null} */
export const stepped = (span, step, records) => {
  const next = T.stepped(span, step, T.stretchesOf(records));
  return next && [next.first, next.last].map(T.toIso);
};
