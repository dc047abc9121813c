/** The page put together: files come in, wait their turn, are read, and are looked at. */
import { createActions } from "./actions.js";
import { apiUrl, fetchOffer } from "./api.js";
import { byId } from "./dom.js";
import { startHistory } from "./history/start.js";
import { startIntake } from "./intake/start.js";
import { createItems, isBusy } from "./items.js";
import { startKeys } from "./keys.js";
import { inEveryLanguage, startLanguage, word } from "./language.js";
import { notice, startNotice } from "./notice.js";
import { askForKey, currentKey, startKey } from "./options/key.js";
import { startMore } from "./options/more.js";
import { chosenOptions, drawOptions, pointAtOption } from "./options/panel.js";
import { createPictures } from "./pictures.js";
import { startQueue } from "./queue/start.js";
import { createReader } from "./reader.js";
import { startSamples } from "./samples.js";
import { createWay } from "./send.js";
import { createStore } from "./store.js";
import { startTheme } from "./theme.js";
import { startViewer } from "./viewer/start.js";

/** @typedef {import("./types.js").Item} Item */
/** @typedef {import("./api.js").Offer} Offer */

/** What the service offers; null where it did not say. */
const offering = fetchOffer().catch(() => null);
const offer = createStore(/** @type {Offer | null} */ (null));

const items = createItems();
const pictures = createPictures(items);
const reader = createReader(items, createWay(() => offering, ask, pictures.open));
const actions = createActions(items, pictures, reader);

/** @param {Offer | null} told */
function ask(told) {
  return { fields: chosenOptions(told?.options ?? []), key: currentKey() };
}

/** @param {Item | null} item */
function stateOf(item) {
  if (!item) return "empty";
  return isBusy(item) ? "busy" : item.status;
}

function showState() {
  const state = stateOf(items.current.get());
  document.body.dataset.state = state;
  byId("choose").textContent = word(state === "empty" ? "choose" : "another");
  byId("result").hidden = state === "empty";
  byId("result").setAttribute("aria-busy", String(state === "busy"));
}

/** Whoever lacks a key or a password, or mistyped an option, is led to it, once a failure. */
function watchForFaults() {
  /** @type {unknown} */
  let asked = null;
  items.current.on((item) => {
    if (!item?.error || item.error === asked) return;
    asked = item.error;
    const { code, field } = item.error;
    if (code === "unauthorized") askForKey();
    if (code === "pdf_password_required") pointAtOption("password");
    if (code === "invalid_option") pointAtOption(field);
  });
}

async function startOptions() {
  const told = await offering;
  offer.set(told);
  byId("options-note").hidden = told !== null;
  if (!told) return;
  inEveryLanguage(() => {
    drawOptions(told.options);
    byId("limits").textContent = limitsOf(told);
  });
}

/** @param {Offer} told */
function limitsOf({ inputs, limits, jobs }) {
  if (!inputs?.length || !limits) return "";
  const most = (jobs && limits.job_bytes) || limits.bytes;
  const size = `${Math.floor(most / 100_000) / 10} MB`;
  const kinds = inputs.map((input) => input.replace(/^.*\//, "").toUpperCase());
  return word("limits", { inputs: kinds.join(" "), size });
}

function start() {
  startViewer({ item: items.current, offer, change: items.change, read: actions.read });
  startQueue(items, actions);
  startSamples(actions.take, () => notice("sampleMissing"));
  startHistory(items, actions.show);
  startLanguage();
  startTheme();
  startKeys();
  startKey();
  startMore();
  startIntake(actions.take, () => notice("nothingPasted"));
  byId("docs").setAttribute("href", apiUrl("api/docs"));
  byId("options").addEventListener("submit", (event) => {
    event.preventDefault();
    const item = items.current.get();
    if (item) actions.read(item);
  });
  items.current.on(showState);
  inEveryLanguage(showState);
  startNotice();
  watchForFaults();
  startOptions();
}

start();
