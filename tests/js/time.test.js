import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binned, lanesOf, Scale, shifted, spanOf, startOf, stepped, stretchesOf, ticksOf, toDay, toIso, typedDay, unitAfter, windowKeeps, yearBefore, yearsOf } from '../../geo/webmap/js/time/scale.js';
import { comparison, looseWords, recordWords, sentence, sentenceText, spanShort, spanWords, typedFault } from '../../geo/webmap/js/time/words.js';
import { extended, namedBy } from '../../geo/webmap/js/time/axis.js';
import { EventBars, datesOfEvents } from '../../geo/webmap/js/time/event_bars.js';
import { periodWords } from '../../geo/webmap/js/view/filter_fields.js';
import { record } from './made.js';
/** @import { MapRecord } from '../../geo/webmap/js/core/types.js' */

const day = (/** @type {string} */ iso) => /** @type {number} */ (toDay(iso));
const span = (/** @type {string} */ first, /** @type {string} */ last) => ({ first: day(first), last: day(last) });
const over = (/** @type {string|null} */ from, /** @type {string|null} */ to, /** @type {Partial<MapRecord>} */ more = {}) =>
  record({ from, to, datePrecision: from === to ? 'day' : 'month', ...more });

test('a date that does not exist is rejected', () => {
  for (const text of ['2022-02-30', '2022-13-01', '22-01-01', '', null]) assert.equal(toDay(text), null);
  assert.equal(toIso(day('1000-01-01')), '1000-01-01');
  assert.equal(toIso(null), null);
});

test('a typed date is a day, a month or a year', () => {
  assert.equal(toIso(typedDay('2022-2', true) ?? null), '2022-02-28');
  assert.equal(toIso(typedDay('2022', false) ?? null), '2022-01-01');
  assert.equal(typedDay(' ', true), null);
  assert.equal(typedDay('May 2022', true), undefined);
});

test('weeks begin on Monday before 1970 too, and quarters remain whole across years', () => {
  assert.equal(toIso(startOf('week', day('1969-12-31'))), '1969-12-29');
  assert.equal(toIso(unitAfter('quarter', day('2021-10-01'))), '2022-01-01');
});

test('a record is in a column only if its whole interval is', () => {
  const may = over('2022-05-01', '2022-05-31');
  const known = over('2022-05-15', '2022-05-15');
  const about = over('2022-05-15', '2022-05-15', { approximate: true });
  const open = over(null, '2022-05-15');
  const { bins, longer } = binned([may, known, about, open], 'week');
  assert.deepEqual(bins.map(({ records }) => records), [[known]]);
  assert.deepEqual(longer, [may, about, open]);
  assert.deepEqual(binned([may, known], 'month').bins.map(({ records }) => records.length), [2]);
});

test('a window keeps what may be in it, and with certain dates only what must be', () => {
  const may = over('2022-05-01', '2022-05-31');
  assert.equal(windowKeeps(may, span('2022-05-31', '2022-06-30'), false), true);
  assert.equal(windowKeeps(may, span('2022-05-31', '2022-06-30'), true), false);
  assert.equal(windowKeeps(over(null, null), span('2022-05-31', '2022-06-30'), false), true);
  assert.equal(windowKeeps(over(null, null), { first: null, last: null }, true), true);
});

test('an axis cuts out long gaps and converts pixels back to days', () => {
  const stretches = stretchesOf([over('2001-09-09', '2001-09-09'), over('2022-05-01', '2022-05-31')]);
  assert.deepEqual(stretches.map(({ first, last }) => [toIso(first), toIso(last)]), [['2001-07-01', '2001-09-30'], ['2022-04-01', '2022-06-30']]);
  const scale = new Scale(stretches, 1000, 100);
  const [cut] = scale.cuts();
  assert.equal(Math.round(cut.x1 - cut.x0), 100);
  for (const iso of ['2001-07-01', '2001-09-09', '2022-05-15']) assert.equal(toIso(scale.dayAt(scale.x(day(iso)) + 0.01)), iso);
  const xs = ticksOf(scale, 50).days.map((tick) => scale.x(tick.day));
  assert.deepEqual(xs, [...xs].sort((a, b) => a - b));
});

test('whole months move by whole months, and a step skips a cut gap', () => {
  assert.deepEqual(shifted(span('2022-02-01', '2022-02-28'), 1), span('2022-03-01', '2022-03-31'));
  const stretches = [span('2001-07-01', '2001-09-30'), span('2022-04-01', '2022-06-30')];
  assert.deepEqual(stepped(span('2001-09-01', '2001-09-30'), 1, stretches), span('2022-04-01', '2022-04-30'));
  assert.equal(stepped(span('2022-06-01', '2022-06-30'), 1, stretches), null);
});

test('bars of a lane never touch, in any order', () => {
  const items = [[0, 30], [10, 20], [21, 40], [35, 50], [31, 34]].map(([x0, x1], i) => ({ record: record({ id: 'r' + i }), x0, x1 }));
  const ids = (/** @type {typeof items} */ list) => lanesOf(list, 2, 2).lanes.map((lane) => lane.map((one) => one.record.id));
  const { lanes } = lanesOf(items, 2, 2);
  for (const lane of lanes) lane.slice(1).forEach((one, i) => assert.ok(one.x0 >= lane[i].x1 + 2));
  assert.deepEqual(ids([...items].reverse()), ids(items));
});

