/**
 * Mounts the buttons as Streamlit does. Sets `asked`, `saves`, and `answered`, which answers the
 * last request with a file or without.
 *
 * @param {{script: string, labels: string[]}} given
 */
export const mount = async ({ script, labels }) => {
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const { default: show } = await import(url);
  const parentElement = document.querySelector("#host").attachShadow({ mode: "open" });
  parentElement.innerHTML = '<div class="files"></div><p role="status"></p>';
  const create = document.createElement.bind(document);
  Object.assign(window, { asked: [], saves: 0 });
  document.createElement = (name) => {
    const node = create(name);
    if (name === "a") node.addEventListener("click", () => { window.saves += 1; });
    return node;
  };
  const files = labels.map((label) => ({ label, help: "" }));
  const setStateValue = (_, value) => window.asked.push(value);
  const give = (answered, name, text) => {
    const data = new TextEncoder().encode(`${JSON.stringify({ files, answered, name })}\n${text}`);
    show({ data, parentElement, setStateValue });
  };
  window.answered = (name, text) => give(window.asked.at(-1).number, name, text);
  give(null, null, "");
};
