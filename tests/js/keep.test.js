import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countsOf, ledgerOf, nothingAsked, passesOne, questionOf, reasonOf, REASONS } from '../../geo/webmap/js/view/keep.js';
import { Filters } from '../../geo/webmap/js/view/filters.js';
import { Layers } from '../../geo/webmap/js/view/layers.js';
import { model, place, record } from './made.js';
/** @import { Asking } from '../../geo/webmap/js/core/types.js' */

test('a record is counted under the first filter that it fails', () => {
  const made = model([record({ from: '2020-01-01', to: '2020-01-01', kind: 'presence' })]);
  const why = (/** @type {Asking} */ view) => reasonOf(questionOf(made, view), made.records[0]);
  assert.equal(why({}), null);
  assert.equal(why({ from: '2021-01-01', kinds: ['incident'], text: 'nowhere' }), 'period');
  assert.equal(why({ kinds: ['incident'], text: 'nowhere' }), 'kind');
  assert.equal(why({ off: ['nrf'], from: '2021-01-01' }), 'layer');
});

test('a ledger counts every record once', () => {
  const made = model([record({ id: 'a' }), record({ id: 'b', standing: 'country', isMapped: false }), record({ id: 'c', killed: [3, 3, 3], killedBasis: 'exact' })]);
  const { total, drawn, beside, out } = ledgerOf(made, { deaths: 'not_stated' });
  assert.deepEqual([total, drawn, beside.country, out.deaths], [3, 1, 1, 1]);
  assert.equal(drawn + [...Object.values(beside), ...Object.values(out)].reduce((sum, n) => sum + n, 0), total);
});

test('an unrated source is not a poor one, and not stated is not zero', () => {
  const unjudged = record({ grades: [['F', 6]] });
  const asks = (/** @type {Asking} */ view, /** @type {'grade'|'deaths'} */ reason) => passesOne(questionOf(model([]), view), unjudged, reason);
  assert.equal(asks({ grade: 'E' }, 'grade'), false);
  assert.equal(asks({ grade: 'F' }, 'grade'), true);
  assert.equal(asks({ credibility: 6 }, 'grade'), true);
  assert.equal(asks({ deaths: 0 }, 'deaths'), false);
  assert.equal(asks({ deaths: 'not_stated' }, 'deaths'), true);
});

test('a state of review filters records, and drafts alone filter nothing', () => {
  const states = ['approved', 'unreviewed', 'withdrawn', 'draft'].map((review) => record({ id: review, review }));
  const made = model(states);
  const kept = (/** @type {Asking} */ view) => states.filter((one) => !reasonOf(questionOf(made, view), one)).map(({ id }) => id);
  assert.deepEqual(kept({ reviews: ['approved'] }), ['approved']);
  assert.deepEqual(kept({ reviews: ['draft', 'unreviewed'], drafts: true }), ['unreviewed', 'draft']);
  assert.equal(kept({ drafts: false }).length, 4);
  assert.equal(reasonOf(questionOf(made, { reviews: ['approved'] }), states[1]), 'review');
});

test('words are found in any order and in either script', () => {
  const said = record({ search: 'attack kابلی kabul' });
  const has = (/** @type {string} */ text) => passesOne(questionOf(model([]), { text }), said, 'text');
  assert.ok(has('KABUL attack'));
  assert.ok(has('ابلي'));
  assert.ok(!has('kabul herat'));
});

test('each choice has the number it would leave with all other filters unchanged', () => {
  const made = model([record({ id: 'a' }), record({ id: 'b', places: [place({ provinces: [1] })] }), record({ id: 'c', kind: 'presence' })]);
  assert.deepEqual(countsOf(made, { kinds: ['incident'] }, 'provinces', [['AF-A'], ['AF-B'], ['AF-C']]), [1, 1, 0]);
  assert.deepEqual(countsOf(made, { kinds: ['incident'] }, 'kinds', [['incident'], ['presence']]), [2, 1]);
});

test('a cleared filter no longer filters, and clearing keeps the drawing options', () => {
  const made = model([record({})]);
  const filters = new Filters(made, new Layers(made));
  filters.take({ from: '2023-01-01', provinces: ['AF-A'], mode: 'provinces', text: '  ' });
  filters.refresh();
  assert.equal(filters.reasons.get(made.records[0]), 'period');
  assert.deepEqual(filters.active().map(({ key }) => key), ['period', 'provinces:AF-A']);
  filters.lift('period');
  filters.refresh();
  assert.equal(filters.isShown(made.records[0]), true);
  filters.clear();
  assert.deepEqual(filters.asked, { ...nothingAsked(), mode: 'provinces' });
});

test('a second "only" restores the previous groups', () => {
  const made = model([record({ id: 'a' }), record({ id: 'b', groups: [1] }), record({ id: 'c', groups: [0, 1] })]);
  const layers = new Layers(made);
  layers.only(layers.rows[0]);
  assert.deepEqual(layers.offList(), ['aff']);
  assert.equal(ledgerOf(made, { off: layers.offList() }).out.layer, 1);
  layers.only(layers.rows[0]);
  assert.deepEqual(layers.offList(), []);
  layers.setOff(['nobody', 'nrf/incident/claimed_only']);
  assert.deepEqual(layers.offList(), ['nrf'], 'a group all of whose layers are off is off itself');
});

test('filters are always applied in the same order', () => {
  assert.equal(REASONS.join(), 'layer,period,kind,event,against,status,attribution,review,source,grade,precision,place,deaths,text');
});