test('an interval in words gives nothing a day', () => {
  assert.equal(spanWords(span('2022-05-01', '2022-05-31')), 'between 1 and 31 May 2022');
  assert.equal(spanWords({ first: null, last: null }), 'at any time');
  assert.equal(spanShort(span('2022-05-01', '2022-12-31')), '1 May – 31 Dec 2022');
  assert.equal(spanShort({ first: null, last: day('2024-12-31') }), 'to 31 Dec 2024');
  assert.equal(recordWords(over('2022-05-15', '2022-05-15', { approximate: true })), 'on or about 15 May 2022');
  assert.deepEqual(spanOf(over('2022-05-01', null)), { first: day('2022-05-01'), last: null });
});

test('the sentence of the strip counts records and states how precisely they are dated', () => {
  const records = [over('2022-05-01', '2022-05-31'), over('2022-05-15', '2022-05-15')];
  assert.match(sentenceText(sentence({ shown: records, records, window: span('2022-05-01', '2022-05-31'), certain: true })), /^2 of 2 records · certainly between 1 and 31 May 2022 · 1 of them/);
  assert.equal(looseWords([records[1]]), '');
  assert.equal(comparison(3, 5, 1), '2 fewer in A than in B · 1 may be in both');
});

test('a period in words has the parts that both ends share once', () => {
  assert.equal(periodWords({ from: '2022-05-01', to: '2022-12-31' }), '1 May to 31 Dec 2022');
  assert.equal(periodWords({ from: null, to: '2022-12-31' }), 'until 31 Dec 2022');
  assert.equal(periodWords({ from: null, to: null }), '');
});

test('events of more than one column are in no column', () => {
  const table = /** @type {any} */ ({ spans: [span('2022-05-03', '2022-05-03'), span('2022-05-01', '2022-06-30'), { first: null, last: null }] });
  const bars = new EventBars(table, Uint32Array.of(4, 2, 1));
  bars.sort('month');
  assert.deepEqual([[...bars.bins.values()].map(({ events }) => events), bars.longer], [[4], 3]);
  assert.equal(datesOfEvents(table).length > 0, true);
});

test('what is typed wrong is explained', () => {
  for (const text of ['2022', '2022-2', '2024-02-29', '']) assert.equal(typedFault(text), '');
  assert.match(typedFault('2023-02-29'), /February 2023 has 28 days/);
  assert.match(typedFault('2023-13-01'), /months are 01 to 12/);
  for (const text of ['soon', '31/12/2022', '22-01']) assert.match(typedFault(text), /^Not a valid date\. Expected 2022-05-01/);
});

test('the same period a year before keeps the ends of months', () => {
  assert.deepEqual(yearBefore(span('2024-02-01', '2024-02-29')), span('2023-02-01', '2023-02-28'));
  assert.deepEqual(yearBefore(span('2025-02-15', '2025-02-28')), span('2024-02-15', '2024-02-29'));
  assert.deepEqual(yearBefore(span('2024-02-29', '2024-03-05')), span('2023-02-28', '2023-03-05'));
});

test('the years of an axis are those that its stretches touch', () => {
  const years = yearsOf([span('2001-07-01', '2001-09-30'), span('2021-10-01', '2023-03-31')]);
  assert.deepEqual(years.map(({ first }) => toIso(first)), ['2001-01-01', '2021-01-01', '2022-01-01', '2023-01-01']);
  assert.equal(toIso(years[3].last), '2023-12-31');
});

test('a label of the axis names a year or a month, and extends a period to it', () => {
  const january = namedBy('month', { day: day('2023-01-01'), isFirst: false });
  assert.deepEqual([january.unit, toIso(january.last)], ['year', '2023-12-31']);
  const cut = namedBy('month', { day: day('2021-07-12'), isFirst: true });
  assert.deepEqual([cut.unit, toIso(cut.first), toIso(cut.last)], ['month', '2021-07-01', '2021-07-31']);
  assert.deepEqual(extended({ first: null, last: day('2021-01-01') }, cut), { first: null, last: cut.last });
  assert.deepEqual(extended({ first: null, last: null }, cut), { first: cut.first, last: cut.last });
});

test('the shortest sentence names whole months and years, and loses no day', () => {
  const least = (/** @type {string} */ first, /** @type {string} */ last) =>
    sentence({ shown: [], records: [], window: span(first, last), certain: false }).least;
  assert.equal(least('2022-01-01', '2024-12-31'), '2022–2024');
  assert.equal(least('2024-01-01', '2024-12-31'), '2024');
  assert.equal(least('2022-05-01', '2022-08-31'), 'May – Aug 2022');
  assert.equal(least('2021-05-01', '2024-12-31'), 'May 2021 – Dec 2024');
  assert.equal(least('2022-02-01', '2022-02-28'), 'Feb 2022');
  assert.equal(least('2022-05-02', '2022-08-31'), '2 May – 31 Aug 2022');
});
