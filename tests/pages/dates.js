/* For test_dates.py. */

export const labelled = () => [...document.querySelectorAll('.im-time-unit')].map((node) =>
  [node.getAttribute('aria-label').replace(/:.*/, ''), node.getAttribute('aria-pressed'), node.tabIndex]);

/** Text that is on the screen in smaller type than this, with its size. */
export const smallType = (/** @type {number} */ least) => {
  const isSaid = (/** @type {Element} */ node) => [...node.childNodes].some((one) => one.nodeType === Node.TEXT_NODE && one.textContent?.trim());
  return [...document.querySelectorAll('body *')]
    .filter((node) => isSaid(node) && !node.matches('script, style') && node.checkVisibility() && parseFloat(getComputedStyle(node).fontSize) < least)
    .map((node) => [node.outerHTML.slice(0, 90), getComputedStyle(node).fontSize]);
};

/** What must not jump while the period moves: place and height of the sentence, the strip and the map. */
export const standing = () => ['.im-time-sentence', '.im-time', '.im-stage', '.im-foot'].map((css) => {
  const { top, height } = document.querySelector(css).getBoundingClientRect();
  return [css, Math.round(top), Math.round(height)];
});

/** The letters of the sentence against those of all of its words. */
export const sentenceState = () => {
  const node = document.querySelector('.im-time-sentence');
  const reader = document.querySelector('.im-time-reader');
  const whole = document.querySelector('.im-time-whole');
  const plain = (/** @type {string} */ text) => text.replace(/\s+/g, ' ').trim();
  return { isShort: plain(node.textContent) !== plain(node.title), isOffered: !reader.hidden, whole: plain(whole.textContent), title: plain(node.title),
    isCut: node.scrollHeight - node.clientHeight >= 6 || node.scrollWidth > node.clientWidth };
};

/** How large things of a presentation are on the screen. */
export const presented = () => {
  const shown = (/** @type {string} */ css) => [...document.querySelectorAll(css)].filter((node) => node.checkVisibility());
  const row = document.querySelector('.im-ledger');
  return {
    isOn: Boolean(shown('.im-shell.is-presenting').length), panels: shown('.im-panel, .im-detail, .im-tabs').length,
    when: shown('.im-present-when b').map((node) => node.textContent).join(), ring: shown('.im-present-ring').length,
    enlarged: row.getBoundingClientRect().width / /** @type {HTMLElement} */ (row).offsetWidth,
    isWhole: document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight,
  };
};
