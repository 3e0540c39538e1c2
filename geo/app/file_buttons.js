/**
 * Buttons for files that Python makes when somebody asks for one, and saves it once it is there.
 *
 * Python sends one line of JSON and, in answer to a request, the bytes of the file behind it.
 *
 * @typedef {{label: string, help: string}} Offer
 * @typedef {{files: Offer[], answered: number|null, name: string|null}} Label
 * @typedef {(name: string, value: unknown) => void} SetStateValue
 */

const LINE_END = 10;
/** Milliseconds: longer than any file takes to make, after which it is given up. */
const LONGEST = 300_000;
/** Milliseconds within which every browser has begun to read what it saves. */
const SAVING = 60_000;
const LOST = "The file did not arrive; ask for it again.";

/** @param {BlobPart} bytes @param {string} name */
function save(bytes, name) {
  const url = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), SAVING);
}

class FileButtons {
  /** @type {SetStateValue} */
  tell;

  /** @param {ShadowRoot} root */
  constructor(root) {
    this.row = /** @type {HTMLElement} */ (root.querySelector(".files"));
    this.said = /** @type {HTMLElement} */ (root.querySelector("p"));
    /** The offers as shown. */
    this.shown = "";
    /** The number of the request that has not been answered, or 0; and the wait for its answer. */
    this.asked = 0;
    this.wait = 0;
  }

  /** @param {Uint8Array} parcel @param {SetStateValue} tell */
  update(parcel, tell) {
    this.tell = tell;
    const end = parcel.indexOf(LINE_END);
    /** @type {Label} */
    const { files, answered, name } = JSON.parse(new TextDecoder().decode(parcel.subarray(0, end)));
    this.show(files);
    if (this.asked === 0 || answered !== this.asked) return;
    if (name !== null) save(parcel.slice(end + 1), name);
    this.settle(name === null ? "" : "Saved.");
  }

  /** Buttons that stay as they are keep the focus. @param {Offer[]} files */
  show(files) {
    const words = JSON.stringify(files);
    if (words === this.shown) return;
    this.shown = words;
    const held = /** @type {ShadowRoot} */ (this.row.getRootNode()).activeElement?.textContent;
    this.row.replaceChildren(...files.map((file) => this.button(file)));
    if (held) [...this.row.children].forEach((node) => node.textContent === held && /** @type {HTMLElement} */ (node).focus());
  }

  /** @param {Offer} offer */
  button({ label, help }) {
    const node = Object.assign(document.createElement("button"), { type: "button", textContent: label, title: help });
    node.setAttribute("aria-disabled", String(this.asked !== 0));
    node.addEventListener("click", () => this.ask(label));
    return node;
  }

  /** @param {string} label */
  ask(label) {
    if (this.asked !== 0) return;
    this.asked = 1 + Math.floor(Math.random() * 1e9);
    this.wait = setTimeout(() => this.settle(LOST), LONGEST);
    this.mark(`Making the file: ${label}…`);
    this.tell("asked", { label, number: this.asked });
  }

  /** @param {string} words */
  settle(words) {
    clearTimeout(this.wait);
    this.asked = 0;
    this.mark(words);
  }

  /** @param {string} words */
  mark(words) {
    this.said.textContent = words;
    for (const node of this.row.children) node.setAttribute("aria-disabled", String(this.asked !== 0));
  }
}

/** @type {WeakMap<ShadowRoot, FileButtons>} */
const rows = new WeakMap();

/** @param {{data: Uint8Array, parentElement: ShadowRoot, setStateValue: SetStateValue}} component */
export default function mountFileButtons({ data, parentElement, setStateValue }) {
  const row = rows.get(parentElement) ?? new FileButtons(parentElement);
  rows.set(parentElement, row);
  row.update(data, setStateValue);
}
