/*
 * The switched-off groups and layers. A record of several groups is kept while at least one of its
 * layers is on.
 */
import { ALL } from '../core/checks.js';
import { layerKey } from '../core/payload.js';
/** @import { LayerPart, LayerRow, MapRecord, Model } from '../core/types.js' */

export class Layers {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    /** @type {Set<string>} */
    this.off = new Set();
    /** @type {string[]} what was off before "only" */
    this.before = [];
    /** @type {LayerRow|null} the row that was last switched individually */
    this.switched = null;
    /** @type {string} the layer that was last switched individually */
    this.switchedLayer = '';
    this.rows = this.buildRows();
  }

  /** One row for each group with records or events, each with rows by kind and status. */
  buildRows() {
    /** @type {LayerRow[]} */
    const rows = [];
    const { table } = this.model;
    this.model.groups.forEach((group, g) => {
      const records = this.model.records.filter((record) => record.groups.includes(g));
      const events = table ? table.totalOf(g) : 0;
      if (!records.length && !events) return;
      /** @type {LayerPart[]} */
      const parts = [];
      for (const kind of this.model.kinds) {
        this.model.statuses.forEach((status, s) => {
          const those = records.filter((r) => r.kind === kind.key && r.status === s);
          const some = table && kind.key === 'incident' ? table.totalIn(g, s) : 0;
          if (!those.length && !some) return;
          const key = layerKey(group.key, kind.key, status.key);
          parts.push({ key, kind, status, index: s, records: those, total: those.length + some });
        });
      }
      rows.push({ key: group.key, group, index: g, total: records.length + events, parts });
    });
    return rows;
  }

  /** @param {string} key layer key */
  isLayerOn(key) {
    return !this.off.has(key) && !this.off.has(key.split('/')[0]);
  }

  /** @param {LayerRow} row @returns {string} `on`, `off` or `some` */
  stateOf(row) {
    const on = row.parts.filter((part) => this.isLayerOn(part.key)).length;
    if (on === 0) return 'off';
    return on === row.parts.length ? 'on' : 'some';
  }

  isAllOff() {
    return this.rows.every((row) => this.stateOf(row) === 'off');
  }

  /** @param {string[]} keys unknown keys are dropped; one of them may mean all groups */
  setOff(keys) {
    if (keys.includes(ALL)) {
      this.off = new Set(this.rows.map((row) => row.key));
      return;
    }
    const known = new Set();
    for (const row of this.rows) {
      known.add(row.key);
      row.parts.forEach((part) => known.add(part.key));
    }
    this.off = new Set(keys.filter((key) => known.has(key)));
    this.tidy();
  }

  /** The shortest list of what is off, in the order of the rows. */
  offList() {
    return this.rows.length > 1 && this.rows.every((row) => this.off.has(row.key)) ? [ALL] : this.offKeys();
  }

  /** The keys of all groups and layers that are off, in the order of the rows. */
  offKeys() {
    const list = [];
    for (const row of this.rows) {
      if (this.off.has(row.key)) list.push(row.key);
      else list.push(...row.parts.map((part) => part.key).filter((key) => this.off.has(key)));
    }
    return list;
  }

  /**
   * @param {LayerRow} row
   * @param {boolean} [isRange] whether all rows from the last switched one to this one get its state
   */
  toggleGroup(row, isRange) {
    const ends = [this.switched ? this.rows.indexOf(this.switched) : -1, this.rows.indexOf(row)];
    if (isRange && this.switched && ends[0] >= 0) {
      const isOn = this.stateOf(this.switched) !== 'off';
      this.rows.slice(Math.min(...ends), Math.max(...ends) + 1).forEach((one) => this.setGroup(one, isOn));
      return;
    }
    this.switched = row;
    this.setGroup(row, this.stateOf(row) !== 'on');
  }

  /** @param {LayerRow} row @param {boolean} isOn */
  setGroup(row, isOn) {
    row.parts.forEach((part) => this.off.delete(part.key));
    if (isOn) this.off.delete(row.key);
    else this.off.add(row.key);
  }

  /**
   * @param {LayerRow} row
   * @param {string} key
   * @param {boolean} [isRange] whether all layers from the last switched one of the group to this one get its state
   */
  toggleLayer(row, key, isRange) {
    const keys = row.parts.map((part) => part.key);
    const ends = [keys.indexOf(this.switchedLayer), keys.indexOf(key)];
    if (isRange && ends[0] >= 0) {
      this.setLayers(row, keys.slice(Math.min(...ends), Math.max(...ends) + 1), this.isLayerOn(this.switchedLayer));
      return;
    }
    this.switchedLayer = key;
    this.setLayers(row, [key], !this.isLayerOn(key));
  }

  /** @param {LayerRow} row @param {string[]} keys @param {boolean} isOn */
  setLayers(row, keys, isOn) {
    if (this.off.delete(row.key)) row.parts.forEach((part) => this.off.add(part.key));
    for (const key of keys) {
      if (isOn) this.off.delete(key);
      else this.off.add(key);
    }
    this.tidy();
  }

  /** Whether this is the only group that is on, with all of its layers, or the only layer. @param {LayerRow} row @param {string} [key] */
  isSolo(row, key) {
    const parts = this.rows.flatMap((other) => other.parts.map((part) => ({ key: part.key, isIn: key === undefined ? other === row : part.key === key })));
    return parts.some(({ isIn }) => !isIn) && parts.every((part) => this.isLayerOn(part.key) === part.isIn);
  }

  /** Show only this group, or only this layer of it; a second call restores the previous state. @param {LayerRow} row @param {string} [key] */
  only(row, key) {
    if (this.isSolo(row, key)) {
      this.setOff(this.before);
      return;
    }
    const before = this.offKeys();
    const isSomeSolo = this.rows.some((other) => this.isSolo(other) || other.parts.some((part) => this.isSolo(other, part.key)));
    if (!isSomeSolo) this.before = this.isAllOff() ? [] : before;
    const others = this.rows.filter((other) => other !== row).map((other) => other.key);
    this.setOff(others.concat(key === undefined ? [] : row.parts.map((part) => part.key).filter((other) => other !== key)));
  }

  /** Switch on all layers of a record. @param {MapRecord} record */
  show(record) {
    this.setOff(this.offKeys().filter((key) => !record.layers.some((layer) => layer === key || layer.split('/')[0] === key)));
  }

  toggleAll() {
    const keys = this.off.size ? [] : this.rows.map((row) => row.key);
    this.setOff(keys);
  }

  /** A group whose layers are all off is off itself. */
  tidy() {
    for (const row of this.rows) {
      if (!row.parts.every((part) => !this.isLayerOn(part.key))) continue;
      row.parts.forEach((part) => this.off.delete(part.key));
      this.off.add(row.key);
    }
  }
}
