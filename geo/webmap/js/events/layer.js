/*
 * Events on the map, on one canvas: a mark for each if few are in view, counts in cells if there are
 * many. A ring shows what marks show: it is divided among the groups, and each group's part is
 * dashed as far as only a party claims the events.
 */
import { shortNumber } from '../core/numbers.js';
import { EventsCanvas, PANE } from './canvas.js';
import { ringRadius, ringsOf } from './rings.js';
import { clearOf, touches } from './room.js';
import { positionOf } from '../map/leaflet.js';
import { pixelsOf } from '../map/marks.js';
/** @import * as Leaflet from 'leaflet' */
/** @import { Box, EventCell, LeafletMap, Ring, Spot, Stroke } from '../core/types.js' */
/** @import { Point } from '../map/geodesic.js' */
/** @import { EventTable } from './sums.js' */

/** Side in pixels of a cell in which events are counted: a little more than the largest ring (2 × 21). */
const CELL = 46;
/** Most events in view that are drawn as single marks: more overlap too much on a laptop screen. */
const SINGLE = 700;
/** Radius in pixels of a mark: smaller than the symbol of a record, large enough for its stroke. */
const MARK = 5.5;
/** Strength of what is outside the province that is open: half of it is still legible, as in document.css. */
const FADED = 0.5;
/** Pixels around a mark in which a click counts, so that its target is about 20 pixels wide. */
const REACH = 4;
/** Pixels by which a halo must be larger than a mark to be drawn. */
const LEAST_HALO = 3;
/** Zoom levels by which a click on a ring zooms in: its cell then covers most of a phone. */
const CLOSER = 1.5;
/** Width and height in pixels of the number of a ring, and of the space that text keeps free there. */
const NUMBER = { w: 28, h: 16 };

/** @typedef {{x: number, y: number, i: number, cell: EventCell}} EventMark in pixels of the canvas */
/** @typedef {{open: number, full: number}} RingPart the events of a group that only a party claims, and all others */
/** @typedef {{x: number, y: number, r: number, row?: number, cells?: number[], rows?: number[], count?: number, from?: Spot[]}} Target a mark or a ring, in pixels of the canvas; `from`: where its events are, if it has made room */
/** @typedef {{zoom: number, boxes: Box[], lines: Box[], soft: Box[], open: number|null, provinceAt: (lat: number, lon: number) => number}} Above what is above the events, in world pixels of a zoom, with lines that cross no number, what they rather do not cover, and the province outside which they fade */
/** @typedef {{x: number, y: number, r: number, cells: number[], count: number}} Counted a ring with its count */

export class EventsLayer {
  /** @type {string|undefined} */
  seen;
  /** @type {Uint32Array} */
  cube;
  /** @type {number} */
  scale;
  /** @type {Leaflet.Point} */
  origin;
  /** @type {number} */
  width;
  /** @type {number} */
  height;
  /** @type {number} */
  columns;
  /** @type {number} */
  left;
  /** @type {number} */
  top;
  /** @type {{px: Float64Array, py: Float64Array, cell: Int32Array, count: Uint32Array}} */
  spots;
  /** @type {Ring[]} */
  rings;
  /** @type {ReturnType<EventsLayer['colours']>} */
  look;
  /** @type {Uint8Array} */
  on;

  /**
   * @param {LeafletMap} map Leaflet map
   * @param {EventTable} events
   * @param {{onEvents: (rows: number[]) => void}} handlers
   */
  constructor(map, events, handlers) {
    this.map = map;
    this.events = events;
    this.handlers = handlers;
    this.on = new Uint8Array(events.cells.length).fill(1);
    this.isHidden = false;
    /** @type {Target[]} what can be clicked */
    this.targets = [];
    /** @type {Above|null} */
    this.above = null;
    /** @type {Spot[]} where the rings would be if nothing were above them */
    this.centres = [];
    /** Version of the events when they were last drawn; nothing is drawn before the first update. */
    this.version = -1;
    Object.assign(map.createPane(PANE).style, { zIndex: '600', pointerEvents: 'none' });
    this.canvas = new EventsCanvas((isMoved) => this.draw(isMoved)).addTo(map);
    // In the capture phase, before the province below handles the click.
    map.getContainer().addEventListener('click', (event) => this.click(event), true);
    map.on('mousemove', (event) => this.hover(event.containerPoint));
  }

