/*
 * A document and what it suggests, side by side: choose a suggestion and its words light up, choose
 * words and the suggestions that use them open. Python holds everything but what is chosen here.
 */
import { button, el, fill } from '../../webmap/js/core/dom.js';
import { card } from './cards.js';
import { TextPane } from './text.js';
/** @import { Act, Span, WantedPane } from './types.js' */

/** @typedef {{isOpen: boolean, title: string|null}} Begun */

const CONTROLS = 'button, input, select';

/** @param {Element} node */
const nameOf = (node) => node.getAttribute('aria-label') ?? (node.id || node.textContent);

class ReadingPane {
  /** @param {ShadowRoot} root */
  constructor(root) {
    this.root = root;
    this.document = '';
    this.items = '';
    /** What Python has not answered, in the order in which it was asked. @type {Act[]} */
    this.acts = [];
    /** The number of the item that is open. */
    this.at = 0;
    /** @type {WantedPane|null} */
    this.wanted = null;
    /** @type {(acts: Act[]) => void} */
    this.tell = () => {};
    this.text = new TextPane({ chosen: (span) => this.offer(span), touched: (at) => this.touch(at) });
    this.legend = el('div', { class: 'legend' });
    this.cards = el('ul', { class: 'cards' });
    this.said = el('p', { class: 'said', role: 'status' });
    this.bar = el('div', { class: 'bar' });
    this.field = /** @type {HTMLInputElement} */ (el('input', { type: 'search', id: 'find', placeholder: 'Words of the text' }));
    this.field.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.find();
    });
    const find = el('div', { class: 'line' }, el('label', { for: 'find' }, 'Find and select'), this.field, button({ class: 'small', on: { click: () => this.find() } }, 'Find'));
    this.holder = el('div', { class: 'pane' },
      el('div', { class: 'left' }, this.legend, this.text.node, find, this.bar),
      el('div', { class: 'right' }, el('h2', null, 'Suggested records'), this.said, this.cards));
    root.append(this.holder);
  }

  /** @param {WantedPane} wanted @param {(acts: Act[]) => void} tell */
  update(wanted, tell) {
    this.tell = tell;
    this.acts = this.acts.filter(({ n }) => n > wanted.taken);
    this.holder.classList.toggle('is-dark', getComputedStyle(this.root.host).colorScheme.includes('dark'));
    const isNew = wanted.document !== this.document;
    this.wanted = wanted;
    if (isNew) {
      this.document = wanted.document;
      this.at = wanted.lit.length ? 0 : wanted.at || (wanted.items.find((item) => item.state === 'open')?.number ?? 0);
      this.text.show(wanted);
      this.showLegend(wanted);
      this.offer(null);
    }
    const items = JSON.stringify([wanted.items, wanted.at]);
    if (!isNew && items === this.items) return this.say(wanted.said);
    if (!isNew) this.text.update(wanted);
    if (wanted.at) this.at = wanted.at;
    this.items = items;
    this.showCards(wanted);
    if (isNew && wanted.lit.length) this.text.light(wanted.lit, true);
    return this.say(wanted.said);
  }

  /** @param {string} said */
  say(said) {
    if (this.said.textContent !== said) this.said.textContent = said;
  }

  /** @param {WantedPane} wanted */
  showLegend(wanted) {
    fill(this.legend, wanted.kinds.map(([kind, label]) => {
      const box = el('input', { type: 'checkbox', checked: true });
      box.addEventListener('change', () => this.text.node.classList.toggle('without-' + kind, !(/** @type {HTMLInputElement} */ (box).checked)));
      return el('label', null, box, el('mark', { class: 'is-' + kind }, label));
    }));
  }

  /** @param {WantedPane} wanted */
  showCards(wanted) {
    const [focused, begun] = [this.focused(), this.begun()];
    const act = {
      ask: (/** @type {string} */ name, more = {}) => this.ask(name, more),
      light: (/** @type {Span[]} */ spans) => this.text.light(spans, true),
      choose: (/** @type {number} */ number) => this.choose(this.at === number ? 0 : number),
    };
    fill(this.cards, wanted.items.map((item) => card(item, wanted.items, act)));
    if (!wanted.items.length) fill(this.cards, el('li', { class: 'none' }, 'Nothing in this text suggests a record. Select words to begin one.'));
    this.choose(this.at, false);
    for (const node of this.cards.children) this.goOn(node, begun.get(node.getAttribute('data-number')));
    this.refocus(focused);
  }

  /** @param {string|null} number */
  cardOf(number) {
    return this.cards.querySelector('[data-number="' + number + '"]');
  }

  /**
   * What somebody has opened and typed in the cards, and not sent.
   * @returns {Map<string|null, Begun>}
   */
  begun() {
    return new Map([...this.cards.children].map((node) => {
      const title = node.querySelector('input');
      const isTyped = title !== null && title.value !== title.defaultValue;
      return [node.getAttribute('data-number'), { isOpen: node.querySelector('details')?.open ?? false, title: isTyped ? title.value : null }];
    }));
  }

  /** Give a card what somebody had opened and typed in it. @param {Element} node @param {Begun|undefined} begun */
  goOn(node, begun) {
    const [more, title] = [node.querySelector('details'), node.querySelector('input')];
    if (!more || !title || !begun) return;
    more.open = begun.isOpen;
    title.value = begun.title ?? title.value;
  }

  /** The control of the cards that has the focus: its card, its name, and its number there. */
  focused() {
    const node = this.root.activeElement;
    const of = node?.closest('.card');
    return node && of ? { number: of.getAttribute('data-number'), name: nameOf(node), at: [...of.querySelectorAll(CONTROLS)].indexOf(node) } : null;
  }

  /**
   * Cards are made anew with each answer; who is there by keyboard stays on the same control, or on
   * the one in its place.
   * @param {{number: string|null, name: string, at: number}|null} was
   */
  refocus(was) {
    if (!was) return;
    const nodes = [...(this.cardOf(was.number)?.querySelectorAll(CONTROLS) ?? [])];
    const same = nodes.map((node, at) => ({ node, far: Math.abs(at - was.at) })).filter(({ node }) => nameOf(node) === was.name);
    const nearest = same.sort((one, other) => one.far - other.far)[0]?.node;
    const node = nearest ?? nodes[Math.min(was.at, nodes.length - 1)] ?? this.cards.querySelector('.heading');
    if (node instanceof HTMLElement) node.focus({ preventScroll: true });
  }

  /** Open one card and light its words. @param {number} number @param {boolean} isMoved */
  choose(number, isMoved = true) {
    this.at = number;
    for (const node of this.cards.children) {
      const isOpen = Number(node.getAttribute('data-number')) === number;
      node.classList.toggle('is-chosen', isOpen);
      node.querySelector('.heading')?.setAttribute('aria-expanded', String(isOpen));
    }
    this.text.light(this.wanted?.items.find((item) => item.number === number)?.spans ?? [], isMoved);
    this.offer(this.text.chosen);
  }

  /** Open the first card that uses the words at a character, and say what they are read as. @param {number} at */
  touch(at) {
    const found = this.wanted?.items.filter((item) => item.spans.some(([start, end]) => start <= at && at < end)) ?? [];
    const marks = this.text.marksAt(at);
    const next = found[(found.findIndex((item) => item.number === this.at) + 1) % found.length];
    if (next) this.choose(next.number, false);
    if (next) this.cardOf(String(next.number))?.scrollIntoView({ block: 'nearest' });
    this.say(marks.map(([start, end, , label]) => this.text.words([start, end]) + ': ' + label).join(' '));
  }

  find() {
    const span = this.text.find(this.field.value.trim(), this.text.chosen ? this.text.chosen[1] : 0);
    this.text.chosen = span;
    this.text.light(span ? [span] : [], true);
    this.offer(span);
    if (!span) this.say('The text does not have these words.');
  }

  /** Offer what selected words can be added as. @param {Span|null} span */
  offer(span) {
    const item = this.wanted?.items.find((one) => one.number === this.at && one.state === 'open');
    const words = span ? this.text.words(span) : '';
    this.bar.hidden = !words;
    if (!span || !words) return;
    const shown = words.length > 60 ? words.slice(0, 60) + '…' : words;
    fill(this.bar, el('p', { dir: 'auto' }, item ? 'Add “' + shown + '” to “' + item.title + '” as:' : 'Begin a new record with “' + shown + '” as:'),
      el('div', { class: 'choices' }, (this.wanted?.fields ?? []).map(([field, label]) =>
        button({ class: 'small', on: { click: () => this.add(field, span, item?.number ?? 0) } }, label)),
      item ? button({ class: 'small', on: { click: () => this.add('claim', span, 0) } }, 'A record of its own') : null));
  }

  /** @param {string} field @param {Span} span @param {number} item */
  add(field, span, item) {
    this.ask('add', { item, field, start: span[0], end: span[1] });
  }

  /**
   * Ask for something, and with it again for what has not been answered: of two messages during one run
   * of the page, Streamlit passes on the later. The same twice, as by a double click, is asked for once.
   * @param {string} act
   * @param {Partial<Act>} more
   */
  ask(act, more) {
    const asked = Object.assign({ document: this.document, act }, more);
    const words = JSON.stringify(asked);
    const isWaiting = this.acts.some((one) => JSON.stringify(Object.assign({}, one, { n: undefined })) === words);
    const last = this.acts.at(-1)?.n ?? this.wanted?.taken ?? 0;
    if (!isWaiting) this.acts.push(Object.assign(asked, { n: last + 1 }));
    this.tell(structuredClone(this.acts));
  }
}

/** @type {WeakMap<ShadowRoot, ReadingPane>} */
const panes = new WeakMap();

/** @param {{data: WantedPane, parentElement: ShadowRoot, setTriggerValue: (name: string, value: unknown) => void}} component */
export function mountPane({ data, parentElement, setTriggerValue }) {
  const pane = panes.get(parentElement) ?? new ReadingPane(parentElement);
  panes.set(parentElement, pane);
  pane.update(data, (acts) => setTriggerValue('acts', acts));
}
