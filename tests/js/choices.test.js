import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOutsideKey, keyNames, KEYS, pressed } from '../../geo/webmap/js/core/keys.js';
import { Filters } from '../../geo/webmap/js/view/filters.js';
import { Layers } from '../../geo/webmap/js/view/layers.js';
import { model, place, record } from './made.js';

/** One record at an exact place, one in a town, one in a province; "near" is not used. */
function precisions() {
  const made = model([0, 1, 2].map((precision) => record({ id: 'r' + precision, places: [place({ precision })] })));
  made.precisions.push({ key: 'near', drawn: 'disc', label: 'Near', definition: '' });
  const filters = new Filters(made, new Layers(made));
  const choices = filters.switches.find(({ field }) => field.name === 'precisions');
  assert.ok(choices);
  const on = () => choices.rows().map(({ value }) => value).filter((value) => choices.isOn(value));
  return { filters, choices, on };
}

test('what no record has is no row, and stays on when another is switched off', () => {
  const { filters, choices, on } = precisions();
  assert.deepEqual(on(), ['exact', 'settlement', 'province']);
  choices.toggle('exact');
  assert.deepEqual(filters.asked.precisions, ['near', 'province', 'settlement']);
  assert.deepEqual(on(), ['settlement', 'province']);
  assert.deepEqual(choices.off().length, 1);
});

test('all on filters nothing, and switching off the last gives all back', () => {
  const { filters, choices, on } = precisions();
  ['exact', 'settlement'].forEach((value) => choices.toggle(value));
  assert.deepEqual(on(), ['province']);
  choices.toggle('exact');
  choices.toggle('settlement');
  assert.deepEqual(filters.asked.precisions, []);
  ['exact', 'settlement', 'province'].forEach((value) => choices.toggle(value));
  assert.deepEqual(filters.asked.precisions, []);
});

test('only this one, and what was before', () => {
  const { filters, choices, on } = precisions();
  choices.toggle('province');
  const before = filters.asked.precisions;
  choices.only('exact');
  assert.deepEqual([on(), choices.isSolo('exact')], [['exact'], true]);
  choices.only('settlement');
  choices.only('settlement');
  assert.deepEqual(filters.asked.precisions, before);
});

test('a range of rows gets the state of the row that was switched last', () => {
  const { choices, on } = precisions();
  choices.toggle('exact');
  choices.toggle('settlement', true);
  assert.deepEqual(on(), ['province']);
  choices.toggle('exact');
  choices.toggle('province', true);
  assert.deepEqual(on(), ['exact', 'settlement', 'province']);
});

test('a row says how many would be shown with it on, all other choices kept', () => {
  const { filters, choices } = precisions();
  choices.toggle('exact');
  filters.refresh();
  assert.deepEqual([...choices.counts().values()], [1, 1, 1]);
  filters.take({ from: '2030-01-01' });
  filters.refresh();
  assert.deepEqual([...choices.counts().values()], [0, 0, 0]);
});

test('a link that asks for what no record has is a row that can be switched off', () => {
  const { filters, choices } = precisions();
  filters.take({ precisions: ['near'] });
  assert.deepEqual(choices.rows().map(({ value }) => value), ['exact', 'settlement', 'province', 'near']);
  choices.toggle('near');
  assert.deepEqual(filters.asked.precisions, []);
});

test('most of the choices are said by what is missing', () => {
  const { filters, choices } = precisions();
  choices.toggle('exact');
  assert.deepEqual(filters.active().map(({ key, value }) => [key, value]), [['precisions:', 'all but Claimed']]);
  filters.active()[0].lift();
  assert.deepEqual(filters.asked.precisions, []);
});

test('layers of a group switch in a range, alone, and back', () => {
  const made = model([record({ id: 'a' }), record({ id: 'b', kind: 'presence' }), record({ id: 'c', groups: [1] })]);
  const layers = new Layers(made);
  const [nrf] = layers.rows;
  const [incident, presence] = nrf.parts.map(({ key }) => key);
  layers.only(nrf, presence);
  assert.deepEqual([layers.offKeys(), layers.isSolo(nrf, presence), layers.isSolo(nrf)], [[incident, 'aff'], true, false]);
  layers.only(nrf, presence);
  assert.deepEqual(layers.offKeys(), []);
  layers.toggleLayer(nrf, incident);
  layers.toggleLayer(nrf, presence, true);
  assert.deepEqual(layers.offKeys(), ['nrf']);
});

test('a key means what the table says, in either case, and only some come from outside', () => {
  const event = (/** @type {string} */ key) => /** @type {KeyboardEvent} */ ({ key });
  assert.equal(pressed(event('1'), 'group'), 0);
  assert.equal(pressed(event('M'), 'measure'), true);
  assert.equal(pressed(event('constructor'), 'group'), undefined);
  assert.deepEqual(['1', '0', '?', '/', 'm', 'Escape', 1, null].map(isOutsideKey), [true, true, true, true, false, false, false, false]);
  assert.deepEqual(keyNames(KEYS.point), ['Space']);
});

test('the app passes on the keys that the table lets through, and no others', async () => {
  const { readFile } = await import('node:fs/promises');
  const script = await readFile(new URL('../../geo/app/frame_document.js', import.meta.url), 'utf8');
  const passed = new RegExp(/const PASSED_ON = \/(.*)\/;/.exec(script)?.[1] ?? 'nothing');
  for (const { keys } of Object.values(KEYS)) {
    for (const key of Object.keys(keys)) assert.equal(passed.test(key), isOutsideKey(key), key);
  }
});
