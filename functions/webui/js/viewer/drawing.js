/** Areas over the picture, and drawing one with a pointer. */
import { draw } from "../svg.js";
import { areaBetween, listed, withArea } from "./areas.js";

/** @typedef {import("./areas.js").Area} Area */
/** @typedef {import("./areas.js").Slot} Slot */
/** @typedef {import("./stage.js").Stage} Stage */
/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./view.js").Size} Size */

/**
 * @param {Stage} stage
 * @param {Desk} desk
 */
export function startDrawing(stage, desk) {
  /** @type {{from: import("./view.js").Spot, area: Area | null, pointer: number} | null} */
  let stroke = null;
  const { element } = stage;
  const redraw = () => {
    stage.frame.querySelector(".areas")?.remove();
    const [item, size] = [desk.item.get(), stage.size()];
    if (item && size) stage.frame.append(...layer(item.areas, size, stroke?.area ?? null, desk));
  };
  const drop = () => {
    stroke = null;
    redraw();
  };

  element.addEventListener("pointerdown", (event) => {
    if (stroke) return drop();
    if (desk.tool.get() === "move" || event.button !== 0 || !stage.size()) return;
    element.setPointerCapture(event.pointerId);
    const from = stage.inPicture(stage.spotOf(event));
    stroke = { from, area: null, pointer: event.pointerId };
  });
  element.addEventListener("pointermove", (event) => {
    const size = stage.size();
    if (!stroke || !size || event.pointerId !== stroke.pointer) return;
    const to = stage.inPicture(stage.spotOf(event));
    stroke = { ...stroke, area: areaBetween(stroke.from, to, size) };
    redraw();
  });
  element.addEventListener("pointerup", () => {
    const [item, tool, area] = [desk.item.get(), desk.tool.get(), stroke?.area];
    stroke = null;
    if (!item || tool === "move" || !area) return redraw();
    desk.change({ ...item, areas: withArea(item.areas, tool, area) });
    if (tool === "region") desk.tool.set("move");
  });
  element.addEventListener("pointercancel", drop);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || desk.tool.get() === "move") return;
    desk.tool.set("move");
    drop();
  });

  desk.tool.on((tool) => (element.dataset.tool = tool));
  for (const store of [desk.item, desk.page, desk.tool]) store.on(redraw);
}

/**
 * @param {import("../types.js").Areas} areas
 * @param {Size} size
 * @param {Area | null} held The one being drawn.
 * @param {Desk} desk
 */
function layer(areas, size, held, desk) {
  const tool = desk.tool.get();
  const all = listed(held && tool === "region" ? { ...areas, region: held } : areas);
  if (held && tool === "ignore") all.push({ slot: areas.ignore.length, area: held });
  if (all.length === 0) return [];
  const svg = draw("svg", {
    viewBox: `0 0 ${size.width} ${size.height}`,
    preserveAspectRatio: "none",
    class: "areas",
    "aria-hidden": "true",
  });
  for (const { slot, area } of all) svg.append(...shape(slot, area, size));
  return [svg];
}

/**
 * @param {Slot} slot
 * @param {Area} area
 * @param {Size} size
 */
function shape(slot, [x, y, width, height], size) {
  const around = `M0 0H${size.width}V${size.height}H0Z`;
  const inside = `M${x} ${y}h${width}v${height}h${-width}Z`;
  const edge = draw("path", { d: inside, class: slot === "region" ? "region" : "ignored" });
  if (slot !== "region") {
    const cross = `M${x} ${y}l${width} ${height}M${x + width} ${y}l${-width} ${height}`;
    return [edge, draw("path", { d: cross, class: "ignored-cross" })];
  }
  const veil = { d: around + inside, class: "outside", "fill-rule": "evenodd" };
  return [draw("path", veil), edge];
}
