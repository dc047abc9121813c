/** Copying all of the text, as it is shown or in another form. */
import { copyText } from "../clipboard.js";
import { make } from "../dom.js";
import { word } from "../language.js";
import { keeps } from "../lines/prose.js";
import { choice, createMenu } from "../menu.js";
import { icon } from "../svg.js";
import { asLines, asParagraphs } from "./text.js";
import { treeOf } from "./tree.js";

/** @typedef {import("../viewer/desk.js").Desk} Desk */

const FORMS = /** @type {const} */ (["lines", "paragraphs", "markdown"]);

/**
 * @param {Desk} desk
 * @returns {{element: HTMLElement, redraw: () => void}}
 */
export function createCopying(desk) {
  const all = make("button", { type: "button", className: "primary small", id: "copy-all" });
  all.dataset.key = "c";
  const menu = createMenu({ id: "copy-as", picture: "open" });
  const summary = /** @type {HTMLElement} */ (menu.element.querySelector("summary"));

  /** @param {typeof FORMS[number]} form */
  const copy = async (form) => {
    const item = desk.item.get();
    if (!item?.answer) return;
    const tree = treeOf(item.answer, item.edits, keeps(desk));
    await copyText(await written(tree, form), all);
    menu.close();
  };
  all.addEventListener("click", () => copy(desk.mode.get() === "lines" ? "lines" : "paragraphs"));

  const redraw = () => {
    all.replaceChildren(icon("copy"), icon("done"), word("copyAll"));
    summary.setAttribute("aria-label", word("copyAs"));
    summary.title = word("copyAs");
    menu.fill(FORMS.map((form) => choice(word(`copy_${form}`), () => copy(form))));
  };
  return { element: make("div", { className: "split" }, [all, menu.element]), redraw };
}

/**
 * @param {import("./tree.js").Page[]} tree
 * @param {typeof FORMS[number]} form
 */
async function written(tree, form) {
  if (form === "lines") return asLines(tree);
  if (form === "paragraphs") return asParagraphs(tree).trimEnd();
  return (await import("./markdown.js")).asMarkdown(tree).trimEnd();
}
