/* For test_told_apart.py. */

/** @type {(argument: {payload: any, age: number, cell: number}) => Promise<any>} */
export const drawSymbols = async ({payload, age, cell}) => {
  const { symbolOf } = IncidentMapModules['map/symbols.js'];
  const model = await IncidentMapModules['core/payload.js'].readPayload(payload);
  const sheet = document.createElement('div');
  Object.assign(sheet.style, {position: 'fixed', inset: '0', zIndex: 99999, display: 'grid',
    gridTemplateColumns: `repeat(auto-fill, ${cell}px)`, gridAutoRows: `${cell}px`,
    placeItems: 'center', background: 'var(--paper)', alignContent: 'start'});
  const names = [];
  for (const [index, group] of model.groups.entries()) {
    for (const kind of model.kinds) {
      for (const stroke of ['solid', 'dashed', 'split']) {
        const holder = document.createElement('div');
        const symbol = symbolOf(model, {groups: [index], kind: kind.key, stroke,
          age: kind.key === 'presence' ? age : null});
        symbol.style.transform = 'scale(1.8)';
        holder.append(symbol);
        sheet.append(holder);
        names.push([group.key, kind.key, stroke].join('/'));
      }
    }
  }
  document.body.append(sheet);
  return {names, columns: Math.floor(innerWidth / cell)};
};

export const shades = () => {
  const sheet = document.createElement('div');
  document.querySelector('.im-shell').append(sheet);
  const colours = ['var(--ground)', 'var(--land)', ...[1, 2, 3, 4, 5].map(
    (step) => `color-mix(in srgb, var(--shade) var(--shade-${step}), var(--land))`)];
  const found = colours.map((colour) => {
    sheet.style.background = colour;
    const canvas = Object.assign(document.createElement('canvas'), {width: 1, height: 1});
    /** @type {any} */
    const pen = canvas.getContext('2d');
    pen.fillStyle = getComputedStyle(sheet).backgroundColor;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
  });
  sheet.remove();
  return found;
};

export const coveredNames = () => [...document.querySelectorAll('.im-row-line')].filter((line) => {
  const words = document.createRange();
  words.selectNodeContents(line.querySelector('.im-row-name'));
  const name = words.getBoundingClientRect();
  const only = line.querySelector('.im-only').getBoundingClientRect();
  const box = line.querySelector('.im-row-name').getBoundingClientRect();
  return Math.min(name.right, box.right) > only.left + 0.5 || name.width > box.width + 0.5;
}).map((line) => line.textContent);
