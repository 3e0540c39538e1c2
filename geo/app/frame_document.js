/**
 * Mounts the map document in a sandboxed frame and carries messages between it and Python.
 *
 * Streamlit calls the default function again whenever its data or the theme changes. The frame is
 * therefore kept by its place in the page and only a different document is loaded into it. What
 * Python wants shown arrives through `frame_state.js`, so that the document itself, which may be
 * many megabytes, is an argument that never changes and is sent once.
 *
 * @typedef {{lat: number, lon: number, zoom: number}} Viewport
 * @typedef {{off?: string[], from?: string|null, to?: string|null, certain?: boolean,
 *   kinds?: string[], events?: string[], against?: string[], statuses?: string[],
 *   attributions?: string[], reviews?: string[], drafts?: boolean, sources?: string[], grade?: string|null, credibility?: number|null,
 *   precisions?: string[], provinces?: string[], districts?: string[],
 *   deaths?: "stated"|"not_stated"|number|null, text?: string, mode?: "precise"|"provinces", base_off?: string[], language?: "en"|"prs"|"ps",
 *   counting?: "records"|"origins", coverage?: boolean,
 *   compare?: [string, string]|null, chosen?: string|null, province?: string|null,
 *   viewport?: Viewport|null, theme?: "light"|"dark"|null}} View
 * @typedef {{view: View, shown: number, total: number, cause: "user"|"host", turn: number}} Report with
 *   the number of the view that the document was sent last
 * @typedef {number|string} Revision
 * @typedef {Record<string, {id: string, notes: string, source: string}>} Texts
 * @typedef {{act: string, title: string, address?: string, to?: string, n: number}} ViewAct a change of the saved Views
 * @typedef {{revision: Revision, view: View, texts: Texts|null, kept?: {applied: number}|null}} Wanted
 * @typedef {{wanted: Wanted|null, follow: (() => void)|null, went: string|null}} Mailbox with the
 *   query that Back or Forward led to and that Python has not followed yet
 * @typedef {{entries: number, letters: number, fatalities: number, lat: number, lon: number,
 *   zoom: number, saved: number, title: number, address: number}} Bounds of a view, the same for every reader
 * @typedef {{frame: string, digest: string, height: number|"stretch", opens: string, bounds: Bounds}} Label with
 *   the hash that the document opens with, which has no address of its own here
 * @typedef {(name: string, value: unknown) => void} SetStateValue
 */

const REPORT_DELAY_MS = 150;
const LONGEST_KEY = 200;
const MOST_ASKED = 200;
const MOST_LETTERS = 40;
/** Changes of the saved Views that wait for Python: more than somebody makes in one run. */
const MOST_WAITING = 100;
const LONGEST_HASH = 100_000;
const MOST_PAPER = 20_000;
// The document answers within a few milliseconds and Python within a tenth of a second, unless busy.
const LONGEST_WAIT_MS = 1500;
// Runs that had begun before somebody left have reached the frame by then.
const LEAVING_MS = 1500;
// Longer than a busy server takes for another page; a link that led nowhere is forgotten by then.
const LONGEST_LEAVING_MS = 60_000;
// Pixels of the frame at least, and of the page below it, as in the style sheet of `frame.py`.
const LEAST_HEIGHT = 480;
const BELOW = 16;
// Source links open in a new tab, and there as an ordinary page: without the escape, a news site
// would inherit the sandbox and stay blank. Never allow-same-origin: with it, a script in the
// document would be a script of the app.
const SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox";

/** @param {unknown} value */
const isKey = (value) =>
  typeof value === "string" && value.length <= LONGEST_KEY && value.isWellFormed();

/** @param {unknown} value what the document would have after `#` in an address */
const isHash = (value) => typeof value === "string" && value.length <= LONGEST_HASH && /^[\w%&=,:;.!~*'()/+-]*$/.test(value);

/** @param {unknown} value @param {number} limit */
const isWithin = (value, limit) =>
  typeof value === "number" && Number.isFinite(value) && Math.abs(value) <= limit;

/** @param {unknown} value */
const isCount = (value) => Number.isSafeInteger(value) && /** @type {number} */ (value) >= 0;

/** @param {unknown} value pixels of paper, of some twenty pages at most */
const isHeight = (value) => isCount(value) && /** @type {number} */ (value) <= MOST_PAPER;

/** @param {Bounds} bounds @returns {Check} */
const viewportIn = (bounds) => (/** @type {any} */ value) =>
  isWithin(value?.lat, bounds.lat) && isWithin(value?.lon, bounds.lon) && isWithin(value?.zoom, bounds.zoom);

/** @param {unknown} value */
const isDay = (value) => typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value);

