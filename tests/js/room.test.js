import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clearOf, touches } from '../../geo/webmap/js/events/room.js';

const BADGE = { x: 0, y: 0, w: 80, h: 40 };
/** @param {number} x @param {number} y @param {number} n */
const ring = (x, y, n) => ({ x, y, r: 15, n });

test('a ring that nothing covers stays where it is', () => {
  const [one] = clearOf([ring(200, 20, 5)], [BADGE], []);
  assert.deepEqual([one.x, one.y, one.from, one.all.length], [200, 20, [], 1]);
});

test('a ring below a badge moves beside it, and says where it was', () => {
  const [one] = clearOf([ring(60, 30, 5)], [BADGE], []);
  assert.equal(touches(BADGE, one, one.r, 0), false);
  assert.deepEqual(one.from, [{ x: 60, y: 30 }]);
  assert.ok(Math.hypot(one.x - 60, one.y - 30) < 60);
});

test('no ring is lost, none covers another, none is below a badge', () => {
  const rings = Array.from({ length: 40 }, (_, i) => ring((i % 8) * 32, Math.floor(i / 8) * 32, i + 1));
  const boxes = [BADGE, { x: 120, y: 60, w: 90, h: 40 }];
  const found = clearOf(rings, boxes, []);
  assert.equal(found.flatMap(({ all }) => all).reduce((sum, { n }) => sum + n, 0), 820);
  for (const [i, one] of found.entries()) {
    assert.ok(!boxes.some((box) => touches(box, one, one.r, 0)));
    for (const other of found.slice(i + 1)) assert.ok(Math.hypot(one.x - other.x, one.y - other.y) >= 28);
  }
});

test('no ring moves out of the country, and it is counted with another rather', () => {
  // The country is what lies west of 40; a badge fills it but for a strip.
  const areaAt = (/** @type {{x: number}} */ { x }) => (x < 40 ? 0 : -1);
  const wall = { x: -300, y: -300, w: 340, h: 600 };
  const found = clearOf([ring(20, 0, 3), ring(-330, 0, 4)], [wall], [], [], areaAt);
  assert.deepEqual(found.map(({ all }) => all.map(({ n }) => n)), [[4, 3]]);
});
