/* For test_embedding.py. */

export const addFrame = (/** @type {string} */ address) => {
  const other = document.createElement('iframe');
  other.src = address;
  document.body.append(other);
};

export const cutOff = () => {
  const names = '.im-ledger-total, .im-ledger-part, .im-counter, .im-tool, .im-modes button, ' +
    '.im-tab, .im-strip button, .im-time-fold';
  const page = document.documentElement;
  const cut = [...document.querySelectorAll(names)].filter((node) => {
    if (!node.checkVisibility()) return false;
    const box = node.getBoundingClientRect();
    return box.left < -0.5 || box.top < -0.5 ||
      box.right > innerWidth + 0.5 || box.bottom > innerHeight + 0.5;
  }).map((node) => node.className);
  if (page.scrollWidth > innerWidth || page.scrollHeight > innerHeight) cut.push('the page');
  const strip = document.querySelector('.im-strip-groups');
  if (strip && strip.scrollHeight > strip.clientHeight) cut.push('the strip');
  const stage = document.querySelector('.im-stage').getBoundingClientRect();
  return { cut, map: Math.round(Math.min(stage.width, stage.height)) };
};