/** @typedef {(value: unknown) => boolean} Check */
/** @param {Bounds} bounds @returns {Check} */
const listIn = (bounds) => (value) =>
  Array.isArray(value) && value.length <= bounds.entries && value.every(isKey);

/** @param {Check} holds @returns {Check} */
const orNothing = (holds) => (value) => value === null || holds(value);

/** @param {...unknown} words @returns {Check} */
const isOneOf = (...words) => (value) => words.includes(value);

/**
 * What each field of a view may hold; a field without an entry here is left out. Python looks
 * closer: it knows the words that a field may hold.
 *
 * @param {Bounds} bounds
 * @returns {Record<string, Check>}
 */
const fieldsIn = (bounds, isList = listIn(bounds)) => ({
  off: isList,
  from: orNothing(isDay),
  to: orNothing(isDay),
  certain: isOneOf(true, false),
  kinds: isList,
  events: isList,
  against: isList,
  statuses: isList,
  attributions: isList,
  reviews: isList,
  drafts: isOneOf(true, false),
  sources: isList,
  grade: orNothing(isOneOf("A", "B", "C", "D", "E", "F")),
  credibility: orNothing(isOneOf(1, 2, 3, 4, 5, 6)),
  precisions: isList,
  provinces: isList,
  districts: isList,
  deaths: (value) => isOneOf(null, "stated", "not_stated")(value) ||
    (isCount(value) && /** @type {number} */ (value) <= bounds.fatalities),
  text: isKey,
  mode: isOneOf("precise", "provinces"),
  base_off: isList,
  language: isOneOf("en", "prs", "ps"),
  counting: isOneOf("records", "origins"),
  coverage: isOneOf(true, false),
  compare: orNothing((value) => Array.isArray(value) && value.length === 2 && value.every(isDay)),
  chosen: orNothing(isKey),
  province: orNothing(isKey),
  viewport: orNothing(viewportIn(bounds)),
  theme: isOneOf(null, "light", "dark"),
});

/**
 * @param {any} value
 * @param {Bounds} bounds
 * @returns {View|null} the known fields, or null if one of them is not what it should be
 */
function readView(value, bounds) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const named = Object.entries(fieldsIn(bounds)).filter(([name]) => Object.hasOwn(value, name));
  if (!named.every(([name, holds]) => holds(value[name]))) return null;
  // In the order in which Python keeps them, so that the two can be compared.
  const inOrder = (/** @type {string} */ name) =>
    Array.isArray(value[name]) && name !== "compare" ? value[name].toSorted() : value[name];
  return Object.fromEntries(named.map(([name]) => [name, inOrder(name)]));
}

/**
 * @param {any} message
 * @param {Bounds} bounds
 * @returns {Report|null}
 */
function readReport(message, bounds) {
  const { shown, total, cause } = message;
  const view = readView(message.view, bounds);
  if (view === null || !isCount(shown) || !isCount(total) || shown > total) return null;
  const turn = isCount(message.turn) ? message.turn : 0;
  return cause === "user" || cause === "host" ? { view, shown, total, cause, turn } : null;
}

/**
 * The fields of a view that Python has changed since it last spoke. The others may be older than
 * what the person has done in the map since, and are not sent.
 *
 * @param {View} next
 * @param {View} before
 * @returns {View}
 */
function changedFields(next, before) {
  const old = /** @type {Record<string, unknown>} */ (before);
  const isOld = (/** @type {string} */ name, /** @type {unknown} */ value) =>
    JSON.stringify(value) === JSON.stringify(old[name]);
  return Object.fromEntries(Object.entries(next).filter(([name, value]) => !isOld(name, value)));
}

/**
 * The place where the two components meet; the same few lines stand in `frame_state.js`.
 *
 * @param {string} name
 * @returns {Mailbox}
 */
