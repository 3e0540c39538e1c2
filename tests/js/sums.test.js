import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventTable, readEvents } from '../../geo/webmap/js/events/sums.js';
import { questionOf } from '../../geo/webmap/js/view/keep.js';
import { Layers } from '../../geo/webmap/js/view/layers.js';
import { model } from './made.js';
/** @import { Asking, ColumnOf, EventBlock } from '../../geo/webmap/js/core/types.js' */

const DAY = 19000;

/** Four events at three spots: two at a place, one known to its province, one nowhere. */
function table() {
  /** @type {Uint8Array[]} */
  const parts = [];
  let bytes = 0;
  /** @param {Record<string, number[]>} named */
  const columns = (named) => ({ count: Object.values(named)[0].length, columns: Object.entries(named).map(([name, values]) => {
    const at = bytes;
    parts.push(new Uint8Array(Int32Array.from(values).buffer));
    bytes += 4 * values.length;
    return /** @type {ColumnOf} */ ([name, 'int32', at]);
  }) });
  const own = columns({ combo: [0, 0, 1, 1], status: [0, 0, 0, 0], event: [0, 1, 0, 1], subevent: [0, 0, 0, 0], against: [0, 0, 0, 0], attribution: [0, 0, 0, 0],
    killed_basis: [0, 1, 0, 1], killed_low: [-1, 0, -1, 5], killed_best: [-1, 0, -1, 5], killed_high: [-1, 0, -1, 9], spot: [0, 0, 1, 2], span: [0, 1, 1, 1] });
  const spots = columns({ lat: [345, 0, 0], lon: [692, 0, 0], precision: [0, 2, 0], off: [0, 0, 1], province: [1, 2, 0], district: [0, 0, 0], place: [0, 0, 0], uncertainty_m: [0, 0, 0] });
  const spans = columns({ from: [DAY, DAY + 10], to: [DAY, DAY + 40] });
  /** @type {EventBlock} */
  const block = { ...own, combos: [[0], [0, 1]], spots, spans, bytes, degree: 10, texts: null, search: { event: ['battles', 'riots'], subevent: [''], place: [''] },
    lists: { off: ['', 'unknown'], event: ['Battles', 'Riots'], subevent: [''], against: [[]], attribution: ['claimed'], killed_basis: ['not_stated', 'exact'], place: [''], district: [''], radius: [0] } };
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  const made = model([]);
  return { made, block, whole, events: Object.assign(made, { table: new EventTable(made, block, whole.buffer) }).table };
}

/** @param {Asking} view */
function asked(view) {
  const { made, events } = table();
  const layers = new Layers(made);
  if (view.off) layers.setOff(view.off);
  events.ask(questionOf(made, view));
  return { events, on: events.switchedOn(layers), ledger: events.ledger(events.switchedOn(layers)) };
}

test('every event is counted once: by where it is shown, or by why it is not', () => {
  const { total, shown, drawn, stands } = asked({}).ledger;
  assert.deepEqual([total, shown, drawn, stands.point, stands.area, stands.unknown], [4, 4, 3, 2, 1, 1]);
  const { ledger } = asked({ events: ['Battles'], deaths: 'stated' });
  assert.deepEqual([ledger.shown, ledger.out.event, ledger.out.deaths], [0, 2, 2]);
});

test('an event of two groups stays while one of them is on', () => {
  assert.equal(asked({ off: ['nrf'] }).ledger.shown, 2);
  assert.equal(asked({ off: ['nrf', 'aff'] }).ledger.out.layer, 4);
});

test('no event is a presence claim, cites a source of the dossier or is rated', () => {
  assert.equal(asked({ kinds: ['presence'] }).ledger.out.kind, 4);
  assert.equal(asked({ sources: ['paper'] }).ledger.out.source, 4);
  assert.equal(asked({ grade: 'C' }).ledger.out.grade, 4);
  assert.equal(asked({ grade: 'F' }).ledger.shown, 4);
});

test('zero killed counts as stated, and not stated is not zero', () => {
  assert.deepEqual([asked({ deaths: 0 }).ledger.shown, asked({ deaths: 1 }).ledger.shown, asked({ deaths: 'not_stated' }).ledger.shown], [2, 1, 2]);
});

test('an event dated to an interval passes every period it may be in, and with certain dates only one that contains it', () => {
  const iso = (/** @type {number} */ day) => new Date(day * 86400000).toISOString().slice(0, 10);
  const shown = (/** @type {boolean} */ certain) => asked({ from: iso(DAY + 5), to: iso(DAY + 20), certain }).ledger.shown;
  assert.deepEqual([shown(false), shown(true)], [3, 0]);
});

test('a plate counts events located only to its province, and all in it with province totals', () => {
  const { events, on } = asked({});
  const sums = (/** @type {boolean} */ isTally) => events.byProvince(isTally, on).map((counts) => counts.reduce((sum, n) => sum + n, 0));
  assert.deepEqual([sums(false), sums(true)], [[0, 1, 0], [2, 1, 0]]);
});

test('a truncated block is rejected', async () => {
  const { made, block, whole } = table();
  await assert.rejects(readEvents(Object.assign(made, { eventTable: block }), new Response(whole.slice(1))), /bytes; expected/);
  assert.throws(() => new EventTable(made, { ...block, count: 400 }, whole.buffer), /is cut off/);
});

test('a choice counts the events that it would leave, before and after groups are switched', () => {
  const { made, events } = table();
  const layers = new Layers(made);
  const counts = (/** @type {Asking} */ view, /** @type {string} */ name, /** @type {string[]} */ values) => {
    layers.setOff(view.off || []);
    const q = questionOf(made, view);
    events.ask(q);
    return events.choices(q, name, values.map((value) => [value]), events.switchedOn(layers));
  };
  const all = ['exact', 'settlement', 'province'];
  assert.deepEqual(events.totalsOf('precisions', all), [3, 0, 1]);
  assert.deepEqual(events.totalsOf('kinds', ['incident', 'presence']), [4, 0]);
  assert.deepEqual(counts({}, 'precisions', all), [3, 0, 1]);
  assert.deepEqual(counts({ off: ['nrf'] }, 'precisions', all), [1, 0, 1]);
  // The other filters count, and the field's own does not.
  assert.deepEqual(counts({ precisions: ['province'], events: ['Battles'] }, 'precisions', all), [1, 0, 1]);
  assert.deepEqual(counts({ off: ['nrf'] }, 'statuses', ['claimed_only']), [2]);
  assert.deepEqual(counts({ statuses: ['claimed_only'], off: ['nrf'] }, 'statuses', ['claimed_only']), [2]);
  assert.deepEqual(counts({ events: ['Riots'] }, 'kinds', ['incident', 'presence']), [2, 0]);
  assert.deepEqual(counts({ kinds: ['presence'] }, 'kinds', ['incident', 'presence']), [4, 0]);
});
