/*
 * The card of one record: first the sentence, then what is known of it, where it is drawn and why,
 * who asserts and who contests it side by side, and the sources by number.
 */
(function (IM) {
  'use strict';

  const present = (text) => typeof text === 'string' && text.trim() !== '';

  function section(title, ...children) {
    return IM.el('section', { class: 'im-card-section' }, IM.el('h3', null, title), ...children);
  }

  function facts(record) {
    if (!record.facts.length) return null;
    return IM.el('dl', { class: 'im-facts' }, record.facts.map(([label, value]) =>
      [IM.el('dt', null, label), IM.el('dd', null, IM.bdi(value))]));
  }

  function place(model, one, next, act) {
    const isDrawn = IM.drawnAs(model, one) !== 'none';
    const to = (position, text) => IM.button({
      class: 'im-inline', 'data-key': 'to:' + model.provinceList[position].code, on: { click: () => act.onProvince(position) },
    }, IM.bdi(text));
    const isOne = isDrawn && one.provinces.length === 1;
    const isRun = next && next.precision === one.precision && !present(one.note);
    return IM.el('li', { class: isRun ? 'is-run' : null },
      IM.el('div', { class: 'im-place' },
        present(one.text) ? IM.el('span', null, '“', IM.bdi(one.text), '”') : IM.el('span', { class: 'im-muted' }, 'not named'),
        IM.el('span', { class: 'im-arrow', 'aria-label': isDrawn ? 'drawn as' : 'not drawn' }, isDrawn ? '→' : '·'),
        isOne ? to(one.provinces[0], one.label) : IM.bdi(one.label)),
      isDrawn && !isOne && IM.el('div', { class: 'im-place-provinces' }, one.provinces.map((position) => to(position, model.provinceList[position].name))),
      !isRun && IM.el('div', { class: 'im-muted' }, model.precisions[one.precision].definition),
      IM.coordinates(model, one),
      present(one.note) && IM.el('p', { class: 'im-note' }, one.note));
  }

  function claim(one, number) {
    const isWithdrawn = one.stance === 'withdrawn';
    return IM.el('li', { class: 'im-claim is-' + (isWithdrawn ? 'withdrawn' : one.stance === 'contests' ? 'contests' : 'asserts') },
      IM.el('div', { class: 'im-claim-who' }, IM.el('b', null, IM.bdi(one.who)),
        IM.el('a', { class: 'im-ref', href: '#im-source-' + number, 'aria-label': 'source ' + number, on: { click: toSource } }, number)),
      present(one.role) && IM.el('div', { class: 'im-muted' }, one.role),
      isWithdrawn && IM.el('div', { class: 'im-withdrawn' }, 'denial withdrawn'),
      present(one.text) && IM.el(isWithdrawn ? 's' : 'p', { class: 'im-claim-text' }, one.text),
      present(one.figures) && IM.el('div', { class: 'im-figures' }, one.figures),
      IM.el('div', { class: 'im-muted' }, [one.date, one.credibility].filter(present).join(' · ')));
  }

  /** Jump inside the panel without touching the address, which a sandboxed frame may not. */
  function toSource(event) {
    event.preventDefault();
    const target = document.getElementById(event.currentTarget.getAttribute('href').slice(1));
    if (!target) return;
    target.scrollIntoView({ block: 'nearest' });
    target.focus({ preventScroll: true });
  }

  function claims(record, numbers) {
    const column = (title, list) => IM.el('div', null, IM.el('h4', null, title),
      list.length ? IM.el('ul', null, list.map((one) => claim(one, numbers.get(one.source))))
        : IM.el('p', { class: 'im-muted' }, 'nobody in this file'));
    const asserting = record.claims.filter((one) => one.stance === 'asserts');
    const contesting = record.claims.filter((one) => one.stance !== 'asserts');
    return section('Who says so', IM.el('div', { class: 'im-claims' }, column('asserts', asserting), column('contests', contesting)));
  }

  function source(one, number) {
    const head = [one.publisher, one.author, one.published].filter(present).join(' · ');
    return IM.el('li', { id: 'im-source-' + number, class: 'im-source', tabindex: -1 },
      IM.el('span', { class: 'im-source-number' }, number),
      IM.el('div', null,
        IM.el('div', { class: 'im-source-title' }, present(one.url) ? IM.link(one.url, one.title) : IM.bdi(one.title)),
        IM.el('div', { class: 'im-muted' }, head),
        IM.el('div', { class: 'im-grade' }, IM.el('b', null, one.grade), ' ', one.gradeText),
        one.relays.length > 0 && IM.el('div', { class: 'im-muted' }, 'relays ', one.relays.join('; ')),
        present(one.note) && IM.el('div', { class: 'im-muted' }, one.note)));
  }

  /**
   * The sources that some records rest on, with how many of them do.
   * @param {Object} model
   * @param {Object[]} records
   */
  IM.sourceList = function (model, records) {
    const counts = model.sources.map((_, at) => records.filter((record) => record.claims.some((one) => one.source === at)).length);
    const used = model.sources.map((one, at) => ({ one, count: counts[at] })).filter(({ count }) => count);
    const row = ({ one, count }, at) => {
      const node = source(one, at + 1);
      node.dataset.source = one.key;
      node.lastChild.append(IM.el('div', { class: 'im-muted' }, IM.count(count, 'record') + (count === 1 ? ' that is shown rests on it' : ' that are shown rest on it')));
      return node;
    };
    return { count: used.length, node: IM.el('ol', { class: 'im-sources' }, used.map(row)) };
  };

  function badges(model, record) {
    const kind = model.kinds.find((k) => k.key === record.kind);
    const status = model.statuses[record.status];
    return IM.el('div', { class: 'im-card-tags' },
      IM.chipOf(model, record),
      IM.el('span', null, record.groups.map((g) => model.groups[g].short).join(', ')),
      IM.el('span', null, kind ? kind.one : record.kind),
      IM.el('span', { title: status.definition }, status.label.toLowerCase()));
  }

  /**
   * @param {Object} model
   * @param {Object} record
   * @param {Object} act `reason: string|null, onProvince: (position: number) => void, onShow: () => void`
   * @returns {HTMLElement}
   */
  IM.card = function (model, record, act) {
    const numbers = new Map();
    record.claims.forEach((one) => {
      if (!numbers.has(one.source)) numbers.set(one.source, numbers.size + 1);
    });
    return IM.el('article', { class: 'im-card', 'data-record': record.id },
      badges(model, record),
      IM.el('h2', { tabindex: -1 }, IM.bdi(record.title)),
      act.reason && IM.el('p', { class: 'im-note' }, act.reason === 'layer' ? 'Its layers are switched off, so it is not on the map. '
        : 'A filter leaves it out (' + IM.REASON_WORDS[act.reason].label + '), so it is not on the map. ',
        IM.button({ class: 'im-text-button', 'data-key': 'show-it', on: { click: act.onShow } }, 'Show it')),
      IM.el('p', { class: 'im-sentence' }, IM.bdi(record.sentence)),
      facts(record),
      section(record.places.length > 1 ? 'Places' : 'Place', IM.el('ul', { class: 'im-places' }, record.places.map((one, i) => place(model, one, record.places[i + 1], act)))),
      claims(record, numbers),
      section('Sources', IM.el('ol', { class: 'im-sources' },
        [...numbers].map(([index, number]) => source(model.sources[index], number)))));
  };
})((window.IncidentMap = window.IncidentMap || {}));
