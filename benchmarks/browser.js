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

  /** Ours says what it has drawn; folium's maps draw while they load. @param {string|null} drawn */
  const isDrawn = (drawn) => (drawn
    ? Boolean(document.querySelector(drawn) || document.querySelector('.im-failed'))
    : document.readyState === 'complete' && document.querySelectorAll('.leaflet-control-layers-overlays input').length > 1);
  /** Whether anything is on the canvas of the relief: its middle row is looked through. */
  const hasRelief = () => {
    const canvas = document.querySelector('.leaflet-im-relief-pane canvas');
    if (!canvas || !canvas.width) return false;
    const row = canvas.getContext('2d').getImageData(0, Math.floor(canvas.height / 2), canvas.width, 1).data;
    return row.some((value) => value > 0);
  };

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
    async firstMap(drawn, patience) {
      while (!isDrawn(drawn)) {
        if (performance.now() > patience) throw new Error('no map after ' + patience + ' ms');
        await frame();
      }
      await twoFrames();
      return performance.now();
    },

    /** Milliseconds from the start of the navigation until the relief is seen. */
    async relief() {
      while (!hasRelief()) await frame();
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
