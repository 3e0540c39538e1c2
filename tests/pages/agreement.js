/* For test_agreement.py. */

/** What the page says of each view; a stack lists its records once it is clicked. */
export const readingsOf = async (/** @type {object[]} */ views) => {
  const all = (/** @type {string} */ css, /** @type {any} */ within = document) =>
    [...within.querySelectorAll(css)];
  const number = (/** @type {HTMLElement} */ node) => Number(node.textContent);
  const ids = (/** @type {string} */ css) => all(css).map((node) => node.dataset.record).sort();
  const say = (/** @type {object} */ view) => new Promise((done) => {
    addEventListener('message', () => requestAnimationFrame(done), { once: true });
    postMessage({ incidentMap: 1, type: 'set-view', view }, '*');
  });
  const legend = (/** @type {string} */ title) => {
    const block = all('.im-legend').find((one) =>
      one.querySelector('.im-legend-fold').textContent === title);
    // A row that is off says what it would add.
    return Object.fromEntries(block ? all('li:not([hidden]):not(.is-off)', block).map((row) =>
      [row.querySelector('.im-row-name').textContent, number(row.querySelector('.im-tally b'))]).filter(([, n]) => n) : []);
  };
  // A column is one path with a box for each record; a longer interval is a bar of its own.
  const pieces = (/** @type {string} */ which) =>
    all('.im-time-span' + which).length + all('.im-time-column' + which)
    .reduce((sum, node) => sum + node.getAttribute('d').split('M').length - 1, 0);
  /** @param {string} side */
  const listed = (side) => {
    document.querySelector('[data-side=' + side + ']').click();
    return ids('.im-detail .im-item');
  };
  const read = () => ({
    total: number(document.querySelector('.im-ledger-total b')),
    drawn: number(document.querySelector('.im-ledger-total strong')),
    parts: Object.fromEntries(all('.im-ledger-part').map((node) =>
      [node.dataset.standing, number(node.querySelector('b'))])),
    counters: Object.fromEntries(all('.im-counter').map((node) =>
      [node.dataset.counter, number(node.querySelector('b'))])),
    sentence: all('.im-time-sentence > span > :nth-child(-n + 2)').map((node) =>
      Number(node.textContent.replace(' of ', ''))),
    bars: [':not(.is-out)', ''].map(pieces),
    unplotted: parseInt(document.querySelector('.im-time-rest').textContent, 10),
    statuses: legend('Verification status'),
    kinds: legend('Record type'),
    beside: listed('beside'),
    listed: listed('records'),
    marks: ids('.im-mark'),
    stacks: /** @type {any[]} */ ([]),
  });
  const readings = [];
  for (const view of views) {
    await say(view);
    const reading = read();
    for (let at = 0; at < all('.im-stack').length; at += 1) {
      const stack = all('.im-stack')[at];
      const count = number(stack.querySelector('b'));
      stack.click();
      reading.stacks.push([count, ids('.im-detail .im-item')]);
    }
    if (reading.stacks.length) await say({ chosen: null });
    readings.push(reading);
  }
  return readings;
};
