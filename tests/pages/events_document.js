/* For test_events_document.py. */

export const eventsSeen = async (/** @type {object[]} */ views) => {
  const say = (/** @type {object} */ view) => new Promise((done) => {
    addEventListener('message', () => requestAnimationFrame(done), { once: true });
    postMessage({ incidentMap: 1, type: 'set-view', view }, '*');
  });
  const number = (/** @type {string} */ text) => Number(text.replaceAll(',', ''));
  const eventsOn = (/** @type {string} */ css) => [...document.querySelectorAll(css)]
    .map((node) => number((/and ([\d,]+) events?/.exec(node.ariaLabel) || ['', '0'])[1]))
    .reduce((sum, n) => sum + n, 0);
  const { EventsLayer } = IncidentMapModules['events/layer.js'];
  const { update } = EventsLayer.prototype;
  EventsLayer.prototype.update = /** @this {any} */ function (/** @type {any[]} */ ...args) {
    window.dots = this;
    update.apply(this, args);
  };
  const found = [];
  // Another view than is drawn, after which the first one is drawn again.
  await say({ ...views[0], text: '?' });
  for (const view of views) {
    await say(view);
    const line = document.querySelector('.im-ledger-events');
    const rows = window.dots.targets.flatMap((/** @type {any} */ target) => target.rows ?? [target.row])
      .filter((/** @type {number | undefined} */ row) => row !== undefined);
    found.push({
      total: number(line.querySelector('.im-ledger-slot b').textContent),
      drawn: number(line.querySelector('strong').textContent),
      parts: Object.fromEntries([...line.querySelectorAll('.im-ledger-event')].map((node) =>
        [node.dataset.part, number(node.querySelector('b').textContent)])),
      marks: rows.length,
      drawnStands: [...new Set(rows.map((/** @type {number} */ i) => window.dots.events.standOf(i)))],
      plates: eventsOn('.im-plate:not(.is-country)'),
      country: eventsOn('.im-plate.is-country'),
      rows: Object.fromEntries([...document.querySelectorAll('.im-row-toggle[data-group]')].map((node) =>
        [node.dataset.group, node.ariaLabel])),
      columns: document.querySelector('.im-time-event').getAttribute('d').length,
      pixels: document.querySelector('.im-events-canvas').toDataURL(),
    });
  }
  return found;
};

export const firstEvent = () => {
  const { x, y } = window.dots.targets[0];
  const box = document.querySelector('.im-events-canvas').getBoundingClientRect();
  return [box.x + x, box.y + y];
};

/** @typedef {{x: number, y: number, r: number, n: number, cells: number[]}} Ring */

export const ringSums = () => {
  let seed = 1;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  return [5, 60, 400].map((many) => {
    const cells = Array.from({ length: many }, (_, cell) =>
      ({ cell, x: random() * 900, y: random() * 600, n: 1 + Math.floor(random() ** 4 * 1e5) }));
    /** @type {Ring[]} */
    const rings = IncidentMapModules['events/rings.js'].ringsOf(cells);
    /** @type {(a: Ring, b: Ring) => number} */
    const gap = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) - a.r - b.r;
    return {
      asked: cells.reduce((sum, { n }) => sum + n, 0),
      counted: rings.reduce((sum, ring) => sum + ring.n, 0),
      cells: rings.flatMap((ring) => ring.cells).sort((a, b) => a - b),
      least: Math.min(...rings.flatMap((a, i) => rings.slice(i + 1).map((b) => gap(a, b)))),
    };
  });
};

export const countsSeen = () => {
  const number = (/** @type {string | undefined} */ text) => Number((text || '0').replaceAll(',', ''));
  const plates = [...document.querySelectorAll('.im-plate:not(.is-country)')];
  const note = document.querySelector('.im-no-room button');
  const counted = (/** @type {HTMLElement} */ node) =>
    number((/and ([\d,]+) events?/.exec(node.ariaLabel || '') || [])[1]);
  const alone = plates.filter((node) => node.ariaLabel.includes(': 0 records and'));
  return {
    plates: plates.reduce((sum, node) => sum + counted(node), 0),
    lines: alone.filter((node) => node.parentElement.querySelector('.im-leader')).length,
    note: note && [number(note.querySelector('b').textContent), note.textContent],
    area: number(document.querySelector('[data-part=area] b').textContent),
  };
};
