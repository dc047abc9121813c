/** The menu of files to take away: those made here, and those that the service makes. */
import { errorWords } from "../advice.js";
import { ApiError } from "../api.js";
import { byId, make } from "../dom.js";
import { word } from "../language.js";
import { keeps } from "../lines/prose.js";
import { choice, createMenu } from "../menu.js";
import { renamed, saveBlob } from "./save.js";
import { treeOf } from "./tree.js";

/** @typedef {import("../viewer/desk.js").Desk} Desk */
/** @typedef {import("../types.js").Item} Item */
/** @typedef {import("../api.js").Offer} Offer */
/** @typedef {"txt" | "paragraphs" | "md" | "csv" | "json"} Made */

const MADE = /** @type {Made[]} */ (["txt", "paragraphs", "md", "csv", "json"]);
const ENDINGS = { txt: "txt", paragraphs: "txt", md: "md", csv: "csv", json: "json" };
const KINDS = { txt: "text/plain", md: "text/markdown", csv: "text/csv", json: "application/json" };

/** What only the service can make, and how such a file is named. */
const SERVED = /** @type {Record<string, string>} */ ({
  pdf: "searchable.pdf",
  hocr: "hocr.html",
  alto: "alto.xml",
});

/**
 * @param {Desk} desk
 * @param {import("../store.js").Store<Offer | null>} offer
 * @returns {{element: HTMLElement, redraw: () => void}}
 */
export function createDownloads(desk, offer) {
  const menu = createMenu({ id: "downloads", picture: "down" });
  /** @type {HTMLElement} */ (menu.element.querySelector("summary")).dataset.key = "d";
  const fault = make("p", { className: "menu-fault", hidden: true });
  fault.setAttribute("role", "alert");
  let busy = "";

  /** @param {Made} made */
  const take = async (made) => {
    const item = desk.item.get();
    if (!item?.answer) return;
    const ending = /** @type {keyof typeof KINDS} */ (ENDINGS[made]);
    const text = await writtenAs(item, made, keeps(desk));
    saveBlob(new Blob([text], { type: `${KINDS[ending]};charset=utf-8` }), renamed(item.file.name, ending));
    done();
  };
  /** @param {string} format */
  const ask = async (format) => {
    const item = desk.item.get();
    if (!item || busy) return;
    busy = format;
    redraw();
    byId("status").textContent = word("preparing");
    const error = await fetchServed(item, format, offer.get()).catch((failure) => failure);
    busy = "";
    redraw();
    if (error) complain(error);
    else done();
  };
  /** @param {unknown} error */
  const complain = (error) => {
    const { said, next } = errorWords(error instanceof ApiError ? error : new ApiError("page_error"));
    fault.textContent = `${said} ${next}`;
    fault.hidden = false;
    if (!(error instanceof ApiError)) reportError(error);
  };
  const done = () => {
    menu.close();
    menu.element.querySelector("summary")?.focus();
    byId("status").textContent = word("saved");
  };

  const redraw = () => {
    const item = desk.item.get();
    menu.name(word("download"));
    fault.hidden = true;
    const formats = offer.get()?.formats ?? [];
    const served = Object.keys(SERVED).filter(
      (format) => formats.includes(format) || item?.results?.[format],
    );
    const buttons = served.map((format) => {
      const button = choice(word(`take_${format}`), () => ask(format), word(`take_${format}_hint`));
      button.disabled = busy !== "";
      button.classList.toggle("busy", busy === format);
      return button;
    });
    const note = item?.edits.size ? "servedUnedited" : "servedNote";
    menu.fill([
      part("madeHere"),
      ...MADE.map((made) => choice(word(`take_${made}`), () => take(made), `.${ENDINGS[made]}`)),
      ...(served.length ? [part("madeThere"), ...buttons, make("p", { className: "menu-note" }, [word(note)])] : []),
      fault,
    ]);
  };
  let drawn = "";
  desk.item.on((item) => {
    const now = `${item?.id} ${item?.edits.size} ${Object.keys(item?.results ?? {})}`;
    if (now !== drawn) redraw();
    drawn = now;
  });
  offer.on(redraw);
  return { element: menu.element, redraw };
}

/** @param {string} name */
function part(name) {
  return make("p", { className: "menu-part" }, [word(name)]);
}

/**
 * @param {Item} item
 * @param {Made} made
 * @param {(confidence: number) => boolean} kept
 */
export async function writtenAs(item, made, kept) {
  const answer = /** @type {import("../api.js").Answer} */ (item.answer);
  const tree = treeOf(answer, item.edits, kept);
  if (made === "md") return (await import("./markdown.js")).asMarkdown(tree);
  if (made === "csv") return (await import("./csv.js")).asCsv(tree);
  if (made === "json") return (await import("./json.js")).asJson(answer, tree);
  const { asText, asParagraphs } = await import("./text.js");
  return made === "txt" ? asText(tree) : asParagraphs(tree);
}

/**
 * A job has its results at addresses of their own; anything else is read again.
 * @param {Item} item
 * @param {string} format
 * @param {Offer | null} offer
 */
async function fetchServed(item, format, offer) {
  const name = renamed(item.file.name, SERVED[format]);
  const { fetchForm, formOfJob } = await import("./service.js");
  const made = item.jobId ? formOfJob(item, format) : fetchForm(item, format, offer);
  saveBlob(await made, name);
}
