/*
 * The frame of an embedded document: its initial view, and the best height of the frame.
 */
import { viewFromHash } from '../core/address.js';
import { checkView } from '../core/checks.js';
import { button } from '../core/dom.js';
import { openingHash } from '../core/hash.js';
import { Strip } from './strip.js';
import { nothingAsked } from '../view/keep.js';
/** @import { Refuse } from '../core/checks.js' */
/** @import { Page } from '../document.js' */
/** @import { Shell } from './shell.js' */

/** The default view; the map already shows the whole country. */
export const startView = () => Object.assign(nothingAsked(), { off: [], chosen: null, province: null, theme: null });

/**
 * The view to open: that of the address, or otherwise the initial view of the document. A theme in
 * the address is combined with either.
 * @param {Page} page the running document
 * @param {Refuse} refuse called for each field of the address that exceeds its bound
 * @returns {Object}
 */
function viewToOpen(page, refuse) {
  const { bounds } = page.model;
  const made = checkView(page.model.view, bounds);
  if (!made.viewport) delete made.viewport;
  if (!page.isWhole) return made;
  const linked = viewFromHash(openingHash(), bounds, page.layers, refuse);
  const isAsked = Object.keys(linked).some((name) => name !== 'theme');
  return Object.assign(startView(), isAsked ? null : made, linked);
}

/** Least and greatest height in pixels that the document asks for: less has no room for panels, more exceeds a screen. */
const LEAST = 320;
const MOST = 1200;
/** Zoom at which the shape of the country is measured; any will do, as only a ratio is used. */
const MEASURED_AT = 8;

/**
 * The frame of the document: its options, its legend strip if there are no panels, and its best
 * height.
 */
export class Frame {
  /** @param {Page} page the running document */
  constructor(page) {
    this.page = page;
    /** @type {Strip|null} */
    this.strip = null;
    /** Width in pixels for which the wording was chosen. */
    this.width = 0;
    if (!page.shell) return;
    page.shell.node.classList.toggle('is-pick', Boolean(page.options.pick));
    if (page.options.panel) this.strip = this.takePanelsAway(page.shell);
    if (page.time) page.foot?.node.querySelector('.im-foot-line')?.append(this.timeFold(page.shell.node));
    window.addEventListener('hashchange', () => {
      page.messages?.trail.follow();
      page.fitAll();
      this.open();
    });
    new ResizeObserver(() => this.resized()).observe(page.shell.node);
  }

  /** Reduce to map, legend strip and record count; a card or a list opens over an edge of the map. @param {Shell} shell */
  takePanelsAway(shell) {
    const { page } = this;
    page.filterPanel = null;
    shell.isBare = true;
    shell.node.classList.add('is-bare');
    const strip = new Strip(page.model, page.layers, page.panel, {
      toggleGroup: (row, isRange) => page.change(() => page.layers.toggleGroup(row, isRange)),
      only: (row) => page.change(() => page.layers.only(row)),
      about: /** @type {HTMLDetailsElement} */ (shell.panel.querySelector('.im-about')),
    });
    page.foot?.node.before(strip.sheet, strip.node);
    return strip;
  }

  /** A button for the time strip, which is collapsed in a very low frame to leave room for the map. @param {HTMLElement} node */
  timeFold(node) {
    const fold = button({ class: 'im-text-button im-time-fold', 'aria-expanded': false, on: { click: () => {
      fold.setAttribute('aria-expanded', String(node.classList.toggle('has-time')));
    } } }, 'Dates');
    return fold;
  }

  /** Choose the wording for the new width, and report the size. */
  resized() {
    const { filters, foot, layers, shell } = this.page;
    if (!shell || !foot) return;
    if (this.width !== shell.node.clientWidth) {
      this.width = shell.node.clientWidth;
      foot.update(filters.ledger());
      shell.updateStage(filters, layers.isAllOff());
    }
    this.tellSize();
  }

  /** Apply the view of the address. */
  open() {
    /** @type {string[]} */
    const refused = [];
    this.page.setView(viewToOpen(this.page, (field, reason) => refused.push(field + ': ' + reason)));
    this.page.sayRefused(refused);
  }

  update() {
    const { chosen, province, list } = this.page.state;
    if (this.page.shell) this.width = this.page.shell.node.clientWidth;
    if (this.strip) this.strip.update([chosen, province, list && list.key].filter((one) => one !== null).join());
    this.tellSize();
  }

  /** Report the height at which the country fills the width of the map, regardless of the current height. */
  tellSize() {
    const { map, messages, model, shell } = this.page;
    if (!messages || !shell || (shell.isPhone() && (shell.isBare ? shell.isOpen : shell.tab))) return;
    const [south, west, north, east] = model.extent;
    const low = map.project([south, west], MEASURED_AT);
    const high = map.project([north, east], MEASURED_AT);
    const whole = shell.node.getBoundingClientRect();
    const stage = shell.stage.getBoundingClientRect();
    // The margins of `fit` in camera.js: 10 pixels at each side, 14 above and below.
    const wanted = (stage.width - 20) * ((low.y - high.y) / (high.x - low.x)) + 28;
    const height = Math.round(whole.height - stage.height + wanted);
    messages.size(Math.round(whole.width), Math.min(MOST, Math.max(LEAST, height)));
  }
}
