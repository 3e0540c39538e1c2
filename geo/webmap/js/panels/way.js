/*
 * Finding one's way on the map of a whole document: where the pointer is, how far things are, what
 * lies in a drawn area, and the way to a province and back.
 */
import { counted } from '../core/numbers.js';
import { areaInside, areaWords } from '../map/geodesic.js';
import { districtsOf } from '../map/districts.js';
import { Measure } from '../map/measure.js';
import { Overview } from '../map/overview.js';
import { possibleOf, ringsOf } from '../map/possible.js';
import { Readout } from '../map/readout.js';
import { named, whereWords } from '../map/where.js';
import { within } from '../map/within.js';
import { ProvinceZoom } from './province_zoom.js';
/** @import { BaseMap, MapRecord } from '../core/types.js' */
/** @import { WholePage } from '../document.js' */
/** @import { District } from '../map/districts.js' */
/** @import { Point } from '../map/geodesic.js' */
/** @import { Named } from '../map/where.js' */

export class Way {
  /** @param {WholePage} page */
  constructor(page) {
    this.page = page;
    const { map, model, shell } = page;
    this.provinces = model.provinces.features.map((feature, i) => named(model.provinceList[i].name, ringsOf(feature.geometry)));
    /** @type {District[]|null} once the base map is there and somebody has asked */
    this.districts = null;
    /** @type {{language: string, levels: Named[][]}} outlines by level, the widest first */
    this.names = { language: '', levels: [] };
    this.readout = new Readout(({ lat, lon }) => whereWords(lat, lon, this.levels()), () => page.camera.viewport !== null);
    this.readout.attach(map);
    this.measure = new Measure(map, {
      ring: (points) => this.listInside(points), turned: (isOn) => shell.ruler.setAttribute('aria-pressed', String(isOn)),
    });
    this.provinceZoom = new ProvinceZoom(page);
    this.overview = new Overview(map, model, () => page.fitAll());
    shell.stage.append(this.readout.node, this.measure.node, this.measure.cross, this.provinceZoom.node, this.overview.node);
    shell.stage.addEventListener('mouseleave', () => this.readout.leave());
  }

  /** Outlines of provinces and districts, with their names in the language of the map. */
  levels() {
    const { filters: { asked: { language } }, model, view } = this.page;
    const isNew = !this.districts && model.baseMap;
    if (isNew) this.districts = districtsOf(/** @type {BaseMap} */ (model.baseMap), this.provinces);
    if (isNew || this.names.language !== language) {
      const districts = (this.districts || []).map(({ names, rings }) => named(names[language] || names.en, rings));
      const provinces = this.provinces.map((one, i) => ({ ...one, name: view?.provinceName(i) ?? one.name }));
      this.names = { language, levels: [provinces, districts] };
    }
    return this.names.levels;
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether the key was meant for this */
  onKey(event) {
    return this.measure.onKey(event) || this.readout.onKey(event) || this.provinceZoom.onKey(event);
  }

  /** The records shown by whether they are in a ring, each in one part. @param {Point[]} ring */
  sorted(ring) {
    const { filters, model } = this.page;
    /** @type {Record<string, MapRecord[]>} */
    const found = { surely: [], possibly: [], out: [], unknown: [] };
    for (const record of filters.shown()) found[within(ring, possibleOf(model, record, 'precise'))].push(record);
    return found;
  }

  /** @param {Point[]} ring */
  listInside(ring) {
    const { model } = this.page;
    this.page.openList({
      key: 'ring:' + JSON.stringify(ring), title: 'In the drawn area', text: areaWords(areaInside(ring)) +
        '. A record is surely inside if every place where it may be is; possibly, if some of it is.',
      find: () => { const { surely, possibly } = this.sorted(ring); return surely.concat(possibly); },
      parts: () => {
        const { surely, possibly, unknown } = this.sorted(ring);
        const kinds = model.standings.map(({ key, label }) => ({ label, n: unknown.filter((record) => record.standing === key).length })).filter(({ n }) => n);
        const note = [unknown.length && counted(unknown.length, 'record') + ' cannot be placed in or out: ' + kinds.map(({ label, n }) => n + ' ' + label).join(', ') + '.',
          model.table && 'Events of the event table are not listed here.'];
        return { blocks: [{ title: 'Surely inside', records: surely }, { title: 'Possibly inside', records: possibly }], note: note.filter(Boolean).join(' ') };
      },
    });
  }
}
