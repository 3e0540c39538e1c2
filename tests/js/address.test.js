import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf, offBut, viewFromHash, viewToHash } from '../../geo/webmap/js/core/address.js';
import { checkTexts, checkView } from '../../geo/webmap/js/core/checks.js';
import { hashParts } from '../../geo/webmap/js/core/hash.js';
import { factsOf } from '../../geo/webmap/js/core/messages.js';
import { optionsFromHash, optionsToHash } from '../../geo/webmap/js/core/options.js';
import { nothingAsked } from '../../geo/webmap/js/view/keep.js';
import { Layers } from '../../geo/webmap/js/view/layers.js';
import { LIMITS, model, record } from './made.js';
/** @import { View } from '../../geo/webmap/js/core/types.js' */

/** @type {View} */
const NOTHING = { ...nothingAsked(), off: [], chosen: null, province: null, viewport: null, theme: null };

test('a view written to a hash is read back the same', () => {
  /** @type {View} */
  const view = { ...NOTHING, off: ['nrf', 'aff/incident/claimed_only'], from: '2022-05-01', certain: true, events: ['Explosions/Remote violence'],
    deaths: 0, text: 'پنجشیر & co, 100%', compare: ['2021-01-01', '2021-12-31'], viewport: { lat: 34.5, lon: 69.12, zoom: 7.25 }, mode: 'provinces',
    counting: 'origins', coverage: true };
  assert.deepEqual({ ...NOTHING, ...viewFromHash(viewToHash(view), LIMITS) }, view);
  assert.equal(viewToHash(NOTHING), '');
});

test('each malformed part is ignored', () => {
  assert.deepEqual(viewFromHash('#from=2022-02-30&to=2022-05-01&deaths=-1&at=x,1,2&text=%E0%A4&grade=Z&mode=odd', LIMITS), { to: '2022-05-01' });
  assert.deepEqual([...hashParts('#a=1&a=2&=3&b&c=%zz')], [['a', ['2']]]);
});

test('only known plain fields of a message are applied', () => {
  const made = Object.create({ off: ['nrf'] });
  assert.deepEqual(checkView(made, LIMITS), {});
  assert.deepEqual(checkView(null, LIMITS), {});
  assert.deepEqual(checkView({ innerHTML: '<b>', chosen: 'x'.repeat(201), kinds: ['incident', 7, '<b>'] }, LIMITS), { kinds: ['incident'] });
});

test('a field that exceeds its bound is rejected with a reason and never shortened', () => {
  /** @type {Record<string, string>} */
  const refused = {};
  const many = Array.from({ length: 1001 }, (_, i) => 's' + i);
  const view = checkView({ sources: many, deaths: 2000000, text: 'x'.repeat(201), grade: 'B' }, LIMITS, (field, reason) => { refused[field] = reason; });
  assert.deepEqual(view, { grade: 'B' });
  assert.deepEqual(Object.keys(refused).sort(), ['deaths', 'sources', 'text']);
  assert.match(refused.sources, /^1,001 entries/);
});

test('texts of events are read by number, complete or not at all', () => {
  const whole = { id: 'E1', notes: '<b>', source: '' };
  assert.deepEqual([...checkTexts({ 3: whole, 4: { id: 'E4' }, x: whole, '-1': whole })], [[3, whole]]);
  assert.equal(checkTexts([whole]).size, 0);
});

test('an address may name the groups that are on', () => {
  const layers = new Layers(model([record({ id: 'a' }), record({ id: 'b', groups: [1] })]));
  assert.deepEqual(offBut(layers, ['nrf']), ['aff/incident/claimed_only']);
  const options = optionsFromHash('#groups=nrf&panel=none');
  assert.equal(addressOf({ ...NOTHING, off: ['aff'] }, options, layers, true), 'groups=nrf&panel=none');
  assert.equal(addressOf(NOTHING, options, layers, false), 'off=&panel=none');
});

test('a frame exchanges messages only with the given origin', () => {
  const origin = (/** @type {string} */ hash) => optionsFromHash(hash).origin;
  assert.equal(origin('#origin=https://news.example'), 'https://news.example');
  assert.equal(origin('#origin=https://news.example/page'), '');
  assert.equal(origin('#origin=javascript:alert(1)'), '');
  assert.equal(origin('#panel=none'), null);
  assert.equal(optionsToHash(optionsFromHash('#time=none&wheel=odd&origin=https://a.example')), 'time=none&origin=https://a.example');
});

test('a host is told every group with its records, with a record of two groups in both', () => {
  const made = model([record({ id: 'a' }), record({ id: 'b', groups: [0, 1] })]);
  assert.deepEqual(factsOf(made, new Layers(made)).groups.map(({ key, records }) => [key, records]), [['nrf', 2], ['aff', 1]]);
});

test('all groups off is one value, and each of many groups is not', () => {
  const layers = new Layers(model([record({ groups: [0] }), record({ groups: [1] })]));
  layers.setOff(['*']);
  assert.equal(layers.isAllOff(), true);
  assert.deepEqual(layers.offList(), ['*']);
  assert.deepEqual(viewFromHash('#off=*', LIMITS), { off: ['*'] });
  layers.toggleGroup(layers.rows[0]);
  assert.deepEqual(layers.offList(), [layers.rows[1].key]);
});
