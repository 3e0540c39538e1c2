/* For test_document.py. */

export const stateOf = () => {
  const all = (/** @type {string} */ css) => [...document.querySelectorAll(css)];
  const numbers = (/** @type {string} */ css) =>
    all(css).map((node) => Number(node.querySelector('b').textContent));
  return {
    marks: [...new Set(all('.im-mark').map((node) => node.dataset.record))].sort(),
    plates: all('.im-plate').map((node) => node.getAttribute('aria-label')).sort(),
    beside: all('.im-detail .im-item').map((node) => node.dataset.record).sort(),
    rows: Object.fromEntries(all('.im-row-toggle[data-group]').map((node) =>
      [node.dataset.group, node.querySelector('.im-tally').textContent])),
    total: numbers('.im-ledger-total')[0],
    parts: Object.fromEntries(all('.im-ledger-part').map((node) =>
      [node.dataset.standing, Number(node.querySelector('b').textContent)])),
    pane: document.querySelector('.leaflet-map-pane').style.transform,
    zoom: document.querySelector('.leaflet-container').className,
  };
};

export const sourceCounts = () =>
  [...document.querySelectorAll('[data-fold=sources] .im-source')].map((node) => [
    node.dataset.source, Number((/(\d+) records? shown/.exec(node.innerText) || [])[1]),
  ]);

export const separators = () => {
  const line = document.querySelector('.im-ledger');
  const cut = parseFloat(getComputedStyle(line).clipPath.split(' ').pop() ?? '');
  const edge = line.getBoundingClientRect().left + cut;
  /** @type {number | null} */
  let before = null;
  return [...line.querySelectorAll('.im-ledger-slot')].map((slot) => {
    const box = slot.getBoundingClientRect();
    const words = slot.firstElementChild.getBoundingClientRect();
    const sign = getComputedStyle(slot, '::before');
    const middle = box.left + parseFloat(sign.width) / 2;
    const isSeen = /[·|]/.test(sign.content) && middle + 3 > edge;
    const begins = before === null || Math.abs(before - box.top) > 4;
    before = box.top;
    return { begins, isSeen, isCut: words.left < edge };
  });
};
