/* For test_legend.py. */

/** Each row of the legend: whether it is on, the number that it says, and of how many. */
export const legendRows = () => Object.fromEntries([.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-choice]'))]
  .filter((node) => node.checkVisibility()).map((node) => {
    const [shown, total] = node.querySelector('.im-tally').textContent.split('/').map(Number);
    return [node.dataset.choice, [node.getAttribute('aria-checked') === 'true', shown, total]];
  }));

/** What the dialog of keys lists. */
export const keysListed = () => [...document.querySelectorAll('.im-keys dl > div')].map((row) =>
  [[...row.querySelectorAll('kbd')].map((key) => key.textContent), row.querySelector('dd').textContent]);

/** Apply a view as a host does, and wait for its drawing. @param {object} view */
export const takeView = (view) => new Promise((done) => {
  addEventListener('message', () => requestAnimationFrame(done), { once: true });
  postMessage({ incidentMap: 1, type: 'set-view', view }, '*');
});
