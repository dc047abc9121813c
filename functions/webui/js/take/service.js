/** Forms of the result that the service makes: searchable PDF, hOCR, ALTO. */
import { ApiError, apiUrl, askJson, errorOf, jsonOf, keyHeader } from "../api.js";
import { readAsJob } from "../jobs.js";
import { kindOf } from "../kinds.js";
import { currentKey } from "../options/key.js";
import { pack } from "../picture.js";

/** @typedef {import("../types.js").Item} Item */

/** Nobody follows these: the menu says that it waits. */
const UNWATCHED = { sent: () => {}, progress: () => {} };

/**
 * What a job keeps of its result; a form that it was not asked for is made by another. An address
 * is good for an hour only, so the job is asked for a new one. The file is fetched, not linked to:
 * of a link to a bucket some browsers would show the file in the place of this page.
 * @param {Item} item
 * @param {string} format
 * @returns {Promise<Blob>}
 * @throws {ApiError}
 */
export async function formOfJob({ jobId, results, file, options }, format) {
  const key = currentKey();
  if (!results?.[format]) {
    const asked = { ...options, format: `json,${format}` };
    const made = await readAsJob(file, asked, key, new AbortController().signal, UNWATCHED);
    return blobFrom(made.results[format]);
  }
  const job = await askJson(apiUrl(`api/jobs/${jobId}`), { headers: keyHeader(key) });
  return blobFrom(job.results?.[format] ?? results[format]);
}

/** API Gateway gives bytes as bytes to those alone who name their type first. */
const ACCEPTED = /** @type {Record<string, string>} */ ({
  pdf: "application/pdf, application/json",
});

/**
 * The file in another form, read again with the options of its answer.
 * @param {Item} item
 * @param {string} format
 * @param {import("../api.js").Offer | null} offer
 * @returns {Promise<Blob>}
 * @throws {ApiError}
 */
export async function fetchForm(item, format, offer) {
  const readable = offer?.inputs?.includes(await kindOf(item.file)) ?? true;
  const parcel = await pack(item.file, item.image, offer?.limits ?? null, readable);
  const body = new FormData();
  for (const [name, value] of Object.entries({ ...item.options, format })) body.append(name, value);
  body.append("image", parcel.blob, parcel.name);
  const headers = { ...keyHeader(currentKey()), accept: ACCEPTED[format] ?? "*/*" };
  return blobFrom("api/ocr", { method: "POST", body, headers });
}

/**
 * @param {string} url
 * @param {RequestInit} [request]
 */
async function blobFrom(url, request) {
  const address = new URL(url, apiUrl("")).href;
  const response = await fetch(address, { ...request, credentials: "omit" }).catch(() => {
    throw new ApiError("network");
  });
  if (response.ok) return response.blob();
  throw errorOf(jsonOf(await response.text().catch(() => "")), {
    status: response.status,
    header: (name) => response.headers.get(name),
  });
}
