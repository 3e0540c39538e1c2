/*
 * The view as others see it: what may come in by message or address, checked; what goes out.
 * The document runs in frames of unknown parents, so nothing received is trusted or echoed.
 */
(function (IM) {
  'use strict';

  const isText = (value) => typeof value === 'string' && value.length <= 200;
  const isNumber = (value, low, high) => typeof value === 'number' && value >= low && value <= high;
  const isPlain = (value) => value !== null && typeof value === 'object' &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value));

  const CHECKS = {
    off: (value) => (Array.isArray(value) && value.length <= 1000 && value.every(isText) ? value.slice() : undefined),
    chosen: (value) => (value === null || isText(value) ? value : undefined),
    province: (value) => (value === null || isText(value) ? value : undefined),
    theme: (value) => (value === null || value === 'light' || value === 'dark' ? value : undefined),
    viewport: (value) => {
      if (value === null) return null;
      if (!isPlain(value)) return undefined;
      const { lat, lon, zoom } = value;
      return isNumber(lat, -90, 90) && isNumber(lon, -360, 360) && isNumber(zoom, 0, 24) ? { lat, lon, zoom } : undefined;
    },
  };

  /**
   * The parts of a view that are well formed; the others are left out.
   * @param {*} value
   * @returns {Object}
   */
  IM.checkView = function (value) {
    const view = {};
    if (!isPlain(value)) return view;
    for (const [name, check] of Object.entries(CHECKS)) {
      if (!Object.prototype.hasOwnProperty.call(value, name)) continue;
      const part = check(value[name]);
      if (part !== undefined) view[name] = part;
    }
    return view;
  };

  /** The view as the end of an address; what is as at the start is left out. */
  IM.viewToHash = function (view) {
    const say = (text) => encodeURIComponent(text).replace(/%2F/g, '/');
    const parts = [];
    if (view.off.length) parts.push('off=' + view.off.map(say).join(','));
    if (view.chosen) parts.push('chosen=' + say(view.chosen));
    if (view.province) parts.push('province=' + say(view.province));
    if (view.viewport) parts.push('at=' + [view.viewport.lat, view.viewport.lon, view.viewport.zoom].join(','));
    if (view.theme) parts.push('theme=' + view.theme);
    return parts.join('&');
  };

  /**
   * @param {string} hash
   * @returns {Object} a checked, partial view
   */
  IM.viewFromHash = function (hash) {
    const raw = {};
    try {
      for (const part of hash.replace(/^#/, '').split('&')) {
        const cut = part.indexOf('=');
        if (cut < 0) continue;
        const name = part.slice(0, cut);
        const values = part.slice(cut + 1).split(',').map(decodeURIComponent);
        if (name === 'off') raw.off = values;
        else if (name === 'at') raw.viewport = { lat: Number(values[0]), lon: Number(values[1]), zoom: Number(values[2]) };
        else raw[name] = values.join(',');
      }
    } catch (_) {
      return {};
    }
    return IM.checkView(raw);
  };

  class Messages {
    /** @param {Object} host `setView: (view: Object) => void, getView: () => Object, counts: () => {shown: number, total: number}` */
    constructor(host) {
      this.host = host;
      this.timer = 0;
      this.sent = '';
      /** @type {string|null} who caused the change that waits to be told */
      this.cause = null;
      window.addEventListener('message', (event) => this.receive(event));
    }

    receive(event) {
      const data = event.data;
      if (event.source !== window.parent) return;
      if (!isPlain(data) || data.incidentMap !== 1) return;
      if (data.type === 'set-view') this.host.setView(IM.checkView(data.view));
      else if (data.type === 'ask-view') this.sendView('host', true);
    }

    post(message) {
      if (window.parent !== window) window.parent.postMessage(Object.assign({ incidentMap: 1 }, message), '*');
    }

    ready(records) {
      this.post({ type: 'ready', records });
    }

    /** Tell of a change once things have come to rest. */
    changed(cause) {
      clearTimeout(this.timer);
      // What the reader did is not lost when the host speaks before it has been told.
      this.cause = this.cause === 'user' ? 'user' : cause;
      this.timer = setTimeout(() => {
        const said = this.cause;
        this.cause = null;
        this.sendView(said, false);
      }, 250);
    }

    sendView(cause, isAsked) {
      const view = this.host.getView();
      const text = JSON.stringify(view);
      if (text === this.sent && !isAsked) return;
      if (!isAsked) this.sent = text;
      this.post(Object.assign({ type: 'view', view, cause }, this.host.counts()));
      if (window.parent === window) keepInAddress(view);
    }
  }

  /** A copied link opens the same view; where the address may not be changed, nothing is lost. */
  function keepInAddress(view) {
    try {
      const hash = IM.viewToHash(view);
      history.replaceState(null, '', hash ? '#' + hash : location.pathname + location.search);
    } catch (_) {
      /* a sandboxed or embedded copy */
    }
  }

  IM.Messages = Messages;
})((window.IncidentMap = window.IncidentMap || {}));
