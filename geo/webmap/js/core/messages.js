/*
 * The view as others see it: what may come in by message or address, checked; what goes out.
 * The document runs in frames of unknown parents, so nothing received is trusted or echoed.
 */
import { addressOf } from './address.js';
import { checkTexts, checkView, isPlain } from './checks.js';
import { pagesOf, targetsOf } from './pages.js';
/** @import { Texts } from './checks.js' */
/** @import { FrameOptions } from './options.js' */
/** @import { MapRecord, Model, View } from './types.js' */
/** @import { Layers } from '../view/layers.js' */

/** What a host may rely on: 1, the view; 2, what is chosen, the groups, the size, the origin; 3, texts; 4, paper; 5, turns. */
const PROTOCOL = 5;
const TOUCHES = ['pointerdown', 'keydown', 'wheel', 'click', 'input'];

/**
 * What a host needs for a legend and switches of its own. A record of several groups counts in
 * each of them.
 * @param {Model} model
 * @param {Layers} layers
 */
export const factsOf = (model, layers) => ({
  records: model.records.length, title: model.title, dataVersion: model.dataVersion,
  groups: layers.rows.map(({ group, total }) => ({ key: group.key, name: group.name, short: group.short,
    letter: group.letter, light: group.light, dark: group.dark, records: total })),
});

/**
 * A record in the plain words of its card: never a title without the sentence that says whose claim it is.
 * @param {Model} model
 * @param {MapRecord|null} record
 */
const factsOfRecord = (model, record) => (record ? { record: record.id, title: record.title, sentence: record.sentence,
  when: record.dateText, status: model.statuses[record.status].key, groups: record.groups.map((g) => model.groups[g].key) } : { record: null });

/**
 * @typedef {Object} Host the document as its messages see it
 * @property {(view: Partial<View>) => void} setView
 * @property {() => View} getView
 * @property {(reasons: string[]) => void} sayRefused what of a view is beyond its bounds
 * @property {(texts: Texts) => void} takeTexts
 * @property {() => {shown: number, total: number}} counts
 * @property {Model} model
 * @property {Layers} layers
 * @property {FrameOptions} options
 * @property {() => MapRecord|null} chosen the record whose card is open
 * @property {boolean} isUsual a document opened without an address shows everything
 */

export class Messages {
  /** @param {Host} host */
  constructor(host) {
    this.host = host;
    this.pages = pagesOf(host.model.origins, window.location);
    /** @type {ReturnType<typeof setTimeout>|number} */
    this.timer = 0;
    this.sent = '';
    /** The number of the view that the host asked for last, and whether the host waits for the answer to it. */
    this.turn = 0;
    this.isAwaited = false;
    /** @type {MapRecord|null} */
    this.chosen = null;
    this.measure = '';
    this.isReady = false;
    this.toldPaper = '';
    this.trail = new Trail();
    /** @type {'user'|'host'|null} who caused the change that waits to be told */
    this.cause = null;
    // Until somebody has touched anything, what moves is the document itself while it opens: told
    // as the reader's, it would undo the view that a slow host is about to ask for.
    this.isTouched = false;
    for (const kind of TOUCHES) {
      window.addEventListener(kind, () => { this.isTouched = true; }, { capture: true, once: true, passive: true });
    }
    window.addEventListener('message', (event) => this.receive(event));
  }

  /** @param {MessageEvent} event */
  receive(event) {
    const data = event.data;
    const { origin } = this.host.options;
    if (event.source !== window.parent || (origin !== null && event.origin !== origin)) return;
    if (this.pages !== null && !this.pages.includes(event.origin)) return;
    if (!isPlain(data) || data.incidentMap !== 1) return;
    if (data.type === 'set-view') this.setView(data.view, data.turn);
    else if (data.type === 'texts') this.host.takeTexts(checkTexts(data.texts));
    else if (data.type === 'ask-view') this.sendView('host', true);
    else if (data.type === 'ask-ready' && this.isReady) this.ready();
  }

  /**
   * Take over a view, and say in the document what of it is beyond its bounds.
   * @param {unknown} view
   * @param {unknown} turn
   */
  setView(view, turn) {
    /** @type {string[]} */
    const refused = [];
    this.host.setView(checkView(view, this.host.model.bounds, (field, reason) => refused.push(field + ': ' + reason)));
    this.host.sayRefused(refused);
    if (!Number.isSafeInteger(turn)) return;
    this.turn = /** @type {number} */ (turn);
    this.isAwaited = true;
    this.changed('host');
  }

  /** @param {object} message */
  post(message) {
    if (window.parent === window) return;
    const above = window.location.ancestorOrigins?.[0];
    for (const page of targetsOf(this.pages, this.host.options.origin, above)) {
      window.parent.postMessage(Object.assign({ incidentMap: 1 }, message), page);
    }
  }

