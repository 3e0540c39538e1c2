/** @typedef {{label: string, number: number}} Asked */
/** @typedef {Window & {asked: Asked[], saves: number, answered: (name: string|null, text: string) => void}} Page */

/**
 * Mounts the buttons as Streamlit does. Sets `asked`, `saves`, and `answered`, which answers the
 * last request with a file or without.
 *
 * @param {{script: string, labels: string[]}} given
 */
export const mount = async ({ script, labels }) => {
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const { default: show } = await import(url);
  const page = /** @type {Page} */ (/** @type {unknown} */ (window));
  const parentElement = /** @type {Element} */ (document.querySelector("#host")).attachShadow({ mode: "open" });
  parentElement.append(
    Object.assign(document.createElement("div"), { className: "files" }),
    Object.assign(document.createElement("p"), { role: "status" }),
  );
  const create = document.createElement.bind(document);
  Object.assign(page, { asked: [], saves: 0 });
  document.createElement = (/** @type {string} */ name) => {
    const node = create(name);
    if (name === "a") node.addEventListener("click", () => { page.saves += 1; });
    return node;
  };
  const files = labels.map((label) => ({ label, help: "" }));
  const setStateValue = (/** @type {string} */ _, /** @type {Asked} */ value) => page.asked.push(value);
  /** @param {number|null} answered @param {string|null} name @param {string} text */
  const give = (answered, name, text) => {
    const data = new TextEncoder().encode(`${JSON.stringify({ files, answered, name })}\n${text}`);
    show({ data, parentElement, setStateValue });
  };
  page.answered = (name, text) => give(page.asked.at(-1)?.number ?? null, name, text);
  give(null, null, "");
};
