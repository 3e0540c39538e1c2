/* Of a page around the map, for test_print.py: how much paper it says that it takes. */
window.told = [];
addEventListener('message', ({ data }) => {
  if (data.type === 'paper') window.told.push(data);
});
