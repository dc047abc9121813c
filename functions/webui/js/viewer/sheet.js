/** A blank sheet in the place of a picture that the browser cannot show: words where they stood. */
import { draw } from "../svg.js";

/** @typedef {import("../api.js").Point} Point */

/** Of the box's height; the rest is the room above and below the letters. */
const LETTERS = 0.8;

/**
 * The line's own words, stretched into its box; a line that runs downwards, letter under letter.
 * @param {string} text
 * @param {Point[]} box
 * @returns {SVGElement[]}
 */
export function sheetWords(text, [topLeft, topRight, , bottomLeft]) {
  const width = Math.hypot(topRight[0] - topLeft[0], topRight[1] - topLeft[1]);
  const height = Math.hypot(bottomLeft[0] - topLeft[0], bottomLeft[1] - topLeft[1]);
  if (!text || !width || !height) return [];
  if (height > 1.5 * width && [...text].length > 1) return [downwards(text, topLeft, width, height)];
  const angle = (Math.atan2(topRight[1] - topLeft[1], topRight[0] - topLeft[0]) * 180) / Math.PI;
  const attributes = {
    transform: `translate(${topLeft.join(" ")}) rotate(${angle})`,
    y: height * LETTERS,
    "font-size": height * LETTERS,
    textLength: width,
    lengthAdjust: "spacingAndGlyphs",
  };
  return [draw("text", attributes, [text])];
}

/**
 * @param {string} text
 * @param {Point} topLeft
 * @param {number} width
 * @param {number} height
 */
function downwards(text, [left, top], width, height) {
  const letters = [...text];
  const step = height / letters.length;
  const size = Math.min(width, step) * LETTERS;
  const spans = letters.map((letter, index) =>
    draw("tspan", { x: left + width / 2, y: top + (index + LETTERS) * step }, [letter]),
  );
  return draw("text", { "font-size": size, "text-anchor": "middle" }, spans);
}
