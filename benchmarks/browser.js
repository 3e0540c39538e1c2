/*
 * Takes the time inside a page: put there before its own scripts run.
 */
window.bench = (function () {
  'use strict';

  const frame = () => new Promise(requestAnimationFrame);
  const twoFrames = async () => {
    await frame();
    await frame();
  };
  /** One day after another, so that every step has other days to show. */
  const YEARS = [2018, 2019, 2020, 2021, 2022, 2023, 2024];

  /** Ours has drawn when its events are counted; folium's maps draw while they load. */
  const isDrawn = (isOurs) => (isOurs
    ? Boolean(document.querySelector('.im-ledger-events strong') || document.querySelector('.im-failed'))
    : document.readyState === 'complete' && document.querySelectorAll('.leaflet-control-layers-overlays input').length > 1);

  const ACTS = {
    floor: () => {},
    toggle: (isOurs) => {
      const row = isOurs ? '.im-row-toggle' : '.leaflet-control-layers-overlays input';
      document.querySelector(row).click();
    },
    /** As a host steps: half a year, said by a message. */
    step: (_, turn) => new Promise((heard) => {
      addEventListener('message', function hear(event) {
        if (event.data.type !== 'set-view') return;
        removeEventListener('message', hear);
        heard();
      });
      const year = YEARS[turn % YEARS.length];
      postMessage({ incidentMap: 1, type: 'set-view', view: { from: year + '-01-01', to: year + '-06-30' } }, '*');
    }),
  };

  let seen = [];
  let isRecording = false;

  return {
    async firstMap(isOurs, patience) {
      while (!isDrawn(isOurs)) {
        if (performance.now() > patience) throw new Error('no map after ' + patience + ' ms');
        await frame();
      }
      await twoFrames();
      return performance.now();
    },

    /** Milliseconds of some turns, the first of them not counted. */
    async turns(what, isOurs, turns) {
      const taken = [];
      for (let turn = 0; turn <= turns; turn += 1) {
        await twoFrames();
        const start = performance.now();
        await ACTS[what](isOurs, turn);
        await twoFrames();
        taken.push(performance.now() - start);
      }
      return taken.slice(1);
    },

    record() {
      seen = [];
      isRecording = true;
      const note = (now) => {
        seen.push(now);
        if (isRecording) requestAnimationFrame(note);
      };
      requestAnimationFrame(note);
    },

    /** Milliseconds between the frames since `record`. */
    frames() {
      isRecording = false;
      return seen.slice(1).map((now, i) => now - seen[i]);
    },
  };
})();
