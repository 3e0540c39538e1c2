/**
 * Shows a PNG with its text for whoever does not see it, copies it, and reports where somebody
 * clicked or dragged on it.
 *
 * Python sends one line of JSON and the bytes of the picture behind it.
 *
 * @typedef {{digest: string, alt: string, placing?: boolean}} Label
 * @typedef {[number, number]} Share across and down, as shares of its width and height
 * @typedef {(name: string, value: Share[]) => void} Report
 */

const LINE_END = 10;

/** Share of the width from which a movement of the pointer is a drag and not a click. */
const LEAST_DRAG = 0.015;

/** @param {Uint8Array} parcel @returns {{label: Label, png: Blob}} */
function opened(parcel) {
  const end = parcel.indexOf(LINE_END);
  const label = JSON.parse(new TextDecoder().decode(parcel.subarray(0, end)));
  return { label, png: new Blob([parcel.slice(end + 1)], { type: "image/png" }) };
}

class Picture {
  /** @type {string|undefined} of what is shown */
  digest;

  /** @type {Blob} */
  png;

  /** @type {Report|undefined} if points are asked for */
  report;

  /** @type {Share|undefined} where the pointer went down */
  start;

  /** @param {ShadowRoot} root */
  constructor(root) {
    const find = (/** @type {string} */ css) => /** @type {any} */ (root.querySelector(css));
    this.image = find("img");
    this.said = find("p");
    this.copy = find("button");
    this.copy.addEventListener("click", () => this.take());
    this.image.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
      this.start = this.shareOf(event);
    });
    this.image.addEventListener("pointerup", (/** @type {PointerEvent} */ event) => {
      this.place(this.shareOf(event));
    });
    // Browsers copy pictures only on this computer itself or over HTTPS.
    this.copy.hidden = typeof ClipboardItem === "undefined" || !navigator.clipboard;
  }

  /** @param {MouseEvent} event @returns {Share} */
  shareOf(event) {
    const box = this.image.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  }

  /** @param {Share} end */
  place(end) {
    const start = this.start;
    this.start = undefined;
    if (!this.report || !start) return;
    const moved = Math.hypot(end[0] - start[0], end[1] - start[1]);
    this.report("place", moved < LEAST_DRAG ? [end] : [start, end]);
  }

  /** @param {Uint8Array} parcel @param {Report} report */
  show(parcel, report) {
    const { label, png } = opened(parcel);
    this.image.alt = label.alt;
    this.report = label.placing ? report : undefined;
    this.image.draggable = !label.placing;
    if (label.digest === this.digest) return;
    this.digest = label.digest;
    this.png = png;
    const before = this.image.src;
    this.image.src = URL.createObjectURL(png);
    if (before) URL.revokeObjectURL(before);
    this.said.textContent = "";
  }

  async take() {
    try {
      await navigator.clipboard.write([new ClipboardItem({ "image/png": this.png })]);
      this.said.textContent = "The picture is copied.";
    } catch {
      this.said.textContent = "The browser did not allow it; download the PNG instead.";
    }
  }
}

/** @type {WeakMap<ShadowRoot, Picture>} */
const pictures = new WeakMap();

/** @param {{data: Uint8Array, parentElement: ShadowRoot, setTriggerValue: Report}} component */
export default function mountPicture({ data, parentElement, setTriggerValue }) {
  const picture = pictures.get(parentElement) ?? new Picture(parentElement);
  pictures.set(parentElement, picture);
  picture.show(data, setTriggerValue);
}