  /**
   * @param {Uint8Array} on which cells are switched on
   * @param {boolean} isHidden whether no points are drawn
   */
  update(on, isHidden) {
    const isNew = this.version !== this.events.version;
    this.version = this.events.version;
    this.on = on;
    this.isHidden = isHidden;
    this.draw(isNew);
  }

  /** Keep clear of the marks and badges of records. @param {Above} above */
  keepClearOf(above) {
    this.above = above;
    this.draw(false);
  }

  /** Boxes in pixels of the canvas. @param {'boxes'|'lines'|'soft'} which @returns {Box[]} */
  aboveHere(which) {
    const { above, origin } = this;
    // Boxes of another zoom are replaced as soon as the records are placed.
    if (!above || above.zoom !== this.map.getZoom()) return [];
    return above[which].map((box) => ({ ...box, x: box.x - origin.x, y: box.y - origin.y }));
  }

  /** Draw with less strength what is outside the province that is open. @param {CanvasRenderingContext2D} pen @param {Spot} at */
  fade(pen, at) {
    const open = this.above?.open ?? null;
    pen.globalAlpha = open !== null && this.provinceAt(at) !== open ? FADED : 1;
  }

  /** The position of the province at a point of the canvas, -1 outside the country. @param {Spot} at */
  provinceAt({ x, y }) {
    const { lat, lng } = this.map.unproject([x + this.origin.x, y + this.origin.y]);
    return this.above ? this.above.provinceAt(lat, lng) : 0;
  }

  /** @param {boolean} isNew */
  draw(isNew) {
    if (this.version < 0) return;
    if (isNew) this.gather();
    const pen = /** @type {CanvasRenderingContext2D} */ (this.canvas.node.getContext('2d'));
    pen.setTransform(this.canvas.ratio, 0, 0, this.canvas.ratio, 0, 0);
    pen.clearRect(0, 0, this.canvas.node.width, this.canvas.node.height);
    this.targets = [];
    this.centres = [];
    if (this.isHidden) return;
    this.look = this.colours();
    const sums = this.sums();
    if (sums.total <= SINGLE) this.drawMarks(pen);
    else this.drawRings(pen, sums);
  }

  /** Count the events that pass the filters by cell and layer; switching a layer then needs no new count. */
  gather() {
    const { events } = this;
    const scale = Math.pow(2, this.map.getZoom());
    const origin = this.canvas.origin();
    const width = parseInt(this.canvas.node.style.width, 10);
    const height = parseInt(this.canvas.node.style.height, 10);
    // After a zoom Leaflet reports the end of the move twice.
    const seen = [scale, origin.x, origin.y, width, height, this.version].join();
    if (seen === this.seen) return;
    this.seen = seen;
    // The grid is fixed to the map, not to the window, so that dragging does not change counts.
    const left = Math.floor(origin.x / CELL);
    const top = Math.floor(origin.y / CELL);
    const columns = Math.floor((origin.x + width) / CELL) - left + 1;
    const lines = Math.floor((origin.y + height) / CELL) - top + 1;
    const cube = new Uint32Array(columns * lines * events.cells.length);
    Object.assign(this, { cube, scale, origin, width, height, columns, left, top });
    this.placeSpots();
    this.count(cube);
    this.rings = ringsOf(this.cellsOfSpots());
  }

  /** The number of events in each cell, and their centre. */
  cellsOfSpots() {
    const found = new Map();
    const { count, px, py, cell } = this.spots;
    for (let spot = 0; spot < count.length; spot += 1) {
      if (!count[spot]) continue;
      const sum = found.get(cell[spot]) || { cell: cell[spot], x: 0, y: 0, n: 0 };
      sum.n += count[spot];
      sum.x += px[spot] * count[spot];
      sum.y += py[spot] * count[spot];
      found.set(cell[spot], sum);
    }
    return [...found.values()].map(({ cell: own, x, y, n }) => ({ cell: own, x: x / n, y: y / n, n }));
  }

