/*
 * The form of an entry, of which the browser holds the text and Python makes sense. Streamlit calls the
 * component again in every rerun; what somebody is typing in is never made anew by that.
 *
 * What is typed is told within a second and a half at most, and at once where a field is left or the
 * page is hidden, so that Python keeps it before it can be lost.
 */
import { button, el, fill } from '../../webmap/js/core/dom.js';
import { GroupNode } from './group.js';
/** @import { FieldNode } from './fields.js' */
/** @import { Answers, FormValues, Tell, WantedForm } from './types.js' */

/** Milliseconds without a key after which what is typed is told, and the longest that it waits. */
const PAUSE = 400;
const LONGEST = 1500;
/** Milliseconds after which what has not been answered is told again: a run of the page takes less than one of these. */
const AGAIN = 2000;
/** How often it has been told in vain before the reader hears of it. */
const IN_VAIN = 2;

/**
 * What is in the forms of this page, by form: a component that Streamlit makes anew finds it here.
 * @type {Map<string, {n: number, values: FormValues}>}
 */
const live = new Map();

class EntryForm {
  /** @param {ShadowRoot} root */
  constructor(root) {
    this.root = root;
    this.holder = el('div', { class: 'form' });
    root.append(this.holder);
    this.form = '';
    /** The number of the present state, and of the last one with a form of a list more or less. */
    this.n = 0;
    this.reshapedAt = 0;
    this.told = 0;
    this.answered = 0;
    this.inVain = 0;
    this.retry = 0;
    this.times = 0;
    this.place = 0;
    this.timer = 0;
    this.since = 0;
    /** @type {GroupNode[]} */
    this.groups = [];
    /** @type {FormValues} */
    this.values = {};
    /** The values as they were told last. */
    this.last = '';
    /** @type {Tell} */
    this.tell = () => {};
    /** @type {HTMLTextAreaElement|null} */
    this.why = null;
    this.state = el('p', { class: 'state', role: 'status' });
    this.general = el('ul', { class: 'general' });
    document.addEventListener('visibilitychange', () => this.send());
    window.addEventListener('pagehide', () => this.send());
  }

  /** @param {WantedForm} wanted @param {Tell} tell */
  update(wanted, tell) {
    this.tell = tell;
    this.holder.classList.toggle('is-dark', getComputedStyle(this.root.host).colorScheme.includes('dark'));
    if (wanted.form !== this.form) this.make(wanted);
    if (!wanted.answers) return;
    this.answered = wanted.answers.n;
    if (this.answered >= this.told) this.settle();
    this.show(wanted.answers);
  }

  /** Everything that was told has been answered. */
  settle() {
    clearTimeout(this.retry);
    this.inVain = 0;
  }

  /** @param {WantedForm} wanted */
  make(wanted) {
    clearTimeout(this.timer);
    this.timer = 0;
    this.form = wanted.form;
    const known = wanted.answers?.n ?? 0;
    const held = live.get(wanted.form);
    const isNewer = held !== undefined && held.n > known;
    this.values = isNewer ? held.values : structuredClone(wanted.values);
    this.last = isNewer ? '' : JSON.stringify(this.values);
    this.n = this.reshapedAt = isNewer ? held.n : known;
    this.told = known;
    live.set(this.form, { n: this.n, values: this.values });
    this.groups = [];
    const parts = wanted.parts.map((part) => {
      const group = new GroupNode(part.fields, this.values, '', {
        changed: (isWhole) => this.changed(isWhole),
        reshaped: () => this.reshaped(),
        choose: (texts, from) => this.choose(texts, from),
        entered: (within) => this.enter(within),
      });
      this.groups.push(group);
      return el('section', { class: 'part' }, el('h2', null, part.title), part.hint ? el('p', { class: 'hint' }, part.hint) : null, group.node);
    });
    this.why = wanted.why ? el('textarea', { id: 'why', rows: 2, dir: 'auto' }) : null;
    const why = this.why ? el('div', { class: 'field' }, el('label', { for: 'why' }, 'Why it is changed'), this.why, el('p', { class: 'hint' }, 'Optional. The history shows it beside the change.')) : null;
    const acts = el('div', { class: 'acts' }, wanted.acts.map(([act, label], at) => button({ class: at ? 'act' : 'act is-usual', on: { click: () => this.ask(act) } }, label)));
    fill(this.holder, parts, why, this.general, acts, this.state);
    this.send();
  }