  /** Say once that the document listens, and then what is open and how large it is. */
  ready() {
    this.isReady = true;
    this.trail.begin(this.host.getView());
    this.chosen = null;
    this.post(Object.assign({ type: 'ready', protocol: PROTOCOL }, factsOf(this.host.model, this.host.layers)));
    this.tellChosen('host');
    if (this.measure) this.post(JSON.parse(this.measure));
    if (this.toldPaper) this.post(Object.assign({ type: 'paper' }, JSON.parse(this.toldPaper)));
  }

  /** Which record has been opened or closed. @param {'user'|'host'} cause */
  tellChosen(cause) {
    const record = this.host.chosen();
    if (!this.isReady || record === this.chosen) return;
    this.chosen = record;
    this.post(Object.assign({ type: 'chosen', cause }, factsOfRecord(this.host.model, record)));
  }

  /** Ask the host for what the document does not hold of some events. @param {number[]} rows */
  askTexts(rows) {
    if (rows.length) this.post({ type: 'ask-texts', rows });
  }

  /**
   * The size of the frame and the height that it would fill best, in CSS pixels.
   * @param {number} width
   * @param {number} height
   */
  size(width, height) {
    const measure = JSON.stringify({ type: 'size', width, height });
    if (measure === this.measure) return;
    this.measure = measure;
    if (this.isReady) this.post(JSON.parse(measure));
  }

  /**
   * How high the document is on paper, upright and lying, in CSS pixels.
   * @param {{upright: number, lying: number}} heights
   */
  paper(heights) {
    const text = JSON.stringify(heights);
    if (text === this.toldPaper || !this.isReady) return;
    this.toldPaper = text;
    this.post(Object.assign({ type: 'paper' }, heights));
  }

  /** Tell of a change once things have come to rest; of what is chosen at once. @param {'user'|'host'} cause */
  changed(cause) {
    this.tellChosen(cause);
    clearTimeout(this.timer);
    // What the reader did is not lost when the host speaks before it has been told.
    this.cause = this.isTouched && (this.cause === 'user' || cause === 'user') ? 'user' : 'host';
    this.timer = setTimeout(() => {
      const said = this.cause ?? 'host';
      this.cause = null;
      this.sendView(said, false);
    }, 250);
  }

  /** @param {'user'|'host'} cause @param {boolean} isAsked */
  sendView(cause, isAsked) {
    const view = this.host.getView();
    const text = JSON.stringify(view);
    if (text === this.sent && !isAsked && !this.isAwaited) return;
    if (!isAsked) this.sent = text;
    this.isAwaited = false;
    this.post(Object.assign({ type: 'view', view, cause, turn: this.turn }, this.host.counts()));
    if (window.parent === window) this.trail.keep(view, cause, addressOf(view, this.host.options, this.host.layers, this.host.isUsual));
  }
}

/** Milliseconds within which the same field changed again is one act: a word typed, a period that plays. */
const ONE_ACT = 2000;
/** Fields that change many times in one act. */
const FLOWING = ['from', 'to', 'text', 'compare'];

/**
 * The view in the address, so that a copied link opens it again and Back leads to the view before. What
 * the reader does on purpose is one step of the history; moving the map or the theme is none.
 */
class Trail {
  constructor() {
    /** @type {View|null} the view that stands in the address */
    this.view = null;
    /** Whether the last step is one that may go on. */
    this.isFlowing = false;
    this.at = 0;
    /** @type {string|null} the end of the address as it was last written or opened here */
    this.hash = null;
  }

  /** The document opens what the address says now. */
  follow() {
    this.hash = location.hash;
  }

  /**
   * What is open when the document is: the first act, however soon it comes, leads away from there.
   * @param {View} view
   */
  begin(view) {
    this.view ??= view;
    this.hash ??= location.hash;
  }

  /** @param {View} view @param {'user'|'host'} cause @param {string} hash */
  keep(view, cause, hash) {
    // Back or Forward has changed the address and the document is about to hear of it: what it tells now is
    // of the view before, and written here it would overwrite another step.
    if (this.hash !== null && location.hash !== this.hash) {
      this.follow();
      return;
    }
    /** @type {Record<string, unknown>|null} */
    const before = this.view && { ...this.view };
    const fields = before ? Object.entries(view).filter(([name, value]) => !['viewport', 'theme'].includes(name) &&
      JSON.stringify(value) !== JSON.stringify(before[name])).map(([name]) => name) : [];
    this.view = view;
    const now = Date.now();
    const isFlowing = fields.every((name) => FLOWING.includes(name));
    const isSameAct = isFlowing && this.isFlowing && now - this.at < ONE_ACT;
    const isStep = cause === 'user' && fields.length > 0 && !isSameAct;
    if (fields.length) Object.assign(this, { isFlowing: isFlowing && cause === 'user', at: now });
    // Where the address may not be changed, as in a sandboxed copy, nothing is lost.
    try {
      history[isStep ? 'pushState' : 'replaceState'](null, '', hash ? '#' + hash : location.pathname + location.search);
      this.follow();
    } catch {
      /* a sandboxed or embedded copy */
    }
  }
}