  /** The position of each spot on the canvas, and its cell; -1 if it is outside. */
  placeSpots() {
    const { scale, origin, width, height } = this;
    const { x, y, standOfSpot } = this.events;
    const px = new Float64Array(x.length);
    const py = new Float64Array(x.length);
    const cell = new Int32Array(x.length).fill(-1);
    for (let i = 0; i < x.length; i += 1) {
      px[i] = x[i] * scale - origin.x;
      py[i] = y[i] * scale - origin.y;
      if (!standOfSpot[i] && px[i] >= 0 && px[i] < width && py[i] >= 0 && py[i] < height) cell[i] = this.cellAt(px[i], py[i]);
    }
    this.spots = { px, py, cell, count: new Uint32Array(x.length) };
  }

  /** Count the events that pass the filters, by cell and layer and by spot. @param {Uint32Array} cube */
  count(cube) {
    const { cell, count } = this.spots;
    const { fails, cellOf, spotOf, cells } = this.events;
    const layers = cells.length;
    for (let i = 0; i < fails.length; i += 1) {
      const spot = spotOf[i];
      if (fails[i] || cell[spot] < 0) continue;
      cube[cell[spot] * layers + cellOf[i]] += 1;
      count[spot] += 1;
    }
  }

  /** @param {number} x @param {number} y */
  cellAt(x, y) {
    return (Math.floor((y + this.origin.y) / CELL) - this.top) * this.columns + Math.floor((x + this.origin.x) / CELL) - this.left;
  }

  /**
   * Visit every event at a point on the canvas that passes the filters, even if switched off.
   * @param {(i: number, x: number, y: number) => void} visit
   */
  walk(visit) {
    const { px, py, cell } = this.spots;
    const { fails, spotOf, count } = this.events;
    for (let i = 0; i < count; i += 1) {
      const spot = spotOf[i];
      if (!fails[i] && cell[spot] >= 0) visit(i, px[spot], py[spot]);
    }
  }

  /** Whether an event is drawn at a point that is now in view. @param {number} i */
  isInView(i) {
    const { x, y, spotOf } = this.events;
    if (this.events.standOf(i) || this.isHidden || !this.events.isShown(i, this.on)) return false;
    const scale = Math.pow(2, this.map.getZoom());
    const { min, max } = /** @type {{min: Leaflet.Point, max: Leaflet.Point}} */ (this.map.getPixelBounds());
    const [px, py] = [x[spotOf[i]] * scale, y[spotOf[i]] * scale];
    return px >= min.x && px <= max.x && py >= min.y && py <= max.y;
  }

  /** Whether a mark or ring is in view now. */
  isAnyInView() {
    const { min, max } = /** @type {{min: Leaflet.Point, max: Leaflet.Point}} */ (this.map.getPixelBounds());
    const { x: left, y: top } = this.origin ?? min;
    return this.targets.some(({ x, y, r }) => x + left + r >= min.x && x + left - r <= max.x && y + top + r >= min.y && y + top - r <= max.y);
  }

  /**
   * The place of events that is nearest to a point, with how many are there; `null` where none is drawn anywhere.
   * @param {Point} point
   * @returns {{at: Point, count: number}|null}
   */
  nearestTo({ lat, lon }) {
    const { events, on } = this;
    const { spotOf, standOfSpot, col, block: { degree } } = events;
    if (this.isHidden) return null;
    const far = new Float64Array(standOfSpot.length).fill(NaN);
    let [best, least, count] = [-1, Infinity, 0];
    for (let i = 0; i < events.count; i += 1) {
      const spot = spotOf[i];
      if (standOfSpot[spot] || !events.isShown(i, on)) continue;
      if (Number.isNaN(far[spot])) {
        const at = col.lat[i] / degree;
        far[spot] = Math.hypot(at - lat, (col.lon[i] / degree - lon) * Math.cos(((at + lat) / 2) * (Math.PI / 180)));
      }
      if (far[spot] < least) [best, least, count] = [i, far[spot], 0];
      if (far[spot] === least) count += 1;
    }
    return best < 0 ? null : { at: { lat: col.lat[best] / degree, lon: col.lon[best] / degree }, count };
  }

