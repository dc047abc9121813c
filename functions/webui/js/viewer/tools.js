/** The bar over the stage: pages, zoom, turn, tools for areas, layout. */
import { make } from "../dom.js";
import { word } from "../language.js";
import { icon } from "../svg.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./stage.js").Stage} Stage */
/** @typedef {import("./desk.js").Tool} Tool */

const STEP = 1.25;
const TOOLS = /** @type {const} */ (["move", "region", "ignore"]);

/**
 * @param {string} name Its word, and its id.
 * @param {import("../svg.js").Icon} picture
 * @param {() => void} act
 * @param {string} [key] The single key that does the same.
 */
function tool(name, picture, act, key = "") {
  const button = make("button", { type: "button", className: "tool" }, [icon(picture)]);
  button.dataset.tool = name;
  if (key) button.dataset.key = key;
  button.addEventListener("click", act);
  return button;
}

/**
 * @param {Desk} desk
 * @param {Stage} stage
 * @param {HTMLElement} pages
 * @returns {{element: HTMLElement, redraw: () => void, offer: (names: string[]) => void}}
 */
export function createTools(desk, stage, pages) {
  const percent = tool("actual", "fit", () => stage.zoomTo(1));
  percent.classList.add("percent");
  const zooming = [
    tool("zoomOut", "minus", () => stage.zoom(1 / STEP), "-"),
    percent,
    tool("zoomIn", "plus", () => stage.zoom(STEP), "+"),
    tool("fit", "fit", stage.fit, "0"),
    tool("turn", "turn", stage.turn, "t"),
  ];
  const modes = TOOLS.map((name) => tool(name, name, () => desk.tool.set(name)));
  const layout = tool("layout", "layout", () => desk.layout.set(!desk.layout.get()));
  const element = make("div", { className: "tools" }, [
    group("pageTools", [pages]),
    group("zoomTools", zooming),
    group("areaTools", [...modes, layout]),
  ]);
  element.setAttribute("role", "toolbar");

  const redraw = () => {
    element.setAttribute("aria-label", word("tools"));
    for (const part of element.querySelectorAll("[data-group]")) {
      part.setAttribute("aria-label", word(part.getAttribute("data-group") ?? ""));
    }
    for (const button of [...zooming, ...modes, layout]) {
      const name = word(`tool_${button.dataset.tool}`, { percent: percent.textContent ?? "" });
      button.setAttribute("aria-label", name);
      button.title = name;
    }
  };
  stage.view.on((view) => {
    percent.textContent = view ? `${Math.round(view.scale * 100)}%` : "–";
    percent.setAttribute("aria-label", word("tool_actual", { percent: percent.textContent }));
    for (const button of zooming) button.disabled = !view;
  });
  desk.tool.on((now) => {
    for (const mode of modes) mode.setAttribute("aria-pressed", String(mode.dataset.tool === now));
  });
  desk.layout.on((on) => layout.setAttribute("aria-pressed", String(on)));
  desk.item.on((item) => {
    const blocks = item?.answer?.pages?.some((page) => page.blocks?.length) ?? false;
    layout.disabled = !blocks;
    for (const mode of modes) mode.disabled = !stage.size();
  });
  return {
    element,
    redraw,
    /** Only what the service offers can be drawn. */
    offer(names) {
      for (const mode of modes.slice(1)) mode.hidden = !names.includes(mode.dataset.tool ?? "");
      modes[0].hidden = modes.slice(1).every((mode) => mode.hidden);
    },
  };
}

/**
 * @param {string} name
 * @param {HTMLElement[]} children
 */
function group(name, children) {
  const element = make("div", { className: "tool-group" }, children);
  element.setAttribute("role", "group");
  element.dataset.group = name;
  return element;
}
