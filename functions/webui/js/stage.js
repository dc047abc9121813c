/** The picture with the line boxes over it; pointing at a box or a line lights the other. */
import { byId, make } from "./dom.js";
import { word } from "./language.js";
import { sureness } from "./result.js";

/** @typedef {import("./api.js").Answer} Answer */
/** @typedef {import("./api.js").Line} Line */
/** @typedef {import("./api.js").Point} Point */

const SVG = "http://www.w3.org/2000/svg";

/** Above this height over width a picture scrolls inside the stage instead of shrinking into it. */
const LONG = 2.2;

/** @param {HTMLImageElement | null} image */
export function showPicture(image) {
  const frame = byId("frame");
  frame.replaceChildren();
  frame.className = image ? "frame" : "frame waiting";
  if (!image) return;
  image.alt = word("picture");
  frame.classList.toggle("long", image.naturalHeight > LONG * image.naturalWidth);
  frame.append(image);
}

/**
 * Lay the boxes of the first page over the picture, or over a blank sheet where there is none.
 * @param {Answer} answer
 * @param {HTMLImageElement | null} image
 */
export function showBoxes(answer, image) {
  const frame = byId("frame");
  frame.querySelector("svg")?.remove();
  frame.classList.remove("waiting");
  frame.querySelector(".sheet-note")?.remove();
  const width = answer.pages?.[0]?.width ?? image?.naturalWidth ?? 0;
  const height = answer.pages?.[0]?.height ?? image?.naturalHeight ?? 0;
  if (!width || !height) return;
  const svg = draw("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none" });
  if (!image) layBlankSheet(frame, svg, width, height);
  svg.setAttribute("aria-hidden", "true");
  answer.text.forEach((line, index) => {
    if (!line.box || (line.page ?? 1) !== 1) return;
    if (!image) svg.append(...words(line.text, line.box));
    const points = line.box.map((point) => point.join(",")).join(" ");
    const sure = sureness(line.confidence);
    svg.append(draw("polygon", { points, "data-line": String(index), "data-sure": sure }));
  });
  frame.append(svg);
}

/**
 * With a size of its own the drawing takes the picture's place, and the same rules fit it in.
 * @param {HTMLElement} frame
 * @param {Element} svg
 * @param {number} width
 * @param {number} height
 */
function layBlankSheet(frame, svg, width, height) {
  frame.classList.add("sheet");
  frame.classList.toggle("long", height > LONG * width);
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", String(height));
  frame.append(make("p", { className: "sheet-note" }, [word("sheet")]));
}

/**
 * The line's own words, stretched into its box; none for a line that runs downwards.
 * @param {string} text
 * @param {Point[]} box
 */
function words(text, [topLeft, topRight, , bottomLeft]) {
  const width = Math.hypot(topRight[0] - topLeft[0], topRight[1] - topLeft[1]);
  const height = Math.hypot(bottomLeft[0] - topLeft[0], bottomLeft[1] - topLeft[1]);
  if (!text || (height > width && text.length > 1)) return [];
  const angle = (Math.atan2(topRight[1] - topLeft[1], topRight[0] - topLeft[0]) * 180) / Math.PI;
  const element = draw("text", {
    transform: `translate(${topLeft.join(" ")}) rotate(${angle})`,
    y: String(height * 0.8),
    "font-size": String(height * 0.8),
    textLength: String(width),
    lengthAdjust: "spacingAndGlyphs",
  });
  element.textContent = text;
  return [element];
}

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 */
function draw(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

export function startLink() {
  const frame = byId("frame");
  const lines = byId("lines");
  for (const kind of ["pointerover", "focusin", "click"]) {
    lines.addEventListener(kind, (event) => light(lineOf(event)));
    frame.addEventListener(kind, (event) => {
      const index = lineOf(event);
      light(index);
      if (index !== null) reveal(lines, index);
    });
  }
  for (const area of [frame, lines]) area.addEventListener("pointerleave", () => light(null));
}

/** @param {Event} event */
function lineOf(event) {
  const target = /** @type {Element} */ (event.target);
  return target.closest("[data-line]")?.getAttribute("data-line") ?? null;
}

/** @param {string | null} index */
function light(index) {
  for (const element of document.querySelectorAll("[data-line]")) {
    element.classList.toggle("lit", element.getAttribute("data-line") === index);
  }
}

/**
 * Scroll the list, never the page: the picture must not run away from the pointer.
 * @param {HTMLElement} lines
 * @param {string} index
 */
function reveal(lines, index) {
  const row = /** @type {HTMLElement | null} */ (lines.querySelector(`[data-line="${index}"]`));
  if (!row || lines.scrollHeight <= lines.clientHeight) return;
  const top = row.offsetTop;
  if (top < lines.scrollTop || top + row.offsetHeight > lines.scrollTop + lines.clientHeight) {
    lines.scrollTop = top - (lines.clientHeight - row.offsetHeight) / 2;
  }
}
