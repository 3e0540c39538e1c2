import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grouped, counted, shortNumber } from '../../geo/webmap/js/core/numbers.js';
import { ringRadius, ringsOf } from '../../geo/webmap/js/events/rings.js';
import { crowdsOf } from '../../geo/webmap/js/map/marks.js';
import { mgrsOf } from '../../geo/webmap/js/map/mgrs.js';
import { isWithin, nearestOn, overlaps, Placing } from '../../geo/webmap/js/map/placing.js';
import { plateCount } from '../../geo/webmap/js/map/plate_words.js';
import { symbolBox } from '../../geo/webmap/js/map/symbols.js';
import { place, record } from './made.js';
/** @import { Mark, PlacedPlace, Shape } from '../../geo/webmap/js/core/types.js' */

test('a short number is rounded down, never up', () => {
  assert.deepEqual([999, 1000, 1999, 9999, 340999, 999999, 1299999].map(shortNumber), ['999', '1k', '1.9k', '9.9k', '340k', '999k', '1.2M']);
  assert.deepEqual([0, 999, 1000, 1234567].map(grouped), ['0', '999', '1,000', '1,234,567']);
  assert.deepEqual([counted(1, 'record'), counted(0, 'record'), counted(2, 'entry', 'entries')], ['1 record', '0 records', '2 entries']);
});

test('a grid reference is as coarse as requested', () => {
  assert.equal(mgrsOf(34.528131, 69.172334, 3), '42S WD 158 207');
  assert.equal(mgrsOf(34.528131, 69.172334, 0), '42S WD');
  assert.deepEqual([mgrsOf(85, 0, 4), mgrsOf(0, 181, 4), mgrsOf(NaN, 0, 4)], ['', '', '']);
});

test('boxes that share an edge do not overlap, but do within a gap', () => {
  const [a, b] = [{ x: 0, y: 0, w: 10, h: 10 }, { x: 10, y: 0, w: 10, h: 10 }];
  assert.deepEqual([overlaps(a, b, 0), overlaps(a, b, 1), isWithin(a, a), isWithin(b, a)], [false, true, true, false]);
  assert.deepEqual(nearestOn(a, { x: 30, y: -5 }), { x: 10, y: 0 });
});

test('a plate is placed inside its own area or not at all', () => {
  // The area is all that lies west of 50 pixels; a pixel is a degree.
  const ground = /** @type {any} */ ({ insideOf: () => (/** @type {number} */ _, /** @type {number} */ lon) => lon < 50, othersThan: () => (/** @type {number} */ _, /** @type {number} */ lon) => lon >= 50,
    provinceAt: () => 0 });
  const placing = new Placing(ground, (lat, lon) => ({ x: lon, y: -lat }), ({ x, y }) => ({ lat: -y, lng: x }), { x: 0, y: -100, w: 100, h: 100 });
  const plate = /** @type {any} */ ({ province: 0, at: { lat: 50, lon: 45 } });
  /** @type {Shape} */
  const shape = { kind: 'full', rows: [], width: 30, height: 20, cost: 0 };
  const bounds = { south: 0, north: 100, west: 0, east: 50 };
  const found = placing.inside(plate, [shape], bounds, { x: 45, y: -50 });
  assert.ok(found && found.box.x + found.box.w <= 50);
  assert.equal(placing.inside(plate, [{ ...shape, width: 90 }], bounds, { x: 45, y: -50 }), null);
  placing.take(found);
  assert.equal(placing.isFree(found.box), false);
});

test('marks that would touch are grouped until no two crowds touch', () => {
  const mark = (/** @type {number} */ x, /** @type {number} */ y) => /** @type {Mark} */ ({ key: x + ',' + y, record: record({ id: x + ',' + y }),
    place: /** @type {PlacedPlace} */ (place({})), drawn: 'dot', x, y, trueX: x, trueY: y, radius: 0, spec: { groups: [0], kind: 'incident', stroke: 'solid' },
    box: symbolBox({ groups: [0], kind: 'incident' }) });
  const marks = Array.from({ length: 40 }, (_, i) => mark((i * 37) % 200, (i * 61) % 120));
  const crowds = crowdsOf(marks);
  assert.equal(crowds.reduce((sum, crowd) => sum + crowd.marks.length, 0), marks.length);
  crowds.forEach((one, i) => crowds.slice(i + 1).forEach((other) => assert.ok(!overlaps(one.space, other.space, -1))));
});

test('rings count each event once and never overlap', () => {
  const cells = Array.from({ length: 200 }, (_, cell) => ({ cell, x: (cell * 97) % 900, y: (cell * 53) % 600, n: 1 + (cell % 11) ** 4 }));
  const rings = ringsOf(cells);
  assert.equal(rings.reduce((sum, { n }) => sum + n, 0), cells.reduce((sum, { n }) => sum + n, 0));
  assert.deepEqual(rings.flatMap((ring) => ring.cells).sort((a, b) => a - b), cells.map(({ cell }) => cell));
  rings.forEach((a, i) => rings.slice(i + 1).forEach((b) => assert.ok(Math.hypot(a.x - b.x, a.y - b.y) - a.r - b.r >= -2)));
  assert.ok(ringRadius(1e9) <= 21);
});

test('a plate counts records and events separately', () => {
  const plate = /** @type {any} */ ({ records: [record({})], events: 1200 });
  assert.equal(plateCount(plate), '1 record and 1,200 events');
  assert.equal(plateCount({ ...plate, events: 0 }), '1 record');
});
