/*
 * A map in a page of others lets that page scroll: one finger and the plain wheel belong to the page,
 * two fingers and the wheel with Ctrl or Cmd to the map. Whoever tries the other way is told.
 */
import { el } from '../core/dom.js';
import { dragOnly } from './leaflet.js';
/** @import { FrameOptions } from '../core/options.js' */
/** @import { LeafletMap } from '../core/types.js' */

/** Milliseconds that a word stands on the map. */
const STAYS = 1400;

const isMac = () => /mac|iphone|ipad/i.test(navigator.platform || '');

/** Whether an event, or Leaflet's own of it, is of a single finger. @param {any} event */
const isOneFinger = (event) => event.pointerType === 'touch' || (Boolean(event.touches) && event.touches.length === 1);

/** A word that stands over the map for a while. */
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
  /** @param {HTMLElement} stage where words are said */
  constructor(stage) {
    this.hint = new Hint(stage);
    stage.classList.add('is-page-first');
  }

  /**
   * @param {LeafletMap} map Leaflet map
   * @param {HTMLElement} ground around it, which hears of what happens before the map does
   */
  attach(map, ground) {
    ground.addEventListener('wheel', (event) => this.wheel(event), { capture: true, passive: true });
    // The browser takes a finger that scrolls the page away from the map, and says so; a tap stays with it.
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

  /** Leaflet drags with a mouse as before, and not with one finger. @param {LeafletMap} map */
  leaveOneFinger(map) {
    dragOnly(map, (event) => !isOneFinger(event));
  }
}

/**
 * What moves the map in a frame; a document that is opened by itself has no page to scroll.
 * @param {FrameOptions} options of the frame
 * @param {HTMLElement} stage
 * @returns {Gestures|null} `null`: the map has every gesture
 */
export const gesturesFor = (options, stage) => ((options.wheel || (window.parent === window ? 'map' : 'page')) === 'page' ? new Gestures(stage) : null);
