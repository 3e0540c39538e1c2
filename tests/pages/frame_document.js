/* Of a document that speaks as the map does, for test_frame.py. */
/** @type {any} */
let view = { off: [], chosen: null, province: null, viewport: null, theme: null };
let cause = 'host';
let timer = 0;
let turn = 0;
/** @type {(id: string) => any} */
const at = (id) => document.getElementById(id);
const say = (/** @type {any} */ message) => parent.postMessage({ incidentMap: 1, ...message }, '*');
const report = () => ({ type: 'view', view, shown: 3 - view.off.length, total: 3, cause, turn });
const change = (/** @type {object} */ part, /** @type {string} */ by) => {
  view = { ...view, ...part };
  if (by === 'user') cause = 'user';
  at('view').textContent = JSON.stringify(view);
  clearTimeout(timer);
  timer = setTimeout(() => { say(report()); cause = 'host'; }, 100);
};
at('off').onclick = () => change({ off: view.off.length ? [] : ['isk'] }, 'user');
at('pick').onclick = () => change({ chosen: 'record-2' }, 'user');
at('again').onclick = () => location.reload();
at('odd').onclick = () => {
  const good = { incidentMap: 1, ...report(), view: { chosen: 'odd-one' }, cause: 'user' };
  /** @type {any[]} */
  const odd = [null, 5, 'view', [], { ...good, incidentMap: 2 }, { ...good, type: 'other' }];
  for (const other of [null, { off: 'all' }, { chosen: 7 }, { chosen: 'x'.repeat(201) },
    { off: Array(20001).fill('x') }, { viewport: { lat: NaN, lon: 0, zoom: 1 } },
    { chosen: '\ud800' }, { theme: 'red' }]) odd.push({ ...good, view: other });
  odd.push({ ...good, shown: 4 }, { ...good, shown: -1 }, { ...good, cause: 'root' });
  odd.forEach((message) => parent.postMessage(message, '*'));
};
at('break-out').onclick = () => {
  /** @type {any} */
  const over = top;
  const ways = [() => parent.document.title, () => over.location.href, () => localStorage.length,
    () => document.cookie, () => { over.location = 'about:blank'; }];
  const outcome = (/** @type {() => void} */ way) => {
    try {
      way();
      return 'reached';
    } catch (error) {
      return error instanceof Error || error instanceof DOMException ? error.name : String(error);
    }
  };
  at('reached').textContent = [...new Set(ways.map(outcome))].join();
};
addEventListener('message', ({ source, data }) => {
  if (source !== parent || data?.type !== 'set-view') return;
  at('asked').textContent = Number(at('asked').textContent) + 1;
  ({ turn } = data);
  change(data.view, 'host');
});
say({ type: 'ready', records: 3 });
