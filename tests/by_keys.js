/*
 * For test_by_keys.py: names every control of the document, notes where Tab comes, and reads off
 * what a control may change.
 */
/** @typedef {any} Control an element that the reader can use, of whichever kind */

/** @type {any} */ (window).byKeys = (() => {
  const CONTROLS = 'button, input, select, textarea, summary, a[href], [tabindex]:not([tabindex="-1"])';
  const NAMED = ['data-key', 'data-group', 'data-layer', 'data-choice', 'data-record', 'data-value', 'data-window', 'data-side'];
  /** @param {string} css @returns {Control[]} */
  const all = (css) => [...document.querySelectorAll(css)];
  /** @param {string} css */
  const text = (css) => all(css).map((node) => node.textContent).join('|');

  /** @param {Control} node */
  const isThere = (node) => !node.disabled && node.checkVisibility({ visibilityProperty: true }) &&
    node.getBoundingClientRect().width > 0;
  const controls = () => all(CONTROLS).filter(isThere);

  /** What a control is called for as long as the page stands, whatever is drawn anew. @param {Control} node */
  function bare(node) {
    const field = node.closest('[data-field]');
    return [node.tagName, node.classList[0] || '', node.type || '', field ? field.dataset.field : '',
      ...NAMED.map((name) => node.getAttribute(name) || ''), node.closest('.im-panel') ? 'panel' : ''].join(' ');
  }

  function named() {
    const seen = new Map();
    return controls().map((node) => {
      const name = bare(node);
      seen.set(name, (seen.get(name) || 0) + 1);
      return [name + ' #' + seen.get(name), node];
    });
  }

  /** @param {string} name */
  function find(name) {
    const [, base, count] = /^(.*) #(\d+)$/.exec(name) || [];
    return all(CONTROLS).filter((node) => bare(node) === base && isThere(node))[Number(count) - 1] || null;
  }

  /** A radio that is not the checked one, or a year of the axis, is come to by arrows from the others of its group. @param {Control} node */
  const isByTab = (node) => node.type !== 'radio' && node.tabIndex >= 0;

  /** @param {Control} node */
  function spoken(node) {
    const labels = [...(node.labels || [])].map((label) => label.innerText);
    const words = node.matches('button, summary, a') ? node.innerText : '';
    return [node.getAttribute('aria-label'), ...labels, words, node.title].filter(Boolean).join(' ').trim();
  }

  /** How many sides of the outline no box around it cuts off. @param {Control} node */
  function sides(node) {
    const style = getComputedStyle(node);
    const width = style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth);
    const far = width + parseFloat(style.outlineOffset) - 0.5;
    const box = node.getBoundingClientRect();
    const edges = [box.left - far, box.top - far, -box.right - far, -box.bottom - far];
    const seen = [true, true, true, true];
    for (let over = node.parentElement; over; over = over.parentElement) {
      if (getComputedStyle(over).overflow === 'visible') continue;
      const room = over.getBoundingClientRect();
      [room.left, room.top, -room.right, -room.bottom].forEach((limit, i) => {
        if (edges[i] < limit - 0.5) seen[i] = false;
      });
    }
    return width < 1 ? 0 : seen.filter(Boolean).length;
  }

  /** @type {{name: string, html: string, spoken: string, sides: number}[]} where Tab comes, from `walk` on */
  const stops = [];
  let names = new Map();
  /** The name of a control, of one drawn anew since the walk began too. @param {Control} node */
  const nameOf = (node) => names.get(node) || named().find(([, one]) => one === node)?.[0] || bare(node);
  const leave = () => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  };
  function walk() {
    leave();
    names = new Map(named().map(([name, node]) => [node, name]));
    stops.length = 0;
  }
  document.addEventListener('focusin', (event) => {
    const target = /** @type {Control} */ (event.target);
    if (names.size) stops.push({ name: nameOf(target), html: target.outerHTML.slice(0, 160), spoken: spoken(target), sides: sides(target) });
  });

  function walked() {
    names = new Map();
    return stops;
  }

  /** @param {Control} node */
  const own = (node) => node && {
    checked: node.getAttribute('aria-checked') || node.checked, pressed: node.getAttribute('aria-pressed'),
    expanded: node.getAttribute('aria-expanded') || (node.tagName === 'SUMMARY' ? node.parentElement.open : null),
    value: 'value' in node ? node.value : null, said: node.getAttribute('aria-valuetext'), words: node.textContent,
    record: node.dataset.record || null, scrolled: node.scrollLeft, isHeld: node === document.activeElement,
  };

  /** Where the map lies, and how large. */
  const lies = () => all('.leaflet-map-pane')[0].style.transform + all('.leaflet-control-scale-line')[0].style.width;

  /** What can be read off the page. @param {string} name of the control that was used */
  const state = (name) => ({
    own: own(find(name)),
    held: document.activeElement === document.body ? null : bare(document.activeElement),
    ledger: text('.im-ledger'), chips: text('.im-foot .im-chips-list'), shown: text('.im-row-toggle .im-tally'),
    linked: all('.im-share input').length, title: text('.im-detail-body h2'), card: text('.im-card h2'), record: all('.im-card').map((node) => node.dataset.record)[0] || null,
    listed: all('.im-detail .im-item').length, side: text('.im-side[aria-pressed="true"]'), below: (all('.im-detail-body')[0] || {}).scrollTop,
    map: lies(),
    mode: text('.im-modes [aria-pressed="true"]'), theme: document.documentElement.dataset.theme + text('.im-themes [aria-pressed="true"]'),
    dates: all('.im-time-date').map((node) => node.value).join(), axis: text('.im-time-axis'), bins: text('.im-time-compare:not([hidden]) .im-time-when'),
    playing: all('.im-time-play').map((node) => node.getAttribute('aria-label')).join(), tab: all('.im-shell')[0].dataset.tab,
    rest: all('.im-time-item').filter(isThere).length, tools: all('.im-time-tools.is-open').length, tip: text('.im-time-tip:not([hidden])'), views: text('.im-views'),
  });

  /** Where the map lies at the beginning. */
  let begun = '';

  /**
   * Everything as a scene begins.
   * @param {object} view
   * @param {string} side
   * @param {string} folds what is unfolded
   */
  function begin(view, side, folds) {
    const nothing = { off: [], from: null, to: null, certain: false, kinds: [], events: [], against: [], statuses: [], attributions: [],
      sources: [], grade: null, credibility: null, precisions: [], provinces: [], districts: [], deaths: null, text: '', mode: 'precise',
      compare: null, chosen: null, province: null, theme: null };
    leave();
    const moved = lies() === begun ? {} : { viewport: null };
    window.dispatchEvent(new MessageEvent('message', { source: window.parent, data: { incidentMap: 1, type: 'set-view', view: { ...nothing, ...moved, ...view } } }));
    for (const node of folds ? all(folds) : []) {
      if (node.tagName === 'DETAILS') node.open = true;
      else if (node.getAttribute('aria-expanded') === 'false') node.click();
    }
    const zoomed = all('.im-time-word').filter((node) => node.textContent === 'Whole axis');
    zoomed.forEach((node) => node.click());
    // What is drawn already stays as it is, scrolled as it is.
    for (const node of all('.im-matrix-room')) node.scrollLeft = 0;
    all('.im-side[data-side="' + side + '"][aria-pressed="false"]').forEach((node) => node.click());
    begun = begun || lies();
    return zoomed.length ? new Promise((go) => requestAnimationFrame(() => setTimeout(go))) : null;
  }

  /** Every control, with the first of these selectors that it answers to. @param {string[]} selectors */
  const list = (selectors) => named().map(([name, node]) => ({ name, html: node.outerHTML.slice(0, 160), isByTab: isByTab(node),
    use: selectors.findIndex((css) => node.matches(css)) }));

  return { find, list, walk, walked, state, begin };
})();
