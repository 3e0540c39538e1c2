/*
 * The quiet base: neighbours, land, province borders, and over them the hatches of areas of which
 * something is known. A hatch says "somewhere in here"; it is never a fill of control.
 */
(function (IM) {
  'use strict';

  /* Above Leaflet's tiles, below its markers; names and badges stand over everything drawn. */
  const PANES = { land: 405, hatch: 410, border: 415, outline: 420, halo: 425, names: 590, plates: 610, marks: 620 };

  /** Patterns are shared by every SVG of the page through one hidden drawing. */
  function patterns(model) {
    const lines = (id, props) => IM.svg('pattern',
      { id, width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
      IM.svg('path', Object.assign({ d: 'M0 0V6', class: 'im-hatch-line' }, props)));
    const dots = (id, props) => IM.svg('pattern', { id, width: 7, height: 7, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
      IM.svg('circle', Object.assign({ cx: 2, cy: 2, r: 0.9, class: 'im-hatch-dot' }, props)));
    const own = model.groups.flatMap((_, g) => [
      lines('im-lines-' + g, { class: 'im-hatch-line im-coloured', style: IM.groupStyle(g) }),
      dots('im-dots-' + g, { class: 'im-hatch-dot im-coloured', style: IM.groupStyle(g) })]);
    return IM.svg('svg', { class: 'im-patterns', width: 0, height: 0, 'aria-hidden': 'true' },
      IM.svg('defs', null, lines('im-lines'), dots('im-dots'), own));
  }

  class Land {
    /**
     * @param {Object} map Leaflet map
     * @param {Object} model
     * @param {Object} options `isWhole: boolean, isSecond: boolean, onProvince: (position: number) => void`
     *     `isWhole`: the document is ours and has no other base map; `isSecond`: it has the patterns already
     */
    constructor(map, model, options) {
      this.map = map;
      this.model = model;
      this.options = options;
      this.renderers = {};
      for (const [name, z] of Object.entries(PANES)) {
        map.createPane('im-' + name).style.zIndex = String(z);
      }
      if (!options.isSecond) map.getContainer().append(patterns(model));
      if (options.isWhole) this.drawNeighbours();
      this.provinces = model.provinces.features.map((feature, i) => this.drawProvince(feature, i));
      /** @type {Map<string, Object>} layers of the hatched areas, by area and look */
      this.drawn = new Map();
    }

    renderer(pane) {
      if (!this.renderers[pane]) this.renderers[pane] = L.svg({ pane: 'im-' + pane, padding: 0.5 });
      return this.renderers[pane];
    }

    /** A GeoJSON feature as a path whose look is left to the style sheet. */
    path(feature, pane, className, isInteractive) {
      return L.geoJSON(feature, {
        pane: 'im-' + pane, renderer: this.renderer(pane), interactive: Boolean(isInteractive),
        style: { className, smoothFactor: 0.6 }, smoothFactor: 0.6,
      });
    }

    /** Fills without an edge, and borders that fade out towards where the data was cut off. */
    drawNeighbours() {
      this.path(this.model.neighbours, 'land', 'im-neighbour').addTo(this.map);
      for (const strength of [3, 2, 1]) {
        const lines = IM.openBorders(this.model.neighbours.features, strength);
        this.path({ type: 'MultiLineString', coordinates: lines }, 'land', 'im-neighbour-border is-fading-' + strength).addTo(this.map);
      }
    }

    drawProvince(feature, position) {
      if (this.options.isWhole) this.path(feature, 'land', 'im-land').addTo(this.map);
      const area = this.path(feature, 'border', 'im-province', true).addTo(this.map);
      const province = this.model.provinceList[position];
      area.eachLayer((layer) => {
        layer.on('click', () => this.options.onProvince(position));
        layer.on('mouseover', () => layer.getElement().classList.add('is-hovered'));
        layer.on('mouseout', () => layer.getElement().classList.remove('is-hovered'));
        if (layer.getElement()) layer.getElement().setAttribute('data-province', province.code);
      });
      return area;
    }

    featureOf(plate) {
      return plate.province === null
        ? this.model.outlineOf.get(plate.area)
        : this.model.provinces.features[plate.province];
    }

    /**
     * Hatch the areas of the plates. The areas of the chosen record take its group's colour. What
     * is drawn already stays.
     * @param {Object[]} plates
     * @param {Object|null} chosen record
     */
    hatch(plates, chosen) {
      const wanted = new Map();
      for (const plate of plates) {
        if (!plate.records.length) continue;
        if (plate.isTally && !(chosen && plate.records.includes(chosen))) continue;
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
        const layer = L.layerGroup().addTo(this.map);
        this.drawn.set(key, layer);
        if (look === 'plain') this.hatchPlain(layer, plate, isInferred);
        else this.hatchChosen(layer, plate, chosen.groups[0], isInferred);
      }
    }

    hatchPlain(layer, plate, isInferred) {
      const feature = this.featureOf(plate);
      if (plate.isRegion) {
        this.path(feature, 'outline', 'im-region').addTo(layer);
        return;
      }
      this.path(feature, 'hatch', isInferred ? 'im-hatch is-inferred' : 'im-hatch').addTo(layer);
      if (plate.province === null) this.path(feature, 'outline', 'im-district').addTo(layer);
    }

    hatchChosen(layer, plate, g, isInferred) {
      const feature = this.featureOf(plate);
      const fill = this.path(feature, 'hatch', 'im-hatch-chosen').addTo(layer);
      const rim = this.path(feature, 'outline', 'im-area-chosen' + (plate.isRegion ? ' is-region' : '')).addTo(layer);
      this.eachElement(fill, (node) => {
        node.style.fill = 'url(#im-' + (isInferred ? 'dots-' : 'lines-') + g + ')';
      });
      this.eachElement(rim, (node) => node.style.setProperty('--c', 'var(--group-' + g + ')'));
    }

    eachElement(layer, act) {
      layer.eachLayer((part) => {
        if (part.getElement()) act(part.getElement());
      });
    }

    /** Shade the provinces in steps, or not at all. */
    shade(steps) {
      this.provinces.forEach((area, i) => this.eachElement(area, (node) => {
        if (steps && steps[i]) node.setAttribute('data-shade', steps[i]);
        else node.removeAttribute('data-shade');
      }));
    }

    /** Mark the province that is being read. */
    select(position) {
      this.provinces.forEach((area, i) => this.eachElement(area, (node) =>
        node.classList.toggle('is-selected', i === position)));
      if (position !== null && position >= 0) this.provinces[position].bringToFront();
    }
  }

  /**
   * Where a neighbour's name may stand: the spot near the country with most of that neighbour around it.
   * @returns {Object[]} `name: string, lat: number, lon: number`
   */
  IM.neighbourNames = function (model) {
    const [south, west, north, east] = model.extent;
    const names = [];
    for (const feature of model.neighbours.features) {
      const only = new IM.Ground({ provinces: { features: [feature] } });
      const inside = (lat, lon) => only.provinceAt(lat, lon) === 0;
      let best = null;
      for (let lat = south - 0.5; lat <= north + 0.9; lat += 0.35) {
        for (let lon = west - 0.2; lon <= east + 0.4; lon += 0.35) {
          if (!inside(lat, lon)) continue;
          let room = 0;
          for (const d of [0.35, 0.7, 1.1, 1.6]) {
            room += Number(inside(lat, lon + d)) + Number(inside(lat, lon - d)) +
              Number(inside(lat + d / 2, lon)) + Number(inside(lat - d / 2, lon));
          }
          if (!best || room > best.room) best = { name: String(feature.properties.name), lat, lon, room };
        }
      }
      if (best && best.room >= 9) names.push(best);
    }
    return names;
  };

  IM.Land = Land;
})((window.IncidentMap = window.IncidentMap || {}));
