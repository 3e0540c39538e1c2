/*
 * The land: neighbours, provinces and their borders, and the hatches of areas with records. A hatch
 * means "somewhere in here"; it never means control of an area.
 */
import { svg } from '../core/dom.js';
import { layerGroup, stopHere, svgRenderer } from './leaflet.js';
import { Outline } from './outline.js';
import { groupStyle } from './symbols.js';
/** @import * as Leaflet from 'leaflet' */
/** @import { Feature, Geometry, LeafletMap, MapRecord, Model, Plate, Props } from '../core/types.js' */

/** z-index of each pane: above Leaflet's tiles (200), most below its markers (600); names and badges above all drawing. */
const PANES = { land: 405, cover: 408, hatch: 410, border: 415, outline: 420, halo: 425, names: 590, plates: 610, marks: 620 };

/** Margin of drawings around the map as a share of its size: a drag shows no empty edge. */
const AROUND = 0.5;
/** Milliseconds within which two clicks are one double click, a little more than most systems allow. */
const TWICE = 800;
/** Pixels of the window between two clicks of one double click, or two taps of a finger. */
const SAME_SPOT = 24;

/** The patterns of hatches, 6 and 7 pixels apart, in one hidden drawing for every SVG of the page. @param {Model} model */
function patterns(model) {
  /** @param {string} id @param {Props} [props] */
  const lines = (id, props) => svg('pattern',
    { id, width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    svg('path', Object.assign({ d: 'M0 0V6', class: 'im-hatch-line' }, props)));
  /** @param {string} id @param {Props} [props] */
  const dots = (id, props) => svg('pattern', { id, width: 7, height: 7, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    svg('circle', Object.assign({ cx: 2, cy: 2, r: 0.9, class: 'im-hatch-dot' }, props)));
  const own = model.groups.flatMap((_, g) => [
    lines('im-lines-' + g, { class: 'im-hatch-line im-coloured', style: groupStyle(g) }),
    dots('im-dots-' + g, { class: 'im-hatch-dot im-coloured', style: groupStyle(g) })]);
  // Across the other hatches, and broken: never to be taken for an area with records.
  const silent = svg('pattern', { id: 'im-silent', width: 9, height: 8, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    svg('path', { d: 'M0 4H5', class: 'im-silent-line' }));
  return svg('svg', { class: 'im-patterns', width: 0, height: 0, 'aria-hidden': 'true' },
    svg('defs', null, lines('im-lines'), dots('im-dots'), silent, own));
}

/** The element of a path on the map. @param {Outline} path */
const elementOf = (path) => /** @type {SVGElement} */ (path.getElement());

export class Land {
  /**
   * @param {LeafletMap} map Leaflet map
   * @param {Model} model
   * @param {{isWhole: boolean, isSecond: boolean, onProvince: (position: number) => void, onTwice?: (position: number) => void}} options
   *     `onTwice`: takes a double click, which otherwise zooms the map; `isWhole`: whether it is a complete document, without another
   *     base map; `isSecond`: whether the page already has the patterns
   */
  constructor(map, model, options) {
    this.map = map;
    this.model = model;
    this.options = options;
    /** @type {Record<string, Leaflet.SVG>} */
    this.renderers = {};
    /** The province of the first of two clicks: what it opens may move the map under the second. */
    this.pressed = { position: -1, when: -Infinity, x: 0, y: 0 };
    for (const [name, z] of Object.entries(PANES)) {
      map.createPane('im-' + name).style.zIndex = String(z);
    }
    if (!options.isSecond) map.getContainer().append(patterns(model));
    if (options.isWhole) this.drawBase();
    this.provinces = model.provinces.features.map((feature, i) => this.drawProvince(feature, i));
    /** @type {Map<string, Leaflet.LayerGroup>} layers of the hatched areas, by area and style */
    this.drawn = new Map();
    /** @type {Map<number, Outline>} the veils of provinces, by position */
    this.covers = new Map();
  }

  /** @param {string} pane */
  renderer(pane) {
    if (!this.renderers[pane]) this.renderers[pane] = svgRenderer({ pane: 'im-' + pane, padding: AROUND });
    return this.renderers[pane];
  }

  /**
   * A geometry as a path styled by the style sheet.
   * @param {Geometry} geometry
   * @param {string} pane
   * @param {string} className
   * @param {boolean} [isInteractive]
   */
  path(geometry, pane, className, isInteractive) {
    return new Outline(geometry, { pane: 'im-' + pane, renderer: this.renderer(pane), interactive: Boolean(isInteractive), className });
  }

  /** Draw the land, and the neighbours' borders around it. */
  drawBase() {
    const { whole, borders } = this.model.around;
    for (const { opacity, lines } of borders) {
      const layer = this.path(lines, 'land', 'im-neighbour-border').addTo(this.map);
      elementOf(layer).style.setProperty('--strength', String(opacity));
    }
    this.path(whole, 'land', 'im-land').addTo(this.map);
  }

  /** @param {Feature} feature @param {number} position */
  drawProvince(feature, position) {
    const area = this.path(feature.geometry, 'border', 'im-province', true).addTo(this.map);
    const node = elementOf(area);
    node.setAttribute('data-province', this.model.provinceList[position].code);
    area.on('click', ({ originalEvent }) => {
      const { timeStamp: when, clientX: x, clientY: y } = originalEvent;
      const isSecond = when - this.pressed.when <= TWICE && Math.hypot(x - this.pressed.x, y - this.pressed.y) <= SAME_SPOT;
      if (isSecond) return;
      this.pressed = { position, when, x, y };
      this.options.onProvince(position);
    });
    if (this.options.onTwice) area.on('dblclick', (event) => this.twice(event));
    area.on('mouseover', () => node.classList.add('is-hovered'));
    area.on('mouseout', () => node.classList.remove('is-hovered'));
    return area;
  }

  /** @param {Leaflet.LeafletMouseEvent} event */
  twice(event) {
    const { position, when } = this.pressed;
    stopHere(event);
    // What lies over the province may have taken the first of the two clicks.
    if (event.originalEvent.timeStamp - when < TWICE) this.options.onTwice?.(position);
    this.pressed = { position, when: -Infinity, x: 0, y: 0 };
  }

  /** @param {Plate} plate */
  geometryOf(plate) {
    if (plate.isCountry) return this.model.around.whole;
    const feature = plate.province === null ? this.model.outlineOf.get(String(plate.area)) : this.model.provinces.features[plate.province];
    return /** @type {Feature} */ (feature).geometry;
  }

  /**
   * Hatch the areas of the plates, those of the chosen record in its group's colour. What is already
   * drawn is kept.
   * @param {Plate[]} plates
   * @param {MapRecord|null} chosen record
   */
  hatch(plates, chosen) {
    const wanted = new Map();
    for (const plate of plates) {
      if (!plate.records.length) continue;
      // The whole country is not hatched: only its outline is marked.
      if ((plate.isTally || plate.isCountry) && !(chosen && plate.records.includes(chosen))) continue;
      const isInferred = plate.chips.every((chip) => chip.inferred === chip.count);
      const look = chosen && plate.records.includes(chosen) ? 'chosen-' + chosen.groups[0] : 'plain';
      wanted.set([plate.key, isInferred, look].join('|'), { plate, isInferred, look });
    }
    for (const [key, layer] of this.drawn) {
      if (wanted.has(key)) continue;
      layer.remove();
      this.drawn.delete(key);
    }
    for (const [key, { plate, isInferred, look }] of wanted) {
      if (this.drawn.has(key)) continue;
      const layer = layerGroup(this.map);
      this.drawn.set(key, layer);
      if (look === 'plain' || !chosen) this.hatchPlain(layer, plate, isInferred);
      else this.hatchChosen(layer, plate, chosen.groups[0], isInferred);
    }
  }

  /** @param {Leaflet.LayerGroup} layer @param {Plate} plate @param {boolean} isInferred */
  hatchPlain(layer, plate, isInferred) {
    const geometry = this.geometryOf(plate);
    if (plate.isRegion) {
      this.path(geometry, 'outline', 'im-region').addTo(layer);
      return;
    }
    this.path(geometry, 'hatch', isInferred ? 'im-hatch is-inferred' : 'im-hatch').addTo(layer);
    if (plate.province === null) this.path(geometry, 'outline', 'im-district').addTo(layer);
  }

  /** @param {Leaflet.LayerGroup} layer @param {Plate} plate @param {number} g @param {boolean} isInferred */
  hatchChosen(layer, plate, g, isInferred) {
    const geometry = this.geometryOf(plate);
    const rim = this.path(geometry, 'outline', 'im-area-chosen' + (plate.isRegion || plate.isCountry ? ' is-region' : '')).addTo(layer);
    elementOf(rim).style.setProperty('--c', 'var(--group-' + g + ')');
    if (plate.isCountry) return;
    const fill = this.path(geometry, 'hatch', 'im-hatch-chosen').addTo(layer);
    elementOf(fill).style.fill = 'url(#im-' + (isInferred ? 'dots-' : 'lines-') + g + ')';
  }

  /** Shade the provinces in steps, or remove the shading. @param {number[]|null} steps */
  shade(steps) {
    this.provinces.forEach((area, i) => {
      if (steps && steps[i]) elementOf(area).setAttribute('data-shade', String(steps[i]));
      else elementOf(area).removeAttribute('data-shade');
    });
  }

  /**
   * Veil the provinces of which few sources speak, or remove the veil.
   * @param {number[]|null} steps of each province
   * @param {boolean} isShaded whether the provinces have tints of another meaning; then only those without a source are marked
   */
  cover(steps, isShaded) {
    this.model.provinces.features.forEach((feature, i) => {
      const step = steps && (steps[i] === 0 || !isShaded) ? steps[i] : null;
      const known = this.covers.get(i);
      if (step === null) known?.remove();
      else {
        const area = known ?? this.path(feature.geometry, 'cover', 'im-cover');
        this.covers.set(i, area);
        area.addTo(this.map);
        elementOf(area).setAttribute('data-cover', String(step));
      }
    });
  }

  /** Highlight the open province. @param {number|null} position */
  select(position) {
    this.provinces.forEach((area, i) => {
      elementOf(area).classList.toggle('is-selected', i === position);
      elementOf(area).classList.toggle('is-elsewhere', position !== null && i !== position);
    });
    if (position !== null && position >= 0) this.provinces[position].bringToFront();
  }
}