  /** The number of switched-on events in each ring, and in total. */
  sums() {
    const layers = this.events.cells.length;
    const on = [...this.on.keys()].filter((layer) => this.on[layer]);
    /** @param {number} cell */
    const inCell = (cell) => on.reduce((sum, layer) => sum + this.cube[cell * layers + layer], 0);
    const counts = this.rings.map(({ cells }) => cells.reduce((sum, cell) => sum + inCell(cell), 0));
    return { counts, total: counts.reduce((sum, n) => sum + n, 0) };
  }

  colours() {
    const style = getComputedStyle(this.map.getContainer());
    /** @param {string} name */
    const of = (name) => style.getPropertyValue(name).trim();
    return { paper: of('--paper'), ink: of('--ink'), rim: of('--rim'), font: '700 13px ' + style.fontFamily,
      groups: this.events.model.groups.map((_, g) => of('--group-' + g)) };
  }

  /** @param {number} status */
  strokeOf(status) {
    return this.events.model.statuses[status].stroke;
  }

  /** @param {CanvasRenderingContext2D} pen */
  drawMarks(pen) {
    const { events } = this;
    /** @type {EventMark[]} */
    const marks = [];
    this.walk((i, x, y) => {
      if (this.on[events.cellOf[i]]) marks.push({ x, y, i, cell: events.cells[events.cellOf[i]] });
    });
    this.drawHalos(pen, marks);
    const { free, rings } = this.gathered(marks);
    for (const { x, y, i, cell } of free) {
      this.fade(pen, { x, y });
      this.drawMark(pen, x, y, cell.groups, this.strokeOf(cell.status));
      this.targets.push({ x, y, r: MARK + REACH, row: i });
    }
    for (const { x, y, r, from, those } of rings) {
      this.drawCount(pen, { x, y, r, from }, this.partsOfMarks(those), those.length);
      this.targets.push({ x, y, r, from, rows: those.map(({ i }) => i), count: those.length });
    }
    pen.globalAlpha = 1;
  }

  /**
   * The marks that nothing covers, and those below a mark or badge of records as counts beside it.
   * @param {EventMark[]} marks
   */
  gathered(marks) {
    const boxes = this.aboveHere('boxes');
    /** @type {EventMark[][]} */
    const under = boxes.map(() => []);
    /** @type {EventMark[]} */
    let free = [];
    for (const mark of marks) {
      const at = boxes.findIndex((box) => touches(box, mark, MARK, 0));
      if (at < 0) free.push(mark);
      else under[at].push(mark);
    }
    const counts = under.filter((those) => those.length).map((those) => ({
      x: those.reduce((sum, { x }) => sum + x, 0) / those.length, y: those.reduce((sum, { y }) => sum + y, 0) / those.length,
      r: ringRadius(those.length), those,
    }));
    const dots = counts.length ? free.map(({ x, y }) => ({ x: x - MARK, y: y - MARK, w: 2 * MARK, h: 2 * MARK })) : [];
    const rings = clearOf(counts, boxes, this.aboveHere('soft').concat(dots), [], (at) => this.provinceAt(at)).map(({ x, y, r, from, all }) => {
      // What a count would cover is counted with it.
      const covered = free.filter((mark) => Math.hypot(mark.x - x, mark.y - y) < r + MARK);
      free = free.filter((mark) => !covered.includes(mark));
      return { x, y, r, from, those: all.flatMap(({ those }) => those).concat(covered) };
    });
    return { free, rings };
  }

  /** For each group, how many of these events are only claimed and how many are not. @param {EventMark[]} marks @returns {[number, RingPart][]} */
  partsOfMarks(marks) {
    const parts = new Map();
    for (const { cell } of marks) {
      const part = parts.get(cell.groups[0]) || { open: 0, full: 0 };
      part[this.strokeOf(cell.status) === 'dashed' ? 'open' : 'full'] += 1;
      parts.set(cell.groups[0], part);
    }
    return [...parts].sort((a, b) => a[0] - b[0]);
  }

