/*
 * Messages to and from the page that embeds the document. The document runs in frames of unknown
 * parents, so nothing received is trusted or echoed.
 */
import { addressOf } from './address.js';
import { checkTexts, checkView, isPlain } from './checks.js';
import { KEYS, isOutsideKey } from './keys.js';
import { checkKept } from './kept.js';
import { pagesOf, targetsOf } from './pages.js';
/** @import { Texts } from './checks.js' */
/** @import { FrameOptions } from './options.js' */
/** @import { KeptByHost, MapRecord, Model, View, ViewAct } from './types.js' */
/** @import { Layers } from '../view/layers.js' */

/** Version of the protocol. Added with 2: the chosen record, groups, size and origin; 3: texts; 4: print heights; 5: turns; 6: keys, what the host keeps, the page's address, files, show-on-map; 7: clicked places, forms of records; 8: passages of claims. */
const PROTOCOL = 8;
/** Decimals of degrees of a place that is clicked: 10 m, less than a pixel at the closest zoom. */
const DECIMALS = 4;
/** Letters of an address of a page; browsers take no more into a link that somebody can use. */
const LONGEST_ADDRESS = 2000;
/** Milliseconds without a change after which the host is told: longer than a frame of dragging or a keystroke. */
const AT_REST = 250;
const TOUCHES = ['pointerdown', 'keydown', 'wheel', 'click', 'input'];

/**
 * What a host needs for its own legend and switches. A record of several groups counts in each of
 * them.
 * @param {Model} model
 * @param {Layers} layers
 */
export const factsOf = (model, layers) => ({
  records: model.records.length, title: model.title, dataVersion: model.dataVersion,
  groups: layers.rows.map(({ group, total }) => ({ key: group.key, name: group.name, short: group.short,
    letter: group.letter, light: group.light, dark: group.dark, records: total })),
});

/**
 * A record as on its card: never the title without the sentence that attributes it.
 * @param {Model} model
 * @param {MapRecord|null} record
 */
const factsOfRecord = (model, record) => (record ? { record: record.id, title: record.title, sentence: record.sentence,
  when: record.dateText, status: model.statuses[record.status].key, groups: record.groups.map((g) => model.groups[g].key) } : { record: null });

/**
 * @typedef {Object} Host the part of the document that messages use
 * @property {(view: Partial<View>) => void} setView
 * @property {() => View} getView
 * @property {(reasons: string[]) => void} sayRefused report the fields of a view that exceed their bounds
 * @property {(texts: Texts) => void} takeTexts
 * @property {(key: string) => void} press act on a key pressed in the page around the document
 * @property {(text: string) => void} type write into the search, if it holds the focus of the document
 * @property {(kept: KeptByHost) => void} takeKept
 * @property {(address: string) => void} takeAddress the address at which a page shows this map
 * @property {() => {shown: number, total: number}} counts
 * @property {Model} model
 * @property {Layers} layers
 * @property {FrameOptions} options
 * @property {() => MapRecord|null} chosen the record whose card is open
 * @property {boolean} isUsual whether the document opened without a hash shows everything
 */

export class Messages {
  /** @param {Host} host */
  constructor(host) {
    this.host = host;
    this.pages = pagesOf(host.model.origins, window.location);
    /** @type {ReturnType<typeof setTimeout>|number} */
    this.timer = 0;
    this.sent = '';
    /** The number of the last view that the host set, and whether the host is waiting for the answer. */
    this.turn = 0;
    this.isAwaited = false;
    /** @type {MapRecord|null} */
    this.chosen = null;
    this.measure = '';
    this.isReady = false;
    this.toldPaper = '';
    this.trail = new Trail();
    /** @type {'user'|'host'|null} who caused the change that is still to be reported */
    this.cause = null;
    // Before the first interaction, changes come from the document itself while it opens. Reported
    // as the user's, they would undo the view that a slow host is about to set.
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
    else if (data.type === 'address') this.takeAddress(data.base);
    else if (data.type === 'texts') this.host.takeTexts(checkTexts(data.texts));
    else if (data.type === 'key') this.takeKey(data.key, data.typed === true);
    else if (data.type === 'kept') this.takeKept(data.kept);
    else if (data.type === 'ask-view') this.sendView(this.cause ?? 'host', true);
    else if (data.type === 'ask-ready' && this.isReady) this.ready();
  }

  /**
   * Apply a view, and report in the document the fields that exceed their bounds.
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

  /**
   * Act on a key that was pressed in the page, or write one that was typed there after `/`.
   * @param {unknown} key
   * @param {boolean} isTyped
   */
  takeKey(key, isTyped) {
    if (isTyped && typeof key === 'string' && [...key].length === 1) this.host.type(key);
    if (isTyped || !isOutsideKey(key)) return;
    this.host.press(/** @type {string} */ (key));
    if (Object.hasOwn(KEYS.find.keys, /** @type {string} */ (key))) this.post({ type: 'searching' });
  }

  /** @param {unknown} base */
  takeAddress(base) {
    const isOf = typeof base === 'string' && base.length <= LONGEST_ADDRESS && URL.canParse(base) && /^https?:$/.test(new URL(base).protocol);
    if (isOf) this.host.takeAddress(base);
  }

