/*
 * A map embedded in another page lets that page scroll: one finger and the plain wheel scroll the page,
 * two fingers and the wheel with Ctrl or Cmd move the map. A hint explains this when needed.
 */
import { el } from '../core/dom.js';
import { dragOnly } from './leaflet.js';
/** @import { FrameOptions } from '../core/options.js' */
/** @import { LeafletMap } from '../core/types.js' */

/** Milliseconds for which a hint is shown: time to read seven words. */
const STAYS = 1400;

const isMac = () => /mac|iphone|ipad/i.test(navigator.platform || '');

/** Whether an event, or Leaflet's event for it, comes from a single finger. @param {any} event */
const isOneFinger = (event) => event.pointerType === 'touch' || (Boolean(event.touches) && event.touches.length === 1);

/** A temporary hint over the map. */
class Hint {
  /** @param {HTMLElement} stage */
  constructor(stage) {
    this.node = el('div', { class: 'im-gesture-hint', 'aria-hidden': 'true' });
    this.timer = 0;
    stage.append(this.node);
  }

  /** @param {string} text */
  say(text) {
    this.node.textContent = text;
    this.node.classList.add('is-said');
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.node.classList.remove('is-said'), STAYS);
  }
}

export class Gestures {
  /** @param {HTMLElement} stage in which hints are shown */
  constructor(stage) {
    this.hint = new Hint(stage);
    stage.classList.add('is-page-first');
  }

  /**
   * @param {LeafletMap} map Leaflet map
   * @param {HTMLElement} ground its container, which receives events before the map
   */
  attach(map, ground) {
    ground.addEventListener('wheel', (event) => this.wheel(event), { capture: true, passive: true });
    // When a finger scrolls the page, the browser cancels the pointer of the map; a tap is not cancelled.
    let fingers = 0;
    ground.addEventListener('touchstart', ({ touches }) => { fingers = touches.length; }, { passive: true });
    ground.addEventListener('pointercancel', ({ pointerType }) => {
      if (pointerType === 'touch' && fingers < 2) this.hint.say('Use two fingers to move the map');
    });
    this.leaveOneFinger(map);
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    if (event.ctrlKey || event.metaKey) return;
    event.stopPropagation();
    this.hint.say('Use ' + (isMac() ? '⌘' : 'Ctrl') + ' + scroll to zoom the map');
  }

  /** Let Leaflet drag with a mouse, but not with one finger. @param {LeafletMap} map */
  leaveOneFinger(map) {
    dragOnly(map, (event) => !isOneFinger(event));
  }
}

/**
 * The gestures of a map in a frame; a document opened by itself has no page to scroll.
 * @param {FrameOptions} options of the frame
 * @param {HTMLElement} stage
 * @returns {Gestures|null} `null` if the map has all gestures
 */
export const gesturesFor = (options, stage) => ((options.wheel || (window.parent === window ? 'map' : 'page')) === 'page' ? new Gestures(stage) : null);
