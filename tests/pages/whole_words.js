/* For test_whole_words.py. */

export const cutNames = () => [...document.querySelectorAll('.im-name')].filter((node) => {
  const box = node.getBoundingClientRect();
  const map = node.closest('.leaflet-container').getBoundingClientRect();
  return box.left < map.left || box.right > map.right || box.top < map.top ||
    box.bottom > map.bottom;
}).map((node) => node.textContent);

export const cutChips = () => [...document.querySelectorAll('.im-chips-list')].filter((list) =>
  list.checkVisibility()).flatMap((list) => [...list.children].filter((chip) => {
  // What can be scrolled to is not cut.
  list.scrollIntoView({ block: 'nearest' });
  const cross = chip.querySelector('.im-cross').getBoundingClientRect();
  const [x, y] = [cross.left + cross.width / 2, cross.top + cross.height / 2];
  const at = document.elementFromPoint(x, y);
  return cross.right > list.getBoundingClientRect().right + 0.5 || !chip.contains(at);
})).map((chip) => chip.textContent);

export const coveredBadges = () => {
  const over = [...document.querySelectorAll('.im-controls, .im-modes')].map((node) =>
    node.getBoundingClientRect());
  return [...document.querySelectorAll('.im-plate')].filter((node) => {
    const box = node.getBoundingClientRect();
    return over.some((it) => it.left < box.right && box.left < it.right && it.top < box.bottom &&
      box.top < it.bottom);
  }).map((node) => node.title);
};

export const nameless = () => [...document.querySelectorAll('.im-leader + .im-plate')].filter((node) =>
  !node.querySelector('.im-plate-name')).map((node) => node.title);

export const onOthers = () => {
  const provinces = [...document.querySelectorAll('path.im-province')];
  const isOn = (/** @type {any} */ path, /** @type {number} */ x, /** @type {number} */ y) =>
    path.isPointInFill(new DOMPoint(x, y).matrixTransform(path.getScreenCTM().inverse()));
  return [...document.querySelectorAll('.im-leader + .im-plate')].filter((node) => {
    const [kind, code] = node.dataset.key.split(':');
    const others = provinces.filter((path) => path.dataset.province !== code);
    const box = node.getBoundingClientRect();
    return kind === 'province' && [0.1, 0.5, 0.9].some((x) => [0.15, 0.5, 0.85].some((y) =>
      others.some((path) => isOn(path, box.left + x * box.width, box.top + y * box.height))));
  }).map((node) => node.title);
};
