/** The option controls, built from what the service says it offers, and the key it may ask for. */
import { byId, make } from "./dom.js";
import { currentLanguage, word } from "./language.js";

/** @typedef {import("./api.js").Option} Option */

/** Shown at once; all others are under "More options". */
const FOREMOST = ["lang", "profile"];

/** The page shows the answer itself, so it always asks for the default format. */
const NOT_OFFERED = ["format"];

/** The key lives in this tab's storage and nowhere else. */
const STORED_KEY = "wenyun-key";

const AREA_TYPES = ["area", "areas"];

/**
 * Draw a control for each option, keeping what was chosen before.
 * @param {Option[]} options
 */
export function drawOptions(options) {
  const chosen = chosenOptions(options);
  const main = byId("options-main");
  const rest = byId("options-rest");
  main.replaceChildren();
  rest.replaceChildren();
  for (const option of options.filter(({ name }) => !NOT_OFFERED.includes(name))) {
    const value = chosen[option.name] ?? plain(option.default);
    (FOREMOST.includes(option.name) ? main : rest).append(control(option, value));
  }
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
    const value =
      option.type === "boolean"
        ? String(fields.has(option.name))
        : String(fields.get(option.name) ?? "").trim();
    if (value !== plain(option.default)) chosen[option.name] = value;
  }
  return chosen;
}

/**
 * Areas are typed in pixels of the file; a picture that is sent smaller needs them smaller too.
 * @param {Record<string, string>} chosen
 * @param {Option[]} options
 * @param {number} scale
 */
export function scaleAreas(chosen, options, scale) {
  const areas = options.filter(({ type }) => AREA_TYPES.includes(type)).map(({ name }) => name);
  const scaled = { ...chosen };
  for (const name of areas.filter((area) => scale !== 1 && area in scaled)) {
    scaled[name] = scaled[name].replace(/\d+(\.\d+)?/g, (n) => String(Math.round(+n * scale)));
  }
  return scaled;
}

/** @param {unknown} value */
function plain(value) {
  return value === null || value === undefined ? "" : String(value);
}

/**
 * @param {Option} option
 * @param {string} value
 */
function control(option, value) {
  if (option.enum) return choice(option, option.enum, value);
  return option.type === "boolean" ? flag(option, value) : field(option, value);
}

/**
 * @param {Option} option
 * @param {string[]} values
 * @param {string} chosen
 */
function choice(option, values, chosen) {
  const buttons = values.map((value) =>
    make("label", {}, [
      make("input", { type: "radio", name: option.name, value, checked: value === chosen }),
      make("span", {}, [word(`value_${value}`, {}, value)]),
    ]),
  );
  const group = make("fieldset", { className: "field" }, [
    make("legend", {}, [title(option)]),
    make("div", { className: "segments" }, buttons),
    help(option),
  ]);
  group.title = helpText(option);
  group.setAttribute("aria-describedby", `help-${option.name}`);
  return group;
}

/**
 * @param {Option} option
 * @param {string} value
 */
function flag(option, value) {
  const input = make("input", { type: "checkbox", name: option.name, checked: value === "true" });
  input.setAttribute("aria-describedby", `help-${option.name}`);
  return make("div", { className: "field" }, [
    make("label", { className: "flag" }, [input, make("span", {}, [title(option)])]),
    help(option),
  ]);
}

/**
 * @param {Option} option
 * @param {string} value
 */
function field(option, value) {
  const input = make("input", { id: `option-${option.name}`, name: option.name, value });
  input.autocomplete = "off";
  if (AREA_TYPES.includes(option.type)) input.placeholder = "x,y,w,h";
  if (["integer", "number"].includes(option.type)) {
    input.type = "number";
    input.min = plain(option.min);
    input.max = plain(option.max);
  }
  input.setAttribute("aria-describedby", `help-${option.name}`);
  return make("div", { className: "field" }, [
    make("label", { htmlFor: input.id }, [title(option)]),
    input,
    help(option),
  ]);
}

/** @param {Option} option */
function title(option) {
  return option.title?.[currentLanguage()] ?? option.name;
}

/** @param {Option} option */
function helpText(option) {
  return option.help?.[currentLanguage()] ?? "";
}

/** @param {Option} option */
function help(option) {
  return make("p", { className: "help", id: `help-${option.name}` }, [helpText(option)]);
}

export function startKey() {
  const input = keyInput();
  try {
    input.value = sessionStorage.getItem(STORED_KEY) ?? "";
    input.addEventListener("input", () => sessionStorage.setItem(STORED_KEY, input.value));
  } catch {
    // Storage may be forbidden: the key then lasts as long as the page.
  }
}

export function currentKey() {
  return keyInput().value.trim();
}

/** The service wants a key: show where it goes. */
export function askForKey() {
  /** @type {HTMLDetailsElement} */ (byId("more")).open = true;
  keyInput().focus();
}

function keyInput() {
  return /** @type {HTMLInputElement} */ (byId("key"));
}