  /** @returns {FieldNode[]} */
  every() {
    return this.groups.flatMap((group) => group.every());
  }

  /** @param {Answers} answers */
  show(answers) {
    // An answer to a form with other claims or places would stand beside the wrong ones.
    if (answers.n < this.reshapedAt) return;
    for (const field of this.every()) field.show(answers.fields[field.place] || {});
    fill(this.general, answers.general.map((said) => el('li', { dir: 'auto' }, said)));
    this.general.hidden = !answers.general.length;
    const state = [answers.faults ? answers.faults + (answers.faults === 1 ? ' field needs' : ' fields need') + ' attention.' : 'Ready to save.', answers.kept].join(' ');
    if (this.state.textContent !== state) this.state.textContent = state;
  }

  /** @param {boolean} isWhole */
  changed(isWhole) {
    if (!isWhole) this.n += 1;
    else if (this.n === this.told && !this.isNews()) return;
    else this.n += 1;
    clearTimeout(this.timer);
    const now = Date.now();
    if (!this.timer) this.since = now;
    const wait = isWhole ? 0 : Math.max(0, Math.min(PAUSE, this.since + LONGEST - now));
    this.timer = window.setTimeout(() => this.send(), wait);
  }

  /** Whether the form is not as it was told last. */
  isNews() {
    return JSON.stringify(this.values) !== this.last;
  }

  reshaped() {
    this.n += 1;
    this.reshapedAt = this.n;
    this.send();
  }

  /** @param {Record<string, string>} texts @param {FieldNode} from whose choices are gone then */
  choose(texts, from) {
    const fields = this.every();
    for (const [place, text] of Object.entries(texts)) {
      const field = fields.find((one) => one.place === place);
      if (!field) continue;
      field.put(text);
      // What was entered for somebody is seen by them.
      const fold = field.node.closest('details');
      if (fold) fold.open = true;
    }
    from.control.focus();
  }

  /** @param {string} within */
  enter(within) {
    const found = /^where\.(\d+)\./.exec(within);
    if (found) this.place = Number(found[1]);
  }

  message() {
    // With the number of times, for Streamlit does not pass on what it has passed on before.
    return { form: this.form, n: this.n, values: this.values, place: this.place, times: this.times += 1 };
  }

  send() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (this.n === this.told) return;
    this.sendAgain();
  }

  sendAgain() {
    this.told = this.n;
    this.last = JSON.stringify(this.values);
    this.note();
    this.tell('typed', structuredClone(this.message()));
  }

  /** Note what is told, and tell it again if nobody answers: the connection may have been lost. */
  note() {
    live.set(this.form, { n: this.n, values: this.values });
    clearTimeout(this.retry);
    this.retry = window.setTimeout(() => {
      if (this.answered >= this.told || !this.holder.isConnected) return;
      this.inVain += 1;
      if (this.inVain >= IN_VAIN) this.state.textContent = 'The app does not answer. What you type is on this page only; do not close it.';
      this.sendAgain();
    }, AGAIN);
  }

  /** @param {string} act */
  ask(act) {
    clearTimeout(this.timer);
    this.timer = 0;
    for (const field of this.every()) field.isPassed = true;
    this.n += 1;
    this.told = this.n;
    this.last = JSON.stringify(this.values);
    this.note();
    this.tell('act', structuredClone(Object.assign(this.message(), { act, why: this.why?.value ?? '' })));
    for (const field of this.every()) field.show(field.answer);
    const first = this.every().find((field) => field.fault.textContent);
    if (first) this.reveal(first);
  }

  /** @param {FieldNode} field */
  reveal(field) {
    const fold = field.node.closest('details');
    if (fold) fold.open = true;
    field.control.focus();
  }
}

/** @type {WeakMap<ShadowRoot, EntryForm>} */
const forms = new WeakMap();

/** @param {{data: WantedForm, parentElement: ShadowRoot, setStateValue: (name: string, value: unknown) => void, setTriggerValue: (name: string, value: unknown) => void}} component */
export function mountForm({ data, parentElement, setStateValue, setTriggerValue }) {
  const form = forms.get(parentElement) ?? new EntryForm(parentElement);
  forms.set(parentElement, form);
  form.update(data, (name, value) => (name === 'act' ? setTriggerValue(name, value) : setStateValue(name, value)));
}
