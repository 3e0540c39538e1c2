/* For test_print.py. */

export const hasPaper = () => [...document.querySelectorAll('*')].some((node) => node.shadowRoot
  ?.querySelector('.holder')?.style.getPropertyValue('--upright'));

export const provincesOutside = () => {
  const stages = [...document.querySelectorAll('.im-half:not([hidden]) > .leaflet-container')];
  return stages.flatMap((stage) => {
    const ground = stage.getBoundingClientRect();
    return [...stage.querySelectorAll('.im-province')].filter((area) => {
      const box = area.getBoundingClientRect();
      return box.left < ground.left - 1 || box.right > ground.right + 1
        || box.top < ground.top - 1 || box.bottom > ground.bottom + 1;
    }).map((area) => area.dataset.province);
  });
};
