/** The page's life: a picture comes in, is sent, and its answer is shown. */
import { ApiError, apiUrl, fetchOffer, readPicture } from "./api.js";
import { byId } from "./dom.js";
import { startIntake } from "./intake.js";
import { inEveryLanguage, startLanguage, word } from "./language.js";
import {
  askForKey,
  chosenOptions,
  currentKey,
  drawOptions,
  scaleAreas,
  startKey,
} from "./options.js";
import { closePicture, openPicture, pack } from "./picture.js";
import { copyText, sayDone, sayFailed, sayReading } from "./result.js";
import { showBoxes, showPicture, startLink } from "./stage.js";

/** What the service offers; null where it did not say. */
const offering = fetchOffer().catch(() => null);
/** @type {import("./picture.js").Picture | null} */
let picture = null;
/** The answer being shown, for copying and for the other language. */
let answer = /** @type {import("./api.js").Answer | null} */ (null);
/** Says again, in the current language, what the page last said. */
let say = () => {};
let run = new AbortController();

/** @param {"empty" | "busy" | "done" | "failed"} state */
function enter(state) {
  document.body.dataset.state = state;
  byId("choose").textContent = word(state === "empty" ? "choose" : "another");
  byId("result").hidden = state === "empty";
}

/** @param {() => void} words */
function speak(words) {
  say = words;
  words();
}

/** @param {File} file */
async function take(file) {
  run.abort();
  const mine = (run = new AbortController());
  closePicture(picture);
  picture = null;
  answer = null;
  showPicture(null);
  enter("busy");
  speak(() => sayReading(file.name));
  const opened = await openPicture(file);
  if (mine.signal.aborted) return closePicture(opened);
  picture = opened;
  await read(opened);
}

/** @param {import("./picture.js").Picture} opened */
async function read(opened) {
  run.abort();
  const { signal } = (run = new AbortController());
  const { name } = opened.file;
  answer = null;
  showPicture(opened.image);
  enter("busy");
  speak(() => sayReading(name));
  try {
    const offer = await offering;
    const offered = offer?.options ?? [];
    const parcel = await pack(opened, offer?.limits ?? null);
    const options = scaleAreas(chosenOptions(offered), offered, parcel.scale);
    const got = await readPicture(parcel.blob, parcel.name, options, currentKey(), signal);
    show(got, opened, parcel);
  } catch (error) {
    if (!signal.aborted) fail(error, name);
  }
}

/**
 * @param {import("./api.js").Answer} got
 * @param {import("./picture.js").Picture} opened
 * @param {import("./picture.js").Parcel} parcel
 */
function show(got, opened, parcel) {
  answer = got;
  enter("done");
  speak(() => {
    const { width, height } = got.pages?.[0] ?? { width: 0, height: 0 };
    sayDone(got, parcel.scale < 1 ? [word("shrunk", { width, height })] : []);
    showBoxes(got, opened.image);
  });
}

/**
 * @param {unknown} error
 * @param {string} name
 */
function fail(error, name) {
  enter("failed");
  speak(() => sayFailed(error, name));
  if (error instanceof ApiError && error.code === "unauthorized") askForKey();
  if (!(error instanceof ApiError)) throw error;
}

async function startOptions() {
  const offer = await offering;
  byId("options-note").hidden = offer !== null;
  if (!offer) return;
  inEveryLanguage(() => {
    drawOptions(offer.options);
    byId("limits").textContent = limitsOf(offer);
  });
}

/** @param {import("./api.js").Offer} offer */
function limitsOf({ inputs, limits }) {
  if (!inputs?.length || !limits) return "";
  const size = `${Math.floor(limits.bytes / 100_000) / 10} MB`;
  const kinds = inputs.map((input) => input.replace(/^.*\//, "").toUpperCase());
  return word("limits", { inputs: kinds.join(" "), size });
}

function start() {
  startLanguage();
  startKey();
  startLink();
  startIntake(take);
  byId("docs").setAttribute("href", apiUrl("api/docs"));
  byId("options").addEventListener("submit", (event) => {
    event.preventDefault();
    if (picture) read(picture);
  });
  byId("copy-all").addEventListener("click", () => {
    const text = (answer?.text ?? []).map((line) => line.text).join("\n");
    copyText(text, byId("copy-all"));
  });
  inEveryLanguage(() => {
    enter(/** @type {"empty"} */ (document.body.dataset.state));
    say();
  });
  startOptions();
}

start();
