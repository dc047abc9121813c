/** What the page says about a picture: being read, failed, or its lines, one by one and to copy. */
import { ApiError } from "./api.js";
import { byId, make } from "./dom.js";
import { currentLanguage, word } from "./language.js";

/** @typedef {import("./api.js").Answer} Answer */
/** @typedef {import("./api.js").Line} Line */

/** From here up a line is sure; under the second it is not. */
const SURE = 0.9;
const UNSURE = 0.7;

/** How long a button says that it has copied. */
const SHOWN_MS = 1600;

/** @param {string} name */
export function sayReading(name) {
  byId("alert").hidden = true;
  byId("count").textContent = word("reading");
  byId("facts").textContent = name;
  byId("status").textContent = word("readingFile", { name });
  for (const id of ["warnings", "timings"]) byId(id).hidden = true;
  showLines([]);
}

/**
 * @param {Answer} answer
 * @param {string[]} notes
 */
export function sayDone(answer, notes) {
  const time = answer.total_time.toFixed(2);
  const count = countOf(answer.text.length);
  byId("alert").hidden = true;
  byId("count").textContent = count;
  byId("facts").textContent = word("facts", { time, profile: profileOf(answer) });
  byId("status").textContent = word("done", { count, time });
  byId("copy-all").hidden = answer.text.length === 0;
  const said = answer.text.length ? notes : [word("nothingHelp"), ...notes];
  showNotes([...said, ...(answer.warnings ?? []).map(warningOf)]);
  showLines(answer.text, (answer.pages ?? []).length > 1);
  showTimings(answer.timings);
}

/**
 * @param {unknown} error
 * @param {string} name
 */
export function sayFailed(error, name) {
  const known = error instanceof ApiError ? error : new ApiError("page_error");
  const own = word(known.code, { status: known.status });
  byId("count").textContent = word("failed", { name });
  byId("facts").textContent = "";
  byId("status").textContent = "";
  byId("alert-text").textContent = known.words?.[currentLanguage()] ?? own;
  byId("alert-code").textContent = [known.code, known.requestId].filter(Boolean).join(" · ");
  for (const id of ["warnings", "timings"]) byId(id).hidden = true;
  showLines([]);
  byId("alert").hidden = false;
}

/** @param {string} name */
export function sayCancelled(name) {
  byId("alert").hidden = true;
  byId("count").textContent = word("cancelled");
  byId("facts").textContent = name;
  byId("status").textContent = word("cancelled");
  for (const id of ["warnings", "timings"]) byId(id).hidden = true;
  showLines([]);
}

/** @param {number} n */
function countOf(n) {
  if (n === 0) return word("nothing");
  return n === 1 ? word("countOne") : word("count", { n });
}

/** @param {Answer} answer */
function profileOf({ profile }) {
  return profile ? word(`value_${profile}`, {}, profile) : "";
}

/** @param {string[]} notes */
function showNotes(notes) {
  byId("warnings").replaceChildren(...notes.map((note) => make("li", {}, [note])));
  byId("warnings").hidden = notes.length === 0;
}

/** @param {Record<string, number> | undefined} timings */
function showTimings(timings) {
  const rows = Object.entries(timings ?? {}).map(([stage, seconds]) =>
    make("div", {}, [
      make("dt", {}, [word(`stage_${stage}`, {}, stage)]),
      make("dd", {}, [`${seconds.toFixed(3)} s`]),
    ]),
  );
  byId("timings").replaceChildren(...rows);
  byId("timings").hidden = rows.length === 0;
}

/**
 * A warning may name a page: "page_failed:3".
 * @param {string} warning
 */
function warningOf(warning) {
  const [code, page = ""] = warning.split(":");
  return word(code, { page });
}

/**
 * @param {Line[]} lines
 * @param {boolean} [paged] Whether to head the lines of each page with its number.
 */
function showLines(lines, paged = false) {
  const rows = lines.flatMap((line, index) => {
    const begins = paged && line.page !== lines[index - 1]?.page;
    return begins ? [pageMark(line.page ?? 1), row(line, index)] : [row(line, index)];
  });
  byId("lines").replaceChildren(...rows);
}

/** @param {number} page */
function pageMark(page) {
  return make("li", { className: "page-mark" }, [word("page", { page })]);
}

/**
 * @param {Line} line
 * @param {number} index
 */
function row(line, index) {
  const item = make("li", { className: "line" }, [
    make("span", { className: "line-text", dir: "auto" }, [line.text]),
    confidence(line),
    copyButton(line.text, index),
  ]);
  item.dataset.line = String(index);
  item.dataset.sure = sureness(line.confidence);
  return item;
}

/** @param {Line} line */
function confidence({ confidence: likelihood, model }) {
  const percent = `${Math.floor(likelihood * 100)}%`;
  const element = make("span", { className: "line-confidence" }, [percent]);
  const reader = model ? ` · ${word(`model_${model}`, {}, model)}` : "";
  element.title = word("confidence", { percent }) + reader;
  return element;
}

/**
 * @param {string} text
 * @param {number} index
 */
function copyButton(text, index) {
  const button = make("button", { type: "button", className: "line-copy" });
  button.setAttribute("aria-label", word("copyLine", { n: index + 1 }));
  button.title = button.ariaLabel ?? "";
  button.addEventListener("click", () => copyText(text, button));
  return button;
}

/**
 * @param {number} confidence
 * @returns {"high" | "middling" | "low"}
 */
export function sureness(confidence) {
  if (confidence >= SURE) return "high";
  return confidence >= UNSURE ? "middling" : "low";
}

/**
 * @param {string} text
 * @param {HTMLElement} button Wears the class "copied" for a moment.
 */
export async function copyText(text, button) {
  const copied = await write(text);
  byId("status").textContent = word(copied ? "copied" : "copyFailed");
  if (!copied) return;
  button.classList.add("copied");
  setTimeout(() => button.classList.remove("copied"), SHOWN_MS);
}

/** @param {string} text */
async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return writeByCommand(text);
  }
}

/**
 * Browsers give the clipboard to https and this machine alone; plain http in a home or office
 * network is left with the old command.
 * @param {string} text
 */
function writeByCommand(text) {
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  focused?.focus();
  return done;
}
