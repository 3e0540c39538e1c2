/* For test_time.py. */

export const stripState = () => {
  const node = document.querySelector('.im-time');
  const of = (/** @type {string} */ css) => [...node.querySelectorAll(css)];
  const text = (/** @type {string} */ css) => node.querySelector(css).textContent;
  return {
    sentence: node.querySelector('.im-time-sentence').title,
    first: of('.im-time-date')[0].value,
    last: of('.im-time-date')[1].value,
    lanes: of('.im-time-span').map((bar) => bar.dataset.record).sort(),
    pale: of('.im-time-span.is-out').map((bar) => bar.dataset.record).sort(),
    handles: of('.im-time-handle.is-a').map((handle) => handle.getAttribute('aria-valuetext')),
    compared: of('.im-time-row').map((row) => row.getAttribute('aria-label')),
    difference: text('.im-time-difference'),
    height: node.getBoundingClientRect().height,
  };
};

export const typeBothDays = () => {
  const [first, last] = document.querySelectorAll('.im-time-date');
  const type = (/** @type {any} */ field, /** @type {string} */ text) => {
    field.value = text;
    field.dispatchEvent(new Event('change'));
  };
  type(first, '2022-05');
  type(last, '2022-12');
};

export const topmost = () => [...document.querySelectorAll('.im-time-handle')].map((handle) => {
  const box = handle.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  return [handle, document.elementFromPoint(x, y)].map((node) => node.getAttribute('aria-label'));
});

export const wideLetters = (/** @type {string} */ css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
};

export const sentenceCut = () => {
  const node = document.querySelector('.im-time-sentence');
  const { scrollHeight, clientHeight, scrollWidth, clientWidth } = node;
  return { isCut: scrollHeight > clientHeight || scrollWidth > clientWidth, words: node.innerText };
};
