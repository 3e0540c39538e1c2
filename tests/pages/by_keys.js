/* For test_by_keys.py. */

export const unfold = (/** @type {string} */ css) => {
  const node = document.querySelector(css);
  if (node.getAttribute('aria-expanded') !== 'true') node.click();
};

/**
 * Clicks one of these, but not the control that is to be used.
 *
 * @type {(argument: [string, string]) => void}
 */
export const clickOther = ([css, name]) => {
  const other = [...document.querySelectorAll(css)].find((node) => node !== byKeys.find(name));
  if (other) other.click();
};

export const radioBefore = (/** @type {string} */ name) => {
  const node = byKeys.find(name);
  const group = [...document.getElementsByName(node.name)];
  const before = group[(group.indexOf(node) + group.length - 1) % group.length];
  before.click();
  before.focus();
};

export const deepControls = () => {
  window.deep = (/** @type {any} */ root) =>
    [...root.querySelectorAll('*')].flatMap((node) =>
      [node, ...(node.shadowRoot ? window.deep(node.shadowRoot) : [])]);
  window.held = () => {
    /** @type {any} */
    let node = document.activeElement;
    while (node.shadowRoot && node.shadowRoot.activeElement) node = node.shadowRoot.activeElement;
    return node;
  };
  const css = 'button, input, select, textarea, summary, a[href], canvas[tabindex="0"]';
  window.wanted = window.deep(document).filter((/** @type {any} */ node) =>
    node.matches(css) && !node.disabled && node.tabIndex >= 0 &&
    node.getBoundingClientRect().width > 0 && node.checkVisibility({ visibilityProperty: true }));
  return window.wanted.map((/** @type {HTMLElement} */ node) => node.outerHTML.slice(0, 160));
};

/** A grid that draws itself anew meanwhile is another node, and the same control. */
export const heldControl = () => {
  const node = window.held();
  const isSame = (/** @type {any} */ one) => one === node ||
    (!one.isConnected && one.tagName === node.tagName &&
    one.dataset.testid === node.dataset.testid);
  return node === document.body ? null : window.wanted.findIndex(isSame);
};

/** @type {(argument: {script: string, wanted: object}) => Promise<any>} */
export const mountLate = async ({script, wanted}) => {
  const url = URL.createObjectURL(new Blob([script], {type: 'text/javascript'}));
  const {default: mount} = await import(url);
  return new Promise((told) => mount({data: wanted, parentElement: document,
    setTriggerValue: (/** @type {string} */ name, /** @type {any} */ value) => told([name, value])}));
};
