/*
 * The frame that the document fills: what it opens with, and the height that it would like to have.
 */
import { viewFromHash } from '../core/address.js';
import { checkView } from '../core/checks.js';
import { button } from '../core/dom.js';
import { Strip } from './strip.js';
import { nothingAsked } from '../view/keep.js';
/** @import { Refuse } from '../core/checks.js' */
/** @import { Page } from '../document.js' */
/** @import { Shell } from './shell.js' */

/** A view as it is at the start; the map already looks at the whole country. */
const startView = () => Object.assign(nothingAsked(), { off: [], chosen: null, province: null, theme: null });

/**
 * The view to open: that of the address, or else the one that the document was made with. A
 * theme in the address goes with either.
 * @param {Page} page the running document
 * @param {Refuse} refuse told of each field of the address that is beyond its bound
 * @returns {Object}
 */
function viewToOpen(page, refuse) {
  const { bounds } = page.model;
  const made = checkView(page.model.view, bounds);
  if (!made.viewport) delete made.viewport;
  if (!page.isWhole) return made;
  const linked = viewFromHash(location.hash, bounds, page.layers, refuse);
  const isAsked = Object.keys(linked).some((name) => name !== 'theme');
  return Object.assign(startView(), isAsked ? null : made, linked);
}

/** Heights in pixels between which a page can do something with a wish. */
const LEAST = 320;
const MOST = 1200;

/**
 * The frame of the document: its options, its strip where there are no panels, and the height
 * that it would fill best.
 */
export class Frame {
  /** @param {Page} page the running document */
  constructor(page) {
    this.page = page;
    /** @type {Strip|null} */
    this.strip = null;
    /** Pixels for which the words were chosen. */
    this.width = 0;
    if (!page.shell) return;
    if (page.options.panel) this.strip = this.takePanelsAway(page.shell);
    if (page.time) page.foot?.node.querySelector('.im-foot-line')?.append(this.timeFold(page.shell.node));
    window.addEventListener('hashchange', () => {
      page.messages?.trail.follow();
      page.fitAll();
      this.open();
    });
    new ResizeObserver(() => this.resized()).observe(page.shell.node);
  }

  /** Map, legend strip and ledger only; a card or a list opens over an edge of the map. @param {Shell} shell */
  takePanelsAway(shell) {
    const { page } = this;
    page.filterPanel = null;
    shell.isBare = true;
    shell.node.classList.add('is-bare');
    const strip = new Strip(page.model, page.layers, page.panel, {
      toggleGroup: (row) => page.change(() => page.layers.toggleGroup(row)),
      only: (row) => page.change(() => page.layers.only(row)),
      about: /** @type {HTMLDetailsElement} */ (shell.panel.querySelector('.im-about')),
    });
    page.foot?.node.before(strip.sheet, strip.node);
    return strip;
  }

  /** In a very low frame the time strip stands folded, so that there is a map. @param {HTMLElement} node */
  timeFold(node) {
    const fold = button({ class: 'im-text-button im-time-fold', 'aria-expanded': false, on: { click: () => {
      fold.setAttribute('aria-expanded', String(node.classList.toggle('has-time')));
    } } }, 'Dates');
    return fold;
  }

  /** Words that were right for the width before are chosen anew. */
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

  /** Show what the address asks for. */
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

  /** The height at which the country fills the width of the map, whatever the height is now. */
  tellSize() {
    const { map, messages, model, shell } = this.page;
    if (!messages || !shell || (shell.isPhone() && (shell.isBare ? shell.isOpen : shell.tab))) return;
    const [south, west, north, east] = model.extent;
    const low = map.project([south, west], 8);
    const high = map.project([north, east], 8);
    const whole = shell.node.getBoundingClientRect();
    const stage = shell.stage.getBoundingClientRect();
    const wanted = (stage.width - 20) * ((low.y - high.y) / (high.x - low.x)) + 28;
    const height = Math.round(whole.height - stage.height + wanted);
    messages.size(Math.round(whole.width), Math.min(MOST, Math.max(LEAST, height)));
  }
}
