/* Of the page that the map is embedded in, for test_embedding.py. */
window.heard = [];
addEventListener('message', ({ data, source, origin }) => {
  if (source === frames[0]) window.heard.push({ ...data, origin });
});
window.say = (/** @type {any} */ message) => frames[0].postMessage(message, '*');
