/** What the page says about a picture: being read, read, or failed. */
import { ApiError } from "./api.js";
import { byId, make } from "./dom.js";
import { currentLanguage, word } from "./language.js";
import { showLines } from "./lines.js";

/** @typedef {import("./api.js").Answer} Answer */
/** @typedef {import("./picture.js").Parcel} Parcel */

/** @param {string} name */
export function sayReading(name) {
  byId("alert").hidden = true;
  byId("result").setAttribute("aria-busy", "true");
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
  byId("result").setAttribute("aria-busy", "false");
  byId("count").textContent = count;
  byId("facts").textContent = word("facts", { time, profile: profileOf(answer) });
  byId("status").textContent = word("done", { count, time });
  byId("copy-all").hidden = answer.text.length === 0;
  const said = answer.text.length ? notes : [word("nothingHelp"), ...notes];
  showNotes([...said, ...(answer.warnings ?? []).map((warning) => word(warning))]);
  showLines(answer.text);
  showTimings(answer.timings);
}

/**
 * @param {unknown} error
 * @param {string} name
 */
export function sayFailed(error, name) {
  const known = error instanceof ApiError ? error : new ApiError("page_error");
  const own = word(known.code, { status: known.status });
  byId("result").setAttribute("aria-busy", "false");
  byId("count").textContent = word("failed", { name });
  byId("facts").textContent = "";
  byId("status").textContent = "";
  byId("alert-text").textContent = known.words?.[currentLanguage()] ?? own;
  byId("alert-code").textContent = [known.code, known.requestId].filter(Boolean).join(" · ");
  byId("alert").hidden = false;
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
