/*
 * What Python asks of the scripts to hold its own rules against them, in Node.js or in a browser.
 * Arguments and answers are JSON; a payload is read once and asked of many times.
 */
import { viewFromHash, viewToHash } from '../../geo/webmap/js/core/address.js';
import { checkView } from '../../geo/webmap/js/core/checks.js';
import { changedViews, checkSaved } from '../../geo/webmap/js/core/kept.js';
import { readPayload } from '../../geo/webmap/js/core/payload.js';
import { areaInside, distance } from '../../geo/webmap/js/map/geodesic.js';
import { mgrsOf } from '../../geo/webmap/js/map/mgrs.js';
import { directionWords, nearestPoint } from '../../geo/webmap/js/map/nearest.js';
import { baseOf } from '../../geo/webmap/js/map/base_block.js';
import { districtsOf } from '../../geo/webmap/js/map/districts.js';
import { whereWords, named } from '../../geo/webmap/js/map/where.js';
import { within } from '../../geo/webmap/js/map/within.js';
import { sourcesByProvince } from '../../geo/webmap/js/view/coverage.js';
import { ledgerOf, questionOf, reasonOf } from '../../geo/webmap/js/view/keep.js';
import { originsOf, originsText } from '../../geo/webmap/js/view/origins.js';
import { misfits } from '../../geo/webmap/js/view/saved.js';
import { fatalitiesText } from '../../geo/webmap/js/view/totals.js';
/** @import { BaseBlock, Limits, Model, SavedView, View, ViewAct } from '../../geo/webmap/js/core/types.js' */
/** @import { Point } from '../../geo/webmap/js/map/geodesic.js' */
/** @import { Possible } from '../../geo/webmap/js/map/within.js' */

/** @type {Model} */
let model;

/** How many records a payload has, which is asked of from now on. @param {string} payload */
export async function read(payload) {
  model = await readPayload(payload);
  return model.records.length;
}

/** What each view keeps, and why not. @param {View[]} views */
export const ledgers = (views) => views.map((view) => ledgerOf(model, view));

/** The fatalities of what each view keeps, in words. @param {View[]} views */
export const fatalities = (views) => views.map((view) => {
  const question = questionOf(model, view);
  return fatalitiesText(model.records.filter((record) => reasonOf(question, record) === null));
});

/** The known origins of records with these marks, and the same in words. @param {number[][][][]} cases */
export const origins = (cases) => cases.map((records) => {
  const count = originsOf(records.map((marks) => ({ origins: marks })));
  return [count.records, count.origins, count.unknown, originsText(count)];
});

/** The known origins of each group in what each view keeps, by its key. @param {View[]} views */
export const originsByGroup = (views) => views.map((view) => {
  const question = questionOf(model, view);
  const kept = model.records.filter((record) => reasonOf(question, record) === null);
  return Object.fromEntries(model.groups.map(({ key }, g) => [key, originsText(originsOf(kept.filter((record) => record.groups.includes(g))))]));
});

/** How many sources speak of each province. @param {[string|null, string|null][]} spans */
export const coverage = (spans) => spans.map(([from, to]) => sourcesByProvince(model, { from, to }));

/** References of the grid. @param {[number, number][]} points @param {number} digits */
export const references = (points, digits) => points.map(([lat, lon]) => mgrsOf(lat, lon, digits));

/** Views as they are read again from the end of an address. @param {View[]} views @param {Limits} limits */
export const again = (views, limits) => views.map((view) => viewFromHash(viewToHash(view), limits));

/** What is taken over of views, and what is refused. @param {unknown[]} views @param {Limits} limits */
export const checked = (views, limits) => views.map((view) => {
  /** @type {Record<string, string>} */
  const refused = {};
  return { view: checkView(view, limits, (field, reason) => { refused[field] = reason; }), refused };
});

/** Whether things lie inside rings. @param {[Point[], Possible[]][]} cases */
export const insides = (cases) => cases.map(([ring, places]) => within(ring, places));

/** Metres between points. @param {[Point, Point][]} pairs */
export const distances = (pairs) => pairs.map(([from, to]) => distance(from, to));

/** Square metres inside rings. @param {Point[][]} rings */
export const areas = (rings) => rings.map(areaInside);

/**
 * Names of the districts in which points are, and how many districts there are.
 * @param {[number, number][]} points latitude and longitude @param {BaseBlock} block @param {[string, number[][][]][]} outlines of provinces
 */
export const districts = (points, block, outlines) => {
  const found = districtsOf(baseOf(block), outlines.map(([name, rings]) => named(name, rings))).map(({ names, rings }) => named(names.en, rings));
  return [found.length, points.map(([lat, lon]) => whereWords(lat, lon, [found]))];
};

/** Names of where points are. @param {[number, number][]} points latitude and longitude @param {[string, number[][][]][]} outlines */
export const wheres = (points, outlines) => {
  const level = outlines.map(([name, rings]) => named(name, rings));
  return points.map(([lat, lon]) => whereWords(lat, lon, [level]));
};

/** Nearest points of outlines, in metres and in words of the direction. @param {[Point, number[][][]][]} cases */
export const nearests = (cases) => cases.map(([from, rings]) => {
  const to = nearestPoint(from, rings);
  return [distance(from, to), directionWords(from, to)];
});

/** The saved views after each of several acts, one after another; an impossible one changes nothing. @param {SavedView[]} views @param {ViewAct[]} acts @param {Limits} limits */
export const viewsAfter = (views, acts, limits) => {
  const steps = [];
  for (const act of acts) {
    const next = changedViews(views, act, limits);
    views = next.views;
    steps.push({ views, isPossible: next.fault === '' });
  }
  return steps;
};

/** What is read of a list of saved views. @param {unknown} views @param {Limits} limits */
export const savedViews = (views, limits) => checkSaved(views, limits);

/** What addresses name that the data do not have. @param {string[]} addresses */
export const unfitting = (addresses) => addresses.map((address) => misfits(model, address));