function mailboxOf(name) {
  const page = /** @type {Record<symbol, Map<string, Mailbox>>} */ (/** @type {any} */ (window));
  const boxes = (page[Symbol.for("incident-map.frames")] ??= new Map());
  const box = boxes.get(name) ?? { wanted: null, follow: null, went: null };
  boxes.set(name, box);
  return box;
}

/** @param {Element} element */
function scrollerOf(element) {
  for (let outer = element.parentElement; outer; outer = outer.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(outer).overflowY)) return outer;
  }
  return document.documentElement;
}

/** Keys that act on the map wherever the focus is, as `isOutside` in the document's table of keys. */
const PASSED_ON = /^[0-9/?]$/;
/** The key for which the document shows something to read, which needs the focus. */
const READ = "?";
/** The key for which it shows a field; it asks for the focus once that is there to be typed into. */
const SEARCH = "/";
/** Milliseconds for which what is typed after it waits for the field: a busy computer answers in less. */
const ANSWERS = 2000;
const NEVER = -Infinity;
/** Where a key is typed or has a meaning of its own; the canvas is that of a table. */
const FIELDS = "input:not([type=checkbox], [type=radio], [type=button], [type=range]), textarea, select, canvas, dialog, " +
  "[contenteditable]:not([contenteditable=false]), [role=textbox], [role=combobox], [role=listbox], [role=dialog], [role=grid]";

/** @param {KeyboardEvent} event @returns {boolean} whether nothing that holds the focus is for it */
function isFree(event) {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
  return !event.composedPath().some((node) => node instanceof Element && node.matches(FIELDS));
}

/** @param {KeyboardEvent} event */
const isCharacter = ({ key }) => [...key].length === 1;

/** @param {Element} element */
const boxOf = (element) => /** @type {HTMLElement|null} */ (element.closest(".stElementContainer"));

// What stands around the frame has no place on paper, but for what tells of problems in the data.
const PAPER = `@media print {
  @page { margin: 12mm; }
  html, body, #root, .stApp, [data-testid="stAppViewContainer"], [data-testid="stMain"] {
    background: #fff !important; color: #24211d !important;
  }
  body > :not(#root), [data-testid="stAppIframeResizerAnchor"], .stAppHeader, [data-testid="stToolbar"], [data-testid="stDecoration"], [data-testid="stStatusWidget"],
  .stMainBlockContainer .stElementContainer:not(.incident-map-on-paper, .stExpander *, :has([role="alert"])),
  .stMainBlockContainer [data-testid="stLayoutWrapper"]:not(:has(.incident-map-on-paper, .stExpander, [role="alert"])) { display: none !important; }
  .stMainBlockContainer, .stBidiComponent, .stVerticalBlock { padding: 0 !important; margin: 0 !important; }
  .stMainBlockContainer .stVerticalBlock { gap: 0 !important; }
  .stApp, [data-testid="stAppViewContainer"], [data-testid="stMain"] {
    display: block !important; position: static !important; overflow: visible !important; height: auto !important;
  }
}`;

/**
 * @param {any} change of the saved Views
 * @param {Bounds} bounds
 */
const isViewAct = (change, bounds) => typeof change === "object" && change !== null &&
  ["save", "rename", "remove"].includes(change.act) && typeof change.title === "string" &&
  [change.title, change.to ?? ""].every((title) => typeof title === "string" && title.length <= 2 * bounds.title) &&
  typeof (change.address ?? "") === "string" && (change.address ?? "").length <= bounds.address;
/** The document with a hash written into it. @param {string} html @param {string} hash */
const opening = (html, hash) => html.replace("<html", `<html data-opens="${hash.replaceAll("&", "&amp;").replaceAll('"', "%22")}"`);

