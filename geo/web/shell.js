/*
 * The shell: layer panel, map, detail panel and the line at the foot. Three columns on a desk, a
 * sheet at the right on a tablet, a sheet from below on a phone, where it takes room from the map
 * instead of covering it.
 */
(function (IM) {
  'use strict';

  const PHONE = '(max-width: 699px)';
  const DESK = '(min-width: 1000px)';

  class Shell {
    /**
     * @param {HTMLElement} home where the shell is built
     * @param {HTMLElement} mapNode the container of the Leaflet map
     * @param {Object} model
     * @param {Object} rooms `panel: HTMLElement, detail: HTMLElement`
     * @param {Object} act `zoom(by)`, `fit()`, `theme(name)`, `resized()`, `openList(list)`, `showAll()`, `tab(name)`
     */
    constructor(home, mapNode, model, rooms, act) {
      this.model = model;
      this.act = act;
      this.tab = '';
      this.isOpen = false;
      this.ledger = IM.el('footer', { class: 'im-ledger', 'aria-label': 'What is shown and what is not' });
      this.tabs = IM.el('div', { class: 'im-tabs', role: 'group', 'aria-label': 'Panels' });
      this.empty = IM.el('div', { class: 'im-empty', hidden: true },
        IM.el('div', null, IM.el('p', null, 'All groups are off: nothing is shown.'),
          IM.button({ class: 'im-button', on: { click: () => act.showAll() } }, 'Show all')));
      this.themes = IM.el('div', { class: 'im-themes', role: 'group', 'aria-label': 'Theme' });
      this.detail = IM.el('aside', { class: 'im-detail', 'aria-label': 'Details', id: 'im-detail' }, rooms.detail);
      this.panel = IM.el('nav', { class: 'im-panel', 'aria-label': 'Layers and legend', id: 'im-panel' },
        IM.el('header', { class: 'im-title' }, IM.el('h1', null, IM.bdi(model.title))), rooms.panel, this.about());
      this.stage = IM.el('main', { class: 'im-stage', 'aria-label': 'Map' }, this.controls(), this.empty);
      this.node = IM.el('div', { class: 'im-shell' }, this.panel, this.stage, this.detail, this.ledger, this.tabs);
      home.append(this.node);
      this.stage.prepend(mapNode);
      new ResizeObserver(() => act.resized()).observe(this.stage);
    }

    isPhone() {
      return matchMedia(PHONE).matches;
    }

    /** Pixels at the right of the map that the detail sheet covers. */
    covered() {
      const isSheet = !this.isPhone() && !matchMedia(DESK).matches && this.isOpen;
      return isSheet ? this.detail.getBoundingClientRect().width : 0;
    }

    controls() {
      const tool = (label, glyph, go) => IM.button({ class: 'im-tool', 'aria-label': label, title: label, on: { click: go } }, glyph);
      const frame = IM.svg('svg', { width: 16, height: 16, viewBox: '0 0 16 16', 'aria-hidden': 'true' },
        IM.svg('path', { class: 'im-glyph', d: 'M2 6V2H6M10 2H14V6M14 10V14H10M6 14H2V10' }));
      return IM.el('div', { class: 'im-controls' },
        tool('Zoom in', '+', () => this.act.zoom(1)), tool('Zoom out', '−', () => this.act.zoom(-1)),
        tool('Whole country', frame, () => this.act.fit()));
    }

    about() {
      return IM.el('details', { class: 'im-fold im-about' }, IM.el('summary', null, 'About this map'),
        IM.el('p', null, this.model.disclaimer),
        IM.el('ul', null, this.model.credits.map((text) => IM.el('li', null, text))),
        IM.el('p', { class: 'im-muted' }, 'Data ', IM.bdi(this.model.dataVersion)),
        IM.el('p', { class: 'im-muted' }, 'Keys: 1 to 9 switch a group, 0 all, Esc closes. Alt-click on a group shows only that one.'),
        this.themes);
    }

    updateTheme(theme) {
      const options = [[null, 'As the system'], ['light', 'Light'], ['dark', 'Dark']];
      IM.keepFocus(this.themes, () => IM.fill(this.themes, options.map(([name, label]) => IM.button(
        { class: 'im-segment', 'data-key': 'theme:' + name, 'aria-pressed': theme === name, on: { click: () => this.act.theme(name) } }, label))));
    }

    /** The ledger: every record counted once, so that the parts add up. */
    updateLedger(ledger) {
      const parts = ledger.parts.filter((part) => part.records.length).map((part) => IM.button({
        class: 'im-ledger-part', 'data-key': 'ledger:' + part.standing.key, 'data-standing': part.standing.key,
        on: { click: () => this.act.openList({ key: part.standing.key, title: part.standing.title, text: '', records: part.records }) },
      }, IM.el('b', null, part.records.length), ' ' + (this.isPhone() ? part.standing.short : part.standing.label)));
      if (ledger.off) {
        parts.push(IM.el('span', { class: 'im-ledger-part is-off', 'data-standing': 'off' }, IM.el('b', null, ledger.off), this.isPhone() ? ' off' : ' switched off'));
      }
      const total = IM.el('span', { class: 'im-ledger-total', 'data-standing': 'total' }, IM.el('b', null, ledger.total), ledger.total === 1 ? ' record' : ' records');
      IM.keepFocus(this.ledger, () => IM.fill(this.ledger, total, IM.el('span', { class: 'im-ledger-parts' }, parts)));
      this.empty.hidden = ledger.shown > 0 || ledger.total === 0;
    }

    /** @param {Object} view `beside: number, label: string, hasDetail: boolean` */
    updateTabs(view) {
      const tabs = [['layers', 'Layers', ''], ['beside', 'Beside the map', ' (' + view.beside + ')'], ['record', view.label, '']];
      IM.keepFocus(this.tabs, () => IM.fill(this.tabs, tabs.map(([key, label, count]) => IM.button({
        class: 'im-tab', 'data-key': 'tab:' + key, 'aria-expanded': this.tab === key,
        'aria-controls': key === 'layers' ? 'im-panel' : 'im-detail', disabled: key === 'record' && !view.hasDetail,
        on: { click: () => this.act.tab(this.tab === key ? '' : key) },
      }, label + count))));
    }

    /** Which sheet is open on a phone, and whether the detail sheet stands open on a tablet. */
    open(tab, isOpen) {
      this.tab = tab;
      this.isOpen = isOpen;
      this.node.setAttribute('data-tab', tab);
      this.node.classList.toggle('is-open', isOpen);
    }
  }

  IM.Shell = Shell;
})((window.IncidentMap = window.IncidentMap || {}));