  /**
   * The area within which each event is, to scale and below all marks: drawn once for the same area. The opacity of
   * fills and lines falls with their number, so that many together are no darker than one shade.
   * @param {CanvasRenderingContext2D} pen
   * @param {EventMark[]} marks
   */
  drawHalos(pen, marks) {
    const { events } = this;
    const halos = new Map();
    for (const { x, y, i, cell } of marks) {
      const metres = events.lists.radius[events.col.uncertainty_m[i]];
      const radius = pixelsOf(metres, events.col.lat[i] / events.block.degree, this.map.getZoom());
      if (radius >= MARK + LEAST_HALO) halos.set([x, y, radius].join(), { x, y, radius, g: cell.groups[0] });
    }
    for (const { x, y, radius, g } of halos.values()) {
      pen.beginPath();
      pen.arc(x, y, radius, 0, 2 * Math.PI);
      pen.globalAlpha = Math.min(0.07, 0.4 / halos.size);
      pen.fillStyle = this.look.groups[g];
      pen.fill();
      pen.globalAlpha = Math.max(0.15, Math.min(0.5, 8 / halos.size));
      pen.strokeStyle = this.look.groups[g];
      pen.lineWidth = 1;
      pen.stroke();
    }
    pen.globalAlpha = 1;
  }

  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {number} x
   * @param {number} y
   * @param {number[]} groups
   * @param {Stroke} stroke
   */
  drawMark(pen, x, y, groups, stroke) {
    const colour = this.look.groups[groups[0]];
    pen.beginPath();
    pen.arc(x, y, MARK, 0, 2 * Math.PI);
    pen.fillStyle = stroke === 'solid' ? colour : this.look.paper;
    pen.fill();
    if (stroke === 'split') {
      pen.beginPath();
      pen.arc(x, y, MARK, -Math.PI / 4, (3 * Math.PI) / 4);
      pen.fillStyle = colour;
      pen.fill();
      pen.beginPath();
      pen.arc(x, y, MARK, 0, 2 * Math.PI);
    }
    // Pixels: dashes fit a circumference of 35 several times, and an outline is thicker than the rim of a filled mark.
    pen.setLineDash(stroke === 'dashed' ? [2.4, 1.8] : []);
    pen.lineWidth = stroke === 'solid' ? 1 : 1.8;
    pen.strokeStyle = stroke === 'solid' ? this.look.paper : colour;
    pen.stroke();
    pen.setLineDash([]);
    if (groups.length > 1) {
      pen.beginPath();
      // A dot of half the size for the second group.
      pen.arc(x + MARK, y + MARK, 2.6, 0, 2 * Math.PI);
      pen.fillStyle = this.look.groups[groups[1]];
      pen.fill();
    }
  }

  /** @param {CanvasRenderingContext2D} pen @param {{counts: number[]}} parts */
  drawRings(pen, { counts }) {
    /** @type {Counted[]} */
    const rings = this.rings.map(({ x, y, cells }, i) => ({ x, y, r: ringRadius(counts[i]), cells, count: counts[i] })).filter(({ count }) => count);
    this.centres = rings;
    for (const { x, y, r, from, all } of clearOf(rings, this.aboveHere('boxes'), this.aboveHere('soft'), this.aboveHere('lines'), (at) => this.provinceAt(at))) {
      const cells = all.flatMap((ring) => ring.cells);
      const count = all.reduce((sum, ring) => sum + ring.count, 0);
      this.drawCount(pen, { x, y, r, from }, this.partsOf(cells), count);
      this.targets.push({ x, y, r, from, cells, count });
    }
    pen.globalAlpha = 1;
  }

  /**
   * A ring, with a line to where its events are if it has made room.
   * @param {CanvasRenderingContext2D} pen
   * @param {{x: number, y: number, r: number, from: Spot[]}} at
   * @param {[number, RingPart][]} parts
   * @param {number} count
   */
  drawCount(pen, { x, y, r, from }, parts, count) {
    this.fade(pen, from[0] ?? { x, y });
    for (const end of from) {
      pen.beginPath();
      pen.moveTo(x, y);
      pen.lineTo(end.x, end.y);
      pen.lineWidth = 1;
      pen.strokeStyle = this.look.rim;
      pen.stroke();
    }
    this.drawRing(pen, x, y, r, parts, count);
  }

  /** The boxes of the numbers of the rings, in world pixels at this zoom. @param {Spot[]} rings @returns {Box[]} */
  numbersOf(rings) {
    return rings.map(({ x, y }) => ({ x: x + this.origin.x - NUMBER.w / 2, y: y + this.origin.y - NUMBER.h / 2, ...NUMBER }));
  }

