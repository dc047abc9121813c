/** The foot of the queue: the text of all files as one file, once several are read. */
import { make } from "../dom.js";
import { word } from "../language.js";
import { icon } from "../svg.js";

/** @typedef {import("../types.js").Item} Item */

const NAME = "wenyun.txt";

/** @param {() => Item[]} all */
export function createFoot(all) {
  const label = make("span");
  const save = make("button", { type: "button", className: "quiet small", id: "save-all" }, [
    icon("down"),
    label,
  ]);
  save.addEventListener("click", () => saveAll(all().filter(isRead)));
  const element = make("div", { className: "queue-foot" }, [save]);
  return {
    element,
    /** @param {Item[]} items */
    draw(items) {
      const read = items.filter(isRead).length;
      element.hidden = read < 2;
      label.textContent = word("saveAll", { n: read });
    },
  };
}

/** @param {Item} item */
function isRead({ status, answer }) {
  return status === "done" && answer !== null;
}

/**
 * One after the other, each under its name, with what was corrected.
 * @param {Item[]} items
 */
async function saveAll(items) {
  const { writtenAs } = await import("../take/downloads.js");
  const { saveBlob } = await import("../take/save.js");
  const parts = items.map(async (item) => {
    const text = await writtenAs(item, "txt", () => true);
    return `# ${item.file.name}\n\n${text.trimEnd()}\n`;
  });
  const whole = (await Promise.all(parts)).join("\n\n");
  saveBlob(new Blob([whole], { type: "text/plain;charset=utf-8" }), NAME);
}