class Frame {
  /** @param {ShadowRoot} root @param {string} name */
  constructor(root, name) {
    this.host = root.host;
    this.holder = /** @type {HTMLElement} */ (root.querySelector(".holder"));
    this.box = mailboxOf(name);
    this.iframe = this.createIframe();
    /** @type {SetStateValue} */
    this.setStateValue = () => {};
    /** @type {SetStateValue} */
    this.setTriggerValue = () => {};
    /** @type {Label|null} */
    this.label = null;
    /** @type {Wanted|null} what Python last wanted */
    this.wanted = null;
    /** @type {Report|null} what the document last said */
    this.heard = null;
    /** @type {{words: string, revision: Revision|null}} what Python was last told, or knows */
    this.told = { words: "", revision: null };
    /** @type {ViewAct[]} what Python has not yet applied */
    this.acts = [];
    /** What the document was last given of what is kept for it. */
    this.givenKept = "";
    /** How many views the document has been sent. */
    this.turn = 0;
    this.timer = 0;
    /** @type {(() => void)|null} follows the link that was clicked, as soon as the view is told */
    this.goOn = null;
    /** @type {(() => void)|null} called when a run of Python has reached the frame */
    this.onRun = null;
    /** Whether another page is on its way. */
    this.hasLeft = false;
    /** Until another page is there, or this one is known to stay. */
    this.leaving = 0;
    /** Whether a person has caused what waits to be told. */
    this.isByHand = false;
    this.ready = false;
    this.greeted = false;
    /** When the document was asked for its search, until it answers. */
    this.searchedAt = NEVER;
    /** The document as Python made it. */
    this.html = "";
    /** @type {"light"|"dark"} */
    this.theme = "light";
    /** @type {"light"|"dark"|null|undefined} the theme that the document was last given */
    this.shownTheme = null;
    this.listening = new AbortController();
    this.listen();
  }

  createIframe() {
    const iframe = document.createElement("iframe");
    iframe.title = "Map of reported incidents";
    iframe.setAttribute("sandbox", SANDBOX);
    iframe.referrerPolicy = "no-referrer";
    iframe.addEventListener("load", () => this.reveal());
    return iframe;
  }

