/* Of a page that the map knows nothing of, for test_embedding.py. */
parent.frames[0].postMessage({ incidentMap: 1, type: 'set-view', view: { off: ['nrf'] } }, '*');
