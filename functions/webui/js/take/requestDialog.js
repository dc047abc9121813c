/** The dialog with the request to take away. */
import { apiUrl } from "../api.js";
import { copyText } from "../clipboard.js";
import { make } from "../dom.js";
import { word } from "../language.js";
import { icon } from "../svg.js";
import { asCurl, asJobCurl, asJobPython, asPython } from "./request.js";

/** @typedef {import("../types.js").Item} Item */

const WAYS = /** @type {const} */ (["curl", "python"]);

/** Stands where a secret goes: what is taken away may be shown to others. */
const SECRETS = /** @type {Record<string, string>} */ ({ password: "YOUR_PDF_PASSWORD" });

/**
 * @param {Item} item
 * @param {boolean} key Whether the reader has given a key.
 */
export function openRequest(item, key) {
  const code = make("code");
  const block = make("pre", { className: "code", tabIndex: 0 }, [code]);
  const copy = make("button", { type: "button", className: "primary small" }, [
    ...[icon("copy"), icon("done")],
    word("copy"),
  ]);
  const close = make("button", { type: "button", className: "round" }, ["✕"]);
  const title = make("h2", { id: "request-title" }, [word("request")]);
  const radios = WAYS.map((way) => radio(way, () => (code.textContent = written(item, way, key))));
  const ways = make("div", { className: "segments" }, radios);
  ways.setAttribute("role", "radiogroup");
  ways.setAttribute("aria-label", word("request"));
  const dialog = make("dialog", { id: "request" }, [
    make("div", { className: "dialog-head" }, [title, close]),
    make("div", { className: "dialog-body" }, [
      make("p", { className: "help" }, [word(item.jobId ? "requestJobHelp" : "requestHelp")]),
      make("div", { className: "dialog-bar" }, [ways, copy]),
      block,
    ]),
  ]);
  dialog.setAttribute("aria-labelledby", "request-title");
  close.setAttribute("aria-label", word("close"));
  block.setAttribute("aria-label", word("request"));
  block.setAttribute("role", "region");
  code.textContent = written(item, "curl", key);
  copy.addEventListener("click", () => copyText(code.textContent ?? "", copy));
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * @param {typeof WAYS[number]} way
 * @param {() => void} choose
 */
function radio(way, choose) {
  const input = make("input", { type: "radio", name: "request-way", value: way });
  input.checked = way === "curl";
  input.addEventListener("change", choose);
  return make("label", {}, [input, make("span", {}, [word(`way_${way}`)])]);
}

/**
 * @param {Item} item
 * @param {typeof WAYS[number]} way
 * @param {boolean} key
 */
function written(item, way, key) {
  const shown = Object.entries(item.options).map(([name, value]) => [name, SECRETS[name] ?? value]);
  const options = /** @type {Record<string, string>} */ (Object.fromEntries(shown));
  const request = { url: apiUrl(item.jobId ? "api/jobs" : "api/ocr"), name: item.file.name, options, key };
  if (item.jobId) return way === "curl" ? asJobCurl(request) : asJobPython(request);
  return way === "curl" ? asCurl(request) : asPython(request);
}