  /** On paper the page is this map: no menus, no dark ground, no part of a list that scrolls. */
  dressForPaper() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(PAPER);
    document.adoptedStyleSheets.push(sheet);
    this.listening.signal.addEventListener("abort", () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    });
  }

  listen() {
    this.dressForPaper();
    const { signal } = this.listening;
    this.follow = () => {
      this.sendNews();
      this.onRun?.();
    };
    this.box.follow = this.follow;
    addEventListener("message", (event) => this.hear(event), { signal });
    addEventListener("keydown", (event) => this.passOn(event), { signal });
    addEventListener("click", (event) => this.leave(event), { signal, capture: true });
    this.box.went = null;
    addEventListener("popstate", () => (this.box.went = location.search.slice(1)), { signal });
    const observer = new ResizeObserver(() => this.fit());
    observer.observe(this.host);
    observer.observe(scrollerOf(this.host).firstElementChild ?? document.body);
    signal.addEventListener("abort", () => observer.disconnect());
  }

  /** @param {Label} label @param {Uint8Array} body @param {SetStateValue} setStateValue @param {SetStateValue} setTriggerValue */
  update(label, body, setStateValue, setTriggerValue) {
    Object.assign(this, { setStateValue, setTriggerValue });
    this.theme = getComputedStyle(this.host).colorScheme.includes("dark") ? "dark" : "light";
    // Streamlit fades what a slow run has not reached yet; this map is as true as before.
    boxOf(this.host)?.style.setProperty("opacity", "1", "important");
    boxOf(this.host)?.classList.add("incident-map-on-paper");
    const options = this.fits(label) ? [label.opens, "wheel=map"] : [label.opens];
    if (label.digest !== this.label?.digest) {
      this.html = new TextDecoder().decode(body);
      this.load(opening(this.html, options.filter(Boolean).join("&")), label.opens.includes("pick=place"));
    }
    this.label = label;
    this.fit();
    this.sendNews();
  }

  /** @param {string} html @param {boolean} isPreview */
  load(html, isPreview) {
    clearTimeout(this.timer);
    this.timer = 0;
    this.isByHand = this.ready = this.greeted = false;
    this.searchedAt = NEVER;
    this.givenKept = "";
    // In a frame that has shown one already, another document would be a step of the history.
    const isFirst = !this.iframe.isConnected;
    if (!isFirst) this.iframe = this.createIframe();
    this.iframe.srcdoc = html;
    if (!isFirst && isPreview) {
      // What is drawn anew while somebody types stays in view until its successor is complete.
      this.holder.querySelector(".next")?.remove();
      this.iframe.className = "next";
      this.iframe.inert = true;
      this.holder.append(this.iframe);
    } else {
      this.holder.classList.add("loading");
      this.holder.replaceChildren(this.iframe);
    }
  }

  /** The frame stays unseen until it has its theme, so that a dark page shows no white flash. */
  reveal() {
    this.holder.classList.remove("loading");
    if (this.iframe.className !== "next") return;
    this.iframe.className = "";
    this.iframe.inert = false;
    // It must not be moved: a frame that is moved loads again.
    while (this.iframe.previousSibling) this.iframe.previousSibling.remove();
  }

  /** Pixels of the page above the frame. */
  above() {
    const scroller = scrollerOf(this.host);
    const top = this.host.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    return Math.max(0, Math.round(top + scroller.scrollTop));
  }

  /** Whether the page ends with the frame: the wheel and one finger have nothing else to move. @param {Label} label */
  fits({ height }) {
    return height === "stretch" && this.above() + LEAST_HEIGHT + BELOW <= scrollerOf(this.host).clientHeight;
  }

  /** The style sheet subtracts what stands above the frame from the height of the window. */
  fit() {
    const height = this.label?.height;
    this.holder.style.setProperty("--above", `${this.above()}px`);
    this.holder.style.height = typeof height === "number" ? `${height}px` : "";
  }

  /** @param {MessageEvent} event */
  hear(event) {
    const message = event.data;
    if (event.source !== this.iframe.contentWindow || event.origin !== "null") return;
    if (typeof message !== "object" || message === null || message.incidentMap !== 1) return;
    if (message.type === "ready" && isCount(message.records)) this.greet();
    if (message.type === "view" && this.greeted && this.label) {
      this.note(readReport(message, this.label.bounds));
      this.goOn?.();
    }
    if (message.type === "searching") this.giveFocus();
    if (message.type === "paper" && isHeight(message.upright) && isHeight(message.lying)) this.measurePaper(message);
    if (message.type === "ask-texts" && this.greeted) this.askTexts(message.rows);
    if (message.type === "ask-since" && this.greeted) this.askSince(message.since);
    if (message.type === "saved-view" && this.greeted && this.label && isViewAct(message.change, this.label.bounds)) this.noteAct(message.change);
    if (message.type === "save-file" && this.greeted && isHash(message.opens)) this.saveFile(message.opens);
    if (message.type === "show-on-map" && this.greeted && isKey(message.record)) {
      const { record } = message;
      this.leaveBy(() => this.setTriggerValue("onmap", record));
    }
    if (message.type === "edit-record" && this.greeted && isKey(message.record)) {
      const { record } = message;
      this.leaveBy(() => this.setTriggerValue("edit", record));
    }
    if (message.type === "show-passage" && this.greeted && isKey(message.record) && isCount(message.claim)) {
      const { record, claim } = message;
      this.leaveBy(() => this.setTriggerValue("passage", [record, claim]));
    }
    if (message.type === "place" && this.greeted && isWithin(message.lat, 90) && isWithin(message.lon, 180)) {
      this.setTriggerValue("place", [message.lat, message.lon]);
    }
  }

  /** Keys act on the map without a click into it first. @param {KeyboardEvent} event */
  passOn(event) {
    if (!this.ready || !this.iframe.isConnected || !isFree(event)) return;
    const { key } = event;
    const typed = performance.now() - this.searchedAt < ANSWERS && isCharacter(event);
    if (!typed && !PASSED_ON.test(key)) return;
    event.preventDefault();
    if (!typed && key === READ) this.iframe.focus();
    // What is typed before the field has the focus follows in the same way, so that it comes after it.
    if (!typed && key === SEARCH) this.searchedAt = performance.now();
    this.post(typed ? { type: "key", key, typed } : { type: "key", key });
  }

  /** The field that was asked for can be typed into. */
  giveFocus() {
    if (this.searchedAt === NEVER) return;
    this.searchedAt = NEVER;
    const root = /** @type {ShadowRoot|Document} */ (this.iframe.getRootNode());
    if (root.activeElement === this.iframe) return;
    // Not every browser lets a frame take the focus by itself, and one that is given it forgets its field.
    this.iframe.focus();
    this.post({ type: "key", key: SEARCH });
  }

  /** On paper the frame is as high as the document in it. @param {{upright: number, lying: number}} heights */
  measurePaper({ upright, lying }) {
    this.holder.style.setProperty("--upright", `${upright}px`);
    this.holder.style.setProperty("--lying", `${lying}px`);
  }

  /** @param {unknown} rows the events whose texts a list in the document lacks */
  askTexts(rows) {
    if (Array.isArray(rows) && rows.length <= MOST_ASKED && rows.every(isCount)) this.setStateValue("asked", rows);
  }

  /** @param {unknown} since what to compare with */
  askSince(since) {
    if (typeof since === "string" && since.length <= MOST_LETTERS) this.setStateValue("since", since);
  }

  /** Python may be told of several changes at once; their numbers say which it has applied. @param {ViewAct} change */
  noteAct({ act, title, address, to }) {
    const n = Math.max((this.acts.at(-1)?.n ?? 0) + 1, Date.now());
    this.acts = [...this.acts, { act, title, address, to, n }].slice(-MOST_WAITING);
    this.setStateValue("saved", this.acts);
  }

  /** @param {{applied: number}} kept */
  giveKept(kept) {
    this.acts = this.acts.filter(({ n }) => n > kept.applied);
    const words = JSON.stringify(kept);
    // A list that lacks what was changed a moment ago is followed by one that has it.
    if (words === this.givenKept || this.acts.length > 0) return;
    this.givenKept = words;
    this.post({ type: "kept", kept });
  }

  /** The frame may not save files itself. @param {string} opens the hash with which the file opens */
  saveFile(opens) {
    const url = URL.createObjectURL(new Blob([opening(this.html, opens)], { type: "text/html" }));
    Object.assign(document.createElement("a"), { href: url, download: "map-view.html" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  /** The address of the map as the reader sees it, behind whatever proxy. */
  address() {
    return location.origin + (this.label?.opens.includes("layout=table") ? location.pathname.replace(/[^/]*$/, "") : location.pathname);
  }

  /** The document has loaded, or the browser has loaded it again. */
  greet() {
    this.ready = true;
    this.greeted = false;
    this.heard = null;
    this.givenKept = "";
    this.sendNews();
  }

  sendNews() {
    const { wanted } = this.box;
    if (!this.ready || wanted === null) return;
    const view = this.greeted ? this.newsFrom(wanted) : { ...wanted.view, theme: this.theme };
    if (wanted.texts !== null && wanted.texts !== this.wanted?.texts) this.post({ type: "texts", texts: wanted.texts });
    this.wanted = wanted;
    if (!this.greeted) this.post({ type: "address", base: this.address() });
    this.greeted = true;
    if (wanted.kept) this.giveKept(wanted.kept);
    if (Object.keys(view).length > 0) this.send(view);
    else if (this.heard) this.note({ ...this.heard, cause: "host", turn: this.turn });
    this.reveal();
  }

  /** @param {Wanted} wanted @returns {View} */
  newsFrom(wanted) {
    const isNew = wanted.revision !== this.wanted?.revision;
    const news = isNew ? changedFields(wanted.view, this.wanted?.view ?? {}) : {};
    return this.theme === this.shownTheme ? news : { ...news, theme: this.theme };
  }

  /** @param {View} view */
  send(view) {
    this.shownTheme = view.theme ?? this.shownTheme;
    if (this.heard) this.heard = { ...this.heard, view: { ...this.heard.view, ...view } };
    this.turn += 1;
    this.post({ type: "set-view", view, turn: this.turn });
  }

  /** @param {object} message */
  post(message) {
    // A sandboxed document has no origin that could be named as the target.
    this.iframe.contentWindow?.postMessage({ incidentMap: 1, ...message }, "*");
  }

  /**
   * Only what a person did is told to Python; an answer to Python's own message would start a
   * rerun that starts a message. While something is waiting to be told, the newest view is.
   *
   * @param {Report|null} report
   */
  note(report) {
    if (report === null) return;
    // What the document said before it had the last view; it answers to that one as well.
    if (report.turn < this.turn) {
      this.isByHand ||= report.cause === "user";
      return;
    }
    this.heard = report;
    if (report.cause === "host" && this.timer === 0 && !this.wasPassedOver(report)) {
      this.told.words = this.wordsFor(report);
      return;
    }
    this.isByHand ||= report.cause === "user";
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tell(), REPORT_DELAY_MS);
  }

  /**
   * Python leaves a report that crossed a wish of its own on the way. Such a report is repeated
   * once the wish is granted.
   *
   * @param {Report} report
   */
  wasPassedOver({ view }) {
    const { wanted, told } = this;
    if (wanted === null || told.revision === null || told.revision === wanted.revision) return false;
    const changed = Object.keys(changedFields(view, wanted.view));
    return changed.some((name) => name !== "viewport" && name !== "theme");
  }

  /** A link of this app opens another page. @param {MouseEvent} event */
  leave(event) {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!(link instanceof HTMLAnchorElement) || !isPlain || link.target || link.download || link.origin !== location.origin) return;
    if (!this.greeted || this.goOn !== null) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.leaveBy(() => link.click());
  }

  /**
   * Whoever goes to another page takes the view along as it stands: the way there waits until Python
   * has it. A report behind it would lead back to this page.
   *
   * @param {() => void} way
   */
  leaveBy(way) {
    if (this.goOn !== null) return;
    const go = () => {
      clearTimeout(late);
      this.goOn = () => {};
      this.hasLeft = true;
      this.awaitPage();
      way();
    };
    const late = setTimeout(go, LONGEST_WAIT_MS);
    this.goOn = () => {
      this.goOn = () => {};
      const isPending = this.timer !== 0;
      clearTimeout(this.timer);
      // Streamlit sends what is told a moment later; behind the page's own request it would undo it.
      this.onRun = go;
      if (!isPending || !this.tell()) go();
    };
    this.post({ type: "ask-view" });
  }

  /**
   * Nothing is told while another page is on its way, however long the server takes: a report would
   * ask for this page again. Whoever has stayed after all is shown this page by the next run.
   */
  awaitPage() {
    let hasRun = false;
    const stay = () => {
      clearTimeout(this.leaving);
      Object.assign(this, { goOn: null, hasLeft: false, onRun: null });
      if (this.timer !== 0) this.tell();
    };
    this.onRun = () => { hasRun = true; };
    this.leaving = setTimeout(() => {
      this.onRun = stay;
      this.leaving = setTimeout(stay, LONGEST_LEAVING_MS);
      if (hasRun) stay();
    }, LEAVING_MS);
  }

  /** @returns {boolean} whether there was anything to tell */
  tell() {
    if (this.hasLeft) return false;
    const cause = this.isByHand ? "user" : "host";
    this.timer = 0;
    this.isByHand = false;
    if (this.heard === null || this.wanted === null) return false;
    const words = this.wordsFor(this.heard);
    if (words === this.told.words) return false;
    const { revision } = this.wanted;
    this.told = { words, revision };
    const { view, shown, total } = this.heard;
    // Streamlit forgets that a run was to follow Back or Forward when a report overtakes it.
    this.setStateValue("report", { view, shown, total, revision, cause, went: this.box.went });
    return true;
  }

  /** @param {Report} report */
  wordsFor({ view, shown, total }) {
    return JSON.stringify([this.wanted?.revision, view, shown, total, this.box.went]);
  }

  close() {
    clearTimeout(this.timer);
    clearTimeout(this.leaving);
    this.listening.abort();
    if (this.box.follow === this.follow) this.box.follow = null;
  }
}

/** @type {WeakMap<ShadowRoot, Frame>} */
const frames = new WeakMap();

/** @param {{data: Uint8Array, parentElement: ShadowRoot, setStateValue: SetStateValue, setTriggerValue: SetStateValue}} component */
export default function mountDocument({ data, parentElement, setStateValue, setTriggerValue }) {
  const end = data.indexOf(10);
  const label = JSON.parse(new TextDecoder().decode(data.subarray(0, end)));
  const frame = frames.get(parentElement) ?? new Frame(parentElement, label.frame);
  frames.set(parentElement, frame);
  frame.update(label, data.subarray(end + 1), setStateValue, setTriggerValue);
  return () => frame.close();
}
