/*
 * The view as the end of an address, so that a copied link opens it again. What is as at the start
 * is left out.
 */
(function (IM) {
  'use strict';

  /** Fields that are lists of texts, under their own names. */
  const LISTS = ['off', 'kinds', 'events', 'against', 'statuses', 'attributions', 'sources', 'precisions', 'provinces', 'districts'];
  /** Fields that are one text. */
  const TEXTS = ['from', 'to', 'grade', 'text', 'chosen', 'province', 'theme'];

  const say = (text) => encodeURIComponent(text).replace(/%2F/g, '/').replace(/%3A/g, ':');

  /** @param {Object} view @returns {string} */
  IM.viewToHash = function (view) {
    const parts = [];
    const add = (name, texts) => parts.push(name + '=' + texts.map((text) => say(String(text))).join(','));
    for (const name of LISTS) if (view[name].length) add(name, view[name]);
    for (const name of TEXTS) if (view[name]) add(name, [view[name]]);
    if (view.certain) add('certain', [1]);
    if (view.credibility !== null) add('credibility', [view.credibility]);
    if (view.deaths !== null) add('deaths', [view.deaths]);
    if (view.mode !== 'precise') add('mode', [view.mode]);
    if (view.compare) add('compare', view.compare);
    if (view.viewport) add('at', [view.viewport.lat, view.viewport.lon, view.viewport.zoom]);
    return parts.join('&');
  };

  /** The value of one field as it stands in a view, still unchecked. */
  function read(name, values) {
    if (LISTS.includes(name) || name === 'compare') return [name, values];
    if (name === 'at') return ['viewport', { lat: Number(values[0]), lon: Number(values[1]), zoom: Number(values[2]) }];
    if (name === 'certain') return [name, values[0] === '1'];
    if (name === 'credibility') return [name, Number(values[0])];
    if (name === 'deaths') return [name, /^\d+$/.test(values[0]) ? Number(values[0]) : values[0]];
    return [name, values.join(',')];
  }

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
        const [name, value] = read(part.slice(0, cut), part.slice(cut + 1).split(',').map(decodeURIComponent));
        raw[name] = value;
      }
    } catch (_) {
      return {};
    }
    return IM.checkView(raw);
  };
})((window.IncidentMap = window.IncidentMap || {}));
