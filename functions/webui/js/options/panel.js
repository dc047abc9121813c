/** The option controls, built from what the service says it offers, so that they cannot drift. */
import { byId } from "../dom.js";
import { word } from "../language.js";
import { control } from "./controls.js";
import { remember, remembered } from "./memory.js";
import { isList, plain } from "./values.js";

/** @typedef {import("../api.js").Option} Option */

/** Shown at once; all others are under "More options". */
const FOREMOST = ["lang", "profile"];

/** The page shows the answer itself, so it always asks for the default format. */
const NOT_OFFERED = ["format"];

/** What ends the last drawing's listening to the form. */
let listening = new AbortController();

/**
 * Draw a control for each option, keeping what was chosen before, now or earlier in this tab.
 * @param {Option[]} options
 */
export function drawOptions(options) {
  const shown = options.filter(({ name }) => !NOT_OFFERED.includes(name));
  const drawn = document.querySelector("#options-main *") !== null;
  draw(shown, drawn ? chosenOptions(options) : remembered());
  listening.abort();
  listening = new AbortController();
  const { signal } = listening;
  byId("options").addEventListener("input", () => kept(shown), { signal });
  byId("options-reset").addEventListener("click", () => reset(shown), { signal });
  kept(shown);
}

/**
 * What differs from the service's defaults, as form fields.
 * @param {Option[]} options
 * @returns {Record<string, string>}
 */
export function chosenOptions(options) {
  const fields = new FormData(/** @type {HTMLFormElement} */ (byId("options")));
  /** @type {Record<string, string>} */
  const chosen = {};
  for (const option of options) {
    if (document.getElementsByName(option.name).length === 0) continue;
    const value = valueOf(option, fields);
    if (value !== plain(option.default)) chosen[option.name] = value;
  }
  return chosen;
}

/**
 * Lead to an option's control, which the service found fault with.
 * @param {string} name
 * @returns {boolean} Whether there is one.
 */
export function pointAtOption(name) {
  const found = [...document.getElementsByName(name)];
  const input = /** @type {HTMLInputElement[]} */ (found).find((one) => one.checked) ?? found[0];
  if (!input) return false;
  const more = /** @type {HTMLDetailsElement} */ (byId("more"));
  if (more.contains(input)) more.open = true;
  input.focus();
  return true;
}

/**
 * @param {Option[]} options
 * @param {Record<string, string>} chosen
 */
function draw(options, chosen) {
  const main = byId("options-main");
  const rest = byId("options-rest");
  main.replaceChildren();
  rest.replaceChildren();
  for (const option of options) {
    const value = chosen[option.name] ?? plain(option.default);
    const known = !option.enum || option.enum.includes(value);
    const drawn = control(option, known ? value : plain(option.default));
    (FOREMOST.includes(option.name) ? main : rest).append(drawn);
  }
}

/**
 * @param {Option} option
 * @param {FormData} fields
 */
function valueOf(option, fields) {
  if (option.type === "boolean") return String(fields.has(option.name));
  const value = String(fields.get(option.name) ?? "");
  // A space may well be part of a password.
  if (option.type === "password") return value;
  if (!isList(option)) return value.trim();
  const entries = value.split("\n").map((entry) => entry.trim());
  return entries.filter(Boolean).join("\n");
}

/** @param {Option[]} options */
function kept(options) {
  const chosen = chosenOptions(options);
  remember(chosen, options);
  const hidden = Object.keys(chosen).filter((name) => !FOREMOST.includes(name)).length;
  const badge = byId("options-changed");
  badge.textContent = hidden ? word("optionsChanged", { n: hidden }) : "";
  badge.hidden = hidden === 0;
  byId("options-reset").hidden = Object.keys(chosen).length === 0;
}

/** @param {Option[]} options */
function reset(options) {
  draw(options, {});
  kept(options);
  byId("status").textContent = word("optionsResetDone");
  /** @type {HTMLElement | null} */ (byId("more").querySelector("summary"))?.focus();
}