  /** The numbers where the events are: what is placed by them does not depend on where it was placed before. */
  numbers() {
    return this.numbersOf(this.centres);
  }

  /** The numbers as they are drawn. */
  numbersDrawn() {
    return this.numbersOf(this.targets.filter(({ count }) => count));
  }

  /** For each group, how many events are only claimed and how many are not. @param {number[]} ring */
  partsOf(ring) {
    const { events } = this;
    const parts = new Map();
    events.cells.forEach(({ groups, status }, layer) => {
      const n = this.on[layer] ? ring.reduce((sum, cell) => sum + this.cube[cell * events.cells.length + layer], 0) : 0;
      if (!n) return;
      const part = parts.get(groups[0]) || { open: 0, full: 0 };
      part[this.strokeOf(status) === 'dashed' ? 'open' : 'full'] += n;
      parts.set(groups[0], part);
    });
    return [...parts].sort((a, b) => a[0] - b[0]);
  }

  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {number} x
   * @param {number} y
   * @param {number} r
   * @param {[number, RingPart][]} parts
   * @param {number} count
   */
  drawRing(pen, x, y, r, parts, count) {
    const { look } = this;
    pen.beginPath();
    pen.arc(x, y, r + 1, 0, 2 * Math.PI);
    pen.fillStyle = look.paper;
    pen.fill();
    let from = -Math.PI / 2;
    for (const [g, { open, full }] of parts) {
      // Pixels: a thick arc for what others report, a thin dashed one for what only a party claims.
      for (const [n, width] of [[full, 4], [open, 1.4]]) {
        if (!n) continue;
        const to = from + (2 * Math.PI * n) / count;
        pen.beginPath();
        pen.arc(x, y, r - 1.5, from, to);
        pen.lineWidth = width;
        pen.setLineDash(width < 2 ? [3, 2] : []);
        pen.strokeStyle = look.groups[g];
        pen.stroke();
        from = to;
      }
    }
    pen.setLineDash([]);
    pen.font = look.font;
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.fillStyle = look.ink;
    pen.fillText(shortNumber(count), x, y + 0.5);
  }

  /** The topmost mark or ring at a point of the map container. @param {Leaflet.Point} point */
  targetAt(point) {
    const at = this.map.containerPointToLayerPoint(point).subtract(positionOf(this.canvas.node));
    return [...this.targets].reverse().find(({ x, y, r }) => Math.hypot(x - at.x, y - at.y) <= r) || null;
  }

  /** @param {Leaflet.Point} point */
  hover(point) {
    this.map.getContainer().classList.toggle('is-over-event', Boolean(this.targetAt(point)));
  }

  /** @param {MouseEvent} event */
  click(event) {
    const { map } = this;
    const isOver = event.target instanceof Element && event.target.closest('.im-anchor, .leaflet-control');
    if (isOver || map.dragging?.moved()) return;
    const target = this.targetAt(map.mouseEventToContainerPoint(event));
    if (!target) return;
    event.stopPropagation();
    if (target.row === undefined) this.openRing(target);
    else this.handlers.onEvents(this.marksAt(target));
  }

  /** Zoom in as long as that can separate the events; otherwise list them. @param {Target} ring */
  openRing({ x, y, cells, rows, from }) {
    if (rows) {
      this.handlers.onEvents(rows);
      return;
    }
    const at = from?.[0] ?? { x, y };
    const zoom = Math.min(this.map.getMaxZoom(), this.map.getZoom() + CLOSER);
    if (zoom > this.map.getZoom()) this.map.setView(this.map.unproject([at.x + this.origin.x, at.y + this.origin.y]), zoom);
    else this.handlers.onEvents(this.rowsOf(cells || []));
  }

  /** The events of all marks that overlap at a position. @param {Spot} parts */
  marksAt({ x, y }) {
    return this.targets.filter((other) => Math.hypot(other.x - x, other.y - y) < MARK).map(({ row }) => /** @type {number} */ (row));
  }

  /** @param {number[]} cells */
  rowsOf(cells) {
    /** @type {number[]} */
    const found = [];
    this.walk((i, x, y) => {
      if (this.on[this.events.cellOf[i]] && cells.includes(this.cellAt(x, y))) found.push(i);
    });
    return found;
  }
}
