/** Forms of the result that the service makes: searchable PDF, hOCR, ALTO. */
import { ApiError, apiUrl } from "../api.js";
import { currentKey } from "../options/key.js";
import { pack } from "../picture.js";

/** @typedef {import("../types.js").Item} Item */

/**
 * Where a job keeps a form of its result; null where there is none. An address is good for an
 * hour only, so the job is asked for a new one.
 * @param {Item} item
 * @param {string} format
 * @returns {Promise<string | null>}
 */
export async function freshResult({ jobId, results }, format) {
  if (!jobId || !results?.[format]) return null;
  const response = await ask(apiUrl(`api/jobs/${jobId}`), { headers: keyHeaders() });
  const job = response.ok ? await response.json().catch(() => null) : null;
  return new URL(job?.results?.[format] ?? results[format], apiUrl("")).href;
}

/**
 * The file in another form, read again with the options of its answer.
 * @param {Item} item
 * @param {string} format
 * @param {import("../api.js").Limits | null} limits
 * @returns {Promise<Blob>}
 * @throws {ApiError}
 */
export async function fetchForm(item, format, limits) {
  const parcel = await pack({ file: item.file, image: item.image }, limits);
  const body = new FormData();
  for (const [name, value] of Object.entries({ ...item.options, format })) body.append(name, value);
  body.append("image", parcel.blob, parcel.name);
  const response = await ask(apiUrl("api/ocr"), { method: "POST", body, headers: keyHeaders() });
  if (!response.ok) throw await failure(response);
  return response.blob();
}

/**
 * @param {string} url
 * @param {RequestInit} request
 */
async function ask(url, request) {
  try {
    return await fetch(url, { ...request, credentials: "omit" });
  } catch {
    throw new ApiError("network");
  }
}

/** @returns {Record<string, string>} */
function keyHeaders() {
  const key = currentKey();
  return key ? { "x-api-key": key } : {};
}

/** @param {Response} response */
async function failure(response) {
  const answer = await response.json().catch(() => null);
  const { code, message, message_zh } = answer?.error ?? {};
  if (!code) return new ApiError("bad_answer", { status: response.status });
  const words = { en: message, zh: message_zh ?? message };
  return new ApiError(code, { words, status: response.status, requestId: answer.request_id });
}
