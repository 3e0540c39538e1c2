/**
 * Shows a PNG with its text for whoever does not see it, and copies it.
 *
 * Python sends one line of JSON and the bytes of the picture behind it.
 *
 * @typedef {{digest: string, alt: string}} Label
 */

const LINE_END = 10;

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

  /** @param {ShadowRoot} root */
  constructor(root) {
    const find = (/** @type {string} */ css) => /** @type {any} */ (root.querySelector(css));
    this.image = find("img");
    this.said = find("p");
    this.copy = find("button");
    this.copy.addEventListener("click", () => this.take());
    // Browsers copy pictures only on this computer itself or over HTTPS.
    this.copy.hidden = typeof ClipboardItem === "undefined" || !navigator.clipboard;
  }

  /** @param {Uint8Array} parcel */
  show(parcel) {
    const { label, png } = opened(parcel);
    this.image.alt = label.alt;
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

/** @param {{data: Uint8Array, parentElement: ShadowRoot}} component */
export default function mountPicture({ data, parentElement }) {
  const picture = pictures.get(parentElement) ?? new Picture(parentElement);
  pictures.set(parentElement, picture);
  picture.show(data);
}
