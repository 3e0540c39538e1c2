/**
 * A file that the reader chooses, or drops on the field, and that Python gets once.
 *
 * The field is the browser's own, so that it works by keyboard, for a screen reader and for a drop
 * from a folder as everywhere else. What is too large is refused here before it travels.
 *
 * @typedef {{label: string, hint: string, accept: string, most: number, packed: number|null, tooLarge: string,
 *   held: number|null, answered: number|null}} Wanted
 */

/** @param {number} bytes */
const inBytes = (bytes) => `${bytes.toLocaleString("en")} ${bytes === 1 ? "byte" : "bytes"}`;

/** The same, rounded to what a reader compares. @param {number} bytes */
const inUnits = (bytes) => {
  if (bytes < 1000) return inBytes(bytes);
  const [size, unit] = bytes < 1e6 ? [bytes / 1e3, "kB"] : [bytes / 1e6, "MB"];
  return `${size.toLocaleString("en", { maximumFractionDigits: 1 })} ${unit}`;
};

/** @param {Blob} file @returns {Promise<Blob>} the same, gzipped */
const gzipped = (file) =>
  new Response(file.stream().pipeThrough(new CompressionStream("gzip"))).blob();

/** @param {Blob} file @returns {Promise<string>} its bytes as base64 */
const encoded = (file) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] ?? "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });

class TooLarge extends Error {}

/** Milliseconds: the longest that a full upload takes on 3 Mbit/s, after which it is given up. */
const LONGEST = 120_000;
const LOST = "The file did not arrive; choose it again. If that happens again, import it on the command line.";

class FileChoice {
  /** @type {(name: string, value: unknown) => void} */
  tell;

  /** @type {Wanted} */
  wanted;

  /** @param {ShadowRoot} root */
  constructor(root) {
    const find = (/** @type {string} */ css) => /** @type {any} */ (root.querySelector(css));
    this.label = find("label");
    this.input = find("input");
    this.hint = find("#hint");
    this.said = find("#said");
    this.away = find("button");
    this.input.addEventListener("change", () => this.take());
    this.away.addEventListener("click", () => this.putAway());
    this.isNew = true;
    /** The number of the upload that has been sent and not answered, or 0; and the wait for its answer. */
    this.sent = 0;
    this.wait = 0;
  }

  /** @param {Wanted} wanted @param {(name: string, value: unknown) => void} tell */
  update(wanted, tell) {
    this.tell = tell;
    this.wanted = wanted;
    this.label.textContent = wanted.label;
    this.hint.textContent = wanted.hint;
    this.input.accept = wanted.accept;
    const { held } = wanted;
    const isHeld = held !== null;
    const isAnswered = this.sent !== 0 && wanted.answered === this.sent;
    if (isAnswered) this.settle();
    if (this.sent) return;
    if (isAnswered && !isHeld) this.refuse(LOST);
    else if (held !== null) this.say(`File loaded (${inUnits(held)}).`);
    else if (!this.away.hidden) this.say("File removed.");
    this.away.hidden = !isHeld;
    // The field is on the page a moment before this script: what was chosen by then counts.
    if (this.isNew && !isHeld) this.take();
    this.isNew = false;
  }

  /** @param {string} words @param {boolean} [isRefused] */
  say(words, isRefused = false) {
    this.said.textContent = words;
    this.input.setAttribute("aria-invalid", String(isRefused));
  }

  async take() {
    const [file] = this.input.files;
    if (!file) return;
    const { most, tooLarge } = this.wanted;
    if (file.size > most) {
      this.refuse(`This file has ${inBytes(file.size)}; at most ${inBytes(most)} are read. ${tooLarge}`);
      return;
    }
    this.say("Reading the file…");
    try {
      const bytes = await encoded(await this.packed(file));
      this.settle();
      this.sent = 1 + Math.floor(Math.random() * 1e9);
      this.wait = setTimeout(() => this.giveUp(), LONGEST);
      this.say("Sending the file…");
      this.tell("file", { bytes, number: this.sent });
    } catch (error) {
      const isTooLarge = error instanceof TooLarge;
      this.refuse(isTooLarge ? error.message : "The browser could not read this file; choose it again.");
    }
  }

  /**
   * What travels: the file, or a smaller form of it where Python takes that.
   *
   * @param {File} file @returns {Promise<Blob>}
   */
  async packed(file) {
    const { packed, tooLarge } = this.wanted;
    if (packed === null) return file;
    this.say("Packing the file…");
    const small = await gzipped(file);
    if (small.size > packed) {
      throw new TooLarge(`Packed, this file has ${inBytes(small.size)}; at most ${inBytes(packed)} can travel. ${tooLarge}`);
    }
    return small;
  }

  settle() {
    clearTimeout(this.wait);
    this.sent = 0;
  }

  /** No answer has come: the server refused the message, or the connection broke. */
  giveUp() {
    this.settle();
    this.refuse(LOST);
  }

  /** @param {string} why */
  refuse(why) {
    this.input.value = "";
    this.say(why, true);
  }

  putAway() {
    this.input.value = "";
    this.input.focus();
    this.settle();
    this.tell("file", { bytes: null });
  }
}

/** @type {WeakMap<ShadowRoot, FileChoice>} */
const choices = new WeakMap();

/** @param {{data: Wanted, parentElement: ShadowRoot, setTriggerValue: (name: string, value: unknown) => void}} component */
export default function mountFileChoice({ data, parentElement, setTriggerValue }) {
  const choice = choices.get(parentElement) ?? new FileChoice(parentElement);
  choices.set(parentElement, choice);
  choice.update(data, setTriggerValue);
}