  /** @param {object} message */
  post(message) {
    if (window.parent === window) return;
    const above = window.location.ancestorOrigins?.[0];
    for (const page of targetsOf(this.pages, this.host.options.origin, above)) {
      window.parent.postMessage(Object.assign({ incidentMap: 1 }, message), page);
    }
  }

  /** Report that the document is ready, and then the open record and the size. */
  ready() {
    this.isReady = true;
    this.trail.begin(this.host.getView());
    this.chosen = null;
    this.post(Object.assign({ type: 'ready', protocol: PROTOCOL }, factsOf(this.host.model, this.host.layers)));
    this.tellChosen('host');
    if (this.measure) this.post(JSON.parse(this.measure));
    if (this.toldPaper) this.post(Object.assign({ type: 'paper' }, JSON.parse(this.toldPaper)));
  }

  /** Report which record has been opened or closed. @param {'user'|'host'} cause */
  tellChosen(cause) {
    const record = this.host.chosen();
    if (!this.isReady || record === this.chosen) return;
    this.chosen = record;
    this.post(Object.assign({ type: 'chosen', cause }, factsOfRecord(this.host.model, record)));
  }

  /**
   * Ask the page around this one, which has the map elsewhere, to show a record on it.
   * @param {MapRecord} record
   * @returns {boolean} whether there is such a page
   */
  showOnMap({ id }) {
    this.post({ type: 'show-on-map', record: id });
    return window.parent !== window;
  }

  /** Tell the page where somebody has clicked, to about 10 m. @param {number} lat @param {number} lon */
  tellPlace(lat, lon) {
    this.post({ type: 'place', lat: Number(lat.toFixed(DECIMALS)), lon: Number(lon.toFixed(DECIMALS)) });
  }

  /** Ask the page around this one to open the form of a record. @param {MapRecord} record */
  askEdit({ id }) {
    this.post({ type: 'edit-record', record: id });
  }

  /** Ask the page around this one to show the words that a claim comes from. @param {MapRecord} record @param {number} claim */
  askPassage({ id }, claim) {
    this.post({ type: 'show-passage', record: id, claim });
  }

  /** Ask the page around this one to save a copy of this document that opens with a hash. @param {string} opens */
  saveFile(opens) {
    this.post({ type: 'save-file', opens });
  }

  /** Ask the host for the texts of some events, which are not in the document. @param {number[]} rows */
  askTexts(rows) {
    if (rows.length) this.post({ type: 'ask-texts', rows });
  }

  /** @param {unknown} given */
  takeKept(given) {
    const kept = checkKept(given, this.host.model.bounds);
    if (kept) this.host.takeKept(kept);
  }

  /** Ask the host to compare the data with an earlier version. @param {string} since */
  askSince(since) {
    this.post({ type: 'ask-since', since });
  }

  /** Ask the host to keep a change of the saved Views. @param {ViewAct} change */
  tellViews(change) {
    this.post({ type: 'saved-view', change });
  }

  /**
   * Report the size of the frame and its best height, in CSS pixels.
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
   * Report the height of the document in print, in portrait and landscape, in CSS pixels.
   * @param {{upright: number, lying: number}} heights
   */
  paper(heights) {
    const text = JSON.stringify(heights);
    if (text === this.toldPaper || !this.isReady) return;
    this.toldPaper = text;
    this.post(Object.assign({ type: 'paper' }, heights));
  }

  /** Report a change once the view is at rest, but the chosen record at once. @param {'user'|'host'} cause */
  changed(cause) {
    this.tellChosen(cause);
    clearTimeout(this.timer);
    // A change by the user is not lost if the host sends a message before it is reported.
    this.cause = this.isTouched && (this.cause === 'user' || cause === 'user') ? 'user' : 'host';
    this.timer = setTimeout(() => {
      const said = this.cause ?? 'host';
      this.cause = null;
      this.sendView(said, false);
    }, AT_REST);
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

/** Milliseconds within which changes of the same field are one step, such as typing a word or playing a period. */
const ONE_ACT = 2000;
/** Fields that change many times in one step. */
const FLOWING = ['from', 'to', 'text', 'compare'];

/**
 * The view in the address, so that a copied link opens it again and Back leads to the previous view.
 * Each deliberate change by the user is a step of the history; moving the map or changing the theme
 * is not.
 */
class Trail {
  constructor() {
    /** @type {View|null} the view in the address */
    this.view = null;
    /** Whether the last step may continue. */
    this.isFlowing = false;
    this.at = 0;
    /** @type {string|null} the hash as last written or opened here */
    this.hash = null;
  }

  /** Note the hash that the document is opening. */
  follow() {
    this.hash = location.hash;
  }

  /**
   * Note the initial view, from which the first step leads away.
   * @param {View} view
   */
  begin(view) {
    this.view ??= view;
    this.hash ??= location.hash;
  }

  /** @param {View} view @param {'user'|'host'} cause @param {string} hash */
  keep(view, cause, hash) {
    // Back or Forward has changed the address and the document is about to follow. This view is still
    // the previous one; writing it here would overwrite another step.
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
    // In a sandboxed copy the address cannot be changed, which does no harm.
    try {
      history[isStep ? 'pushState' : 'replaceState'](null, '', hash ? '#' + hash : location.pathname + location.search);
      this.follow();
    } catch {
      /* a sandboxed or embedded copy */
    }
  }
}
