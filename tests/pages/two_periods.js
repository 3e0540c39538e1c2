/* For test_two_periods.py. */

export const mapsSeen = () => leaflets.map((map) =>
  [map.getCenter().lat, map.getCenter().lng, map.getZoom(), map.getSize().x, map.getSize().y]);

export const atRest = () => /** @type {Promise<void>} */ (new Promise((done) => {
  let last = '';
  const look = () => {
    const now = JSON.stringify([leaflets.map((map) => [map.getCenter(),
      map.getZoom(), map._animatingZoom || null]), document.querySelector('.im-stage').innerText]);
    if (now === last && !now.includes('true')) done();
    else { last = now; setTimeout(look, 80); }
  };
  look();
}));

export const halfShown = (/** @type {string} */ name) => {
  const half = document.querySelector(`.im-half[data-map=${name}]`);
  const all = (/** @type {string} */ css, /** @type {(node: any) => string} */ read) =>
    [...half.querySelectorAll(css)].map(read).sort();
  return {
    marks: all('.im-mark', (node) => node.dataset.record),
    plates: all('.im-plate', (node) => node.getAttribute('aria-label')),
    keys: all('.im-plate:not(.im-stack)', (node) => node.dataset.key),
    all: half.querySelector('[data-half=all]').textContent,
    beside: half.querySelector('[data-half=beside]:not([hidden])')?.textContent || '',
  };
};

export const cutOff = () => {
  const page = document.documentElement;
  const outside = (/** @type {DOMRect} */ box, /** @type {DOMRect} */ room) =>
    box.left < room.left - 0.5 || box.top < room.top - 0.5 ||
    box.right > room.right + 0.5 || box.bottom > room.bottom + 0.5;
  const box = (/** @type {HTMLElement} */ node) => node.getBoundingClientRect();
  const stage = box(document.querySelector('.im-stage'));
  const found = [...document.querySelectorAll('.im-half')].flatMap((half) => {
    const map = half.querySelector('.leaflet-container');
    const head = half.querySelector('.im-half-head');
    return [
      ...[...map.querySelectorAll('.im-plate, .im-mark')]
        .filter((node) => outside(box(node), box(map))),
      ...[half, map, head].filter((node) => outside(box(node), stage)),
      ...[head, ...head.querySelectorAll('*')]
        .filter((node) => node.clientWidth > 0 && node.scrollWidth > node.clientWidth + 1),
    ].map((node) => node.getAttribute('aria-label') || node.className);
  });
  const wide = page.scrollWidth > page.clientWidth ? ['page'] : [];
  const low = box(document.querySelector('.im-foot')).top < stage.bottom - 0.5 ? ['foot'] : [];
  const over = [...document.querySelectorAll('.im-time-compare')].filter((node) => box(node).height
    && box(node).top < stage.bottom - 0.5).map(() => 'comparison');
  return [...found, ...wide, ...low, ...over];
};

export const sendMessage = (/** @type {object} */ message) => new Promise((done) => {
  window.addEventListener('message', () => setTimeout(done), { once: true });
  window.postMessage(message, '*');
});
